"""The file of SSH keys is read as ssh-keygen reads it."""

from pathlib import Path

import pytest

from helpers.sandbox import Sandbox
from lineal.policy import signers

LINES = (
    "ann@x.org {key}",
    "ann@x.org,bob@x.org {key} a comment",
    '"ann@x.org" {key}',
    "  ann@x.org\t{key}",
    "*@x.org,!bob@x.org {key}",
    "*@x.org,!ann@x.org {key}",
    "!ann@x.org,* {key}",
    'ann@x.org namespaces="git" {key}',
    'ann@x.org namespaces="file" {key}',
    'ann@x.org NAMESPACES="file,g?t" {key}',
    'ann@x.org namespaces="git",valid-after="20200101" {key}',
    'ann@x.org valid-after="20200101Z" {key}',
    'ann@x.org valid-after="soon" {key}',
    "ann@x.org namespaces=git {key}",
    "ann@x.org unknown {key}",
    "ann@x.org {cut}",
    "ann@x.org ssh-rsa {body}",
    "ann@x.org",
    "{key}",
    "# ann@x.org {key}",
    "bob@x.org {key}\nann@x.org {key}",
)


@pytest.mark.slow
def test_a_line_proves_whom_ssh_keygen_says(tmp_path: Path) -> None:
    """One that it cannot read counts for nothing."""
    repo = Sandbox.create(tmp_path / "repo")
    repo.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "key")
    (repo.root / "text").write_bytes(b"")
    repo.run("ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", "key", "text")
    kind, body = (repo.root / "key.pub").read_text("utf-8").split()
    asked = ("-I", "ann@x.org", "-n", "git", "-s", "text.sig", "-f", "allowed")

    for line in LINES:
        text = line.format(key=f"{kind} {body}", body=body, cut=f"{kind} {body[:20]}")
        (repo.root / "allowed").write_text(f"{text}\n", encoding="utf-8")
        done = repo.run("ssh-keygen", "-Y", "verify", *asked, ok=False)
        found, _ = signers.parse(text.encode())
        ours = any(each.proves("ann@x.org") for each in found)

        assert ours is (done.returncode == 0), (line, done.stderr)

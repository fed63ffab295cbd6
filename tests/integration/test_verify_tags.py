"""Tests of what `lineal verify` says of single tags: objects, names, signatures."""

from pathlib import Path

import pytest

from helpers import registries, verifying
from helpers.sandbox import Sandbox
from helpers.verifying import brief, findings, verify


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start a registry of one model."""
    return verifying.registered(tmp_path / "repo")


def make_keys(made: Sandbox) -> Path:
    """Make keys of Ann and Bob; return the file that allows only Ann's."""
    for name in ("ann", "bob"):
        key = str(made.home / name)
        made.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
    made.git("config", "gpg.format", "ssh")
    public = (made.home / "ann.pub").read_text(encoding="ascii")
    allowed = made.home / "allowed"
    allowed.write_text(f"ann@example.org {public}", encoding="ascii")
    return allowed


def sign(made: Sandbox, name: str, key: str) -> None:
    """Write a signed tag."""
    chosen = f"user.signingkey={made.home / key}.pub"
    words = ("-c", chosen, "tag", "--sign", "--message", "x", name)
    made.git(*words, at=made.now())


def test_what_is_no_tag_of_the_registry_is_named(sandbox: Sandbox) -> None:
    """GTO ignores some of these in silence, and believes others."""
    sandbox.lightweight("m@v3.0.0")
    sandbox.nested("m@v4.0.0", of="m@v2.0.0")
    sandbox.tag("m@v5.0.0", commit="HEAD^{tree}")
    sandbox.tag("m@v6.0")
    sandbox.git("update-ref", "refs/tags/m#dev#3", "refs/tags/m#prod#2")
    sandbox.git("symbolic-ref", "refs/tags/m#dev#4", "refs/tags/m#prod#2")
    broken = sandbox.root / ".git/refs/tags/m#dev#5"
    broken.write_text("garbage\n", encoding="utf-8")

    found = brief(findings(sandbox))

    assert found == [
        ("object", "problem", "m@v4.0.0"),
        ("object", "problem", "m@v5.0.0"),
        ("ref", "problem", "m#dev#4"),
        ("ref", "problem", "m#dev#5"),
        ("renamed", "problem", "m#dev#3"),
        ("lightweight", "warning", "m@v3.0.0"),
        ("name", "warning", "m@v6.0"),
    ]


def test_signatures_are_checked_where_there_are_any(sandbox: Sandbox) -> None:
    """A good one, one of a key that is not known, and one that was tampered with."""
    allowed = make_keys(sandbox)
    sign(sandbox, "m#dev#3", "ann")
    sign(sandbox, "m#dev#4", "bob")
    assert brief(findings(sandbox, code=0)) == [
        ("signature", "warning", "m#dev#3"),
        ("signature", "warning", "m#dev#4"),
    ]

    sandbox.git("config", "gpg.ssh.allowedSignersFile", str(allowed))
    signed = sandbox.git("cat-file", "tag", "refs/tags/m#dev#3")
    sandbox.tag("m#dev#5", message=signed.split("\n\n", 1)[1])
    found = brief(findings(sandbox, "--strict"))

    assert [each for each in found if each[0] == "signature"] == [
        ("signature", "problem", "m#dev#5"),
        ("signature", "warning", "m#dev#4"),
    ]
    unsigned = [tag for rule, _, tag in found if rule == "unsigned"]
    assert unsigned == ["m#prod#1", "m#prod#2", "m@v1.0.0", "m@v2.0.0"]


def test_many_loose_tags_are_a_note(tmp_path: Path) -> None:
    """Each costs a file to read."""
    made = Sandbox.create(tmp_path / "many")
    registries.build(made, 26, 10, packed=False)

    said = verify(made).stdout

    assert (
        "1040 tags are loose, which makes reading slow: `git pack-refs --all`" in said
    )


def test_the_names_of_strangers_cannot_drive_the_terminal(sandbox: Sandbox) -> None:
    """Whoever tags may call themselves what they like."""
    sandbox.tag("m#dev#9", actor="\x1b[31mEve <e@x>")

    said = verify(sandbox).stdout

    assert "\x1b" not in said
    assert "Eve" in said


def test_signatures_that_are_all_good_are_no_findings(sandbox: Sandbox) -> None:
    """What lineal and git accept needs no word."""
    allowed = make_keys(sandbox)
    sandbox.git("config", "gpg.ssh.allowedSignersFile", str(allowed))
    for name in ("m#dev#3", "m#dev#4"):
        sign(sandbox, name, "ann")

    rules = {rule for rule, _, _ in brief(findings(sandbox, "--strict", code=0))}
    assert "signature" not in rules
    assert "unsigned" in rules

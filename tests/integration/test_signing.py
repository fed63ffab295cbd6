"""Tests of signed tags: the user's Git configuration decides."""

from pathlib import Path

import pytest

from helpers.fleet import (
    MODEL,
    Fleet,
    check_unchanged,
    message,
    promotion,
    tag,
    tags,
    version,
)

FIRST = f"{MODEL}#prod#1"


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    """Make a hub and a clone of it."""
    return Fleet.create(tmp_path)


def key(fleet: Fleet, name: str = "key") -> Path:
    """Make a key for the clone's user, and let the clone trust it."""
    path = fleet.clone.home / name
    words = ("-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path))
    fleet.clone.run("ssh-keygen", *words)
    public = path.with_name(f"{name}.pub").read_text("utf-8")
    trusted = fleet.clone.home / "allowed_signers"
    trusted.write_text(f"ann@example.org {public}", encoding="utf-8")
    fleet.clone.git("config", "gpg.ssh.allowedSignersFile", str(trusted))
    return path


def sign(fleet: Fleet, signer: str, scope: str = "--global") -> None:
    """Configure signing."""
    git = fleet.clone.git
    git("config", scope, "gpg.format", "ssh")
    git("config", scope, "tag.gpgSign", "true")
    git("config", scope, "user.signingkey", signer)


@pytest.mark.parametrize("scope", ["--global", "--local"])
def test_tags_are_signed_where_git_is_told_so(fleet: Fleet, scope: str) -> None:
    """Git accepts the signature, and the message reads as without one."""
    sign(fleet, str(key(fleet)), scope)
    fleet.clone.run(*promotion(1))
    checked = fleet.clone.run("git", "verify-tag", FIRST)

    assert 'Good "git" signature for ann@example.org' in checked.stderr
    assert tag(fleet.clone, FIRST).signed
    assert message(fleet.clone, FIRST).get("Reason") == "it is time"
    assert tags(fleet.hub) == tags(fleet.clone)


def test_a_chain_of_signed_tags_is_unbroken(fleet: Fleet) -> None:
    """The trailers stand before the signature."""
    sign(fleet, str(key(fleet)))
    fleet.clone.run(*promotion(1))
    fleet.clone.run(*promotion(2))
    fleet.clone.git("verify-tag", f"{MODEL}#prod#2")
    told = message(fleet.clone, f"{MODEL}#prod#2")

    assert told.get("Previous") == tags(fleet.clone)[FIRST]


def test_a_key_may_be_named_from_the_top_of_the_working_tree(fleet: Fleet) -> None:
    """As for `git tag`, wherever in it the command is called."""
    made = key(fleet)
    made.rename(fleet.clone.root / "key")
    sign(fleet, "./key", "--local")
    inside = fleet.clone.root / "a/b"
    inside.mkdir(parents=True)
    fleet.clone.run(promotion(1)[0], "--repo", str(inside), *promotion(1)[1:])

    fleet.clone.git("verify-tag", FIRST)


def test_a_key_may_be_the_key_itself(fleet: Fleet) -> None:
    """A setting's value may be long and have spaces."""
    made = key(fleet)
    sign(fleet, str(made))
    command = f"cat '{made}.pub' | sed 's/^/key::/'"
    fleet.clone.git("config", "--global", "--unset", "user.signingkey")
    fleet.clone.git("config", "gpg.ssh.defaultKeyCommand", f'sh -c "{command}"')
    agent = f"eval $(ssh-agent) >/dev/null; ssh-add -q '{made}'; "
    wanted = " ".join(f"'{word}'" for word in promotion(1))
    fleet.clone.run("sh", "-c", f"{agent}{wanted}; ssh-agent -k >/dev/null")

    fleet.clone.git("verify-tag", FIRST)


@pytest.mark.parametrize(
    ("signer", "said"),
    [
        ("/nowhere/key", "/nowhere/key"),
        ("", "user.signingkey or gpg.ssh.defaultKeyCommand needs to be configured"),
    ],
)
def test_a_tag_that_cannot_be_signed_is_not_written(
    fleet: Fleet, signer: str, said: str
) -> None:
    """Git's reason is shown; an unsigned tag would be a lie.

    git 2.39 itself writes one, and ends well, where it cannot load the key.
    """
    before = tags(fleet.clone)
    sign(fleet, signer)
    if not signer:
        fleet.clone.git("config", "--global", "--unset", "user.signingkey")
    done = fleet.clone.run(*promotion(1), ok=False)

    assert done.returncode == 3
    assert "git could not sign the tag, so nothing was recorded" in done.stderr
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    check_unchanged(fleet, before)


def test_a_signing_program_that_is_missing_is_named(fleet: Fleet) -> None:
    """OpenPGP is Git's default, and gpg may be missing."""
    before = tags(fleet.clone)
    fleet.clone.git("config", "tag.gpgSign", "yes")
    fleet.clone.git("config", "gpg.program", "/nowhere/gpg")
    done = fleet.clone.run(*promotion(1), ok=False)

    assert done.returncode == 3
    assert "cannot run /nowhere/gpg" in done.stderr
    check_unchanged(fleet, before)


def test_plain_gto_does_not_sign(fleet: Fleet) -> None:
    """Its tag is unsigned though the user wants signatures: ours follows it, signed."""
    sign(fleet, str(key(fleet)))
    words = ("assign", MODEL, "--version", version(1), "--stage", "prod", "--push")
    fleet.clone.run("gto", *words)
    fleet.clone.run(*promotion(2))

    assert not tag(fleet.clone, FIRST).signed
    assert tag(fleet.clone, f"{MODEL}#prod#2").signed
    told = message(fleet.clone, f"{MODEL}#prod#2")
    assert told.get("Previous") == tags(fleet.clone)[FIRST]

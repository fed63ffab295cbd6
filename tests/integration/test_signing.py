"""Tests of signed tags: the user's Git configuration decides."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers.fleet import (
    MODEL,
    Fleet,
    check_unchanged,
    message,
    place,
    promotion,
    tag,
    tags,
    version,
)
from helpers.sandbox import Sandbox
from lineal.registry.identities import Identity, Signers, prove
from lineal.registry.store import Store

FIRST = f"{MODEL}#prod#1"


@dataclass(frozen=True, slots=True)
class Gpg:
    """A keyring, and a repository in which its keys sign."""

    box: Sandbox
    home: Path

    def run(self, *words: str) -> str:
        """Run a program of GnuPG."""
        env = {"GNUPGHOME": str(self.home)}
        return self.box.run(*words, env=env).stdout

    def key(self, who: str, *more: str, end: str = "never") -> str:
        """Make a key; return its fingerprint."""
        words = ("--batch", "--quiet", "--passphrase", "", "--quick-generate-key")
        self.run("gpg", *more, *words, who, "ed25519", "sign", end)
        listed = self.run("gpg", "--with-colons", "--fingerprint", who)
        prints = [line for line in listed.splitlines() if line.startswith("fpr:")]
        return prints[0].split(":")[9]

    def tag(self, name: str, who: str) -> str:
        """Sign a tag; return its id."""
        settings = ("-c", "user.name=Ann", "-c", f"user.email={who}")
        self.run("git", *settings, "tag", "-s", "-u", who, "-m", "why", name)
        return self.box.id(f"refs/tags/{name}")

    def proven(
        self, oid: str, listed: Mapping[str, tuple[str, ...]], **env: str
    ) -> Identity:
        """Return who made a tag, by the keys that are listed."""
        found = place(self.box, **{"GNUPGHOME": str(self.home), **env})
        store = Store(found)
        return prove(store, store.objects([oid]), Signers(gpg=listed))[oid]


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


@pytest.fixture
def gpg(tmp_path: Path) -> Iterator[Gpg]:
    """Make an OpenPGP key of Ann, in a keyring that is gone afterwards."""
    # The path of gpg-agent's socket must be short.
    with tempfile.TemporaryDirectory(prefix="gpg") as home:
        box = Sandbox.create(tmp_path / "work")
        box.commit()
        made = Gpg(box, Path(home))
        yield made
        made.run("gpgconf", "--kill", "all")


def test_a_listed_openpgp_key_proves_whom_it_is_listed_for(gpg: Gpg) -> None:
    """By its primary fingerprint, however it is written."""
    print_ = gpg.key("ann@x.org")
    oid = gpg.tag("m@v1.0.0", "ann@x.org")
    spaced = f"0x{print_[:20].lower()} {print_[20:]}"

    assert gpg.proven(oid, {"Ann@x.org": (spaced,)}).verified
    assert not (gpg.box.root / ".git/lineal/signatures").exists()


def test_other_openpgp_keys_prove_nothing(gpg: Gpg) -> None:
    """Whatever the keyring says of them."""
    print_ = gpg.key("ann@x.org")
    oid = gpg.tag("m@v1.0.0", "ann@x.org")
    changed = gpg.box.tag(
        "m@v2.0.0",
        message=gpg.box.git("cat-file", "tag", oid).split("\n\n", 1)[1],
        actor="Ann <ann@x.org>",
    )
    listed = {"ann@x.org": (print_,)}
    for found, why in (
        (gpg.proven(oid, {"bob@x.org": (print_,)}), "no OpenPGP key is listed for ann"),
        (gpg.proven(oid, {"ann@x.org": ("0" * 40,)}), "signed with an OpenPGP key th"),
        (gpg.proven(oid, {"ann@x.org": (print_[-16:],)}), "signed with an OpenPGP key"),
        (gpg.proven(changed, listed), "the signature is bad: the tag was changed"),
        (gpg.proven(oid, listed, GNUPGHOME="/nowhere"), "the OpenPGP key is not in th"),
    ):
        assert not found.verified
        assert found.why.startswith(why)


def test_a_key_that_has_ended_proves_nothing(gpg: Gpg) -> None:
    """When it signed, gpg takes from the signature, which anybody can date back."""
    then = "--faked-system-time=20200101T000000!"
    print_ = gpg.key("ann@x.org", then, end="1y")
    script = gpg.home / "then"
    script.write_text(f'#!/bin/sh\nexec gpg {then} "$@"\n')
    script.chmod(0o755)
    gpg.box.git("config", "gpg.program", str(script))
    oid = gpg.tag("m@v1.0.0", "ann@x.org")
    gpg.box.git("config", "--unset", "gpg.program")
    found = gpg.proven(oid, {"ann@x.org": (print_,)})

    assert found.why == "its OpenPGP key or signature has expired or was revoked"


def test_a_missing_gpg_is_named(gpg: Gpg) -> None:
    """Then nobody is verified."""
    print_ = gpg.key("ann@x.org")
    oid = gpg.tag("m@v1.0.0", "ann@x.org")
    gpg.box.git("config", "gpg.program", "/nowhere/gpg")
    found = gpg.proven(oid, {"ann@x.org": (print_,)})

    assert found.why.startswith("gpg cannot be run")

"""Tests of what is found out about a clone: keys, hooks and what was left over."""

import os
from pathlib import Path

import pytest

from helpers.sandbox import Sandbox
from lineal.doors import setup
from lineal.doors.git import Git, scrubbed
from lineal.doors.location import locate


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Start a repository."""
    return Sandbox.create(tmp_path / "box")


def program(folder: Path, text: str) -> str:
    """Write a program and return its path."""
    made = folder / "sign"
    made.write_text(text, encoding="ascii")
    made.chmod(0o755)
    return str(made)


def lacks(box: Sandbox, **settings: str) -> str:
    """Return what is missing to sign; the settings are written with `_` for `.`."""
    named = {name.replace("_", "."): value for name, value in settings.items()}
    return setup.lacks_key(Git(box.root, scrubbed(box.env)), named)


def test_gpg_is_asked_for_the_secret_key_of_who_makes_tags(
    box: Sandbox, tmp_path: Path
) -> None:
    """By the address, as git does, or by the key that is configured."""
    knows = program(tmp_path, '#!/bin/sh\n[ "$4" = ann@example.org ]\n')

    assert lacks(box, gpg_program=knows) == ""
    assert lacks(box, gpg_program=knows, user_signingkey="ann@example.org") == ""
    assert lacks(box, gpg_openpgp_program=knows, user_signingkey="0xAB") == (
        "gpg has no secret key for it"
    )


def test_a_gpg_that_cannot_answer_is_believed(box: Sandbox, tmp_path: Path) -> None:
    """It may well sign; git would then say why it does not."""
    assert lacks(box, gpg_program=program(tmp_path, "no program\n")) == ""


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"gpg_program": "/nowhere/gpg"}, "/nowhere/gpg"),
        ({"gpg_format": "x509", "gpg_x509_program": "no-such"}, "no-such"),
        ({"gpg_format": "ssh", "gpg_ssh_program": "~/none"}, "~/none"),
    ],
)
def test_a_signing_program_that_is_not_there_is_named(
    box: Sandbox, settings: dict[str, str], named: str
) -> None:
    """Whichever kind of signature is wanted."""
    assert lacks(box, **settings) == f"{named} is not on PATH"


def test_hooks_are_those_that_git_runs(box: Sandbox) -> None:
    """In the repository or where `core.hooksPath` says; samples do not count."""
    place = locate(box.root)
    folder = box.root / "my hooks"
    folder.mkdir()
    program(folder, "#!/bin/sh\n")
    (folder / "not-executable").touch()
    (folder / "pre-push.sample").touch(mode=0o755)

    assert setup.hooks(place, {"core.hookspath": "my hooks"}) == ("sign",)
    assert setup.hooks(place, {"core.hookspath": str(folder)}) == ("sign",)
    assert setup.hooks(place, {"core.hookspath": "none"}) == ()
    assert setup.hooks(place, {}) == ()


def test_what_is_gone_when_it_is_looked_at_was_not_left_over(box: Sandbox) -> None:
    """Its command was at work; what is an hour old is nobody's any more."""
    own = box.root
    (own / "write-gone").symlink_to("nowhere")
    for name in ("write-1", "seen.part"):
        (own / name).touch()
        os.utime(own / name, (0, 0))

    assert setup.leftovers(own, 3600) == ()
    assert setup.leftovers(own, 3601) == ("seen.part", "write-1")

"""Tests of what is remembered of who made tags, and of what cannot be checked."""

import os
from pathlib import Path

import pytest

from helpers.fleet import place
from helpers.sandbox import Sandbox
from helpers.signers import Signer, allowed
from lineal.registry.identities import Identity, Signers, prove
from lineal.registry.store import Store

ANN, TAG = "ann@x.org", "m#prod#1"


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Start a repository with a commit."""
    made = Sandbox.create(tmp_path / "work")
    made.commit()
    return made


@pytest.fixture
def ann(tmp_path: Path) -> Signer:
    """Make a key for Ann."""
    return Signer.create(tmp_path / "keys", ANN)


@pytest.fixture
def bob(tmp_path: Path) -> Signer:
    """Make a key for Bob."""
    return Signer.create(tmp_path / "keys", "bob@x.org")


def signers(text: str) -> Signers:
    """Return whose signatures count."""
    return Signers(text.encode(), "0" * 40)


def proven(box: Sandbox, oid: str, text: str, **env: str) -> Identity:
    """Return who made a tag, without what was found out before."""
    store = Store(place(box, **env), indexed=False)
    return prove(store, store.objects([oid]), signers(text))[oid]


def test_a_missing_ssh_keygen_is_named(
    box: Sandbox, ann: Signer, tmp_path: Path
) -> None:
    """Then nobody is verified, and nothing is remembered."""
    oid = ann.tag(box, TAG)
    programs = tmp_path / "bin"
    programs.mkdir()
    git = box.run("sh", "-c", "command -v git").stdout.strip()
    (programs / "git").symlink_to(git)
    store = Store(place(box, PATH=str(programs)))
    found = prove(store, store.objects([oid]), signers(allowed(ann)))[oid]

    assert not found.verified
    assert found.why.startswith("ssh-keygen cannot be run: install openssh-client")
    assert not (store.place.own / "signatures").exists()


def test_one_that_is_too_old_is_named(
    box: Sandbox, ann: Signer, tmp_path: Path
) -> None:
    """It knows no signatures."""
    program = tmp_path / "bin/ssh-keygen"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'unknown option -- Y' >&2; exit 1\n")
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{box.env['PATH']}"
    found = proven(box, ann.tag(box, TAG), allowed(ann), PATH=path)

    assert found.why.startswith("ssh-keygen cannot check signatures")


def test_verdicts_are_remembered_by_tag_and_list(
    box: Sandbox, ann: Signer, bob: Signer
) -> None:
    """Without asking again, good ones and bad ones; another list asks anew."""
    oids = [ann.tag(box, TAG), bob.named(ANN).tag(box, "m#prod#2")]
    store = Store(place(box))
    tags = store.objects(oids)
    first = prove(store, tags, Signers(allowed(ann, bob).encode(), "1" * 40))
    told: list[int] = []
    again = prove(
        store,
        tags,
        Signers(b"nobody", "1" * 40),
        lambda done, _all: told.append(done),
    )
    other = prove(store, tags, Signers(allowed(bob).encode(), "2" * 40))
    kept = (store.place.own / "signatures").read_text()

    assert first == again
    assert not told
    assert [first[oid].verified for oid in oids] == [True, False]
    assert not other[oids[0]].verified
    assert "2" * 40 in kept
    assert "1" * 40 not in kept


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" - -\n.\n", " - "),
        (" - -", " rubbish -"),
        (" - -", " - why"),
        (" - -", ""),
        ("lineal index", "some other file"),
    ],
)
def test_a_damaged_memory_only_costs_time(
    box: Sandbox, ann: Signer, old: str, new: str
) -> None:
    """It is made again."""
    oid = ann.tag(box, TAG)
    store = Store(place(box))
    listed = signers(allowed(ann))
    prove(store, store.objects([oid]), listed)
    file = store.place.own / "signatures"
    good = file.read_text()
    assert old in good
    file.write_text(good.replace(old, new))

    assert prove(store, store.objects([oid]), listed)[oid].verified
    assert file.read_text() == good


def test_a_folder_that_cannot_be_written_only_costs_time(
    box: Sandbox, ann: Signer
) -> None:
    """A file stands where the folder should be, which stops root too."""
    oid = ann.tag(box, TAG)
    store = Store(place(box))
    store.place.own.write_text("in the way")

    assert prove(store, store.objects([oid]), signers(allowed(ann)))[oid].verified


def test_progress_is_told_of_signed_tags(box: Sandbox, ann: Signer) -> None:
    """How many of how many."""
    oids = [ann.tag(box, f"m#prod#{n}") for n in range(3)] + [box.tag("m@v1.0.0")]
    store = Store(place(box))
    told: list[tuple[int, int]] = []
    prove(
        store,
        store.objects(oids),
        signers(allowed(ann)),
        lambda done, every: told.append((done, every)),
    )

    assert told == [(1, 3), (2, 3), (3, 3)]

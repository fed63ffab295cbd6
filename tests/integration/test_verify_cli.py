"""Tests of `lineal verify` on real repositories, tampered with in every way."""

from pathlib import Path

import pytest

from helpers import verifying
from helpers.sandbox import ANN, START, Sandbox
from helpers.verifying import BOB, brief, findings, verify


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start a registry of one model."""
    return verifying.registered(tmp_path / "repo")


def test_an_untouched_registry_is_clean(sandbox: Sandbox) -> None:
    """It says how much was looked at."""
    assert verify(sandbox).stdout == "no findings: 4 tags of 1 model\n"
    assert verify(sandbox, "m", "--strict").stdout.endswith("1 note\n")


def test_what_lineal_and_gto_write_is_clean(sandbox: Sandbox) -> None:
    """A real promotion continues the chain, and so does a real `gto assign`."""
    sandbox.lineal("promote", "m@v1.0.0", "--to", "prod", "--reason", "back")
    sandbox.run("gto", "assign", "m", "--version", "v2.0.0", "--stage", "dev")

    assert verify(sandbox).stdout == "no findings: 6 tags of 1 model\n"


@pytest.mark.measured
def test_a_deleted_tag_is_named_with_its_maker(sandbox: Sandbox) -> None:
    """The object is still there; in a fresh clone, what followed it tells."""
    sandbox.git("tag", "-d", "m#prod#1")

    found = findings(sandbox)
    clone = sandbox.clone(sandbox.root.with_name("clone"))

    assert brief(found) == [("deleted", "problem", "m#prod#1")]
    assert (found[0]["who"], found[0]["when"]) == (ANN, "2023-11-14T22:13:22Z")
    assert brief(findings(clone)) == [("deleted", "problem", "m#prod#1")]


@pytest.mark.parametrize("cloned", [False, True])
def test_a_recreated_tag_is_named_with_who_did_it(
    sandbox: Sandbox, *, cloned: bool
) -> None:
    """It has a follower that follows another object."""
    sandbox.tag("m#prod#1", commit="HEAD~1", actor=BOB, at=START + 99)
    place = sandbox.clone(sandbox.root.with_name("clone")) if cloned else sandbox

    found = [each for each in findings(place) if each["rule"] == "moved"]

    assert [(each["tag"], each["who"]) for each in found] == [("m#prod#1", BOB)]


def test_a_backdated_tag_is_named(sandbox: Sandbox) -> None:
    """It says that it follows a tag, and is dated before it."""
    last = sandbox.id("refs/tags/m#prod#2")
    message = f"Promote\n\nVersion: v2.0.0\nReason: x\nPrevious: {last}\n"
    sandbox.tag("m#prod#3", message=message, at=START - 5, actor=BOB)

    found = findings(sandbox)

    assert [(e["rule"], e["tag"], e["who"]) for e in found] == [
        ("backdated", "m#prod#3", BOB),
        ("clock", "m#prod#3", BOB),
        ("early", "m#prod#3", BOB),
    ]


def test_a_gap_is_explained_by_what_git_still_has(sandbox: Sandbox) -> None:
    """Nothing follows a tag of plain gto, but its object says who made it."""
    sandbox.tag("m#dev#3", actor=BOB)
    sandbox.tag("m#dev#4")
    sandbox.delete("m#dev#3")

    found = findings(sandbox)

    assert [(e["rule"], e["tag"], e["who"]) for e in found] == [
        ("deleted", "m#dev#3", BOB)
    ]
    clone = sandbox.clone(sandbox.root.with_name("clone"))
    assert brief(findings(clone, code=0)) == [("gap", "warning", "m#dev#4")]
    assert verify(clone, "--strict", code=1).stdout.startswith("warning: serial 3 of m")


def test_the_newest_tag_is_missed_by_who_saw_it(sandbox: Sandbox) -> None:
    """Nothing follows it, but this clone remembers, until it is told otherwise."""
    verify(sandbox)
    sandbox.delete("m#prod#2")

    for _ in range(2):
        assert brief(findings(sandbox)) == [("deleted", "problem", "m#prod#2")]
    assert verify(sandbox, "--accept").stdout.startswith("no findings: 3 tags")
    assert verify(sandbox).stdout.startswith("no findings: 3 tags")


def test_a_look_at_one_model_remembers_the_others(sandbox: Sandbox) -> None:
    """And does not speak of them."""
    sandbox.tag("n@v1.0.0")
    verify(sandbox)
    sandbox.delete("n@v1.0.0")

    assert verify(sandbox, "m", "--accept").stdout.startswith("no findings: 4 tags")
    assert brief(findings(sandbox)) == [("deleted", "problem", "n@v1.0.0")]


@pytest.mark.measured
def test_where_nothing_can_be_written_nothing_is_remembered(sandbox: Sandbox) -> None:
    """That is no failure."""
    (sandbox.root / ".git" / "lineal").write_text("", encoding="utf-8")

    assert verify(sandbox).stdout.startswith("no findings")


@pytest.mark.parametrize("content", ["", "x", "lineal seen 1\n", "lineal seen 1\nx y"])
def test_a_damaged_memory_is_none(sandbox: Sandbox, content: str) -> None:
    """It is written anew."""
    own = sandbox.root / ".git" / "lineal"
    own.mkdir()
    (own / "seen").write_text(content, encoding="ascii")

    assert verify(sandbox).stdout.startswith("no findings")
    assert (own / "seen").read_text(encoding="ascii").count("m#prod#") == 2


@pytest.mark.measured
def test_a_leftover_object_is_a_note_for_the_strict(sandbox: Sandbox) -> None:
    """Of a simple tag of plain gto, nothing else is left."""
    sandbox.tag("n@v1.0.0", actor=BOB)
    sandbox.delete("n@v1.0.0")

    found = findings(sandbox, "--strict", code=0)

    assert ("leftover", "note", "n@v1.0.0") in brief(found)


@pytest.mark.measured
def test_an_unknown_model_is_refused(sandbox: Sandbox) -> None:
    """A clean answer about nothing would mislead."""
    assert "has no model 'x'; there are: m" in verify(sandbox, "x", code=1).stderr


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_an_empty_repository_is_clean(tmp_path: Path, form: str) -> None:
    """There is nothing to be wrong."""
    empty = Sandbox.create(tmp_path / "empty", object_format=form)

    assert verify(empty).stdout == "no findings: 0 tags of 0 models\n"

"""Tests of what other tests rest on: sandboxes, written histories, gto as an oracle."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from helpers import gto_oracle, registries
from helpers.histories import Commit, History, Shape, Tag, histories, write
from helpers.sandbox import Sandbox, lineal

HISTORY: History = (
    Commit(1_700_000_001, "Ann <ann@example.org>"),
    Tag("registration", "d:m", "v1.0.0", None, None, 0, 1_700_000_002),
    Tag(
        "assignment", "d:m", "v1.0.0", "prod", 1, 0, 1_700_000_003, message="why\n\nso"
    ),
    Commit(1_700_000_004, "Ann <ann@example.org>"),
    Tag("deprecation", "d:m", None, None, 2, 1, 1_700_000_005, "Bob Ö <b@x.org>"),
)
_FOLDERS = count()


def fill(sandbox: Sandbox) -> None:
    """Put a bit of everything into a repository."""
    sandbox.commit(files={"a b/ü": "x"})
    sandbox.tag("m@v1.0.0", message=b"one\r\n\xff", actor="Eve <e@x.org>")
    sandbox.nested("outer", "m@v1.0.0")
    sandbox.lightweight("light")
    sandbox.tag("-d", at=5)


def test_two_sandboxes_give_the_same_ids(tmp_path: Path) -> None:
    """Nothing of the machine, the user or the clock is in them."""
    one, other = (Sandbox.create(tmp_path / name) for name in ("one", "other"))
    fill(one)
    fill(other)

    assert one.git("for-each-ref") == other.git("for-each-ref")
    assert one.id("HEAD") == "5497231fd0d2ce6c4ed039b99b19a6de02dbac27"


def test_a_deleted_tag_is_gone(tmp_path: Path) -> None:
    """The others stay."""
    sandbox = Sandbox.create(tmp_path / "repo")
    fill(sandbox)

    sandbox.delete("-d")

    assert sandbox.git("tag").splitlines() == ["light", "m@v1.0.0", "outer"]


def test_a_sandbox_may_have_long_ids(tmp_path: Path) -> None:
    """Git's second kind of repository hashes with SHA-256."""
    sandbox = Sandbox.create(tmp_path / "repo", object_format="sha256")
    fill(sandbox)

    assert len(sandbox.id("refs/tags/m@v1.0.0")) == 64


def test_a_bare_sandbox_is_pushed_to(tmp_path: Path) -> None:
    """A clone of it has a home and a configuration of its own."""
    origin = Sandbox.create(tmp_path / "o.git", bare=True)
    clone = origin.clone(tmp_path / "clone")
    clone.commit()
    clone.tag("m@v1.0.0")

    clone.git("push", "--quiet", "origin", "main", "m@v1.0.0")

    assert origin.git("for-each-ref") == clone.git(
        "for-each-ref", "refs/heads", "refs/tags"
    )
    assert clone.home != origin.home


def test_the_program_runs_as_the_sandboxs_user(tmp_path: Path) -> None:
    """Both ways give the same."""
    sandbox = Sandbox.create(tmp_path / "repo")

    mine = sandbox.lineal("--version")
    other = lineal(sandbox.root, "--version", env=sandbox.env)

    assert mine.stdout == other.stdout
    assert sandbox.git("config", "user.email") == "ann@example.org"


def test_a_history_has_the_objects_that_git_itself_would_write(tmp_path: Path) -> None:
    """The quick way into a repository is no other way."""
    quick, slow = (Sandbox.create(tmp_path / name) for name in ("quick", "slow"))
    ids = write(quick, HISTORY)
    for done in HISTORY:
        if isinstance(done, Commit):
            slow.commit(at=done.at)
            continue
        commit = ids[done.commit]
        message = done.message or f"{done.word} of {done.model}"
        slow.tag(
            done.name, commit=commit, at=done.at, message=message, actor=done.actor
        )

    assert quick.git("for-each-ref") == slow.git("for-each-ref")


@given(history=histories(Shape(unregistered=True)))
@settings(
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_gto_reads_every_event_of_a_history(tmp_path: Path, history: History) -> None:
    """Nothing that is drawn is passed over, or read as something else."""
    sandbox = Sandbox.create(tmp_path / str(next(_FOLDERS)))
    ids = write(sandbox, history)

    rows = gto_oracle.history(sandbox.root)

    assert [(row.at, row.event, row.model, row.stage, row.tag) for row in rows] == [
        (tag.at, tag.word, tag.model, tag.stage, tag.name)
        for tag in history
        if isinstance(tag, Tag)
    ]
    assert [(row.commit, row.version) for row in rows] == [
        (ids[tag.commit], tag.version or (tag.stage and ids[tag.commit]))
        for tag in history
        if isinstance(tag, Tag)
    ]


def test_the_program_says_what_gtos_api_says(tmp_path: Path) -> None:
    """So that most tests may spare its start."""
    sandbox = Sandbox.create(tmp_path / "repo")
    write(sandbox, HISTORY)

    shown = gto_oracle.show(sandbox.root)

    assert shown == gto_oracle.by_cli(sandbox)
    assert shown.deprecated == {"d:m"}


@pytest.mark.parametrize("packed", [False, True])
def test_a_big_registry_is_one_to_gto(tmp_path: Path, *, packed: bool) -> None:
    """Every version went through every stage, so the last one holds them all."""
    sandbox = Sandbox.create(tmp_path / "repo")
    registries.build(sandbox, 2, 3, files=registries.small_files, packed=packed)

    shown = gto_oracle.show(sandbox.root)

    assert len(sandbox.git("tag").splitlines()) == 2 * 3 * 4
    assert shown.newest == {"m001": "v1.2.0", "m002": "v1.2.0"}
    assert set(shown.holders.values()) == {"v1.2.0"}
    assert (sandbox.root / ".git/packed-refs").exists() is packed
    assert not sandbox.git("status", "--porcelain")

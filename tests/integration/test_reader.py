"""Questions to a registry that has no answer, and parts of its journal."""

from pathlib import Path

import pytest

from helpers import lineal_answers
from helpers.sandbox import START, Sandbox
from lineal.registry.brief import PROBLEMS
from lineal.registry.journal import Asked
from lineal.registry.overview import EmptyStageError, look_up
from lineal.registry.reader import (
    EmptyRegistryError,
    Reader,
    UnknownModelError,
    UnknownVersionError,
)
from lineal.registry.version import Version


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


@pytest.fixture
def reader(sandbox: Sandbox) -> Reader:
    """Fill it: a model through two versions, and another of a like name."""
    sandbox.commit()  # a second each: the commit is START
    sandbox.tag("m@v1.0.0", message="Registering artifact m version v1.0.0")
    sandbox.tag("m#prod#1", message="m#prod#1")
    sandbox.tag("m#dev#2", message="Try it\n\nReason: is new")
    sandbox.tag("m#prod!#3", message="Too slow")
    sandbox.tag("m-2@v0.1.0")
    return lineal_answers.reader(sandbox.root)


def told(reader: Reader, asked: Asked) -> list[str]:
    """Return the tags of a part of the journal, newest first."""
    return [entry.event.stamp.tag for entry in reader.journal(asked)]


def test_an_unknown_model_is_named_beside_those_that_are_like_it(
    reader: Reader,
) -> None:
    """A slip of the pen is the likeliest reason."""
    with pytest.raises(UnknownModelError, match="no model 'm-22'; there are: m-2"):
        reader.model("m-22")
    with pytest.raises(UnknownModelError, match="there are: m, m-2"):
        reader.chronicle(Asked(model="ridership"))

    assert reader.holder("ridership", "prod") is None


def test_a_model_that_came_later_is_not_unknown(reader: Reader) -> None:
    """The message says that it is a matter of the date."""
    with pytest.raises(UnknownModelError, match="nothing had happened to 'm-2' by"):
        reader.model("m-2", at=START + 4)

    assert [state.model for state in reader.models(at=START + 4)] == ["m"]


def test_an_empty_registry_says_how_it_gets_tags(sandbox: Sandbox) -> None:
    """A clone without tags looks the same."""
    empty = lineal_answers.reader(sandbox.root)

    with pytest.raises(EmptyRegistryError, match="git fetch --tags"):
        empty.model("m")
    with pytest.raises(EmptyRegistryError, match="lineal register"):
        empty.chronicle(Asked())
    assert empty.models() == ()


def test_an_unknown_version_is_named_beside_the_newest(reader: Reader) -> None:
    """With the model that it is not of."""
    error = UnknownVersionError(reader.model("m"), Version(9, 9, 9))

    assert str(error) == (
        "m has no version v9.9.9; its newest are: v1.0.0 (`lineal show m` lists all)"
    )
    assert error.exit_code == 1


def test_an_empty_stage_is_named_beside_those_that_are_not(reader: Reader) -> None:
    """The version may well be there."""
    moment = look_up(reader.store, "m").moment

    assert moment is not None
    assert str(EmptyStageError("m", "prod", moment)) == (
        "stage prod of m holds nothing; dev holds v1.0.0"
    )
    assert str(EmptyStageError("m", "prod", moment, "2026-11-21 08:41:06 +00:00")) == (
        "stage prod of m held nothing at 2026-11-21 08:41:06 +00:00; dev held v1.0.0"
    )


@pytest.mark.parametrize(
    ("asked", "tags"),
    [
        (Asked(), ["m-2@v0.1.0", "m#prod!#3", "m#dev#2", "m#prod#1", "m@v1.0.0"]),
        (Asked(model="m-2"), ["m-2@v0.1.0"]),
        (Asked(stage="prod"), ["m#prod!#3", "m#prod#1"]),
        (Asked(since=START + 4), ["m-2@v0.1.0", "m#prod!#3"]),
        (Asked(until=START + 2), ["m#prod#1", "m@v1.0.0"]),
        (Asked(since=START + 2, until=START + 2), ["m#prod#1"]),
        (Asked(at=START + 1), ["m@v1.0.0"]),
        (Asked(limit=2), ["m-2@v0.1.0", "m#prod!#3"]),
        (Asked(model="m", limit=1), ["m#prod!#3"]),
        (Asked(stage="qa"), []),
    ],
)
def test_a_part_of_the_journal_can_be_asked_for(
    reader: Reader, asked: Asked, tags: list[str]
) -> None:
    """Newest first; both ends of a time are part of it."""
    assert told(reader, asked) == tags


def test_a_reason_is_what_somebody_thought_of(reader: Reader) -> None:
    """The trailer, else the subject, unless it is what a program always writes."""
    reasons = {one.event.stamp.tag: one.reason for one in reader.journal()}

    assert reasons == {
        "m@v1.0.0": "",
        "m#prod#1": "",
        "m#dev#2": "is new",
        "m#prod!#3": "Too slow",
        "m-2@v0.1.0": "",
    }


def test_a_clock_that_disagrees_with_the_serials_is_known(
    sandbox: Sandbox, reader: Reader
) -> None:
    """The event counts from no earlier than the serial before it."""
    sandbox.tag("m#prod#4", at=START - 3600)

    late, *others = reader.journal(Asked(model="m"))

    assert late.event.stamp.tag == "m#prod#4"
    assert late.since == START + 4
    assert not late.in_order
    assert all(one.in_order for one in others)


def test_a_tag_whose_object_is_lost_is_named(sandbox: Sandbox, reader: Reader) -> None:
    """The others are read; what is lost may be fetched, so nothing is kept of it."""
    made = sandbox.id("refs/tags/m#dev#2")
    file = sandbox.root / ".git/objects" / made[:2] / made[2:]
    content = file.read_bytes()
    file.unlink()
    ignored = lineal_answers.ignored(sandbox.root)
    without = lineal_answers.table(sandbox.root)
    file.write_bytes(content)

    assert ignored == {"m#dev#2": "missing"}
    assert "missing" in PROBLEMS
    assert not without.holders
    assert lineal_answers.table(sandbox.root).holders == {("m", "dev"): "v1.0.0"}
    assert lineal_answers.ignored(sandbox.root) == {}
    assert reader.store.models() == {"m", "m-2"}


def test_the_end_of_one_version_is_read(sandbox: Sandbox, reader: Reader) -> None:
    """And the next serial is counted over its tags too."""
    trailer = "x\n\nEnd-Of-Life: 1800000000 (2027-01-15)"
    sandbox.tag("deprecated/m/v1.0.0/7", message=trailer)

    found = reader.model("m").find(Version(1, 0, 0))

    assert found is not None
    assert found.deprecated is not None
    assert found.deprecated.end == 1_800_000_000
    assert reader.store.serial("m") == 8
    assert reader.store.serial("m-2") == 1
    assert [dated.event.stamp.tag for dated in reader.ordered("m")][-1] == (
        "deprecated/m/v1.0.0/7"
    )

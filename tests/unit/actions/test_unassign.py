"""Tests of what an unassignment would write."""

import pytest

from helpers.tales import MODEL, Tale, commit, v
from lineal.actions.plan import Plan
from lineal.actions.subject import NoReasonError, UnusedStageError
from lineal.actions.unassign import (
    HoldsStageError,
    NotHeldError,
    NothingHeldError,
    Unassignment,
)
from lineal.registry.reader import UnknownVersionError


def plan(tale: Tale, version: int | None = None, *, force: bool = False) -> Plan:
    """Plan to end a hold of prod."""
    named = v(version) if version else None
    return Unassignment(MODEL, "prod", "why", named, force).plan(tale.reader)


def two() -> Tale:
    """Return a tale in which two versions were promoted."""
    return Tale.of(1, 2).promote(1).promote(2)


def test_the_hold_of_the_stage_ends_when_it_is_forced() -> None:
    """The tag names the holder's commit and version."""
    found = plan(two(), force=True)

    assert (found.tag, found.commit) == (f"{MODEL}#prod!#5", commit(2))
    assert found.message.trailers == (("Version", "v2.0.0"), ("Reason", "why"))
    assert found.notes == ("prod will hold v1.0.0 again",)


def test_what_holds_the_stage_asks_for_force_and_says_what_follows() -> None:
    """The version before returns, or nothing does."""
    with pytest.raises(HoldsStageError, match=r"will hold v1\.0\.0 again: .*--force"):
        plan(two())
    with pytest.raises(HoldsStageError, match="prod will hold nothing"):
        plan(Tale.of(1).promote(1), 1)


def test_who_would_get_back_what_was_rolled_back_is_told() -> None:
    """To gto, a version that was rolled back is only superseded."""
    with pytest.raises(HoldsStageError, match=r"v2.0.0 again, which was rolled back"):
        plan(two().back(1))


def test_the_hold_of_an_earlier_version_ends_without_force() -> None:
    """The stage goes on holding what it holds."""
    found = plan(two(), 1)

    assert found.commit == commit(1)
    assert found.notes == ("prod holds v2.0.0, as before",)


def test_only_an_unnamed_hold_is_bound_to_what_it_ends() -> None:
    """Planned again, it must not end the hold of a version nobody asked about."""
    tale = two()

    assert plan(tale, force=True).ends == tale.latest
    assert plan(tale, 2, force=True).ends is None


def test_a_commit_without_a_version_can_be_unassigned() -> None:
    """The tag then names no version."""
    found = plan(Tale.of(1).assign(7), force=True)

    assert found.commit == commit(7)
    assert found.message.trailers == (("Reason", "why"),)


def test_of_two_versions_at_a_commit_the_named_one_goes() -> None:
    """The candidate holds the stage again when its release leaves."""
    tale = Tale().register(1).register(2, at=1).promote(1).promote(2, at=1)

    assert plan(tale, 2, force=True).notes == ("prod will hold v1.0.0 again",)
    assert plan(tale, 1).notes == ("prod holds v2.0.0, as before",)


def test_the_hold_of_a_withdrawn_version_can_be_ended() -> None:
    """Else it would return if somebody registered the version again."""
    found = plan(two().withdraw(2), 2)

    assert found.commit == commit(2)
    assert found.notes == ("prod holds v1.0.0, as before",)


@pytest.mark.parametrize("number", [2, 3])
def test_a_version_without_a_hold_is_refused(number: int) -> None:
    """It never held the stage, or was unassigned before."""
    tale = Tale.of(1, 2, 3).promote(1).promote(2).unassign(2)

    with pytest.raises(NotHeldError):
        plan(tale, number, force=True)


def test_an_empty_stage_is_refused() -> None:
    """There is nothing to end."""
    with pytest.raises(NothingHeldError):
        plan(Tale.of(1).promote(1).unassign(1), force=True)


def test_unknown_words_are_refused() -> None:
    """A version that is none, a stage that was never used, a reason that is none."""
    with pytest.raises(UnknownVersionError):
        plan(two(), 9)
    with pytest.raises(UnusedStageError):
        Unassignment(MODEL, "dev", "why").plan(two().reader)
    with pytest.raises(NoReasonError):
        Unassignment(MODEL, "prod", "\n").plan(two().reader)

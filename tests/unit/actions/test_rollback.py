"""Tests of what a rollback would write."""

import pytest

from helpers.sandbox import START
from helpers.tales import MODEL, Tale, commit, v
from lineal.actions.lives import EndedVersionError
from lineal.actions.plan import Plan
from lineal.actions.rollback import (
    AlreadyBackError,
    NeverHeldError,
    NothingEarlierError,
    Rollback,
)
from lineal.actions.subject import (
    NoReasonError,
    UnusedStageError,
    WithdrawnVersionError,
)
from lineal.registry.reader import UnknownModelError, UnknownVersionError

LATER = START + 1000


def plan(tale: Tale, to: int | None = None, *, reason: str = "worse") -> Plan:
    """Plan a rollback of prod."""
    named = v(to) if to else None
    return Rollback(MODEL, "prod", reason, LATER, named).plan(tale.reader)


def two() -> Tale:
    """Return a tale in which two versions were promoted."""
    return Tale.of(1, 2).promote(1).promote(2)


def test_it_assigns_what_was_before_and_says_what_it_takes_back() -> None:
    """Readers of the tag see both versions and the reason; gto sees an assignment."""
    found = plan(two())

    assert (found.tag, found.commit) == (f"{MODEL}#prod#5", commit(1))
    assert found.message.trailers == (
        ("Version", "v1.0.0"),
        ("Rollback", "v2.0.0"),
        ("Reason", "worse"),
    )
    assert found.summary == "Roll prod of churn back to v1.0.0, instead of v2.0.0"
    assert found.notes == ()


def test_it_is_dated_and_linked_after_all_that_happened() -> None:
    """It follows the newest event of the stage, and comes after every other."""
    tale = two().promote(1, stage="dev")

    found = plan(tale)

    assert found.follows == tale.events[3]
    assert found.after == tale.latest.stamp.time


def test_it_is_bound_to_what_it_takes_back() -> None:
    """Planned again after another rollback, it must not go two back."""
    tale = two()

    assert plan(tale).ends == tale.latest


def test_withdrawn_versions_are_passed_over_and_named() -> None:
    """The user should know why it goes farther than expected."""
    tale = Tale.of(1, 2, 3).promote(1).promote(2).promote(3).withdraw(2)

    found = plan(tale)

    assert found.commit == commit(1)
    assert found.notes == ("v2.0.0 is passed over: it was withdrawn",)


def test_a_commit_without_a_version_is_the_last_resort() -> None:
    """A version, though older, is better known."""
    tale = Tale.of(1, 2).promote(1).assign(7).promote(2)

    found = plan(tale)

    assert found.commit == commit(1)
    assert found.notes == (f"{commit(7)} is passed over: that commit has no version",)


def test_a_commit_without_a_version_is_assigned_where_there_is_nothing_else() -> None:
    """As plain gto did it, without the name of a version."""
    found = plan(Tale.of(2).assign(7).promote(2))

    assert found.commit == commit(7)
    assert found.message.get("Version") is None
    assert found.message.get("Rollback") == "v2.0.0"


def test_an_empty_stage_gets_back_what_it_held_last() -> None:
    """What is taken back is then the unassignment."""
    tale = Tale.of(1).promote(1).unassign(1)

    found = plan(tale)

    assert found.commit == commit(1)
    assert found.message.get("Rollback") == tale.latest.stamp.tag
    assert found.summary == "Roll prod of churn back to v1.0.0"
    assert found.ends == tale.latest


def test_the_version_to_go_back_to_can_be_named() -> None:
    """It may be any that the stage held, also one that was rolled back."""
    tale = Tale.of(1, 2, 3).promote(1).promote(2).promote(3)

    assert plan(tale, 1).commit == commit(1)
    assert plan(tale.back(2), 3).commit == commit(3)


def test_versions_of_one_commit_are_told_apart_by_name() -> None:
    """The candidate and its release are the same commit."""
    tale = Tale().register(1).register(2, at=1).promote(1).promote(2, at=1)

    found = plan(tale)

    assert (found.commit, found.message.get("Version")) == (commit(1), "v1.0.0")


def test_versions_past_their_end_are_passed_over_and_named() -> None:
    """Nobody could get them from the stage."""
    tale = Tale.of(1, 2, 3).promote(1).promote(2).promote(3).deprecate(2, end=LATER)

    found = plan(tale)

    assert found.commit == commit(1)
    assert found.notes == ("v2.0.0 is passed over: its end of life has passed",)


def test_a_version_past_its_end_is_named_with_force_only() -> None:
    """The refusal says so, and the note says what that means."""
    tale = two().deprecate(1, end=LATER)
    named = Rollback(MODEL, "prod", "worse", LATER, v(1), force=True)

    with pytest.raises(NothingEarlierError):
        plan(tale)
    with pytest.raises(EndedVersionError, match="--force"):
        plan(tale, 1)
    found = named.plan(tale.reader)
    assert found.commit == commit(1)
    assert found.notes[0].startswith(
        "v1.0.0 is deprecated: its life ended on 2023-11-14 22:30:00 +00:00, so "
    )


def test_a_deprecated_version_is_gone_back_to_with_a_note() -> None:
    """Whoever gets it is warned as well."""
    assert plan(two().deprecate(1)).notes == ("v1.0.0 is deprecated",)


def test_a_deprecated_model_is_revived_and_that_is_said() -> None:
    """That is how gto reads any later event."""
    assert "this ends that" in plan(two().deprecate()).notes[0]


def test_nothing_earlier_is_refused_with_the_way_out() -> None:
    """The user can still name one."""
    with pytest.raises(NothingEarlierError, match="--to"):
        plan(Tale.of(1).promote(1))


def test_a_withdrawn_holder_cannot_return_to_an_empty_stage() -> None:
    """There is nothing else."""
    with pytest.raises(NothingEarlierError):
        plan(Tale.of(1).promote(1).withdraw(1))


@pytest.mark.parametrize(
    ("to", "error"),
    [
        (9, UnknownVersionError),
        (1, WithdrawnVersionError),
        (2, AlreadyBackError),
        (3, NeverHeldError),
    ],
)
def test_a_named_version_must_have_been_there(to: int, error: type[Exception]) -> None:
    """No gate is asked on the way back, so it must be no way in."""
    tale = Tale.of(1, 2, 3).promote(1).promote(2).withdraw(1)

    with pytest.raises(error):
        plan(tale, to)


def test_a_reason_must_be_given() -> None:
    """Blanks, and what cannot be printed, are none."""
    with pytest.raises(NoReasonError):
        plan(two(), reason=" \u200b\n")


def test_an_unknown_model_or_stage_is_refused() -> None:
    """The answer names what there is."""
    with pytest.raises(UnusedStageError, match="its stages are: prod"):
        Rollback(MODEL, "prdo", "x", LATER).plan(two().reader)
    with pytest.raises(UnknownModelError, match="there are: churn"):
        Rollback("chrn", "prod", "x", LATER).plan(two().reader)

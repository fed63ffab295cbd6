"""Laws of two versions on one commit, such as a candidate and its release."""

import pytest

from lineal.registry.events import (
    Assigned,
    Event,
    Registered,
    Stamp,
    Unassigned,
    Withdrawn,
)
from lineal.registry.history import replay
from lineal.registry.order import order
from lineal.registry.state import ModelState
from lineal.registry.version import Version

RC, RELEASE = Version(1, 0, 0, "rc.1"), Version(1, 0, 0)
COMMIT = "c" * 40


def stamp(serial: int | None, time: int) -> Stamp:
    """Return where an event is recorded: all on one commit."""
    return Stamp(f"t{time}", str(time), COMMIT, time, serial)


def registered() -> list[Event]:
    """Return the registrations of both, the release first."""
    return [
        Registered(stamp(None, 1), "m", RELEASE),
        Registered(stamp(None, 2), "m", RC),
    ]


def after(*events: Event) -> ModelState:
    """Return the model after both were registered, and more happened."""
    return replay("m", order([*registered(), *events]))


def held(state: ModelState, stage: str = "prod") -> Version | None:
    """Return what a stage holds."""
    holder = state.stages[stage]
    return holder.version if holder else None


@pytest.mark.parametrize(
    ("named", "version"), [(None, RELEASE), (RC, RC), (RELEASE, RELEASE)]
)
def test_the_message_decides_else_the_highest(
    named: Version | None, version: Version
) -> None:
    """Plain gto names none."""
    assert held(after(Assigned(stamp(1, 3), "m", "prod", named))) == version


def test_a_version_of_another_commit_decides_nothing() -> None:
    """The message may say what it likes: the commit is what was assigned."""
    other = Version(7, 0, 0)

    assert held(after(Assigned(stamp(1, 3), "m", "prod", other))) == RELEASE


def test_without_the_release_a_plain_assignment_is_of_the_candidate() -> None:
    """The highest that stands."""
    state = after(
        Assigned(stamp(1, 3), "m", "prod"), Withdrawn(stamp(None, 4), "m", RELEASE)
    )

    assert held(state) == RC


def test_an_assignment_that_names_a_withdrawn_version_holds_nothing() -> None:
    """It does not slip to the other one on the commit."""
    state = after(
        Assigned(stamp(1, 3), "m", "prod", RELEASE),
        Withdrawn(stamp(None, 4), "m", RELEASE),
    )

    assert held(state) is None


def test_the_release_takes_over_and_gives_back() -> None:
    """Unassigning the one leaves the other, which was superseded and not ended."""
    both = (
        Assigned(stamp(1, 3), "m", "prod", RC),
        Assigned(stamp(2, 4), "m", "prod", RELEASE),
    )

    assert held(after(*both)) == RELEASE
    assert held(after(*both, Unassigned(stamp(3, 5), "m", "prod", RELEASE))) == RC


def test_a_plain_unassignment_ends_both() -> None:
    """Plain gto names a commit, and both are on it."""
    state = after(
        Assigned(stamp(1, 3), "m", "prod", RC),
        Assigned(stamp(2, 4), "m", "prod", RELEASE),
        Unassigned(stamp(3, 5), "m", "prod"),
    )

    assert held(state) is None


def test_both_are_listed_and_the_highest_is_the_newest() -> None:
    """In semver order, whichever was registered first."""
    state = after()

    assert [found.version for found in state.at(COMMIT)] == [RC, RELEASE]
    assert state.newest is not None
    assert state.newest.version == RELEASE

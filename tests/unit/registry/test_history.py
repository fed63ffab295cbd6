"""Laws of replay: what is left of a model's events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.events import (
    BARE,
    ONE,
    OTHER,
    RC,
    V1,
    V2,
    assigned,
    deprecated,
    many,
    registered,
    state,
    unassigned,
    withdrawn,
)
from lineal.registry.events import Event
from lineal.registry.history import Fold, replay, version_of
from lineal.registry.order import order, until
from lineal.registry.version import Version

TWO = (registered(1), registered(2, V2, OTHER))
SHARED = (registered(1, V1), registered(2, RC))  # two versions of one commit


def holder(*events: Event, stage: str = "prod") -> str | None:
    """Return what a stage holds in the end."""
    found = state(*events).stages.get(stage)
    return found.name if found else None


@given(events=many(), data=st.data())
def test_replay_does_not_depend_on_the_order_of_the_input(
    events: list[Event], data: st.DataObject
) -> None:
    """Git lists tags in any."""
    assert state(*data.draw(st.permutations(events))) == state(*events)


@given(events=many(), instant=st.integers(-1, 13))
def test_the_past_is_a_registry_in_which_nothing_later_was_made(
    events: list[Event], instant: int
) -> None:
    """So that --at tells what was answered then."""
    past = until(order(events), instant)
    early = [dated.event for dated in past]

    assert replay("m", past) == state(*early)


@given(events=many())
def test_what_is_held_was_assigned_and_stands(events: list[Event]) -> None:
    """A withdrawn version holds nothing."""
    found = state(*events)
    held = [(stage, one) for stage, one in found.stages.items() if one]

    for stage, one in held:
        assert one.assigned in events
        assert one.commit == one.assigned.stamp.commit
        assert one.version in {None, *(v.version for v in found.at(one.commit))}
        assert one.version is None or stage in found.held_by(one.version)
    assert not {v.commit for v in found.versions} & {
        one.commit for _, one in held if one.version is None
    }


@given(events=many())
def test_versions_ascend_and_the_newest_stands(events: list[Event]) -> None:
    """Newest is the highest that was not withdrawn."""
    found = state(*events)
    ranks = [one.version.precedence for one in found.versions]
    standing = [one for one in found.versions if one.active]

    assert ranks == sorted(ranks)
    assert found.newest == (standing[-1] if standing else None)


def test_a_model_without_events_has_nothing() -> None:
    """It is no error to replay it."""
    found = state()

    assert (found.versions, found.stages, found.newest) == ((), {}, None)
    assert found.find(V1) is None
    assert found.held_by(V1) == ()
    assert Fold("m").holder("prod") is None
    assert Fold("m").assignments("prod") == ()


def test_the_last_assignment_holds() -> None:
    """Each stage for itself."""
    events = (*TWO, assigned(3), assigned(4, OTHER), assigned(5, stage="dev"))
    found = state(*events)

    assert (holder(*events), holder(*events, stage="dev")) == ("v2.0.0", "v1.0.0")
    assert found.held_by(V1) == ("dev",)
    assert found.held_by(V2) == ("prod",)


def test_what_was_superseded_returns_when_the_later_is_unassigned() -> None:
    """It was never ended."""
    events = (*TWO, assigned(3), assigned(4, OTHER))

    assert holder(*events, unassigned(5, OTHER)) == "v1.0.0"
    assert holder(*events, unassigned(5)) == "v2.0.0"
    assert holder(*events, unassigned(5), unassigned(6, OTHER)) is None
    assert "prod" in state(*events, unassigned(5), unassigned(6, OTHER)).stages


def test_assigning_again_brings_to_the_front() -> None:
    """A rollback by hand, whose end brings back what it replaced."""
    events = (*TWO, assigned(3), assigned(4, OTHER), assigned(5))

    assert holder(*events) == "v1.0.0"
    assert holder(*events, unassigned(6)) == "v2.0.0"


def test_an_assignment_sleeps_while_its_version_is_withdrawn() -> None:
    """It holds again when the version is registered again."""
    events = (*TWO, assigned(3), assigned(4, OTHER), withdrawn(5, V2, OTHER))

    assert holder(*events) == "v1.0.0"
    assert holder(*events, registered(6, V2, OTHER)) == "v2.0.0"
    assert holder(*events, unassigned(6, OTHER), registered(7, V2, OTHER)) == "v1.0.0"


def test_a_commit_without_version_holds_by_its_id() -> None:
    """Until it gets a version, or is unassigned."""
    events = (assigned(1, BARE),)

    assert holder(*events) == BARE
    assert holder(*events, registered(2, V1, BARE)) == "v1.0.0"
    assert holder(*events, unassigned(2, BARE)) is None


def test_a_withdrawal_on_another_commit_is_of_another_version() -> None:
    """A version is its name and its commit, as in gto."""
    found = state(registered(1), withdrawn(2, V1, OTHER))

    assert [(one.commit, one.active) for one in found.versions] == [
        (ONE, True),
        (OTHER, False),
    ]
    assert found.find(V1) == found.versions[0]
    assert found.versions[1].registered is None


def test_a_version_keeps_who_gave_it_and_who_took_it() -> None:
    """Both events are part of its state."""
    given, taken, again = registered(1), withdrawn(2), registered(3)
    withdrawn_state = state(given, taken).find(V1)
    standing = state(given, taken, again).find(V1)

    assert withdrawn_state is not None
    assert withdrawn_state.registered is given
    assert withdrawn_state.withdrawn is taken
    assert not withdrawn_state.active
    assert standing is not None
    assert standing.registered is again
    assert standing.active


@pytest.mark.parametrize(
    ("named", "held"),
    [(None, "v1.0.0"), (RC, "v1.0.0-rc.1"), (V1, "v1.0.0"), (V2, "v1.0.0")],
)
def test_of_two_versions_of_a_commit_the_named_is_assigned(
    named: Version | None, held: str
) -> None:
    """The highest where none is named, or one that the commit has not."""
    assert holder(*SHARED, assigned(3, named=named)) == held


def test_a_named_version_that_is_withdrawn_does_not_hand_on() -> None:
    """The other version of its commit was not what was assigned."""
    events = (*SHARED, registered(3, V2, OTHER), assigned(4, OTHER))

    assert holder(*events, assigned(5, named=RC), withdrawn(6, RC)) == "v2.0.0"


def test_an_end_that_names_a_version_ends_that_one() -> None:
    """One that names none ends all of its commit's."""
    events = (*SHARED, assigned(3, named=RC), assigned(4, named=V1))

    assert holder(*events, unassigned(5, named=V1)) == "v1.0.0-rc.1"
    assert holder(*events, unassigned(5, named=RC)) == "v1.0.0"
    assert holder(*events, unassigned(5)) is None


def test_a_deprecated_model_is_revived_by_any_other_event() -> None:
    """As gto has it; the end of one version revives nothing and is kept."""
    first, second = deprecated(2), deprecated(3)

    assert state(registered(1), first).deprecated is first
    assert state(registered(1), first, second).deprecated is second
    assert state(registered(1), first, deprecated(3, V1)).deprecated is first
    assert state(registered(1), first, assigned(3)).deprecated is None


def test_the_last_end_of_a_version_counts() -> None:
    """It may be put off; and it is known where the version is not."""
    first, second = deprecated(2, V1, 50), deprecated(3, V1, 60)
    found = state(registered(1), first, second, registered(4, V2, OTHER)).versions

    assert [one.deprecated for one in found] == [second, None]
    assert state(first).versions == ()


def test_taking_away_does_not_lift_a_models_end() -> None:
    """To GTO it is revived; but who unassigns or withdraws does not bring it back."""
    end, past = deprecated(4, end=50), (*TWO, assigned(3))

    for taken in (unassigned(5), withdrawn(5, V2, OTHER)):
        assert state(*past, end, taken).retired is end
    for added in (assigned(5, OTHER), registered(5, RC, BARE)):
        assert state(*past, end, added).retired is None


def test_all_assignments_that_were_not_ended_can_be_asked() -> None:
    """Newest first, the withdrawn ones too: a rollback chooses among them."""
    fold = Fold("m")
    events = (*TWO, assigned(3), assigned(4, OTHER), assigned(5, BARE))
    for dated in order((*events, withdrawn(6, V2, OTHER), unassigned(7, BARE))):
        fold.add(dated)

    found = fold.assignments("prod")

    assert [one.version for one in found] == [V2, V1]
    assert [one.since for one in found] == [1004, 1003]
    assert fold.stages == ("prod",)


@pytest.mark.parametrize(
    ("event", "version"),
    [
        (registered(9), V1),
        (withdrawn(9, V2), V2),
        (deprecated(9), None),
        (deprecated(9, V1), V1),
        (assigned(9), V1),
        (unassigned(9, named=RC), RC),
        (assigned(9, OTHER), V2),
        (assigned(9, BARE), None),
    ],
)
def test_an_event_is_about_a_version(event: Event, version: Version | None) -> None:
    """Even where it was withdrawn since."""
    fold = Fold("m")
    past = (*SHARED, registered(3, V2, OTHER), withdrawn(4, V2, OTHER))
    for dated in order(past):
        fold.add(dated)

    assert version_of(event, fold) == version

"""Laws of periods: when a stage held what."""

from hypothesis import given

from helpers.events import (
    OTHER,
    V2,
    assigned,
    many,
    registered,
    unassigned,
    withdrawn,
)
from lineal.registry.events import Event
from lineal.registry.history import replay
from lineal.registry.order import Dated, order
from lineal.registry.periods import Period, periods
from lineal.registry.state import Holder

TWO = (registered(1), registered(2, V2, OTHER))


def brief(found: tuple[Period, ...]) -> list[tuple[str, int, int | None]]:
    """Return what was held, from when, and until when."""
    return [
        (one.holder.name, one.began.since, one.ended.since if one.ended else None)
        for one in found
    ]


def running(found: tuple[Period, ...], past: tuple[Dated, ...]) -> dict[str, Holder]:
    """Return what the periods say was held when only some events had happened."""
    return {
        one.holder.assigned.stage: one.holder
        for one in found
        if one.began in past and one.ended not in past
    }


@given(events=many())
def test_at_any_time_the_running_periods_are_what_replay_says(
    events: list[Event],
) -> None:
    """So that a ledger and a question about a date agree."""
    ordered = order(events)
    found = periods("m", ordered)

    for count in range(len(ordered) + 1):
        past = ordered[:count]
        stages = replay("m", past).stages
        held = {stage: one for stage, one in stages.items() if one}
        assert running(found, past) == held


@given(events=many())
def test_one_stage_has_the_periods_that_all_have(events: list[Event]) -> None:
    """In the order in which they began."""
    ordered = order(events)
    found = periods("m", ordered)

    assert periods("m", ordered, "prod") == tuple(
        one for one in found if one.holder.assigned.stage == "prod"
    )
    assert [one.began.key for one in found] == sorted(one.began.key for one in found)


def test_a_holder_may_be_replaced_come_back_and_go() -> None:
    """Each time is a period of its own."""
    events = (*TWO, assigned(3), assigned(4, OTHER), unassigned(5, OTHER))

    found = periods("m", order((*events, unassigned(6))))

    assert brief(found) == [
        ("v1.0.0", 1003, 1004),
        ("v2.0.0", 1004, 1005),
        ("v1.0.0", 1005, 1006),
    ]


def test_a_withdrawal_ends_a_period() -> None:
    """And what was superseded holds from then on."""
    events = (*TWO, assigned(3), assigned(4, OTHER), withdrawn(5, V2, OTHER))

    assert brief(periods("m", order(events)))[1:] == [
        ("v2.0.0", 1004, 1005),
        ("v1.0.0", 1005, None),
    ]

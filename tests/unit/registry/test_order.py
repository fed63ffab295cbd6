"""Laws of the order of events: serials first, clocks where there are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.events import ONE, V1, many
from lineal.registry.events import Assigned, Deprecated, Event, Registered, Stamp
from lineal.registry.order import Dated, order, until

INSTANTS = st.none() | st.integers(-1, 13)


def is_end_of_version(event: Event) -> bool:
    """Tell whether an event is one whose tag GTO does not read."""
    return isinstance(event, Deprecated) and event.version is not None


def event(tag: str, at: int, serial: int | None) -> Event:
    """Make an event of which only the stamp matters."""
    return Assigned(Stamp(tag, "", ONE, at, serial), "m", "prod")


def tags(ordered: tuple[Dated, ...]) -> list[tuple[str, int]]:
    """Return the tags' names, and when they count from."""
    return [(dated.event.stamp.tag, dated.since) for dated in ordered]


@given(events=many(), data=st.data())
def test_the_order_of_the_input_does_not_matter(
    events: list[Event], data: st.DataObject
) -> None:
    """Git lists tags in any."""
    assert order(data.draw(st.permutations(events))) == order(events)


@given(events=many())
def test_nothing_is_lost_and_time_goes_on(events: list[Event]) -> None:
    """Every event counts once, from no earlier than its clock said."""
    ordered = order(events)
    since = [dated.since for dated in ordered]

    assert sorted(tag for tag, _ in tags(ordered)) == sorted(
        event.stamp.tag for event in events
    )
    assert since == sorted(since)
    assert all(dated.since >= dated.event.stamp.time for dated in ordered)


@given(events=many())
def test_serials_ascend(events: list[Event]) -> None:
    """Whatever the clocks say."""
    counted = [
        dated.event.stamp.serial
        for dated in order(events)
        if dated.event.stamp.serial is not None and not is_end_of_version(dated.event)
    ]

    assert counted == sorted(counted)


@given(events=many())
def test_what_gto_does_not_count_counts_from_its_time(events: list[Event]) -> None:
    """There is nothing else to go by; the end of a version's life is such a thing."""
    simple = [
        dated
        for dated in order(events)
        if dated.event.stamp.serial is None or is_end_of_version(dated.event)
    ]

    assert all(dated.since == dated.event.stamp.time for dated in simple)


@given(events=many(), instant=INSTANTS)
def test_the_past_is_a_prefix(events: list[Event], instant: int | None) -> None:
    """It is as if what came later had never been made."""
    past = tuple(until(order(events), instant))
    known = {dated.event.stamp.tag for dated in past}

    assert past == order(events)[: len(past)]
    assert past == order(event for event in events if event.stamp.tag in known)
    assert instant is None or all(dated.since <= instant for dated in past)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([("a", 50, 1), ("b", 10, 2)], [("a", 50), ("b", 50)]),
        ([("a", 50, 10), ("b", 50, 9)], [("b", 50), ("a", 50)]),
        ([("a", 50, None), ("b", 50, 0)], [("a", 50), ("b", 50)]),
        ([("b", 50, None), ("a", 50, None)], [("a", 50), ("b", 50)]),
        ([("a", 60, 3), ("b", 50, 3)], [("b", 50), ("a", 60)]),
        ([("a", -5, 1), ("b", -9, None)], [("b", -9), ("a", -5)]),
        (
            [("a", 50, 1), ("s", 20, None), ("b", 10, 2), ("c", 60, 3)],
            [("s", 20), ("a", 50), ("b", 50), ("c", 60)],
        ),
    ],
)
def test_a_serial_beats_a_clock(
    events: list[tuple[str, int, int | None]], expected: list[tuple[str, int]]
) -> None:
    """A clock places what has no serial, and breaks ties of serials."""
    assert tags(order(event(*words) for words in events)) == expected


def test_the_second_asked_for_is_part_of_the_past() -> None:
    """At noon, what was done at noon was done."""
    ordered = order([event("a", 10, 1), event("b", 11, 2), event("c", 11, 3)])

    assert [len(until(ordered, at)) for at in (9, 10, 11, None)] == [0, 1, 3, 3]


def test_a_registration_comes_before_what_else_happened_in_its_second() -> None:
    """It has no serial, and is what the others are about."""
    given = Registered(Stamp("m@v1.0.0", "", ONE, 50, None), "m", V1)

    first = order([event("m#prod#1", 50, 1), given])[0]

    assert first.event is given

"""Tests of what is kept of a model over time."""

from helpers.events import (
    ONE,
    OTHER,
    V1,
    V2,
    assigned,
    deprecated,
    registered,
    stamp,
    withdrawn,
)
from lineal.registry.events import Assigned
from lineal.registry.order import order
from lineal.registry.timeline import Ended, Moment, moments


def test_what_happens_in_one_second_is_one_moment() -> None:
    """Nobody can ask for the time between."""
    one = Assigned(stamp(3, ONE, at=1005), "m", "prod", V1)
    other = Assigned(stamp(4, OTHER, at=1005), "m", "prod", V2)
    made = order([registered(1), registered(2, V2, OTHER), one, other])

    found = moments("m", made)

    assert [(each.since, each.stages) for each in found] == [
        (1001, {}),
        (1002, {}),
        (1005, {"prod": "v2.0.0"}),
    ]


def test_ends_of_life_read_back() -> None:
    """With a date, and without one."""
    told = order([registered(1), deprecated(2, V1, 5000), deprecated(3, V1)])

    found = moments("m", told)

    assert [each.ended for each in found] == [
        None,
        {"v1.0.0": Ended(5000)},
        {"v1.0.0": Ended(None)},
    ]
    assert [Moment.parse(each.row) for each in found] == list(found)


def test_the_end_of_what_nobody_is_given_is_not_kept() -> None:
    """An old version that no stage holds changes no answer."""
    told = order([registered(1), registered(2, V2, OTHER), deprecated(3, V1, 5000)])

    assert [each.since for each in moments("m", told)] == [1001, 1002]


def test_what_was_taken_back_is_neither_newest_nor_held() -> None:
    """A lower version that comes later changes nothing until then."""
    begun = (registered(1, V2), assigned(2, named=V2), registered(3, V1, OTHER))
    told = order([*begun, withdrawn(4, V2)])

    found = moments("m", told)

    assert [(each.since, each.newest, each.stages) for each in found] == [
        (1001, "v2.0.0", {}),
        (1002, "v2.0.0", {"prod": "v2.0.0"}),
        (1004, "v1.0.0", {"prod": None}),
    ]

"""Tests of instants as Python programs have them."""

from datetime import UTC, datetime, timedelta, timezone

from lineal.bootstrap import moments


def test_an_instant_beyond_the_calendar_has_no_offset() -> None:
    """No zone says what it will be, so UTC is meant; nothing is raised."""
    assert moments.offset(10**18) == 0
    assert moments.offset(-(10**18)) == 0


def test_a_datetime_with_a_zone_is_the_instant_that_it_names() -> None:
    """Whatever zone this machine is in; parts of a second are dropped."""
    moment = datetime(2026, 3, 3, 1, 0, 0, 999_999, timezone(timedelta(hours=1)))

    assert moments.seconds(moment) == 1_772_496_000
    assert moments.seconds(moment.astimezone(UTC)) == 1_772_496_000

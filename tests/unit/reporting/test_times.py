"""Tests of instants in views."""

from datetime import UTC
from zoneinfo import ZoneInfo

from lineal.reporting.times import day, local, utc


def test_programs_get_utc() -> None:
    """And null where there is no instant."""
    assert utc(0) == "1970-01-01T00:00:00Z"
    assert utc(None) is None


def test_people_get_their_own_time() -> None:
    """With the changes of their clocks over the year."""
    berlin = ZoneInfo("Europe/Berlin")

    assert local(1_700_000_000, berlin) == "2023-11-14 23:13:20"
    assert local(1_690_000_000, berlin) == "2023-07-22 06:26:40"
    assert day(1_700_000_000, UTC) == "2023-11-14"


def test_years_that_no_calendar_has_are_written_too() -> None:
    """Git keeps whatever a tag says."""
    assert local(10**12, UTC) == "33658-09-27 01:46:40"
    assert utc(-(10**12)) == "-29719-04-05T22:13:20Z"

"""Laws of instants, whatever the clocks of a zone do."""

import re
from contextlib import suppress
from datetime import UTC, date, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.programs import python
from lineal.registry.instants import (
    InvalidInstantError,
    SkippedTimeError,
    parse,
    show,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    [
        UTC,
        timezone(timedelta(hours=1)),
        BERLIN,
        ZoneInfo("America/Sao_Paulo"),
        ZoneInfo("America/Havana"),
        ZoneInfo("America/Nuuk"),
        ZoneInfo("Pacific/Apia"),
        ZoneInfo("Australia/Lord_Howe"),
    ]
)
SECONDS = st.integers(0, 4 * 10**9)


@given(day=st.dates(date(1975, 1, 1), date(2090, 1, 1)), zone=ZONES)
def test_days_leave_no_second_out(day: date, zone: ZoneInfo) -> None:
    """A day ends one second before the next begins, whatever the clocks do."""
    after = day + timedelta(days=1)

    end = parse(day.isoformat(), 0, zone, end_of_day=True)

    assert end + 1 == parse(after.isoformat(), 0, zone, end_of_day=False)


@given(now=SECONDS, zone=ZONES)
def test_now_is_within_today(now: int, zone: ZoneInfo) -> None:
    """Today and yesterday are those of the zone."""
    start, end = (
        parse("today", now, zone, end_of_day=end_of_day) for end_of_day in (False, True)
    )

    assert start <= now <= end
    assert parse("yesterday", now, zone, end_of_day=True) == start - 1


@given(
    now=SECONDS, zone=ZONES, unit=st.sampled_from(["hours", "days", "months", "years"])
)
def test_nothing_ago_is_now(now: int, zone: ZoneInfo, unit: str) -> None:
    """Even in the hour that clocks show twice."""
    assert parse(f"0 {unit} ago", now, zone, end_of_day=False) == now


@given(
    now=SECONDS, zone=ZONES, pair=st.tuples(st.integers(0, 400), st.integers(0, 400))
)
def test_longer_ago_is_never_later(
    now: int, zone: ZoneInfo, pair: tuple[int, int]
) -> None:
    """Clamping to the month's end keeps the order."""
    near, far = sorted(pair)

    assert parse(f"{far} months ago", now, zone, end_of_day=False) <= parse(
        f"{near} months ago", now, zone, end_of_day=False
    )


@given(seconds=st.integers(-60 * 10**9, 250 * 10**9), offset=st.integers(-1439, 1439))
def test_what_is_shown_reads_back(seconds: int, offset: int) -> None:
    """What one command prints can be pasted into the next."""
    text = show(seconds, offset)

    assert parse(text, 0, BERLIN, end_of_day=True) == seconds


@given(seconds=st.integers(), offset=st.integers())
def test_no_instant_is_too_absurd_to_show(seconds: int, offset: int) -> None:
    """Git keeps years and offsets that no calendar library takes."""
    assert re.fullmatch(
        r"-?\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{2,}:\d\d", show(seconds, offset)
    )


@pytest.mark.parametrize(
    ("seconds", "offset", "text"),
    [
        (0, 0, "1970-01-01 00:00:00 +00:00"),
        (0, -210, "1969-12-31 20:30:00 -03:30"),
        (253402300800, 0, "10000-01-01 00:00:00 +00:00"),
        (-62135596801, 0, "0000-12-31 23:59:59 +00:00"),
        (-62198755200, 0, "-0001-01-01 00:00:00 +00:00"),
        (0, 6039, "1970-01-05 04:39:00 +100:39"),
    ],
)
def test_years_and_offsets_beyond_the_calendar(
    seconds: int, offset: int, text: str
) -> None:
    """Years count as astronomers do: before the year 1 comes the year 0."""
    assert show(seconds, offset) == text


@given(text=st.text(), now=SECONDS, zone=ZONES)
def test_no_text_does_worse_than_a_refusal(text: str, now: int, zone: ZoneInfo) -> None:
    """Whatever is typed is an instant or wrong words."""
    with suppress(InvalidInstantError, SkippedTimeError):
        assert isinstance(parse(text, now, zone, end_of_day=True), int)


def test_reading_instants_imports_almost_nothing() -> None:
    """Every command with a date pays for it."""
    script = "import sys, lineal.registry.instants; print(*sys.modules)"

    loaded = set(python("-c", script).stdout.split())

    assert "lineal.registry.instants" in loaded
    assert loaded.isdisjoint({"calendar", "dateutil", "msgspec", "click", "zoneinfo"})

"""Times of any frequency are numbered, and numbers are times again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.modeling.grid import commonest_weekday, floor
from lineal.modeling.rhythm import DAY, HOUR, MONTH, RHYTHMS, WEEK, Rhythm

rhythms = st.sampled_from(list(RHYTHMS.values()))
moments = st.integers(-(10**6), 10**6).map(
    lambda hours: np.datetime64("2000-01-01T00", "h") + hours
)


@given(rhythms, moments, st.integers(-2000, 2000))
def test_numbers_and_times_are_inverse(
    rhythm: Rhythm, moment: np.datetime64, steps: int
) -> None:
    """A time so many steps after the first one is that many steps after it."""
    first = floor(rhythm, np.array([moment]))[0]
    found = rhythm.time(first, steps)

    assert int(rhythm.number(found, first)) == steps
    assert rhythm.text(found) == rhythm.later(rhythm.text(first), steps)


@given(rhythms, moments, st.integers(0, 6))
def test_a_beginning_is_at_or_before_its_times(
    rhythm: Rhythm, moment: np.datetime64, weekday: int
) -> None:
    """It is on the grid, and the next one comes after the time."""
    times = np.array([moment], dtype="datetime64[us]")
    begun = floor(rhythm, times, weekday)

    assert begun[0] <= times[0] < rhythm.time(begun[0], 1)
    assert (floor(rhythm, begun, weekday) == begun).all()


def test_weeks_begin_where_most_times_lie() -> None:
    """A stray day does not move the grid, and missing times say nothing."""
    days = ["2024-01-07", "2024-01-14", "2024-01-15", "NaT"]
    times = np.array(days, dtype="datetime64[us]")

    assert commonest_weekday(times) == 6
    assert floor(WEEK, times, 6).astype(str).tolist()[2:] == ["2024-01-14", "NaT"]


@pytest.mark.parametrize(
    ("rhythm", "size"), [(HOUR, 25), (DAY, 2), (WEEK, 1), (MONTH, 1)]
)
def test_a_calendar_has_every_step(rhythm: Rhythm, size: int) -> None:
    """From the first to the last time, both included."""
    first, last = np.datetime64("2024-02-01"), np.datetime64("2024-02-02")

    assert len(rhythm.between(first, last)) == size


def test_steps_are_worded() -> None:
    """Articles, manners and what comes round fit the frequency."""
    assert [each.one for each in RHYTHMS.values()] == [
        *("an hour", "a day"),
        *("a week", "a month"),
    ]
    assert [each.manner for each in RHYTHMS.values()] == [
        *("an hourly", "a daily"),
        *("a weekly", "a monthly"),
    ]
    assert [each.ago for each in RHYTHMS.values()] == [
        *("a day ago", "a week ago"),
        *("a week ago", "a month ago"),
    ]
    assert [each.resampled for each in (HOUR, DAY, WEEK)] == [
        *("origin days", "origin days"),
        "origin weeks",
    ]


def test_the_baseline_copies_a_season_ago_or_the_latest_alike() -> None:
    """Where nothing comes round in short, that is the origin itself."""
    assert HOUR.baseline == ("lag_168_of_date", "hour_lag_0")
    assert DAY.baseline == ("lag_364_of_date", "weekday_lag_0")
    assert MONTH.baseline == ("lag_12_of_date", "lag_0")


def test_days_look_as_far_back_as_they_did() -> None:
    """Bundles of days that were made before keep enough history."""
    assert DAY.lookback == 812
    assert DAY.usual == 56


def test_hours_of_one_day_are_resampled_together() -> None:
    """Blocks are told in steps; what is drawn are origins, or days of many."""
    assert HOUR.blocks(168) == 7
    assert HOUR.blocks(169) == 8
    assert DAY.blocks(28) == 28
    assert WEEK.blocks(13) == 13


def test_moments_are_dates_but_of_hours() -> None:
    """A time of an hour keeps its clock."""
    moment = np.datetime64("2024-02-03T04:00", "us")

    assert str(DAY.moment(moment)) == "2024-02-03"
    assert str(HOUR.moment(moment)) == "2024-02-03 04:00:00"

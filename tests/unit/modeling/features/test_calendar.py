"""What the calendar says, and what holidays did before."""

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from helpers.panels import HOLIDAYS, HORIZON, series_of, small_panel, small_recipe
from lineal.modeling.features.calendar import HolidayCalendar
from lineal.modeling.features.matrix import rows
from lineal.modeling.panel import Days
from lineal.modeling.sections import Holidays, InvalidParamsError

ORIGINS = np.array([300, 660, 865])


def days(first: str, count: int) -> Days:
    """Return consecutive days."""
    start = np.datetime64(first, "D")
    return np.arange(start, start + count)


def at(special: npt.NDArray[np.generic], first: str, day: str) -> float:
    """Return a holiday calendar's value on a day."""
    place = int((np.datetime64(day) - np.datetime64(first)).astype(int))
    return float(special[place])


@pytest.fixture(scope="module")
def three_years() -> HolidayCalendar:
    """Look up the holidays of Illinois from 2019 to 2021."""
    return HolidayCalendar.of(days("2019-01-01", 1096), HOLIDAYS)


def test_holidays_are_those_of_the_library(three_years: HolidayCalendar) -> None:
    """Of the country and its subdivision."""
    for day, expected in (
        ("2019-07-04", True),
        ("2019-02-12", True),  # Lincoln's Birthday, in Illinois only
        ("2019-07-05", False),
    ):
        assert at(three_years.is_holiday, "2019-01-01", day) == expected


def test_days_from_and_to_a_holiday_are_counted_to_thirty(
    three_years: HolidayCalendar,
) -> None:
    """Holidays outside the calendar count too."""
    near = [
        (
            at(three_years.since, "2019-01-01", day),
            at(three_years.until, "2019-01-01", day),
        )
        for day in (
            "2019-07-04",
            "2019-07-06",
            "2019-07-31",
            "2019-08-15",
            "2021-12-30",
        )
    ]

    assert near == [(0, 0), (2, 30), (27, 30), (30, 18), (5, 1)]  # 24 and 31 December


def test_a_holiday_free_time_is_far_from_all() -> None:
    """Without a holiday near, both distances are at their end."""
    far = HolidayCalendar.of(days("2019-08-03", 1), Holidays(country="US"))

    assert (far.since.tolist(), far.until.tolist()) == ([30], [30])


@pytest.mark.parametrize(
    ("day", "before"),
    [
        pytest.param("2020-07-04", "2019-07-04", id="same date"),
        pytest.param("2020-11-26", "2019-11-28", id="same holiday, another date"),
        pytest.param("2020-11-27", "2019-11-29", id="the day after"),
        pytest.param("2020-11-25", "2019-11-27", id="the day before"),
        pytest.param("2020-09-20", None, id="an ordinary day"),
        pytest.param("2019-07-04", None, id="before the calendar"),
        pytest.param("2021-12-24", None, id="observed, and last so in 2016"),
    ],
)
def test_a_holidays_last_time_is_known(
    three_years: HolidayCalendar, day: str, before: str | None
) -> None:
    """Fixed, moving, and the days beside them."""
    found = at(three_years.previous, "2019-01-01", day)

    first = date(2019, 1, 1)
    expected = -1 if before is None else (date.fromisoformat(before) - first).days
    assert found == expected


def test_what_was_observed_five_years_ago_is_forgotten() -> None:
    """A bundle's history is shorter than that: both must say the same."""
    long = HolidayCalendar.of(days("2016-01-01", 2300), HOLIDAYS)

    assert at(long.previous, "2016-01-01", "2021-12-24") == -1
    assert at(long.previous, "2016-01-01", "2020-11-03") > 0


def test_calendar_features_are_of_the_targets_date() -> None:
    """Beside the origin's weekday, which tells them apart."""
    table = rows(small_recipe(), ORIGINS)
    dates, origin = table["date"].dt, table["origin"].dt
    turn = 2 * np.pi * dates.day_of_year / 365.25
    expected = {
        "weekday": dates.day_of_week,
        "weekend": dates.day_of_week >= 5,
        "monday": dates.day_of_week == 0,
        "friday": dates.day_of_week == 4,
        "month": dates.month,
        "day_of_month": dates.day,
        "day_of_year": dates.day_of_year,
        "year_sin": np.sin(turn),
        "year_cos": np.cos(turn),
        "half_year_sin": np.sin(2 * turn),
        "half_year_cos": np.cos(2 * turn),
        "origin_weekday": origin.day_of_week,
    }

    for name, values in expected.items():
        np.testing.assert_allclose(
            table[name], values.astype(float), rtol=1e-5, atol=1e-6, err_msg=name
        )


def test_holiday_effects_are_of_the_same_holiday_a_year_before() -> None:
    """Christmas 2018 is expected to do what Christmas 2017 did."""
    panel = small_panel()
    origin = int((np.datetime64("2018-12-20") - panel.dates[0]).astype(int))
    found = rows(small_recipe(), np.array([origin])).set_index(["date", "segment"])
    effects = [unusual(column)[pd.Timestamp("2017-12-25")] for column in range(3)]

    row = found.xs(pd.Timestamp("2018-12-25"))

    np.testing.assert_allclose(row["holiday_effect"], effects, rtol=1e-6)
    np.testing.assert_allclose(
        row["holiday_effect_all"], np.nanmedian(effects), rtol=1e-6
    )
    assert found.xs(pd.Timestamp("2018-12-22"))["holiday_effect"].isna().all()


def test_the_holiday_level_is_the_mean_of_the_last_years_holidays() -> None:
    """It is nothing on other days than holidays."""
    panel = small_panel()
    origin = int((np.datetime64("2018-12-20") - panel.dates[0]).astype(int))
    found = rows(small_recipe(), np.array([origin]))
    special = HolidayCalendar.of(panel.dates, HOLIDAYS)
    past = np.arange(origin - 363, origin + 1)
    past = past[special.is_holiday[past]]
    means = [unusual(column).iloc[past].mean() for column in range(3)]

    on_christmas = found[found["date"] == "2018-12-25"]["holiday_level"]
    others = found[found["holiday"] == 0]["holiday_level"]

    np.testing.assert_allclose(on_christmas, means, rtol=1e-6)
    assert len(others) == 3 * (HORIZON - 1)
    assert (others == 0).all()


def unusual(column: int) -> "pd.Series[float]":
    """Return each day over the mean of its weekday in the eight weeks before."""
    series = series_of(small_panel(), column)
    weeks = pd.concat([series.shift(7 * week) for week in range(1, 9)], axis=1)
    return series / weeks.mean(axis=1)


@pytest.mark.parametrize(
    "rule",
    [Holidays(country="XX"), Holidays(country="US", subdivision="ZZ")],
    ids=["country", "subdivision"],
)
def test_holidays_of_nowhere_are_refused(rule: Holidays) -> None:
    """The place in params.yaml is named, and what is not known."""
    days = np.arange("2020-01-01", "2020-02-01", dtype="datetime64[D]")

    with pytest.raises(InvalidParamsError, match=r"features\.holidays: .*(XX|ZZ)"):
        HolidayCalendar.of(days, rule)

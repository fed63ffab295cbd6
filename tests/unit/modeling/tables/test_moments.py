"""What a date says by itself."""

import numpy as np
import pandas as pd
import pytest

from lineal.modeling.sections import Holidays
from lineal.modeling.tables.moments import elapsed, parts

MOMENTS = pd.Series(
    np.array(["2024-07-04T18:30", "NaT", "2023-12-31"], dtype="datetime64[us]"),
    name="when",
)


def made(*, clock: bool, rule: Holidays | None = None) -> dict[str, list[float]]:
    """Return the parts of the moments by name."""
    return {
        feature.name: values.astype(float).tolist()
        for feature, values in parts(MOMENTS, clock=clock, rule=rule)
    }


def test_a_date_has_its_days() -> None:
    """A missing one has none, and no date has a time of day."""
    found = made(clock=False)

    assert set(found) == {
        f"when.{name}" for name in ("year", "month", "weekday", "weekend", "day")
    }
    assert found["when.weekday"][::2] == [3, 6]
    assert found["when.weekend"][::2] == [0, 1]
    assert found["when.day"][::2] == [4, 31]
    assert all(np.isnan(values[1]) for values in found.values())


def test_a_moment_has_a_time_of_day() -> None:
    """Its turn ends where it began."""
    found = made(clock=True)

    assert found["when.hour"][::2] == [18, 0]
    assert found["when.minute_of_day"][0] == 18 * 60 + 30
    assert found["when.day_sin"][2] == 0
    assert found["when.day_cos"][2] == 1


def test_holidays_are_told_where_asked() -> None:
    """Independence Day is one; New Year's Eve is the day before one."""
    found = made(clock=False, rule=Holidays(country="US"))

    assert found["when.holiday"][::2] == [1, 0]
    assert found["when.days_since_holiday"][0] == 0
    assert found["when.days_to_holiday"][2] == 1
    assert np.isnan(found["when.holiday"][1])


def test_no_date_at_all_is_no_error() -> None:
    """A column without values has parts without values."""
    empty = pd.Series(
        np.full(2, np.datetime64("NaT"), dtype="datetime64[us]"), name="d"
    )

    for _, values in parts(empty, clock=True, rule=Holidays(country="US")):
        assert values.isna().all()


def test_days_are_counted_to_the_moment() -> None:
    """Negative where the date is later."""
    moment = pd.Series(pd.to_datetime(["2024-07-05 00:00"] * 3), name="now")
    feature, values = elapsed(MOMENTS, moment)

    assert feature.sources == ("when", "now")
    assert values.tolist()[0] == pytest.approx(5.5 / 24)
    assert np.isnan(values.tolist()[1])

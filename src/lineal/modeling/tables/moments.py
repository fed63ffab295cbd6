"""What a date or a moment says by itself."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling.features.calendar import HolidayCalendar
from lineal.modeling.features.column import Feature, Type
from lineal.modeling.sections import Holidays

Made = tuple[Feature, "pd.Series[Any]"]
Values = npt.NDArray[np.float64]

TURNING = ("month", "weekday", "hour")
"""Parts that come round: a linear model gives each of their values its own level."""

_DAY = 24 * 60
_SATURDAY = 5


def parts(
    values: "pd.Series[Any]", *, clock: bool, rule: Holidays | None
) -> Iterator[Made]:
    """Take a column of dates apart.

    Args:
        values: Dates or moments, some of them missing.
        clock: Whether the time of day counts.
        rule: Whose holidays count, if any.
    """
    stamps = pd.DatetimeIndex(values.to_numpy())
    for name, found, about, kind in (
        *_of_day(stamps),
        *(_of_clock(stamps) if clock else ()),
        *(_of_holidays(stamps, rule) if rule is not None else ()),
    ):
        full = f"{values.name}.{name}"
        feature = Feature(full, "moment", (str(values.name),), about, type=kind)
        yield feature, _column(np.where(stamps.isna(), np.nan, found), values)


def elapsed(values: "pd.Series[Any]", moment: "pd.Series[Any]") -> Made:
    """Count the days from a date to the moment of prediction."""
    days = (moment.to_numpy() - values.to_numpy()) / np.timedelta64(1, "D")
    name, sources = f"{values.name}.days_before", (str(values.name), str(moment.name))
    about = f"days from it to {moment.name}"
    return Feature(name, "moment", sources, about), _column(days, values)


def _of_day(stamps: pd.DatetimeIndex) -> Iterator[tuple[str, Any, str, Type]]:
    """What the day says.

    Not its place in the year: within one or two years it names single days, which trees
    learn by heart. The month says the season.
    """
    weekday = stamps.day_of_week.to_numpy(dtype=np.float64)
    yield "year", stamps.year, "year", "number"
    yield "month", stamps.month, "month, 1 to 12", "number"
    yield "weekday", weekday, "weekday, Monday is 0", "number"
    yield "weekend", weekday >= _SATURDAY, "1 on Saturday and Sunday", "flag"
    yield "day", stamps.day, "day of the month", "number"


def _of_clock(stamps: pd.DatetimeIndex) -> Iterator[tuple[str, Any, str, Type]]:
    """What the time of day says."""
    hour = stamps.hour.to_numpy(dtype=np.float64)
    minute = hour * 60 + stamps.minute.to_numpy(dtype=np.float64)
    turn = 2 * np.pi * minute / _DAY
    yield "hour", hour, "hour, 0 to 23", "number"
    yield "minute_of_day", minute, "minutes since midnight", "number"
    yield "day_sin", np.sin(turn), "sine of the day's turn", "number"
    yield "day_cos", np.cos(turn), "cosine of the day's turn", "number"


def _of_holidays(
    stamps: pd.DatetimeIndex, rule: Holidays
) -> Iterator[tuple[str, Any, str, Type]]:
    """What the public holidays around the day say."""
    days = stamps.to_numpy().astype("datetime64[D]")
    known = days[~np.isnat(days)]
    if not len(known):
        known = np.array(["2000-01-01"], dtype="datetime64[D]")  # any day will do
    calendar = np.arange(known.min(), known.max() + 1)
    found = HolidayCalendar.of(calendar, rule)
    where = np.where(np.isnat(days), 0, (days - calendar[0]).astype(np.int64))
    yield "holiday", found.is_holiday[where], "1 on a public holiday", "flag"
    about = "days since a public holiday, to 30"
    yield "days_since_holiday", found.since[where], about, "number"
    about = "days to a public holiday, to 30"
    yield "days_to_holiday", found.until[where], about, "number"


def _column(found: Values, like: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return numbers as a column of features."""
    return pd.Series(found.astype(np.float32), index=like.index)

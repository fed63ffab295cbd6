"""Features of the calendar: known for every date, past and future."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling.config import Frequency
from lineal.modeling.features.calendar import YEAR_AT_LEAST, HolidayCalendar
from lineal.modeling.features.column import (
    Column,
    Feature,
    Term,
    Type,
    at_date,
    at_origin,
)
from lineal.modeling.features.past import Past
from lineal.modeling.panel import Days, Floats
from lineal.modeling.rhythm import Rhythm
from lineal.modeling.sections import Holidays

_YEAR = 365.25
_FRIDAY, _SATURDAY = 4, 5
_CODES: Final = frozenset({"weekday", "month", "hour"})
_TURNS: Final = ("year_sin", "year_cos", "half_year_sin", "half_year_cos")
# What is said of the target's date, and of the origin.
_OF_DATE: Final[Mapping[Frequency, tuple[str, ...]]] = MappingProxyType(
    {
        "hour": (
            *("hour", "day_sin", "day_cos", "weekday", "weekend", "monday", "friday"),
            *("month", "day_of_month", "day_of_year", *_TURNS),
        ),
        "day": (
            *("weekday", "weekend", "monday", "friday", "month", "day_of_month"),
            *("day_of_year", *_TURNS),
        ),
        "week": ("month", "week_of_year", *_TURNS),
        "month": ("month", "days_in_month", *_TURNS),
    }
)
_OF_ORIGIN: Final[Mapping[Frequency, tuple[str, ...]]] = MappingProxyType(
    {"hour": ("hour", "weekday"), "day": ("weekday",), "week": (), "month": ()}
)
_Values = tuple[npt.ArrayLike, str]


def calendar(
    dates: Days, horizon: int, rhythm: Rhythm, rule: Holidays | None
) -> Iterator[Column]:
    """What the calendar says of the target's date, and of the origin."""
    said = _said(dates)
    of_date = {name: said[name] for name in _OF_DATE[rhythm.frequency]}
    if rule is not None:
        of_date |= _holidays(dates, rhythm, rule)
    for name, (values, about) in of_date.items():
        text = f"{about} (target's date)"
        feature = Feature(name, "calendar", (), text, type=_type(name, values))
        yield Column(feature, known_of(values, at_date(horizon)))
    for name in _OF_ORIGIN[rhythm.frequency]:
        text, label = f"{name} of the origin", f"origin_{name}"
        feature = Feature(label, "calendar", (), text, type="code")
        yield Column(feature, known_of(said[name][0], at_origin(horizon)))


def _said(dates: Days) -> dict[str, _Values]:
    """Return all that is said of dates, by name: a number each, and in words."""
    stamps = pd.DatetimeIndex(dates.astype("datetime64[s]"))
    turn = 2 * np.pi * stamps.day_of_year.to_numpy() / _YEAR
    clock = 2 * np.pi * stamps.hour.to_numpy() / 24
    weekday = stamps.day_of_week.to_numpy()
    week = stamps.isocalendar()["week"].to_numpy(dtype=np.float64)
    return {
        "hour": (stamps.hour, "hour, 0 to 23"),
        "day_sin": (np.sin(clock), "sine of the day's turn"),
        "day_cos": (np.cos(clock), "cosine of the day's turn"),
        "weekday": (weekday, "weekday, Monday is 0"),
        "weekend": (weekday >= _SATURDAY, "1 on Saturday and Sunday"),
        "monday": (weekday == 0, "1 on Monday"),
        "friday": (weekday == _FRIDAY, "1 on Friday"),
        "week_of_year": (week, "week of the year, as ISO 8601 counts"),
        "month": (stamps.month, "month, 1 to 12"),
        "days_in_month": (stamps.days_in_month, "days of the month"),
        "day_of_month": (stamps.day, "day of the month"),
        "day_of_year": (stamps.day_of_year, "day of the year"),
        "year_sin": (np.sin(turn), "sine of the year's turn"),
        "year_cos": (np.cos(turn), "cosine of the year's turn"),
        "half_year_sin": (np.sin(2 * turn), "sine of half the year's turn"),
        "half_year_cos": (np.cos(2 * turn), "cosine of half the year's turn"),
    }


def _type(name: str, values: npt.ArrayLike) -> Type:
    """Tell flags by their values, and codes by their name."""
    if np.asarray(values).dtype == np.bool_:
        return "flag"
    return "code" if name in _CODES else "number"


def _holidays(dates: Days, rhythm: Rhythm, rule: Holidays) -> dict[str, _Values]:
    """Say how near a day's holidays are, or how many a longer step has."""
    begun = dates.astype("datetime64[D]")
    end = rhythm.time(dates[-1], 1).astype("datetime64[D]")
    days = np.arange(begun[0], max(end, begun[-1] + 1))
    special = HolidayCalendar.of(days, rule)
    first = (begun - days[0]).astype(np.int64)
    if rhythm.frequency in {"week", "month"}:
        so_far = np.concatenate([[0], np.cumsum(special.is_holiday)])
        count = np.diff(np.append(so_far[first], so_far[-1]))
        return {"holidays": (count, f"public holidays of the {rhythm.step}")}
    return {
        "holiday": (special.is_holiday[first], "1 on a public holiday"),
        "days_since_holiday": (
            special.since[first],
            "days since a public holiday, to 30",
        ),
        "days_to_holiday": (special.until[first], "days to a public holiday, to 30"),
    }


def holiday_effects(past: Past, dates: Days, rule: Holidays | None) -> Iterator[Column]:
    """What the same holiday did to the series when it last came round.

    Nothing but for days: a bundle has no two years of hours, and longer steps have
    several holidays or none.
    """
    if rule is None or past.rhythm.frequency != "day":
        return
    special = HolidayCalendar.of(dates, rule)
    seen = np.where(
        (special.previous >= 0)[:, None], past.unusual[special.previous], np.nan
    )
    delay = YEAR_AT_LEAST
    for name, values, about in (
        ("holiday_effect", seen, "of this segment"),
        ("holiday_effect_all", _across(seen), "of the median segment"),
    ):
        text = (
            f"target {past.against} its {past.usually}, same holiday last year, {about}"
        )
        draft = past.column(name, "holiday", text, window=2 * delay)
        yield draft.plain(values, at_date(past.horizon), delay=delay)
    here = np.where(special.is_holiday[:, None], past.unusual, np.nan)
    recent = pd.DataFrame(here).rolling(364, min_periods=1).mean().to_numpy()
    text = f"mean of target {past.against} {past.usually} on the last year's holidays"
    draft = past.column("holiday_level", "holiday", text, window=364 + 56)
    column = draft.plain(recent, at_origin(past.horizon))
    on_holiday = known_of(special.is_holiday, at_date(past.horizon))
    yield Column(column.feature, column.term, times=(on_holiday,))


def known_of(values: npt.ArrayLike, shift: npt.NDArray[np.int64]) -> Term:
    """Make a term of one number a step that is known for all steps."""
    return Term(np.asarray(values, dtype=np.float64)[:, None], shift, known=True)


def _across(values: Floats) -> Floats:
    """Return the median over segments, shape (days, 1); NaN where none is known."""
    median: Floats = pd.DataFrame(values).median(axis=1).to_numpy()[:, None]
    return median

"""Features of the calendar: known for every date, past and future."""

from collections.abc import Iterator
from dataclasses import dataclass

import holidays
import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling.config import Holidays, InvalidParamsError
from lineal.modeling.features.column import (
    Column,
    Feature,
    Term,
    Type,
    at_date,
    at_origin,
)
from lineal.modeling.features.history import Past
from lineal.modeling.panel import Days, Floats

_NEAR = 30  # days; a holiday farther off than that makes no difference
_YEAR_AT_LEAST = 300  # days between two occurrences of one holiday
# The elections come round every 735 days; what is longer ago says little, and a
# forecast has no more history than that.
_FORGOTTEN = 750
_YEAR = 365.25
_FRIDAY, _SATURDAY = 4, 5


@dataclass(frozen=True, slots=True, eq=False)
class HolidayCalendar:
    """Public holidays by day; every array has the shape (days,).

    Attributes:
        is_holiday: Whether the day is one.
        since: Days since the last holiday, at most 30.
        until: Days until the next holiday, at most 30.
        previous: Index of the same day relative to the same holiday a year
            before (the day itself, the one before and the one after), or -1.
    """

    is_holiday: npt.NDArray[np.bool_]
    since: Floats
    until: Floats
    previous: npt.NDArray[np.int64]

    @classmethod
    def of(cls, dates: Days, rule: Holidays) -> "HolidayCalendar":
        """Look the days up in the holidays library.

        Raises:
            InvalidParamsError: The library does not know the country or its part.
        """
        edge = np.timedelta64(_NEAR + 1, "D")
        days = np.arange(dates[0] - edge, dates[-1] + edge + 1)
        years = range(days[0].tolist().year, days[-1].tolist().year + 1)
        try:
            found = holidays.country_holidays(
                rule.country, subdiv=rule.subdivision, years=years
            )
        except NotImplementedError as error:
            msg = f"params.yaml: features.holidays: {error}"
            raise InvalidParamsError(msg) from error
        named = np.array([found.get(day, "") for day in days.tolist()], dtype=str)
        inner = slice(_NEAR + 1, _NEAR + 1 + len(dates))
        mark = pd.Series(np.where(named != "", np.arange(len(named)), np.nan))
        day = pd.Series(np.arange(len(named), dtype=np.float64))
        since, until = _near(day - mark.ffill()), _near(mark.bfill() - day)
        return cls(
            is_holiday=(named != "")[inner],
            since=since[inner],
            until=until[inner],
            previous=np.maximum(_previous(named)[inner] - inner.start, -1),
        )


def _near(days: "pd.Series[float]") -> Floats:
    """Count days up to where a holiday makes no difference."""
    near: Floats = days.fillna(_NEAR).clip(upper=_NEAR).to_numpy().astype(np.float64)
    return near


def _previous(named: npt.NDArray[np.str_]) -> npt.NDArray[np.int64]:
    """Find each event's last occurrence that is most of a year ago or more."""
    events = named.astype(object)
    for step, word in ((1, "after "), (-1, "before ")):
        beside = np.roll(named, step).astype(object)
        free = (events == "") & (beside != "")
        events[free] = word + beside[free]
    table = pd.DataFrame({"event": events, "day": np.arange(len(events))})
    table = table[table["event"] != ""]
    earlier = table.assign(last=table["day"], day=table["day"] + _YEAR_AT_LEAST)
    span = _FORGOTTEN - _YEAR_AT_LEAST
    matched = pd.merge_asof(table, earlier, on="day", by="event", tolerance=span)
    previous = np.full(len(events), -1, dtype=np.int64)
    previous[matched["day"]] = matched["last"].fillna(-1).astype(np.int64)
    return previous


def calendar(dates: Days, horizon: int, special: HolidayCalendar) -> Iterator[Column]:
    """What the calendar says of the target's date, and of the origin."""
    stamps = pd.DatetimeIndex(dates)
    turn = 2 * np.pi * stamps.day_of_year.to_numpy() / _YEAR
    weekday = stamps.day_of_week.to_numpy()
    of_date: dict[str, tuple[npt.ArrayLike, str]] = {
        "weekday": (weekday, "weekday, Monday is 0"),
        "weekend": (weekday >= _SATURDAY, "1 on Saturday and Sunday"),
        "monday": (weekday == 0, "1 on Monday"),
        "friday": (weekday == _FRIDAY, "1 on Friday"),
        "month": (stamps.month, "month, 1 to 12"),
        "day_of_month": (stamps.day, "day of the month"),
        "day_of_year": (stamps.day_of_year, "day of the year"),
        "year_sin": (np.sin(turn), "sine of the year's turn"),
        "year_cos": (np.cos(turn), "cosine of the year's turn"),
        "half_year_sin": (np.sin(2 * turn), "sine of half the year's turn"),
        "half_year_cos": (np.cos(2 * turn), "cosine of half the year's turn"),
        "holiday": (special.is_holiday, "1 on a public holiday"),
        "days_since_holiday": (special.since, "days since a public holiday, to 30"),
        "days_to_holiday": (special.until, "days to a public holiday, to 30"),
    }
    for name, (values, about) in of_date.items():
        text = f"{about} (target's date)"
        feature = Feature(name, "calendar", (), text, type=_type(name, values))
        yield Column(feature, _known(values, at_date(horizon)))
    text = "weekday of the origin"
    feature = Feature("origin_weekday", "calendar", (), text, type="code")
    yield Column(feature, _known(weekday, at_origin(horizon)))


def _type(name: str, values: npt.ArrayLike) -> Type:
    """Tell flags by their values, and codes by their name."""
    if np.asarray(values).dtype == np.bool_:
        return "flag"
    return "code" if name in {"weekday", "month"} else "number"


def holiday_effects(past: Past, special: HolidayCalendar) -> Iterator[Column]:
    """What the same holiday did to the series when it last came round."""
    seen = np.where(
        (special.previous >= 0)[:, None], past.unusual[special.previous], np.nan
    )
    delay = _YEAR_AT_LEAST
    for name, values, about in (
        ("holiday_effect", seen, "of this segment"),
        ("holiday_effect_all", _across(seen), "of the median segment"),
    ):
        text = f"target over its usual weekday value, same holiday last year, {about}"
        draft = past.column(name, "holiday", text, window=2 * delay)
        yield draft.plain(values, at_date(past.horizon), delay=delay)
    here = np.where(special.is_holiday[:, None], past.unusual, np.nan)
    recent = pd.DataFrame(here).rolling(364, min_periods=1).mean().to_numpy()
    text = "mean of target over usual weekday value on the last year's holidays"
    draft = past.column("holiday_level", "holiday", text, window=364 + 56)
    column = draft.plain(recent, at_origin(past.horizon))
    on_holiday = _known(special.is_holiday, at_date(past.horizon))
    yield Column(column.feature, column.term, times=(on_holiday,))


def _known(values: npt.ArrayLike, shift: npt.NDArray[np.int64]) -> Term:
    """Make a term of one number a day that is known for all days."""
    return Term(np.asarray(values, dtype=np.float64)[:, None], shift, known=True)


def _across(values: Floats) -> Floats:
    """Return the median over segments, shape (days, 1); NaN where none is known."""
    median: Floats = pd.DataFrame(values).median(axis=1).to_numpy()[:, None]
    return median

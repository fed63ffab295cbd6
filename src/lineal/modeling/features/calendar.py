"""Public holidays: known for every date, past and future."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling.panel import Days, Floats
from lineal.modeling.sections import Holidays, InvalidParamsError

_NEAR = 30  # days; a holiday farther off than that makes no difference
YEAR_AT_LEAST = 300  # days between two occurrences of one holiday
# The elections come round every 735 days; what is longer ago says little, and a
# forecast has no more history than that.
_FORGOTTEN = 750


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
        import holidays  # noqa: PLC0415 - only models that ask for them pay

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
    earlier = table.assign(last=table["day"], day=table["day"] + YEAR_AT_LEAST)
    span = _FORGOTTEN - YEAR_AT_LEAST
    matched = pd.merge_asof(table, earlier, on="day", by="event", tolerance=span)
    previous = np.full(len(events), -1, dtype=np.int64)
    previous[matched["day"]] = matched["last"].fillna(-1).astype(np.int64)
    return previous

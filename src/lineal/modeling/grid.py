"""Putting the times of a table on the grid of its frequency, a row each."""

from typing import Any, Final

import numpy as np
import pandas as pd

from lineal.modeling.config import Aggregate, Data
from lineal.modeling.rhythm import RHYTHMS, Moments, Rhythm
from lineal.modeling.violation import Violation, in_values

_WEEK: Final = 7  # days
_MONDAY: Final = np.datetime64("1970-01-05", "D")
_TELLING: Final = 6  # steps by which it is told whether the first and last are full
_USUAL: Final = 0.95  # of steps, by which it is told how long they have no rows
_WEEKDAYS: Final = (
    *("Monday", "Tuesday", "Wednesday", "Thursday"),
    *("Friday", "Saturday", "Sunday"),
)


def placed(
    times: "pd.Series[Any]", data: Data, near: str | None = None
) -> tuple["pd.Series[Any]", list[Violation]]:
    """Return times on the grid, and those that do not lie on it.

    Where rows are put together, each time becomes the beginning of the step that it lies
    in. Elsewhere times stay as they are.

    Args:
        times: The moments of the rows.
        data: The frequency, and whether rows are put together.
        near: A time on whose weekday weeks begin; by default that of most rows.
    """
    rhythm, given = RHYTHMS[data.frequency], times.to_numpy()
    known = given if near is None else np.array([near], dtype="datetime64[us]")
    weekday = commonest_weekday(known)
    begun = _begun(rhythm, given, weekday)
    off = ~np.isnat(given) & (begun != given)
    if data.aggregate is None:
        what = f"{_wrong(rhythm, weekday)}: set data.aggregate to put rows together"
        return times, in_values("grid", data.time, off, what)
    if near is None and off.any():
        begun = _begun(rhythm, given, 0)  # no weekday is that of all rows
    return pd.Series(begun, index=times.index), []


def combined(frame: pd.DataFrame, how: Aggregate) -> pd.DataFrame:
    """Make one row of those of one series and time.

    Args:
        frame: Columns segment, date and numbers.
        how: What is done with the target; covariates are averaged.
    """
    groups = frame.groupby(["segment", "date"], sort=True, as_index=False)
    numbers = frame.columns.drop(["segment", "date"])
    found = groups[list(numbers)].mean()
    if "target" in numbers and how != "mean":
        # A sum of nothing known is not known.
        least = {"min_count": 1} if how == "sum" else {}
        found["target"] = getattr(groups["target"], how)(**least)["target"]
    return found


def cut_off(
    times: "pd.Series[Any]", begun: "pd.Series[Any]", rhythm: Rhythm
) -> list[pd.Timestamp]:
    """Return the first and the last step, where the rows do not fill them.

    A half week at the end adds up to half, which looks like a collapse. A step is not
    full if it has no rows for longer, before its first or after its last, than other
    steps have. That is told by all series together: one may begin in a week.

    Args:
        times: The moments of rows whose target is known.
        begun: The steps that they lie in.
        rhythm: What steps are.
    """
    spans = times.groupby(begun).agg(["min", "max"])
    if len(spans) < _TELLING:
        return []
    first = spans.index.to_numpy()
    end = rhythm.times(first[0], rhythm.number(first, first[0]) + 1)
    silent = {0: spans["min"].to_numpy() - first, -1: end - spans["max"].to_numpy()}
    return [
        spans.index[edge]
        for edge, lengths in silent.items()
        if lengths[edge] > np.quantile(lengths[1:-1], _USUAL, method="higher")
    ]


def floor(rhythm: Rhythm, times: Moments, weekday: int = 0) -> Moments:
    """Return the beginning of the steps that times lie in.

    Args:
        rhythm: What steps are.
        times: Any times.
        weekday: The day that weeks begin on; Monday is 0.
    """
    if rhythm.frequency != "week":
        return times.astype(f"datetime64[{rhythm.unit}]")
    days = times.astype("datetime64[D]")
    past = ((days - _MONDAY).astype(np.int64) - weekday) % _WEEK
    begun: Moments = days - past.astype("timedelta64[D]")
    return begun


def commonest_weekday(times: Moments) -> int:
    """Return the weekday that most times lie on: there weeks begin."""
    known = times[~np.isnat(times)].astype("datetime64[D]")
    days = (known - _MONDAY).astype(np.int64) % _WEEK
    return int(np.argmax(np.bincount(days, minlength=_WEEK)))


def _begun(rhythm: Rhythm, times: Moments, weekday: int) -> Moments:
    """Return the beginnings of the steps, stored as times are."""
    return floor(rhythm, times, weekday).astype("datetime64[us]")


def _wrong(rhythm: Rhythm, weekday: int) -> str:
    """Say what is wrong with times that are not on the grid."""
    match rhythm.frequency:
        case "hour":
            return "within an hour, where data.frequency is hour"
        case "day":
            return "with a time of day, where data.frequency is day"
        case "week":
            begins = _WEEKDAYS[weekday]
            return f"that are no {begins} at midnight, when most weeks here begin"
        case _:
            return "that are not the first of a month, where data.frequency is month"

"""Which row of another table belongs to each row of the first: none, or one."""

import re
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

from lineal.modeling.sections import InvalidParamsError

Numbers = npt.NDArray[np.int64]
Pair = tuple["pd.Series[Any]", "pd.Series[Any]"]

NOBODY: Final = -1
_DURATION: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(s|min|h|d|w)")
_SECONDS: Final = {"s": 1, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}


def duration(text: str) -> pd.Timedelta:
    """Read a length of time: seconds, minutes, hours, days or weeks.

    >>> duration("90min")
    Timedelta('0 days 01:30:00')

    Raises:
        InvalidParamsError: It is none.
    """
    if not (found := _DURATION.fullmatch(text)):
        msg = f"{text!r} is not a length of time such as 90min, 3h, 2d or 1w"
        raise InvalidParamsError(msg)
    return pd.Timedelta(seconds=float(found[1]) * _SECONDS[found[2]])


def kind(values: "pd.Series[Any]") -> str:
    """Return what a column holds, as far as it matters for comparing."""
    if types.is_numeric_dtype(values.dtype):
        return "numbers"
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return "moments with a zone"
    return "moments" if types.is_datetime64_dtype(values.dtype) else "words"


def codes(pairs: Iterable[Pair], rows: tuple[int, int]) -> tuple[Numbers, Numbers]:
    """Number the combinations of keys over both tables; with one missing it is -1.

    Args:
        pairs: The columns that must be equal, each of the first table and the other.
        rows: How many the tables have.
    """
    found = np.zeros(sum(rows), dtype=np.int64)
    for pair in pairs:
        some, values = pd.factorize(pd.concat([_plain(column) for column in pair]))
        missing = (found == NOBODY) | (some == NOBODY)
        found = pd.factorize(found * max(len(values), 1) + some)[0].astype(np.int64)
        found[missing] = NOBODY
    return found[: rows[0]], found[rows[0] :]


def _plain(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return words as objects, so that text and categories compare."""
    return values.astype(object) if kind(values) == "words" else values


def equal(left: Numbers, right: Numbers) -> Numbers:
    """Return the row of the other table that has each row's code; -1 for none."""
    size = max(left.max(initial=0), right.max(initial=0)) + 1
    place = np.full(size, NOBODY, dtype=np.int64)
    known = right != NOBODY
    place[right[known]] = np.flatnonzero(known)
    return np.where(left == NOBODY, NOBODY, place[left])


def latest(
    left: pd.DataFrame, right: pd.DataFrame, tolerance: pd.Timedelta | None
) -> Numbers:
    """Return the latest row of the same code that is not after each row; -1 for none.

    Args:
        left: Code (`key`) and moment (`time`) of each row.
        right: Those of the other table's.
        tolerance: How much older the row may be.
    """
    matched = pd.merge_asof(
        _ready(left), _ready(right), on="time", by="key", tolerance=tolerance
    )
    found = np.full(len(left), NOBODY, dtype=np.int64)
    found[matched["row_x"]] = matched["row_y"].fillna(NOBODY)
    return found


def moments(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return moments in one unit, counted from the first row."""
    return values.astype("datetime64[us]").reset_index(drop=True)


def _ready(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have both, by time, as pandas wants them."""
    numbered = frame.assign(row=range(len(frame)))
    whole = numbered[(frame["key"] != NOBODY) & frame["time"].notna()]
    return whole.sort_values("time", kind="stable", ignore_index=True)


def taken(values: "pd.Series[Any]", found: Numbers, rows: pd.Index) -> Any:
    """Return the values at these places for those rows, missing where there is none."""
    there = values.reindex(found).set_axis(rows)
    if types.is_object_dtype(there.dtype):
        there = there.where(found != NOBODY, None)
    return there

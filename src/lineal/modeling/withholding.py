"""Tables without what nobody has by then, and whether that changed what was made."""

from collections.abc import Collection
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas.api import types

_CUTS: Final = (0.3, 0.6, 0.9)
_RTOL: Final = 1e-9


def changed(before: pd.DataFrame, after: pd.DataFrame) -> str | None:
    """Return the first column that is not the same in both."""
    if other := set(before.columns) ^ set(after.columns):
        return str(min(other))
    for name in before.columns:
        if not _same(before[name], after[name]):
            return str(name)
    return None


def _same(before: "pd.Series[Any]", after: "pd.Series[Any]") -> bool:
    if all(types.is_numeric_dtype(values.dtype) for values in (before, after)):
        return np.allclose(before, after, rtol=_RTOL, atol=1e-12, equal_nan=True)
    missing = before.isna().to_numpy()
    if not np.array_equal(missing, after.isna().to_numpy()):
        return False
    return bool((before[~missing].to_numpy() == after[~missing].to_numpy()).all())


def altered(
    table: pd.DataFrame, rows: "pd.Series[bool]", columns: Collection[str]
) -> pd.DataFrame:
    """Return the table with other values in certain rows: no number is as it was."""
    other = {name: _other(table[name], rows) for name in columns}
    return table.assign(**other)


def _other(values: "pd.Series[Any]", rows: "pd.Series[bool]") -> "pd.Series[Any]":
    if types.is_bool_dtype(values.dtype):
        return values ^ rows
    if types.is_numeric_dtype(values.dtype):
        numbers = values.astype("float64")
        spread = numbers.max() - numbers.min() + 1
        return numbers.mask(rows, (numbers + spread).fillna(1.0))
    # Those of other rows, because they are words that the function knows.
    words = values.copy()
    words[rows] = np.roll(values[rows].to_numpy(), 1)
    return words


def cuts(times: "pd.Series[Any]") -> list[pd.Timestamp]:
    """Choose moments that have later ones.

    >>> cuts(pd.Series(pd.date_range("2024-03-01", periods=3)))
    [Timestamp('2024-03-01 00:00:00'), Timestamp('2024-03-02 00:00:00')]
    """
    moments = sorted(times.dropna().unique())
    last = len(moments) - 2
    chosen = [moments[round(share * last)] for share in _CUTS] if last >= 0 else []
    return list(dict.fromkeys(chosen))


def said(cut: pd.Timestamp) -> str:
    """Return a moment without what it does not need.

    >>> said(pd.Timestamp("2024-03-01"))
    '2024-03-01'
    """
    return str(cut.date() if cut == cut.normalize() else cut)

"""Do a table's columns fit what is declared of them, one by one?

Every rule is asked before anything is refused, so that a user sees all that is wrong
at once, with the count and the first rows in file order.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from lineal.modeling.coercion import as_floats, coerce
from lineal.modeling.sections import Column
from lineal.modeling.violation import Violation, in_values, whole


@dataclass(frozen=True, slots=True)
class Fitted:
    """A raw table as far as it can be read, and what is wrong with it.

    Attributes:
        columns: The columns that are there, each in the storage of its type.
        violations: What is wrong.
    """

    columns: Mapping[str, "pd.Series[Any]"]
    violations: tuple[Violation, ...]


def fit(
    frame: pd.DataFrame,
    wanted: Mapping[str, Column],
    *,
    complete: Collection[str] = (),
    closed: bool = True,
    dates: str | None = None,
) -> Fitted:
    """Read the wanted columns of a table and judge them.

    Args:
        frame: As it was read from a file.
        wanted: What its columns must hold.
        complete: Names of columns in which nothing may be missing, such as keys.
        closed: Whether other columns than the wanted are refused.
        dates: How dates are written, as `Csv.dates` has it.
    """
    found = [*_shape(frame, wanted, closed=closed)]
    columns: dict[str, pd.Series[Any]] = {}
    for name, column in wanted.items():
        if list(frame.columns).count(name) == 1:
            columns[name], problems = coerce(frame[name], column.type, dates=dates)
            allowed = None if name in complete else column.missing
            found += [
                *problems,
                *_absent(name, frame[name], allowed),
                *_outside(name, columns[name], column),
            ]
    return Fitted(columns, tuple(found))


def _shape(
    frame: pd.DataFrame, wanted: Mapping[str, Column], *, closed: bool
) -> Iterable[Violation]:
    """Find what is wrong before any value is read."""
    names = list(frame.columns)
    if frame.empty:
        yield whole("empty", "it has no rows")
    for name in wanted:
        if name not in names:
            yield whole("missing column", f"column {name!r} is missing", name)
    for name in dict.fromkeys(names):
        if name in wanted and names.count(name) > 1:
            text = f"column {name!r} is there {names.count(name)} times"
            yield whole("repeated column", text, name)
        elif closed and name not in wanted:
            text = f"column {str(name)!r} is not expected"
            yield whole("undeclared column", text, str(name))


def _absent(
    name: str, values: "pd.Series[Any]", allowed: float | None
) -> list[Violation]:
    """Judge the share of missing values; a key, with nothing allowed, has none."""
    mask = values.isna().to_numpy(dtype=bool)
    if allowed is None:
        return in_values("missing", name, mask, "missing, where a key must be complete")
    share = float(mask.mean()) if len(mask) else 0.0
    if share <= allowed:
        return []
    what = f"missing, a share of {share:.4g} where {allowed:.4g} is allowed"
    return in_values("missing", name, mask, what)


def _outside(name: str, values: "pd.Series[Any]", column: Column) -> list[Violation]:
    """Find numbers out of range; infinity is out of every range."""
    if not types.is_numeric_dtype(values.dtype):
        return []
    numbers = as_floats(values).to_numpy()
    finite = np.isfinite(numbers)
    found = in_values("infinite", name, np.isinf(numbers), "that are infinite")
    if column.min is not None:
        low = finite & (numbers < column.min)
        found += in_values("min", name, low, f"below {column.min:.15g}")
    if column.max is not None:
        high = finite & (numbers > column.max)
        found += in_values("max", name, high, f"above {column.max:.15g}")
    return found

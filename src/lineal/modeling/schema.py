"""Is this the table that params.yaml declares? If so, the same in one known form.

Every rule is asked before anything is refused, so that a user sees all that is wrong
at once, with the count and the first rows in file order.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas.api import types

from lineal.modeling import keys
from lineal.modeling.coercion import as_floats, coerce
from lineal.modeling.config import Column, Data
from lineal.modeling.violation import (
    SchemaViolatedError,
    Violation,
    in_rows,
    in_values,
    whole,
)

__all__ = [
    "SchemaViolatedError",
    "Violation",
    "check_future",
    "in_order",
    "typed",
    "violations",
]

_RESERVED: Final = ("segment", "date", "target")
_NUMERIC: Final = ("integer", "number", "boolean")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A raw table as far as it can be read, and all that is wrong with it.

    Attributes:
        columns: The columns that are there, each in the storage of its type.
        keys: Segment label and date of each row, in file order.
        violations: What is wrong.
    """

    columns: Mapping[str, "pd.Series[Any]"]
    keys: pd.DataFrame
    violations: tuple[Violation, ...]


def violations(frame: pd.DataFrame, data: Data) -> tuple[Violation, ...]:
    """Return everything that is wrong with a raw table; nothing means it fits."""
    return _read_raw(frame, data).violations


def typed(frame: pd.DataFrame, data: Data) -> pd.DataFrame:
    """Return the ingested form of a raw table.

    Its columns are segment, date, target, and the known and the observed covariates
    as float64; its rows are in (segment, date) order.

    Raises:
        SchemaViolatedError: The table is not what is declared.
    """
    reading = _read_raw(frame, data)
    if reading.violations:
        raise SchemaViolatedError(data.path, reading.violations)
    numbers = {"target": data.target}
    numbers |= {name: name for name in (*data.known, *data.observed)}
    return _assembled(reading, numbers)


def in_order(frame: pd.DataFrame, data: Data) -> bool:
    """Tell whether the rows of a raw table are in (segment, date) order."""
    wanted = {name: data.columns[name] for name in (*data.segments, data.time)}
    return not keys.backward(_read(frame, data, wanted).keys).any()


def check_future(
    frame: pd.DataFrame,
    data: Data,
    segments: Collection[str],
    *,
    table: str = "the table of known covariates",
) -> pd.DataFrame:
    """Return known covariates of days to come as segment, date and float64 columns.

    Args:
        frame: The segment columns, the time column and the known covariates, no more.
        data: What those columns must hold.
        segments: Labels of the segments that the model has learned.
        table: What to call the table when it is refused.

    Raises:
        SchemaViolatedError: The table does not fit, or has another segment.
    """
    names = (*data.segments, data.time, *data.known)
    reading = _read(frame, data, {name: data.columns[name] for name in names})
    found = (*reading.violations, *keys.unknown(reading.keys, segments))
    if found:
        raise SchemaViolatedError(table, found)
    return _assembled(reading, {name: name for name in data.known})


def _read_raw(frame: pd.DataFrame, data: Data) -> _Reading:
    reading = _read(frame, data, data.columns)
    if not data.sorted:
        return reading
    what = "that belong before the row above them, by segment and date"
    disorder = in_rows("sorted", keys.backward(reading.keys), what)
    found = (*reading.violations, *disorder)
    return _Reading(reading.columns, reading.keys, found)


def _read(frame: pd.DataFrame, data: Data, wanted: Mapping[str, Column]) -> _Reading:
    """Read the wanted columns and judge them and their keys."""
    found = [*_unusable(data, wanted), *_shape(frame, wanted)]
    columns: dict[str, pd.Series[Any]] = {}
    names = (*data.segments, data.time)
    for name, column in wanted.items():
        if list(frame.columns).count(name) == 1:
            columns[name], problems = coerce(frame[name], column.type)
            allowed = None if name in names else column.missing
            found += [
                *problems,
                *_absent(name, frame[name], allowed),
                *_outside(name, columns[name], column),
            ]
    pairs = pd.DataFrame({"segment": None, "date": pd.NaT}, index=range(len(frame)))
    if columns.keys() >= set(names):
        parts = [columns[name] for name in data.segments]
        found += keys.ambiguous(parts)
        pairs = pd.DataFrame({"segment": keys.label(parts), "date": columns[data.time]})
    found += keys.repeated(pairs, names)
    return _Reading(columns, pairs, tuple(found))


def _assembled(reading: _Reading, numbers: Mapping[str, str]) -> pd.DataFrame:
    """Put the ingested form together; numbers map its columns to the raw ones."""
    floats = {new: as_floats(reading.columns[old]) for new, old in numbers.items()}
    frame = reading.keys.assign(**floats).astype({"segment": str})
    return frame.sort_values(["segment", "date"], ignore_index=True)


def _unusable(data: Data, wanted: Mapping[str, Column]) -> Iterable[Violation]:
    """Find declarations that the ingested form has no place for."""
    covariates = (*data.known, *data.observed)
    for name in (data.target, *covariates):
        if name in wanted and wanted[name].type not in _NUMERIC:
            text = f"column {name!r} must be declared as a number to be used as one"
            yield whole("declared type", text, name)
    if wanted[data.time].type != "date":
        text = f"column {data.time!r} must be declared as date to be the time"
        yield whole("declared type", text, data.time)
    for name in covariates:
        if name in _RESERVED:
            text = f"covariate {name!r} needs another name than the ingested table's"
            yield whole("reserved name", text, name)


def _shape(frame: pd.DataFrame, wanted: Mapping[str, Column]) -> Iterable[Violation]:
    """Find what is wrong before any value is read."""
    names = list(frame.columns)
    if frame.empty:
        yield whole("empty", "it has no rows")
    for name in wanted:
        if name not in names:
            yield whole("missing column", f"column {name!r} is missing", name)
    for name in dict.fromkeys(names):
        if name not in wanted:
            text = f"column {str(name)!r} is not expected"
            yield whole("undeclared column", text, str(name))
        elif names.count(name) > 1:
            text = f"column {name!r} is there {names.count(name)} times"
            yield whole("repeated column", text, name)


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

"""Is this the table that params.yaml declares? If so, the same in one known form.

Every rule is asked before anything is refused, so that a user sees all that is wrong
at once, with the count and the first rows in file order.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from lineal.modeling import grid, keys
from lineal.modeling.assembling import assemble
from lineal.modeling.coercion import as_floats
from lineal.modeling.config import Data
from lineal.modeling.declared import declared
from lineal.modeling.fitting import fit
from lineal.modeling.rhythm import RHYTHMS
from lineal.modeling.sections import Column
from lineal.modeling.violation import (
    SchemaViolatedError,
    Violation,
    in_rows,
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
_TIMES: Final = ("date", "datetime")
_TOGETHER: Final = (
    ": aggregate how?: set data.aggregate to sum, mean, min, max, first or last"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A raw table as far as it can be read, and all that is wrong with it.

    Attributes:
        columns: The columns that are there, each in the storage of its type.
        keys: Segment label and time of each row, in file order; times lie on the grid
            if rows are put together.
        violations: What is wrong.
    """

    columns: Mapping[str, "pd.Series[Any]"]
    keys: pd.DataFrame
    violations: tuple[Violation, ...]


def violations(frame: pd.DataFrame, data: Data) -> tuple[Violation, ...]:
    """Return everything that is wrong with a raw table; nothing means it fits."""
    return _read_raw(frame, data).violations


def typed(
    frame: pd.DataFrame, data: Data, others: Sequence[pd.DataFrame] = ()
) -> pd.DataFrame:
    """Return the ingested form of a raw table.

    Its columns are segment, date, target, and the known and the observed covariates
    as float64; its rows are in (segment, date) order.

    Args:
        frame: The table, as it was read.
        data: What it must look like.
        others: The tables that are joined to it.

    Raises:
        SchemaViolatedError: The table is not what is declared.
        JoinRefusedError: The tables do not fit together.
    """
    reading = _read_raw(frame, data)
    if reading.violations:
        raise SchemaViolatedError(data.path, reading.violations)
    if data.joins:
        names = (*data.segments, data.time)
        table = assemble(frame, others, data, complete=names).table
        reading = replace(reading, columns={str(name): table[name] for name in table})
    numbers = {"target": data.target}
    numbers |= {name: name for name in (*data.known, *data.observed)}
    return _assembled(reading, numbers, data)


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
    near: str | None = None,
) -> pd.DataFrame:
    """Return known covariates of times to come as segment, date and float64 columns.

    Args:
        frame: The segment columns, the time column and the known covariates, no more.
        data: What those columns must hold.
        segments: Labels of the segments that the model has learned.
        table: What to call the table when it is refused.
        near: A time of the model's own table, on whose weekday weeks begin.

    Raises:
        SchemaViolatedError: The table does not fit, or has another segment.
    """
    names = (*data.segments, data.time, *data.known)
    said = declared(data)
    wanted = {name: said[name] for name in names}
    reading = _read(frame, data, wanted, near, hint="")
    found = (*reading.violations, *keys.unknown(reading.keys, segments))
    if found:
        raise SchemaViolatedError(table, found)
    return _assembled(reading, {name: name for name in data.known}, data)


def _read_raw(frame: pd.DataFrame, data: Data) -> _Reading:
    reading = _read(frame, data, data.columns)
    if not data.sorted:
        return reading
    what = "that belong before the row above them, by segment and date"
    disorder = in_rows("sorted", keys.backward(reading.keys), what)
    found = (*reading.violations, *disorder)
    return _Reading(reading.columns, reading.keys, found)


def _read(
    frame: pd.DataFrame,
    data: Data,
    wanted: Mapping[str, Column],
    near: str | None = None,
    hint: str = _TOGETHER,
) -> _Reading:
    """Read the wanted columns and judge them and their keys."""
    names = (*data.segments, data.time)
    fitted = fit(frame, wanted, complete=names, dates=data.csv.dates)
    found = [*_unusable(data, wanted), *fitted.violations]
    columns = fitted.columns
    pairs = pd.DataFrame({"segment": None, "date": pd.NaT}, index=range(len(frame)))
    if columns.keys() >= set(names) and wanted[data.time].type in _TIMES:
        parts = [columns[name] for name in data.segments]
        found += keys.ambiguous(parts)
        times, problems = grid.placed(columns[data.time], data, near)
        found += problems
        label = keys.label(parts, len(frame))
        pairs = pd.DataFrame({"segment": label, "date": times})
    if data.aggregate is None:
        found += keys.repeated(pairs, names, hint)
    return _Reading(columns, pairs, tuple(found))


def _assembled(
    reading: _Reading, numbers: Mapping[str, str], data: Data
) -> pd.DataFrame:
    """Put the ingested form together; numbers map its columns to the raw ones."""
    floats = {new: as_floats(reading.columns[old]) for new, old in numbers.items()}
    frame = reading.keys.assign(**floats).astype({"segment": str})
    if data.aggregate is not None:
        partly = _cut_off(reading, frame, data)
        frame = grid.combined(frame, data.aggregate)
        if partly:
            frame["target"] = frame["target"].mask(frame["date"].isin(partly))
    return frame.sort_values(["segment", "date"], ignore_index=True)


def _cut_off(reading: _Reading, frame: pd.DataFrame, data: Data) -> list[pd.Timestamp]:
    """Return the first and last times whose target is only a part of the whole one."""
    if "target" not in frame:
        return []
    known = frame["target"].notna().to_numpy()
    times = reading.columns[data.time][known]
    return grid.cut_off(times, frame["date"][known], RHYTHMS[data.frequency])


def _unusable(data: Data, wanted: Mapping[str, Column]) -> Iterable[Violation]:
    """Find declarations that the ingested form has no place for."""
    covariates = (*data.known, *data.observed)
    for name in (data.target, *covariates):
        if name in wanted and wanted[name].type not in _NUMERIC:
            text = f"column {name!r} must be declared as a number to be used as one"
            yield whole("declared type", text, name)
    if wanted[data.time].type not in _TIMES:
        text = f"column {data.time!r} must be declared as date to be the time"
        yield whole("declared type", text, data.time)
    for name in covariates:
        if name in _RESERVED:
            text = f"covariate {name!r} needs another name than the ingested table's"
            yield whole("reserved name", text, name)

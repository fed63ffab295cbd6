"""What an ingested table is like, in numbers that a person can check."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any, Final

import pandas as pd
from pandas.api import types

from lineal.modeling.declared import declared
from lineal.modeling.joins import Joined
from lineal.modeling.sections import Column
from lineal.modeling.tables.config import TableData
from lineal.modeling.tables.schema import Typed

_DIGITS: Final = 10
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Count:
    """A value, how many rows have it, and their share of those that have any."""

    value: str
    rows: int
    share: float


@dataclass(frozen=True, slots=True)
class ColumnQuality:
    """One column; None where it has no such thing, or all of it is missing.

    Attributes:
        column: Its name.
        type: As declared.
        missing: Rows without a value.
        missing_share: Their share.
        distinct: How many different values it has.
        min: The smallest number.
        max: The largest number.
        mean: Their mean.
        first: The earliest date or moment.
        last: The latest.
        frequent: The most frequent words.
    """

    column: str
    type: str
    missing: int
    missing_share: float
    distinct: int
    min: float | None = None
    max: float | None = None
    mean: float | None = None
    first: str | None = None
    last: str | None = None
    frequent: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class JoinQuality:
    """One join, with the rows of the first table before and after it."""

    table: str
    rows_before: int
    rows_after: int
    matched: int
    unmatched: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableQuality:
    """An ingested table.

    Attributes:
        rows: How many rows it has.
        target: Name of the column to predict.
        first: Its first moment, where it has a time.
        last: Its last moment.
        was_sorted: Whether the raw rows were in order of time already.
        duplicates: Rows that repeat an earlier one in every column.
        missing_targets: Rows whose target is missing.
        classes: How often each value of a target of few values happened.
        joins: What became of each join.
        columns: Every column.
    """

    rows: int
    target: str
    first: str | None
    last: str | None
    was_sorted: bool
    duplicates: int
    missing_targets: int
    classes: tuple[Count, ...]
    joins: tuple[JoinQuality, ...]
    columns: tuple[ColumnQuality, ...]


def describe(
    found: Typed, data: TableData, classes: "pd.Series[Any] | None" = None
) -> TableQuality:
    """Measure an ingested table.

    Args:
        found: What `schema.typed` returned.
        data: What is declared of it.
        classes: The label of each row's class, where there are classes.
    """
    table, said = found.table, declared(data)
    times = None if data.time is None else table[data.time]
    return TableQuality(
        rows=len(table),
        target=data.target,
        first=None if times is None else moment(times.min()),
        last=None if times is None else moment(times.max()),
        was_sorted=found.was_sorted,
        duplicates=int(table.duplicated().sum()),
        missing_targets=int(table[data.target].isna().sum()),
        classes=() if classes is None else _counts(classes),
        joins=tuple(map(_join, found.joined)),
        columns=tuple(_column(table[name], said[str(name)]) for name in table),
    )


def _join(found: Joined) -> JoinQuality:
    return JoinQuality(
        table=found.table,
        rows_before=found.rows,
        rows_after=found.matched + found.unmatched,
        matched=found.matched,
        unmatched=found.unmatched,
        columns=found.columns,
    )


def _column(values: "pd.Series[Any]", said: Column) -> ColumnQuality:
    missing = int(values.isna().sum())
    return ColumnQuality(
        column=str(values.name),
        type=said.type,
        missing=missing,
        missing_share=_rounded(missing / len(values)) or 0.0,
        distinct=int(values.nunique()),
        **_summary(values),
    )


def _summary(values: "pd.Series[Any]") -> Mapping[str, Any]:
    """Return what can be said of values by their kind."""
    if types.is_datetime64_dtype(values.dtype):
        return {"first": moment(values.min()), "last": moment(values.max())}
    if types.is_numeric_dtype(values.dtype):
        low, high, mean = values.min(), values.max(), values.mean()
        return {"min": _rounded(low), "max": _rounded(high), "mean": _rounded(mean)}
    return {"frequent": _counts(values)[:_SHOWN]}


def _counts(values: "pd.Series[Any]") -> tuple[Count, ...]:
    """Count values, the most frequent first, equal counts by name."""
    counts = values.dropna().astype(str).value_counts()
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    total = int(counts.sum())
    return tuple(
        Count(str(value), int(rows), _rounded(rows / total) or 0.0)
        for value, rows in ranked
    )


def _rounded(value: float) -> float | None:
    """Cut digits that would differ from machine to machine; None for NaN.

    >>> _rounded(2 / 3), _rounded(float("nan"))
    (0.6666666667, None)
    """
    return None if isnan(value) else float(f"{value:.{_DIGITS}g}")


def moment(when: Any) -> str | None:
    """Write a moment as short as it is exact: days without hours.

    >>> moment(pd.Timestamp("2024-12-31")), moment(pd.Timestamp("2024-12-31 10:00"))
    ('2024-12-31', '2024-12-31T10:00:00')
    """
    if pd.isna(when):
        return None
    whole = when == when.normalize()
    return str(when.date().isoformat() if whole else when.isoformat())

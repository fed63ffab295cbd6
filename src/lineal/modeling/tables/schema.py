"""Is this the table that params.yaml declares? If so, the same in one known form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pandas.api import types

from lineal.modeling.assembling import assemble
from lineal.modeling.coercion import as_floats
from lineal.modeling.joins import Joined
from lineal.modeling.tables.config import TableData


@dataclass(frozen=True, slots=True, eq=False)
class Typed:
    """A raw table in its ingested form.

    Attributes:
        table: Raw names; numbers, integers and truth values as float64, words as
            objects (None is missing), dates and moments as datetime64[us]; in order of
            time, or of the file where there is no time.
        joined: What became of each join.
        was_sorted: Whether the raw rows were in order of time already.
    """

    table: pd.DataFrame
    joined: tuple[Joined, ...]
    was_sorted: bool


def typed(
    first: pd.DataFrame, others: Sequence[pd.DataFrame], data: TableData
) -> Typed:
    """Return the ingested form of a raw table and those that are joined to it.

    Raises:
        SchemaViolatedError: A table is not what is declared.
        JoinRefusedError: The tables do not fit together.
    """
    times = () if data.time is None else (data.time,)
    found = assemble(first, others, data, complete=times)
    table = pd.DataFrame({name: _stored(found.table[name]) for name in found.table})
    ordered = all(table[name].is_monotonic_increasing for name in times)
    if not ordered:
        table = table.sort_values(list(times), kind="stable", ignore_index=True)
    return Typed(table, found.joined, ordered)


def _stored(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a typed column as it is kept."""
    if types.is_numeric_dtype(values.dtype):
        return as_floats(values)
    if types.is_datetime64_dtype(values.dtype):
        return values.astype("datetime64[us]")
    return values.astype(object).where(values.notna(), None)

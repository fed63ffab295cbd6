"""Raw tables of rows to be answered as one: joined as ingest joins them.

Rows that find none in another table do not stop the others from being answered, and
what is not needed for an answer may be missing: the target first of all.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec
import pandas as pd

from lineal.modeling.fitting import Fitted, fit
from lineal.modeling.joins import Joined, joined
from lineal.modeling.sections import Column, Csv, Join, Raw
from lineal.modeling.violation import SchemaViolatedError, Violation

_REFUSED: Final = ("type", "repeated column")
"""Rules; the model itself judges the rest of what it takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """One table of all.

    Attributes:
        table: The rows of the first table, with the columns that the joins add.
        notes: Of each join that some rows find nothing in, a sentence.
    """

    table: pd.DataFrame
    notes: tuple[str, ...]


def together(
    first: pd.DataFrame, others: Sequence[pd.DataFrame], data: Raw
) -> Together:
    """Join tables as params.yaml declares.

    Args:
        first: The table of the rows; it may lack the target.
        others: Those of the joins, in their order.
        data: What params.yaml says of them; its path is named in errors.

    Raises:
        SchemaViolatedError: A column holds values of another type than is declared.
        JoinRefusedError: The tables do not fit together.
    """
    met = {name for join in data.joins for name in _met(join)}
    spare = {data.target, *data.exclude} - met
    main = _fitted(first, data.columns, data.csv)
    beside = [
        _fitted(table, join.columns, join.csv)
        for table, join in zip(others, data.joins, strict=True)
    ]
    found = [each for each in main.violations if each.column not in spare]
    for fitted, join in zip(beside, data.joins, strict=True):
        found += _named(fitted.violations, join.table)
    if wrong := [each for each in found if each.rule in _REFUSED]:
        raise SchemaViolatedError(data.path, wrong)
    joins = [msgspec.structs.replace(join, unmatched=1.0) for join in data.joins]
    table, done = joined(_frame(main), [*map(_frame, beside)], joins)
    return Together(table, tuple(_notes(done)))


def _met(join: Join) -> Collection[str]:
    """Return the columns of the tables before that a join finds its rows by."""
    return {*join.keys, *(join.asof or {})}


def _fitted(table: pd.DataFrame, columns: Mapping[str, Column], csv: Csv) -> Fitted:
    """Read the declared columns that are there."""
    there = {name: said for name, said in columns.items() if name in table.columns}
    return fit(table, there, closed=False, dates=csv.dates)


def _named(violations: Sequence[Violation], table: str) -> Iterator[Violation]:
    """Name the table in what is wrong with it."""
    for each in violations:
        yield replace(each, message=f"{table}: {each.message}")


def _notes(done: Sequence[Joined]) -> Iterator[str]:
    for join in done:
        if join.unmatched:
            added = ", ".join(map(repr, join.columns))
            yield (
                f"{join.table} has no row for {join.unmatched:,} of {join.rows:,} rows, "
                f"so what it adds is missing there ({added})"
            )


def _frame(fitted: Fitted) -> pd.DataFrame:
    return pd.DataFrame(dict(fitted.columns))

"""The raw tables of a model as one: each checked and typed, then joined."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from lineal.modeling.fitting import Fitted, fit
from lineal.modeling.joins import Joined, joined
from lineal.modeling.sections import Raw
from lineal.modeling.violation import SchemaViolatedError, Violation


@dataclass(frozen=True, slots=True, eq=False)
class Assembled:
    """One table of all.

    Attributes:
        table: The first table's declared columns, then those that the joins add, each
            in the storage of its type; the rows of the first table, in their order.
        joined: What became of each join.
    """

    table: pd.DataFrame
    joined: tuple[Joined, ...] = ()


def assemble(
    first: pd.DataFrame,
    others: Sequence[pd.DataFrame],
    data: Raw,
    *,
    complete: Collection[str] = (),
) -> Assembled:
    """Check every table against what is declared of it, and join them.

    Columns that params.yaml does not declare are refused in the first table, and left
    out of the others.

    Args:
        first: The first table, as it was read.
        others: Those of the joins, in their order.
        data: What they must look like.
        complete: Columns of the first table in which nothing may be missing.

    Raises:
        SchemaViolatedError: A table is not what is declared; every table's violations.
        JoinRefusedError: The tables do not fit together.
    """
    main = fit(first, data.columns, complete=complete, dates=data.csv.dates)
    beside = [
        fit(table, join.columns, closed=False, dates=join.csv.dates)
        for table, join in zip(others, data.joins, strict=True)
    ]
    found = [*main.violations, *_of_others(beside, data)]
    if found:
        raise SchemaViolatedError(data.path, found)
    table, done = joined(_frame(main), [*map(_frame, beside)], data.joins)
    return Assembled(table, done)


def _of_others(beside: Sequence[Fitted], data: Raw) -> Iterator[Violation]:
    """Name the table in what is wrong with it."""
    for fitted, join in zip(beside, data.joins, strict=True):
        for violation in fitted.violations:
            message = f"{join.table}: {violation.message}"
            yield replace(violation, message=message)


def _frame(fitted: Fitted) -> pd.DataFrame:
    return pd.DataFrame(dict(fitted.columns))

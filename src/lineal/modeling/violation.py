"""What a table does wrong, and the refusal that lists all of it at once."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lineal.errors import RefusedError

Mask = NDArray[np.bool_]

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a table breaks.

    Attributes:
        rule: Short name of the rule, such as `min`.
        column: The column that breaks it; None where the table as a whole does.
        count: How many values or rows do.
        rows: The first few of them, counted from 0 in file order.
        message: All of this in words.
    """

    rule: str
    column: str | None
    count: int
    rows: tuple[int, ...]
    message: str


class SchemaViolatedError(RefusedError):
    """A table is not what params.yaml declares."""

    def __init__(self, table: str, violations: Iterable[Violation]) -> None:
        self.table = table
        self.violations = tuple(violations)
        listed = "; ".join(violation.message for violation in self.violations)
        super().__init__(
            f"{table} breaks its schema: {listed}; correct the table, or data in"
            " params.yaml (rows are counted from 0 in file order)"
        )


def whole(rule: str, message: str, column: str | None = None) -> Violation:
    """Return a violation that no single row is to blame for."""
    return Violation(rule, column, 1, (), message)


def in_values(rule: str, column: str, mask: Mask, what: str) -> list[Violation]:
    """Return the violation by the marked values of a column, if there are any."""
    count = int(mask.sum())
    noun = "value" if count == 1 else "values"
    return _marked(rule, column, mask, f"column {column!r} has {count} {noun} {what}")


def in_rows(rule: str, mask: Mask, what: str) -> list[Violation]:
    """Return the violation by the marked rows of a table, if there are any."""
    count = int(mask.sum())
    noun = "row" if count == 1 else "rows"
    return _marked(rule, None, mask, f"{count} {noun} {what}")


def _marked(rule: str, column: str | None, mask: Mask, text: str) -> list[Violation]:
    count = int(mask.sum())
    if not count:
        return []
    rows = tuple(np.flatnonzero(mask)[:_SHOWN].tolist())
    noun = "first row" if len(rows) == 1 else "first rows"
    place = f"({noun}: {', '.join(map(str, rows))})"
    return [Violation(rule, column, count, rows, f"{text} {place}")]

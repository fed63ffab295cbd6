"""Columns of other tables added to the rows of the first one, never more rows.

A row finds one row of the other table at most: the one of equal keys or, by time, the
latest of those that is not after it. What could make two rows of one is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.errors import RefusedError
from lineal.modeling import matching
from lineal.modeling.sections import Join

_SHOWN: Final = 3


class JoinRefusedError(RefusedError):
    """A join would not do what is declared."""

    def __init__(self, table: str, problem: str) -> None:
        self.table = table
        super().__init__(f"the join with {table} is refused: {problem}")


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of one join.

    Attributes:
        table: The table that was joined.
        rows: Rows of the first table, before as after.
        matched: Those that found a row.
        unmatched: Those that found none.
        columns: Names of the columns that were added.
    """

    table: str
    rows: int
    matched: int
    unmatched: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Sides:
    """The two tables of a join, and the columns that they meet in."""

    join: Join
    left: pd.DataFrame
    right: pd.DataFrame

    @property
    def keys(self) -> Mapping[str, str]:
        """The first table's names to the other's, of what must be equal."""
        keys = self.join.keys
        return keys if isinstance(keys, dict) else {name: name for name in keys}

    @property
    def asof(self) -> Mapping[str, str]:
        """The same of the times."""
        return self.join.asof or {}

    @property
    def names(self) -> Mapping[str, str]:
        """Both."""
        return {**self.keys, **self.asof}

    @property
    def name(self) -> str:
        """What the other table is called."""
        return self.join.table


def joined(
    first: pd.DataFrame, others: Sequence[pd.DataFrame], joins: Sequence[Join]
) -> tuple[pd.DataFrame, tuple[Joined, ...]]:
    """Add the columns of other tables to the rows of the first, in their order.

    Keys and times of the other tables are not added: the first table has them.

    Args:
        first: The rows; each stays one row, and keeps its place.
        others: The tables of the joins, typed as their columns are declared.
        joins: How each is joined; a later one may use what an earlier one added.

    Raises:
        JoinRefusedError: Rows would become more, or too many find no row, or keys or
            names of columns do not fit together.
        InvalidParamsError: A length of time is none.
    """
    table, done = first, []
    for other, join in zip(others, joins, strict=True):
        sides = _Sides(join, table, other.reset_index(drop=True))
        table, result = _join(sides)
        done.append(result)
    return table, tuple(done)


def _join(sides: _Sides) -> tuple[pd.DataFrame, Joined]:
    """Find each row's row, and take its columns."""
    _check_names(sides)
    names = _added(sides)
    found = _found(sides)
    lost = found == matching.NOBODY
    _check_unmatched(sides, lost)
    index = sides.left.index
    columns = {
        n: matching.taken(sides.right[o], found, index) for n, o in names.items()
    }
    added = pd.DataFrame(columns, index=index)
    rows, unmatched = len(lost), int(lost.sum())
    result = Joined(sides.join.table, rows, rows - unmatched, unmatched, tuple(columns))
    return pd.concat([sides.left, added], axis=1), result


def _check_names(sides: _Sides) -> None:
    """Refuse a join of nothing, and columns that are not there or not comparable."""
    if not sides.names:
        raise JoinRefusedError(
            sides.name, "it has neither keys nor asof: name the columns to meet in"
        )
    for mine, other in sides.names.items():
        for table, name, which in (
            (sides.left, mine, "the first table"),
            (sides.right, other, sides.name),
        ):
            if name not in table.columns:
                raise JoinRefusedError(sides.name, f"{which} has no column {name!r}")
        pair = matching.kind(sides.left[mine]), matching.kind(sides.right[other])
        if pair[0] != pair[1]:
            raise JoinRefusedError(
                sides.name,
                f"{mine!r} holds {pair[0]} but its {other!r} holds {pair[1]}: declare "
                "both with the same type",
            )
        if mine in sides.asof and pair[0] != "moments":
            raise JoinRefusedError(
                sides.name, f"asof wants moments, and {mine!r} holds {pair[0]}"
            )


def _added(sides: _Sides) -> Mapping[str, str]:
    """Return the new names of the columns to add, refusing those that are taken."""
    met = set(sides.names.values())
    names = {f"{sides.join.prefix}{n}": n for n in sides.join.columns if n not in met}
    for new, old in names.items():
        if old not in sides.right.columns:
            raise JoinRefusedError(sides.name, f"{sides.name} has no column {old!r}")
        if new in sides.left.columns:
            raise JoinRefusedError(
                sides.name,
                f"its column {old!r} and one that the first table has already would both be "
                f"called {new!r}: give the join a prefix, or another one",
            )
    return names


def _found(sides: _Sides) -> matching.Numbers:
    """Return the row of the other table that belongs to each row; -1 for none."""
    pairs = [
        (sides.left[mine], sides.right[other]) for mine, other in sides.keys.items()
    ]
    left, right = matching.codes(pairs, (len(sides.left), len(sides.right)))
    if not sides.asof:
        _check_once(sides, pd.DataFrame({"key": right}), left)
        return matching.equal(left, right)
    [(mine, other)] = sides.asof.items()
    stated = matching.moments(sides.right[other])
    known = pd.DataFrame({"key": right, "time": stated})
    _check_once(sides, known, left)
    asked = pd.DataFrame({"key": left, "time": matching.moments(sides.left[mine])})
    delay, tolerance = _lengths(sides)
    return matching.latest(asked, known.assign(time=stated + delay), tolerance)


def _lengths(sides: _Sides) -> tuple[pd.Timedelta, pd.Timedelta | None]:
    """Return how late values come, and how old they may be beyond that."""
    delay = matching.duration(sides.join.delay or "0s")
    if sides.join.tolerance is None:
        return delay, None
    tolerance = matching.duration(sides.join.tolerance)
    if tolerance < delay:
        raise JoinRefusedError(
            sides.name,
            f"its tolerance {sides.join.tolerance} is shorter than its delay "
            f"{sides.join.delay}, so no row could ever match",
        )
    return delay, tolerance - delay


def _check_once(sides: _Sides, met: pd.DataFrame, left: matching.Numbers) -> None:
    """Refuse keys that several rows of the other table have."""
    met = met[(met["key"] != matching.NOBODY) & met.notna().all(axis=1)]
    again = met.duplicated()
    if not again.any():
        return
    counts = met["key"].value_counts()
    more = int(
        (counts.reindex(left[left != matching.NOBODY], fill_value=0) - 1).clip(0).sum()
    )
    first = again.index.to_numpy()[again][0]
    example = _row(sides.right[list(sides.names.values())].iloc[first])
    so = (
        ""
        if sides.asof
        else f", so {len(left):,} rows would become {len(left) + more:,}"
    )
    raise JoinRefusedError(
        sides.name,
        f"{int(again.sum()):,} of its rows repeat the keys of an earlier one, such as "
        f"{example}{so}: add the key that tells them apart, or keep one row of each",
    )


def _check_unmatched(sides: _Sides, lost: npt.NDArray[np.bool_]) -> None:
    """Refuse when more rows find none than is allowed."""
    count = int(lost.sum())
    if count <= sides.join.unmatched * len(lost):
        return
    rows = sides.left.loc[lost, list(sides.names)].drop_duplicates().head(_SHOWN)
    examples = "; ".join(_row(row) for _, row in rows.iterrows())
    raise JoinRefusedError(
        sides.name,
        f"{count:,} of {len(lost):,} rows find none in it (first keys: {examples}), "
        f"more than the share of {sides.join.unmatched:g} that is allowed: correct the "
        "tables, or raise `unmatched` of the join",
    )


def _row(row: "pd.Series[Any]") -> str:
    said = {name: "missing" if pd.isna(value) else value for name, value in row.items()}
    return ", ".join(f"{name}={value}" for name, value in said.items())

"""What types alone cannot forbid in a model of any task."""

from collections.abc import Iterator, Mapping
from typing import Final, Protocol

from lineal.modeling.declared import added
from lineal.modeling.sections import Candidate, Column, Join, Raw

WORDS: Final = frozenset({"date", "datetime", "string"})
"""Types of columns that hold no numbers."""

_ROUNDING: Final = 1e-9  # of shares that are added up


class Shares(Protocol):
    """The shares of the three periods."""

    @property
    def train(self) -> float:
        """Of tuning and cross-validation."""

    @property
    def validation(self) -> float:
        """Of calibration."""

    @property
    def test(self) -> float:
        """Of what is read once."""


class Choosing(Protocol):
    """How the champion is chosen."""

    @property
    def baseline(self) -> str:
        """The candidate that every other must beat."""

    @property
    def order(self) -> tuple[str, ...]:
        """Candidates from the simplest to the most complex."""


def wrong_shares(split: Shares) -> Iterator[str]:
    """The periods make up everything."""
    shares = split.train + split.validation + split.test
    if abs(shares - 1) > _ROUNDING:
        yield f"split: the shares add up to {shares:g}, not 1"


def wrong_selection(
    selection: Choosing, candidates: Mapping[str, Candidate]
) -> Iterator[str]:
    """The order and the baseline speak of the candidates."""
    for name in candidates:
        if name not in selection.order:
            yield f"selection.order leaves out candidate {name!r}"
    for name in selection.order:
        if name not in candidates:
            yield f"selection.order names {name!r}, which is no candidate"
    for name in sorted(set(selection.order)):
        if selection.order.count(name) > 1:
            yield f"selection.order names {name!r} more than once"
    if selection.baseline not in candidates:
        yield f"selection.baseline {selection.baseline!r} is no candidate"


def wrong_limits(columns: Mapping[str, Column], place: str) -> Iterator[str]:
    """Only numbers have limits, and the least is not above the most."""
    for name, said in columns.items():
        low, high = said.min, said.max
        if (low is not None or high is not None) and said.type in WORDS:
            yield f"{place}.{name} is declared {said.type}: it has no min or max"
        elif low is not None and high is not None and low > high:
            yield f"{place}.{name} has min {low:g} above max {high:g}"


def wrong_joins(data: Raw) -> Iterator[str]:
    """A join finds its rows by declared columns, and adds columns with new names."""
    if data.joins and data.table is None:
        yield "data.joins wants data.path to be a folder, and data.table in it"
    seen = set(data.columns)
    for join in data.joins:
        place = f"data.joins: {join.table}"
        yield from (f"{place} {problem}" for problem in _wrong_join(join, seen))
        seen |= dict(added(join)).keys()


def _wrong_join(join: Join, before: set[str]) -> Iterator[str]:
    """Find what is wrong with one join, given the columns that there are before it."""
    keys = join.keys if isinstance(join.keys, dict) else {k: k for k in join.keys}
    asof = join.asof or {}
    if not keys and not asof:
        yield "has neither keys nor asof"
    if len(asof) > 1:
        yield "has more than one pair of asof columns"
    if not asof and (join.tolerance or join.delay):
        yield "has tolerance or delay, but no asof"
    for mine, other in {**keys, **asof}.items():
        if mine not in before:
            yield f"meets in {mine!r}, which is no column of the tables before it"
        if other not in join.columns:
            yield f"meets in {other!r}, which its own columns do not declare"
    for name in sorted(dict(added(join)).keys() & before):
        yield f"adds a second column {name!r}: give it a prefix, or another one"

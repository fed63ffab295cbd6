"""One metric over a model's versions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isfinite

from lineal.registry.direction import is_nearer_better

_NAMED = 5  # versions that a note names


@dataclass(frozen=True, slots=True)
class Point:
    """A version.

    Attributes:
        version: Its name.
        commit: What it names.
        time: When it was registered, in seconds since 1970; None: nobody knows.
        value: Of the metric; None where its card lacks it.
        change: By which share of the version before, None where there is nothing to
            compare with.
        holds: The stages that hold it.
        held: The stages that held it before, and do not now.
        withdrawn: Whether it was taken back.
        rows: A fingerprint of its test rows; empty where it has none.
    """

    version: str
    commit: str
    time: int | None = None
    value: float | None = None
    change: float | None = None
    holds: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    withdrawn: bool = False
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """A metric over versions.

    Attributes:
        model: Whose.
        metric: Which.
        higher: Whether higher is better.
        points: The versions, the lowest first.
        segment: Of which segment only; None: of all.
        stage: Only what this stage holds or held; None: all versions.
        notes: What should be known besides.
    """

    model: str
    metric: str
    higher: bool
    points: tuple[Point, ...]
    segment: str | None = None
    stage: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The metric, and of which segment."""
        return (
            self.metric if self.segment is None else f"{self.metric} of {self.segment}"
        )

    @property
    def better(self) -> str:
        """Which values are better, in words."""
        if is_nearer_better(self.metric):
            return "nearer to 0"
        return "higher" if self.higher else "lower"


def line(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return those that a line goes through: what stands, and has the metric."""
    return tuple(p for p in points if p.value is not None and not p.withdrawn)


def finish(found: Trend) -> Trend:
    """Work out changes and notes."""
    points: list[Point] = []
    for point in found.points:
        before = line(points)[-1:]
        change = _change(before[0].value, point.value) if before else None
        points.append(replace(point, change=change))
    notes = tuple(_notes(found, points))
    return replace(found, points=tuple(points), notes=notes)


def breaks(points: Sequence[Point]) -> frozenset[str]:
    """Return the versions that were tested on other rows than the one before."""
    told = [point for point in line(points) if point.rows]
    return frozenset(
        after.version for before, after in pairwise(told) if before.rows != after.rows
    )


def _change(before: float | None, after: float | None) -> float | None:
    if not before or after is None:
        return None
    found = (after - before) / abs(before)
    return found if isfinite(found) else None


def _some(versions: Sequence[str]) -> str:
    """Name versions, but not a thousand of them."""
    more = len(versions) - _NAMED
    said = ", ".join(versions[:_NAMED])
    return f"{said} and {more} more" if more > 0 else said


def _notes(found: Trend, points: Sequence[Point]) -> Iterator[str]:
    broken = breaks(points)
    others = [p.version for p in points if p.version in broken]
    if others:
        yield (
            f"tested on other rows than the version before: {_some(others)}; so "
            "these changes may come from the rows (`lineal compare` says more)"
        )
    silent = [p.version for p in line(points) if not p.rows]
    if silent and len(line(points)) > 1:
        yield f"nobody knows on which rows these were tested: {_some(silent)}"
    lacking = [p.version for p in points if p.value is None]
    if lacking:
        yield f"no {found.name} in the card of: {_some(lacking)}"

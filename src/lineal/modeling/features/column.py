"""What a feature is made of, and the rule that keeps the future out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from lineal.modeling.panel import Floats

Shift = npt.NDArray[np.int64]
Group = Literal[
    "horizon", "segment", "lag", "window", "weekday", "cycle", "yearly", "holiday",
    "calendar", "known", "observed", "system", "column", "moment", "own",
]  # fmt: skip


Type = Literal["number", "flag", "code"]


class LeakError(AssertionError):
    """A feature would read what is not known at its origin."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What features.json says about one feature.

    Attributes:
        name: Unique within the model.
        group: Family of features that it belongs to.
        sources: Raw columns that it is made of.
        about: What the number says.
        window: Steps of history that it spans, if it spans any.
        type: A number, a flag (0 or 1), or a code whose order means nothing.
    """

    name: str
    group: Group
    sources: tuple[str, ...]
    about: str
    window: int | None = None
    type: Type = "number"


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """An array of (steps, segments) or (steps, 1), read some steps from the origin.

    Attributes:
        values: The array.
        shift: For each horizon 1 to H, where to read, in steps after the origin.
        delay: The value of step i uses nothing later than step i - delay.
        known: The array is known for all steps ahead.

    Raises:
        LeakError: A value would be read that is not known at the origin.
    """

    values: Floats
    shift: Shift
    delay: int = 0
    known: bool = False

    def __post_init__(self) -> None:
        """Refuse to read the future."""
        if not self.known and int(self.shift.max()) > self.delay:
            msg = f"reads {int(self.shift.max()) - self.delay} steps after the origin"
            raise LeakError(msg)

    def read(self, origins: npt.NDArray[np.int64]) -> Floats:
        """Return the values at (origins, horizons, segments); NaN outside the panel."""
        where = origins[:, None] + self.shift[None, :]
        days = len(self.values)
        found = self.values[np.clip(where, 0, days - 1)]
        inside = (where >= 0) & (where < days)
        return np.where(inside[:, :, None], found, np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A feature and how to compute it: one term times or over others."""

    feature: Feature
    term: Term
    times: Sequence[Term] = ()
    over: Sequence[Term] = ()

    def read(self, origins: npt.NDArray[np.int64]) -> Floats:
        """Return the feature at (origins, horizons, segments)."""
        value = self.term.read(origins)
        for term in self.times:
            value = value * term.read(origins)
        for term in self.over:
            below = term.read(origins)
            value = value / np.where(below == 0, np.nan, below)
        return value


def at_origin(horizon: int, back: int = 0) -> Shift:
    """Return the shift that reads the origin, or some steps before it."""
    return np.full(horizon, -back, dtype=np.int64)


def at_date(horizon: int, back: int = 0) -> Shift:
    """Return the shift that reads the target's date, or some steps before it."""
    return np.arange(1, horizon + 1, dtype=np.int64) - back


def at_season(horizon: int, back: int, season: int) -> Shift:
    """Return the shift to some steps before the target's date, as far as known.

    Where that comes after the origin, it is read as many whole seasons earlier as
    it takes.

    >>> at_season(5, 3, 4).tolist()
    [-2, -1, 0, -3, -2]
    """
    wanted = at_date(horizon, back)
    shift: Shift = wanted - season * np.maximum(-(-wanted // season), 0)
    return shift


def at_cycle(horizon: int, cycle: int, before: int = 0) -> Shift:
    """Return the shift to the latest step known that is alike, or one before it.

    >>> at_cycle(9, 7).tolist()
    [-6, -5, -4, -3, -2, -1, 0, -6, -5]
    """
    ahead = np.arange(1, horizon + 1, dtype=np.int64)
    return ahead - cycle * (-(-ahead // cycle) + before)

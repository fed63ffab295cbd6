"""Intervals around predicted numbers: split conformal, whatever the model.

Residuals of rows that the model never learned from are sorted; the interval runs
between the ranks that the level asks for. Coverage is guaranteed for exchangeable rows
(Vovk, Gammerman & Shafer 2005, "Algorithmic learning in a random world"; Lei et al.
2018, JASA 113). Where the logarithm of one plus the target is learned, residuals are
those of logarithms, so that widths grow with the prediction.
"""

from collections.abc import Iterable
from math import ceil

import numpy as np
from numpy.typing import ArrayLike

from lineal.errors import BadInputError, RefusedError
from lineal.modeling.lasting import Lasting
from lineal.modeling.sections import Fraction
from lineal.modeling.tables.answers import Vector, numbers

Bounds = tuple[Vector, Vector]

_LEAST = -1 + 1e-9  # where a logarithm of one plus it ends


class TooFewRowsError(RefusedError):
    """Validation has too few rows for a level, so nothing can be promised."""

    def __init__(self, level: float, *, found: int, needed: int) -> None:
        super().__init__(
            f"validation has {found} rows to calibrate on, but an interval of "
            f"{100 * level:g} % needs {needed}: make split.validation larger, or ask "
            "for lower calibration.levels"
        )


class InvalidIntervalsError(BadInputError):
    """Stored intervals cannot be understood."""


class Intervals(Lasting, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What turns predictions into intervals: quantiles of residuals.

    Attributes:
        levels: Nominal coverages, ascending.
        lower: For each level, what is added for the lower end.
        upper: For each level, what is added for the upper end.
        log: Whether that is added to the logarithm of one plus the prediction.
        floor: Smallest end that makes sense, if there is one.
        rows: Residuals.
    """

    unreadable = InvalidIntervalsError
    not_this = "these are no intervals"

    levels: tuple[Fraction, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    log: bool
    floor: float | None
    rows: int

    def __post_init__(self) -> None:
        """Refuse levels without both ends.

        Raises:
            ValueError: There are not as many of each.
        """
        if not len(self.levels) == len(self.lower) == len(self.upper):
            msg = f"each of {len(self.levels)} levels needs a lower and an upper end"
            raise ValueError(msg)

    def apply(self, predicted: ArrayLike) -> dict[float, Bounds]:
        """Return both ends of each level's interval."""
        centre = _scaled(np.asarray(predicted, dtype=np.float64), log=self.log)
        least = -np.inf if self.floor is None else self.floor
        found = {}
        for level, *ends in zip(self.levels, self.lower, self.upper, strict=True):
            low, high = (np.expm1(centre + e) if self.log else centre + e for e in ends)
            found[level] = (np.maximum(low, least), np.maximum(high, least))
        return found


def calibrate(
    actual: ArrayLike,
    predicted: ArrayLike,
    levels: Iterable[float],
    *,
    log: bool = False,
    floor: float | None = None,
) -> Intervals:
    """Learn intervals from rows that the model has not seen.

    Args:
        actual: What happened on validation.
        predicted: What the model answered.
        levels: Nominal coverages, such as 0.8 and 0.95.
        log: Whether the model learned the logarithm of one plus the target.
        floor: Smallest prediction that makes sense.

    Raises:
        TooFewRowsError: Validation has too few rows for a level.
        UnusableAnswersError: Lengths differ, or a value is not finite.
    """
    truth, guess = (_scaled(v, log=log) for v in numbers(actual, predicted))
    ordered, wanted = np.sort(truth - guess), tuple(sorted(set(levels)))
    ranks = [_rank(ordered.size, level) for level in wanted]
    return Intervals(
        levels=wanted,
        lower=tuple(float(ordered[ordered.size - rank]) for rank in ranks),
        upper=tuple(float(ordered[rank - 1]) for rank in ranks),
        log=log,
        floor=floor,
        rows=ordered.size,
    )


def coverage(actual: ArrayLike, low: ArrayLike, high: ArrayLike) -> float | None:
    """Return the share of actual values inside; None where there are none."""
    truth = np.asarray(actual, dtype=np.float64)
    inside = (np.asarray(low) <= truth) & (truth <= np.asarray(high))
    return float(inside.mean()) if inside.size else None


def _rank(found: int, level: float) -> int:
    """Return the rank of the upper end, half of the misses above it."""
    inside = (1 + level) / 2
    # Rounded, because 0.55 * 100 is a last bit above 55, and not rank 56.
    rank = ceil(round((found + 1) * inside, 9))
    if rank > found:
        needed = ceil(round(inside / (1 - inside), 9))
        raise TooFewRowsError(level, found=found, needed=needed)
    return rank


def _scaled(values: Vector, *, log: bool) -> Vector:
    """Return values where widths are constant; no logarithm is infinite."""
    return np.log1p(np.maximum(values, _LEAST)) if log else values

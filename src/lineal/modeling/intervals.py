"""Prediction intervals that hold whatever the model: split conformal, per horizon.

Residuals of rows that the model never learned from are divided by sigma and sorted;
the interval runs between the ranks that the level asks for. Coverage is guaranteed
for exchangeable rows (Vovk, Gammerman & Shafer 2005, "Algorithmic learning in a
random world"); sigma makes the width follow the row (Lei et al. 2018,
"Distribution-free predictive inference for regression", JASA 113). Segment factors
come from the same residuals, so with them the guarantee is approximate.
"""

from collections.abc import Iterable
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from lineal.errors import BadInputError, RefusedError
from lineal.modeling.evaluation import Vector, observed
from lineal.modeling.lasting import Lasting
from lineal.modeling.sections import Fraction

Bounds = tuple[Vector, Vector]

_PRIOR = 100  # rows that a segment must outweigh before its own spread counts more


class TooFewResidualsError(RefusedError):
    """A horizon has too few residuals for a level, so nothing can be promised."""

    def __init__(self, horizon: int, level: float, *, found: int, needed: int) -> None:
        super().__init__(
            f"horizon {horizon} has {found} residuals to calibrate on, but an interval "
            f"of {100 * level:g} % needs {needed}; make the calibration period longer"
        )
        self.needed = needed


class InvalidScaleError(BadInputError):
    """Rows have no positive scale, so their residuals cannot be compared."""


class InvalidCalibrationError(BadInputError):
    """A stored calibration cannot be understood, or lacks a horizon."""


class Calibration(Lasting, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What turns forecasts into intervals: quantiles of (actual - forecast) / sigma.

    Attributes:
        levels: Nominal coverages, ascending.
        horizons: The horizons calibrated, ascending.
        lower: For each level, the lower quantile of each horizon.
        upper: For each level, the upper quantile of each horizon.
        factors: How much wider (or narrower) than its scale says a segment is.
        rows: Residuals of each horizon.
        symmetric: Both ends come from absolute residuals.
    """

    unreadable = InvalidCalibrationError
    not_this = "this is no calibration"

    levels: tuple[Fraction, ...]
    horizons: tuple[int, ...]
    lower: tuple[tuple[float, ...], ...]
    upper: tuple[tuple[float, ...], ...]
    factors: dict[str, float]
    rows: tuple[int, ...]
    symmetric: bool = False

    def __post_init__(self) -> None:
        """Refuse tables that do not have a number for each level and horizon."""
        width = len(self.horizons)
        for table in (self.lower, self.upper):
            if [len(row) for row in table] != [width] * len(self.levels):
                msg = f"each of {len(self.levels)} levels needs {width} quantiles"
                raise ValueError(msg)


def calibrate(
    frame: pd.DataFrame,
    predicted_column: str,
    levels: Iterable[float],
    *,
    symmetric: bool = False,
    by_segment: bool = True,
) -> Calibration:
    """Learn the intervals of every horizon from rows the model has not seen.

    Args:
        frame: A predictions table: segment, horizon, target, scale, predictions.
        predicted_column: Whose residuals to use.
        levels: Nominal coverages, such as 0.8 and 0.95.
        symmetric: Use absolute residuals, not half the miss in each tail.
        by_segment: Let each segment widen or narrow its scale.

    Raises:
        TooFewResidualsError: A horizon has too few rows for a level.
        InvalidScaleError: A scale is not a positive number.
        UnusableForecastError: A forecast is missing, or a value is infinite.
    """
    rows, residuals = _relative(frame, predicted_column)
    wanted = tuple(sorted(set(levels)))
    factors = _factors(rows["segment"], residuals) if by_segment else {}
    residuals /= _factor_of(rows["segment"], factors)
    horizons, codes = np.unique(rows["horizon"].to_numpy(int), return_inverse=True)
    groups = [np.sort(residuals[codes == i]) for i in range(horizons.size)]
    bounds = [
        [_bounds(group, level, int(h), symmetric=symmetric) for level in wanted]
        for h, group in zip(horizons, groups, strict=True)
    ]
    return Calibration(
        levels=wanted,
        horizons=tuple(horizons.tolist()),
        lower=tuple(tuple(row[i][0] for row in bounds) for i in range(len(wanted))),
        upper=tuple(tuple(row[i][1] for row in bounds) for i in range(len(wanted))),
        factors=factors,
        rows=tuple(group.size for group in groups),
        symmetric=symmetric,
    )


def apply(  # noqa: PLR0913 - columns of one table, and a setting by keyword
    calibration: Calibration,
    predicted: ArrayLike,
    scale: ArrayLike,
    horizon: ArrayLike,
    segment: Iterable[str],
    *,
    floor: float = 0.0,
) -> dict[float, Bounds]:
    """Return every row's interval at every level, never below the floor.

    A segment that was not there at calibration is as wide as its scale says.

    Raises:
        InvalidCalibrationError: A horizon was not calibrated.
        InvalidScaleError: A scale is not a positive number.
    """
    centre = np.asarray(predicted, dtype=np.float64)
    factor = _factor_of(pd.Series(list(segment), dtype=object), calibration.factors)
    sigma = _positive(np.asarray(scale, dtype=np.float64)) * factor
    at = _positions(calibration.horizons, np.asarray(horizon, dtype=np.float64))
    ends = zip(calibration.levels, calibration.lower, calibration.upper, strict=True)

    def bound(quantiles: tuple[float, ...]) -> Vector:
        return np.maximum(centre + np.asarray(quantiles)[at] * sigma, floor)

    return {level: (bound(lower), bound(upper)) for level, lower, upper in ends}


def coverage(actual: ArrayLike, low: ArrayLike, high: ArrayLike) -> float | None:
    """Return the share of known actual values inside; None if none is known."""
    truth = np.asarray(actual, dtype=np.float64)
    known = ~np.isnan(truth)
    inside = (np.asarray(low) <= truth) & (truth <= np.asarray(high))
    return float(inside[known].mean()) if known.any() else None


def coverage_by_horizon(
    actual: ArrayLike, low: ArrayLike, high: ArrayLike, horizon: ArrayLike
) -> dict[int, float | None]:
    """Return the coverage of each horizon, ascending."""
    truth, bottom, top = (np.asarray(v, dtype=np.float64) for v in (actual, low, high))
    steps = np.asarray(horizon)
    return {
        int(h): coverage(truth[steps == h], bottom[steps == h], top[steps == h])
        for h in np.unique(steps)
    }


def _relative(frame: pd.DataFrame, column: str) -> tuple[pd.DataFrame, Vector]:
    """Return the rows with an outcome, and their errors in units of their scale."""
    actual, predicted = (frame[name].to_numpy(float) for name in ("target", column))
    known = observed(actual, predicted)
    rows = frame[known]
    return rows, (actual - predicted)[known] / _positive(rows["scale"].to_numpy(float))


def _bounds(
    ordered: Vector, level: float, horizon: int, *, symmetric: bool
) -> tuple[float, float]:
    """Return the quantiles of one horizon at the ranks that the level asks for."""
    inside = level if symmetric else (1 + level) / 2
    found = ordered.size
    # Rounded, because 0.55 * 100 is a last bit above 55, and not rank 56.
    rank = ceil(round((found + 1) * inside, 9))
    if rank > found:
        needed = ceil(round(inside / (1 - inside), 9))
        raise TooFewResidualsError(horizon, level, found=found, needed=needed)
    if symmetric:
        radius = float(np.sort(np.abs(ordered))[rank - 1])
        return -radius, radius
    return float(ordered[found - rank]), float(ordered[rank - 1])


def _factors(segments: pd.Series, residuals: Vector) -> dict[str, float]:
    """Compare each segment's mean absolute residual with all; few rows pull to 1."""
    codes, names = pd.factorize(segments, sort=True)
    overall = np.abs(residuals).mean() if residuals.size else 0.0
    if overall == 0:
        return {}
    relative = np.bincount(codes, np.abs(residuals) / overall)
    shrunk = (relative + _PRIOR) / (np.bincount(codes) + _PRIOR)
    return dict(zip(map(str, names), shrunk.tolist(), strict=True))


def _factor_of(segments: pd.Series, factors: dict[str, float]) -> Vector:
    """Look up each row's factor; 1 where there is none."""
    found = np.asarray(segments.astype(object).map(factors), dtype=np.float64)
    return np.where(np.isnan(found), 1.0, found)


def _positive(scale: Vector) -> Vector:
    """Refuse scales that cannot divide."""
    bad = ~(np.isfinite(scale) & (scale > 0))
    if bad.any():
        msg = (
            f"{int(bad.sum())} of {scale.size} rows have no positive scale, the first "
            f"is row {int(np.argmax(bad))}; give each segment a floor above zero"
        )
        raise InvalidScaleError(msg)
    return scale


def _positions(horizons: tuple[int, ...], wanted: Vector) -> NDArray[np.intp]:
    """Find each horizon's place, refusing what was never calibrated."""
    unknown = np.setdiff1d(wanted, horizons)
    if unknown.size:
        msg = f"horizon {unknown[0]:g} is not calibrated; choose one of {horizons}"
        raise InvalidCalibrationError(msg)
    return np.searchsorted(horizons, wanted)

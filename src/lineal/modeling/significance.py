"""Is one forecast better than another, or was it luck? A paired block bootstrap.

Errors of neighbouring days are related, and all forecasts made on one day share
that day's luck. So whole origin days are resampled, with every segment and horizon
in them, in blocks of neighbouring days (Künsch 1989, "The jackknife and the
bootstrap for general stationary observations", Annals of Statistics 17), around a
circle so that the first and last days count as often as the others (Politis &
Romano 1992, "A circular block-resampling procedure for stationary data").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from lineal.errors import BadInputError
from lineal.modeling.difference import Comparison as Comparison
from lineal.modeling.difference import sentence as sentence
from lineal.modeling.evaluation import Vector, observed
from lineal.modeling.resampling import CELLS, resample

_CELLS = CELLS  # one bound for all who resample


class IncomparableError(BadInputError):
    """The daily errors of two forecasts do not allow a comparison."""


@dataclass(frozen=True, slots=True, eq=False)
class Daily:
    """What each origin day adds to WAPE's numerator and denominator.

    Attributes:
        days: Origin days, in order.
        errors: Sum of absolute errors of each day, by prediction column.
        weight: Sum of absolute actual values of each day.
    """

    days: pd.DatetimeIndex
    errors: Mapping[str, Vector]
    weight: Vector


def daily(frame: pd.DataFrame, columns: Iterable[str]) -> Daily:
    """Sum the absolute errors of each origin day.

    Rows whose actual value is not known are left out for every column alike.

    Args:
        frame: A predictions table: origin, target, and the columns.
        columns: The prediction columns to sum.

    Raises:
        UnusableForecastError: A forecast is missing, or a value is infinite.
    """
    actual = frame["target"].to_numpy(float)
    known = ~np.isnan(actual)
    codes, days = pd.factorize(frame["origin"][known], sort=True)

    def total(values: Vector) -> Vector:
        sums: Vector = np.bincount(codes, np.abs(values[known]), len(days)).astype(
            float
        )
        return sums

    errors = {}
    for column in columns:
        predicted = frame[column].to_numpy(float)
        observed(actual, predicted)
        errors[column] = total(predicted - actual)
    return Daily(pd.DatetimeIndex(days), errors, total(actual))


def compare(  # noqa: PLR0913 - three series, and four settings by keyword
    errors_by_day_a: ArrayLike,
    errors_by_day_b: ArrayLike,
    weight_by_day: ArrayLike,
    *,
    replicates: int,
    block: int,
    confidence: float,
    seed: int,
) -> Comparison:
    """Estimate WAPE(a) - WAPE(b) and its percentile interval.

    The statistic is sum(|error a| - |error b|) / sum(actual), over days. With fewer
    days than two blocks every resample is nearly the same circle of days, which
    would look like certainty, so no interval is given.

    Args:
        errors_by_day_a: Sum of a's absolute errors, one number an origin day.
        errors_by_day_b: The same for b, on the same days.
        weight_by_day: Sum of the actual values of the same days.
        replicates: Resamples to draw.
        block: Origin days a block; at least the days that one forecast reaches.
        confidence: Such as 0.95.
        seed: Root of the randomness.

    Raises:
        IncomparableError: The days do not match, a sum is negative or not finite,
            or there is nothing to divide by.
    """
    gap, weight = _paired(errors_by_day_a, errors_by_day_b, weight_by_day)
    low = high = below = None
    if gap.size >= 2 * block:
        rng = np.random.default_rng(seed)
        drawn = _resample(gap, weight, replicates, block, rng)
        tail = (1 - confidence) / 2
        low, high = np.quantile(drawn, [tail, 1 - tail]).tolist()
        below = float(np.mean(drawn < 0))
    return Comparison(
        difference=float(gap.sum() / weight.sum()),
        low=low,
        high=high,
        confidence=confidence,
        share_below_zero=below,
        block=block,
        replicates=replicates,
        days=gap.size,
    )


def _paired(a: ArrayLike, b: ArrayLike, weight: ArrayLike) -> tuple[Vector, Vector]:
    """Return each day's gap and weight, refusing what cannot be compared."""
    series = [np.asarray(values, dtype=np.float64) for values in (a, b, weight)]
    shapes = {values.shape for values in series}
    if len(shapes) != 1 or series[0].ndim != 1:
        msg = f"errors and weights must cover the same days, not {sorted(shapes)}"
        raise IncomparableError(msg)
    for name, values in zip(("a", "b", "weight"), series, strict=True):
        bad = ~(np.isfinite(values) & (values >= 0))
        if bad.any():
            day = int(np.argmax(bad))
            msg = f"day {day} of {name} is {values[day]}; sums are 0 or more, finite"
            raise IncomparableError(msg)
    if not series[2].any():
        msg = (
            "the actual values add up to zero, so WAPE is undefined; test on more days"
        )
        raise IncomparableError(msg)
    return series[0] - series[1], series[2]


def _resample(
    gap: Vector, weight: Vector, replicates: int, block: int, rng: np.random.Generator
) -> Vector:
    """Draw replicates of the statistic from blocks of days on a circle."""
    top, bottom = resample((gap, weight), replicates=replicates, block=block, rng=rng)
    if not bottom.all():
        msg = "so many days have no demand that a resample has none; use more days"
        raise IncomparableError(msg)
    return top / bottom

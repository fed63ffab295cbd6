"""Is one version better than another? Their errors on the same rows, day by day.

It knows no pandas and runs no model, so that a gate costs what reading two small files
costs. In every metric here smaller is better.
"""

from dataclasses import dataclass

import numpy as np

from lineal.errors import BadInputError, RefusedError
from lineal.modeling.errors_by_day import Errors as Errors
from lineal.modeling.errors_by_day import Sums
from lineal.modeling.resampling import Vector, resample

_NEAR = 1e-9  # by which sums of the same rows may differ, added in another order


class DifferentRowsError(RefusedError):
    """Two versions were judged by different rows."""

    def __init__(self, candidate: Errors, incumbent: Errors) -> None:
        super().__init__(
            "the two versions were not tested on the same rows: the candidate on "
            f"{candidate.summary}, the incumbent on {incumbent.summary}; let both "
            "answer the same rows again"
        )


class UnknownMetricError(BadInputError):
    """The errors of a version do not tell this metric."""

    def __init__(self, metric: str, errors: Errors) -> None:
        known = ", ".join(sorted(errors.metrics))
        super().__init__(f"versions cannot be compared by {metric!r}, only by: {known}")


class UndefinedImprovementError(RefusedError):
    """There is nothing to divide by."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """By how much a candidate is better than an incumbent, and how sure that is.

    Attributes:
        candidate: The candidate's metric.
        incumbent: The incumbent's.
        gain: What the candidate is better by; as a share of the incumbent's metric if
            that was asked for.
        share: Share of resamples that gain at least the margin; None if nobody asked,
            or if there are fewer than two blocks of days.
        days: Days compared, or groups of rows.
        block: Days a block.
        unit: What is counted by `days`, in words.
    """

    candidate: float
    incumbent: float
    gain: float
    share: float | None
    days: int
    block: int
    unit: str = "days"


def improvement(  # noqa: PLR0913 - two versions, a metric, and settings by keyword
    candidate: Errors,
    incumbent: Errors,
    metric: str,
    *,
    margin: float,
    relative: bool,
    confidence: float | None,
    replicates: int = 2000,
    seed: int = 0,
) -> Improvement:
    """Compare two versions on the same rows.

    Args:
        candidate: Errors of the one that shall be better.
        incumbent: Errors of the other one.
        metric: By what.
        margin: The gain that is asked for.
        relative: Whether gain and margin are shares of the incumbent's metric.
        confidence: The share of resamples that must gain it; None asks for no share.
        replicates: Resamples to draw.
        seed: Root of the randomness.

    Raises:
        DifferentRowsError: They were judged by different rows.
        UnknownMetricError: One of them does not tell the metric.
        UndefinedImprovementError: There is nothing to divide by.
    """
    new, old = paired(candidate, incumbent, metric)
    gain = old.value - new.value
    if relative:
        gain /= _above_zero(old.value, metric)
    days, block = len(incumbent.periods), max(candidate.block, incumbent.block)
    share = None
    if confidence is not None and days >= 2 * block:
        rng = np.random.default_rng(seed)
        ours, theirs = _resampled(new, old, replicates, block, rng)
        wanted = margin * theirs if relative else margin
        share = float(np.mean(theirs - ours >= wanted))
    unit = incumbent.unit
    return Improvement(new.value, old.value, gain, share, days, block, unit)


def paired(candidate: Errors, incumbent: Errors, metric: str) -> tuple[Sums, Sums]:
    """Return both versions' sums, refusing what cannot be compared.

    Raises:
        DifferentRowsError: They were judged by different rows.
        UnknownMetricError: One of them does not tell the metric.
        UndefinedImprovementError: Nothing was counted.
    """
    for errors in (candidate, incumbent):
        if metric not in errors.metrics:
            raise UnknownMetricError(metric, errors)
    new, old = candidate.metrics[metric], incumbent.metrics[metric]
    same = (candidate.rows, candidate.periods, new.root) == (
        incumbent.rows,
        incumbent.periods,
        old.root,
    )
    # The weights are of the rows alone, so other weights are other rows.
    if not same or not np.allclose(new.weights, old.weights, rtol=_NEAR, atol=0):
        raise DifferentRowsError(candidate, incumbent)
    if not any(old.weights) or not any(new.weights):
        msg = (
            f"{metric} divides by what was counted, and nothing was: use another "
            f"metric, or more {incumbent.unit}"
        )
        raise UndefinedImprovementError(msg)
    return new, old


def _above_zero(value: float, metric: str) -> float:
    if not value:
        msg = (
            f"the incumbent's {metric} is 0, and nothing is a share of that: ask for "
            "an absolute improvement"
        )
        raise UndefinedImprovementError(msg)
    return value


def _resampled(
    new: Sums, old: Sums, replicates: int, block: int, rng: np.random.Generator
) -> tuple[Vector, Vector]:
    """Return both versions' metrics on the same resampled days."""
    series = [np.array(each) for each in (new.errors, old.errors, old.weights)]
    ours, theirs, weights = resample(
        series, replicates=replicates, block=block, rng=rng
    )
    if not weights.all():
        msg = (
            "so many days have nothing counted that a resample has none: use more days"
        )
        raise UndefinedImprovementError(msg)
    return new.of(ours, weights), old.of(theirs, weights)

"""How sure is a difference between two versions? Intervals from their errors by day.

The days drawn are those by which `pairing` judges, so that both say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from lineal.modeling.errors_by_day import Errors, Sums
from lineal.modeling.pairing import UndefinedImprovementError, paired
from lineal.modeling.resampling import Vector, resample

FEWEST = 5  # blocks of days that an interval needs

_Pair = tuple[Sums, Sums]


@dataclass(frozen=True, slots=True)
class Interval:
    """Between what a relative change lies.

    Attributes:
        low: Where that begins.
        high: Where it ends.
        days: Days compared.
    """

    low: float
    high: float
    days: int


def spread(
    before: Errors,
    after: Errors,
    *,
    confidence: float = 0.95,
    replicates: int = 2000,
    seed: int = 0,
) -> Mapping[str, Interval | str]:
    """Tell between what the relative change of each metric lies, or why nobody can.

    Each interval is by itself: nothing is corrected for how many there are.

    Args:
        before: Errors of the version that the other one is compared with.
        after: Errors of the other one.
        confidence: How often such an interval holds the truth.
        replicates: Resamples to draw.
        seed: Root of the randomness.

    Raises:
        DifferentRowsError: They were judged by different rows.
    """
    pairs: dict[str, _Pair | str] = {}
    for metric in (name for name in after.metrics if name in before.metrics):
        try:
            pairs[metric] = paired(after, before, metric)
        except UndefinedImprovementError as error:
            pairs[metric] = str(error)
    days, block = len(before.periods), max(before.block, after.block)
    if days < FEWEST * block:
        needs = f"an interval needs {FEWEST} blocks of {block}"
        few = f"{days} {before.unit} are too few: {needs}"
        return dict.fromkeys(pairs, few)
    levels = _levels(days / block, confidence)
    rng = np.random.default_rng(seed)
    return _intervals(pairs, replicates, block, rng, levels)


def _levels(blocks: float, confidence: float) -> tuple[float, float]:
    """Return which quantiles of the resamples bound the interval.

    Plain percentiles are too narrow where blocks are few: they know neither that a
    resample spreads less than the truth, nor Student's t. So they are expanded
    (Hesterberg 2015, "What teachers should know about the bootstrap", The American
    Statistician 69).
    """
    normal, free = NormalDist(), blocks - 1
    z = normal.inv_cdf((1 + confidence) / 2)
    # Student's t by its expansion around the normal (Abramowitz & Stegun 26.7.5).
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    t = z + first / free + second / free**2 + third / free**3
    tail = normal.cdf(-t * (blocks / free) ** 0.5)
    return tail, 1 - tail


def _intervals(
    pairs: Mapping[str, _Pair | str],
    replicates: int,
    block: int,
    rng: np.random.Generator,
    levels: tuple[float, float],
) -> Mapping[str, Interval | str]:
    """Resample the days once for all metrics."""
    known = {name: pair for name, pair in pairs.items() if not isinstance(pair, str)}
    if not known:
        return {name: str(pair) for name, pair in pairs.items()}
    series = [
        np.array(values)
        for new, old in known.values()
        for values in (new.errors, old.errors, old.weights)
    ]
    drawn = iter(resample(series, replicates=replicates, block=block, rng=rng))
    found = {
        name: _interval(pair, (next(drawn), next(drawn), next(drawn)), levels)
        for name, pair in known.items()
    }
    return {name: found.get(name) or str(pair) for name, pair in pairs.items()}


def _interval(
    pair: _Pair,
    drawn: tuple[Vector, Vector, Vector],
    levels: tuple[float, float],
) -> Interval | str:
    """Bound the relative change of one metric."""
    (new, old), (ours, theirs, weights) = pair, drawn
    with np.errstate(all="ignore"):
        change = new.of(ours, weights) / old.of(theirs, weights) - 1
    if not np.isfinite(change).all():
        return "it is 0 in a resample, and nothing is a share of that"
    low, high = np.quantile(change, levels)
    return Interval(float(low), float(high), len(old.errors))

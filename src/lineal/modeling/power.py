"""How well one feature alone tells the target: 0 is not at all, 1 is perfectly.

For classes it is Gini's coefficient (2 AUC - 1), the largest of one class against the
rest; for numbers the larger of Spearman's correlation and R2. A feature's words, and the
ranges that its numbers are cut into, are judged by the target's mean of other rows of
the same word, so that a name of its own for every row tells nothing. What chance does to
few rows is no power: a figure counts from four standard errors on.
"""

from collections.abc import Iterator
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Kind = Literal["class", "value"]

_FOLDS: Final = 3
_RANGES: Final = 64
_ROWS_A_RANGE: Final = 20
_CHANCE: Final = 4  # standard errors
_FEW: Final = 10  # rows on either side that say something
_PRIOR: Final = 1.0  # rows of the overall mean that each word is given


def power(
    values: "pd.Series[Any]",
    target: Floats,
    kind: Kind,
    folds: Numbers,
    *,
    apart: int | None = None,
) -> float:
    """Return how well a feature tells a target that is never missing.

    Args:
        values: The feature; numbers, or words.
        target: Codes of classes, or numbers.
        kind: Which of the two.
        folds: Number of the fold of each row, from 0.
        apart: How many rows stand for themselves; all by default.
    """
    numeric = types.is_numeric_dtype(values.dtype)
    words = _ranges(values) if numeric else pd.factorize(values)[0]
    found = [0.0]
    alone = (len(target) / apart) ** 0.5 if apart else 1.0
    for side in _sides(target, kind):
        expected, error = _means(words, side, folds), alone * _error(side, kind)
        found.append(_certain(_agreement(expected, side, kind), error))
        if numeric:
            known = values.notna().to_numpy()
            told = values.to_numpy(dtype="float64")[known]
            direct = _agreement(told, side[known], kind)
            error_here = alone * _error(side[known], kind)
            found.append(_certain(abs(direct), error_here))
        if kind == "value":
            found.append(_certain(_r2(expected, side), error))
    return max(found)


def association(mask: npt.NDArray[np.bool_], other: Floats) -> float:
    """Return how far a yes or no goes with numbers: the size of Pearson's correlation.

    Of two that are yes or no this is phi. What chance may do is none, and so is what a
    few rows do.
    """
    marked = int(mask.sum())
    if min(marked, len(mask) - marked) < _FEW or np.ptp(other) == 0:
        return 0.0
    size = abs(float(np.corrcoef(mask.astype(np.float64), other)[0, 1]))
    return _certain(size, len(other) ** -0.5)


def folds(rows: int, seed: int) -> Numbers:
    """Deal rows, or groups of rows, to folds at random."""
    return np.random.default_rng(seed).permutation(rows) % _FOLDS


def _sides(target: Floats, kind: Kind) -> Iterator[Floats]:
    """Yield what is told: numbers, or one class against the rest."""
    if kind == "value":
        yield target
        return
    codes = np.unique(target)
    for code in codes if len(codes) > 1 else ():
        yield (target == code).astype(np.float64)


def _error(side: Floats, kind: Kind) -> float:
    """Return the standard error of telling these rows by chance."""
    if kind == "value":
        return float(max(len(side) - 1, 1) ** -0.5)
    ones = side.sum()
    pairs = ones * (len(side) - ones)
    # Of AUC, as Wilcoxon's test has it; Gini's coefficient has twice that.
    error: float = 2 * ((len(side) + 1) / (12 * pairs)) ** 0.5 if pairs else np.inf
    return error


def _certain(size: float, error: float) -> float:
    return size if size > _CHANCE * error else 0.0


def _ranges(values: "pd.Series[Any]") -> Numbers:
    """Cut numbers into ranges of equally many rows; missing is one of its own."""
    count = min(_RANGES, max(len(values) // _ROWS_A_RANGE, 2))
    places = values.rank(method="average", pct=True).to_numpy(dtype="float64")
    ranges = np.ceil(places * count)
    return np.where(np.isnan(ranges), 0, ranges).astype(np.int64)


def _means(words: Numbers, side: Floats, folds: Numbers) -> Floats:
    """Return the mean of each row's word among the rows of other folds."""
    words = words - words.min()
    size, expected = int(words.max()) + 1, np.empty(len(side))
    for fold in range(_FOLDS):
        inside = folds == fold
        mean = side[~inside].mean() if (~inside).any() else 0.0
        sums = np.bincount(words[~inside], side[~inside], size)
        counts = np.bincount(words[~inside], minlength=size)
        means = (sums + _PRIOR * mean) / (counts + _PRIOR)
        # The overall means of folds differ against their own rows: that is no knowledge.
        expected[inside] = (means - mean)[words[inside]]
    return expected


def _agreement(values: Floats, side: Floats, kind: Kind) -> float:
    """Return Gini's coefficient, or Spearman's correlation; 0 where there is none."""
    if not len(values) or np.ptp(values) == 0 or np.ptp(side) == 0:
        return 0.0
    ranks = pd.Series(values).rank().to_numpy()
    if kind == "value":
        return float(np.corrcoef(ranks, pd.Series(side).rank())[0, 1])
    ones = side.sum()
    above = ranks[side == 1].sum() - ones * (ones + 1) / 2
    return float(2 * above / (ones * (len(side) - ones)) - 1)


def _r2(expected: Floats, side: Floats) -> float:
    spread = float(((side - side.mean()) ** 2).sum())
    if not spread:
        return 0.0
    rest = float(((side - side.mean() - expected) ** 2).sum())
    return 1 - rest / spread

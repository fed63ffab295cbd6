"""The tables behind the plots of classifiers and regressors, small and in fixed order.

Curves take which rows are of the class, and the probability of that; of more than two
classes there is one curve each.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from lineal.modeling.tables.answers import (
    Codes,
    Flags,
    Vector,
    confusion,
    cumulated,
    numbers,
    quotient,
)
from lineal.modeling.tables.card import ClassReport

By = Literal["quantile", "width"]

POINTS = 200  # of a curve at most


def roc(happened: Flags, probability: Vector) -> pd.DataFrame:
    """Return the receiver operating characteristic, from (0, 0) to (1, 1).

    Returns:
        false_positive_rate, true_positive_rate, threshold (missing at the start); no
        rows where only one side happened.
    """
    thresholds, hits, alarms = cumulated(happened, probability)
    if not hits.size or not hits[-1] or not alarms[-1]:
        hits = alarms = hits[:0]
        table = _columns(alarms, hits, thresholds[:0])
    else:
        first = [np.insert(values.astype(float), 0, 0) for values in (hits, alarms)]
        right, wrong = first[0] / hits[-1], first[1] / alarms[-1]
        table = _columns(wrong, right, np.insert(thresholds, 0, np.nan))
        table = table.iloc[_thinned(right + wrong)]
    names = ["false_positive_rate", "true_positive_rate", "threshold"]
    return table.set_axis(names, axis=1).reset_index(drop=True)


def precision_recall(happened: Flags, probability: Vector) -> pd.DataFrame:
    """Return the precision of each recall, from the highest threshold down.

    Returns:
        recall, precision, threshold; no rows where only one side happened.
    """
    thresholds, hits, alarms = cumulated(happened, probability)
    names = ["recall", "precision", "threshold"]
    if not hits.size or not hits[-1] or not alarms[-1]:
        return _columns(hits[:0], hits[:0], thresholds[:0]).set_axis(names, axis=1)
    said, recall = hits + alarms, hits / hits[-1]
    table = _columns(recall, hits / said, thresholds).set_axis(names, axis=1)
    return table.iloc[_thinned(recall + said / said[-1])].reset_index(drop=True)


def reliability(
    happened: Flags,
    probability: Vector,
    *,
    bins: int = 10,
    by: By = "quantile",
) -> pd.DataFrame:
    """Compare probabilities with how often it happened, bin by bin.

    Args:
        happened: Whether each row is of the class.
        probability: Of that.
        bins: How many at most; equal probabilities are never parted.
        by: Equal numbers of rows, or equal widths from 0 to 1.

    Returns:
        predicted (mean probability), happened (share), rows; bins without rows are
        left out.
    """
    if by == "width":
        cuts = np.arange(1, bins) / bins
    else:
        ordered = np.sort(probability)
        ranks = np.arange(1, bins) * ordered.size // bins
        cuts, times = np.unique(ordered[ranks[: ordered.size]], return_counts=True)
        # A probability of many rows has a bin of its own.
        cuts = np.union1d(cuts, np.nextafter(cuts[times > 1], np.inf))
    place = np.searchsorted(cuts, probability, side="right")
    rows = np.bincount(place, minlength=cuts.size + 1)
    seen = rows > 0
    sums = [np.bincount(place, v, cuts.size + 1)[seen] for v in (probability, happened)]
    return pd.DataFrame(
        {
            "predicted": sums[0] / rows[seen],
            "happened": sums[1] / rows[seen],
            "rows": rows[seen],
        }
    )


def confused(target: Codes, chosen: Codes, classes: Sequence[str]) -> pd.DataFrame:
    """Return the confusion, a row a cell: actual, answered, rows."""
    table = confusion(target, chosen, len(classes))
    return pd.DataFrame(
        [
            {"actual": actual, "answered": said, "rows": int(table[down, across])}
            for down, actual in enumerate(classes)
            for across, said in enumerate(classes)
        ]
    )


def per_class(
    target: Codes, chosen: Codes, classes: Sequence[str]
) -> tuple[ClassReport, ...]:
    """Report precision, recall and F1 of each class; see `scores.class_scores`."""
    table = confusion(target, chosen, len(classes))
    happened, said = table.sum(axis=1).tolist(), table.sum(axis=0).tolist()
    return tuple(
        ClassReport(
            label=label,
            share=happened[code] / max(target.size, 1),
            support=happened[code],
            precision=quotient(int(table[code, code]), said[code]),
            recall=quotient(int(table[code, code]), happened[code]),
            f1=quotient(2 * int(table[code, code]), happened[code] + said[code]),
        )
        for code, label in enumerate(classes)
    )


def residuals(
    actual: ArrayLike, predicted: ArrayLike, *, points: int = 1000
) -> pd.DataFrame:
    """Return answers beside what happened, evenly from the smallest to the largest.

    Returns:
        actual, predicted: all rows, or `points` of them, the ends among them.
    """
    truth, guess = numbers(actual, predicted)
    order = np.lexsort((guess, truth))
    if order.size > points:
        order = order[np.linspace(0, order.size - 1, points).round().astype(np.int64)]
    return pd.DataFrame({"actual": truth[order], "predicted": guess[order]})


def histogram(
    actual: ArrayLike, predicted: ArrayLike, *, bins: int = 40
) -> pd.DataFrame:
    """Count rows by their error, predicted - actual; the outermost 1 % share two bins.

    Returns:
        low, high, rows; the first and the last bin reach as far as errors do.
    """
    truth, guess = numbers(actual, predicted)
    error = np.sort(guess - truth)
    if not error.size:
        return pd.DataFrame({"low": [], "high": [], "rows": []})
    tail = error.size // 200
    inner = np.linspace(error[tail], error[error.size - 1 - tail], bins - 1)
    edges = np.unique([error[0], *inner, error[-1]])
    if edges.size == 1:  # all errors are the same
        return pd.DataFrame({"low": edges, "high": edges, "rows": [error.size]})
    counts = np.histogram(error, edges)[0]
    return pd.DataFrame({"low": edges[:-1], "high": edges[1:], "rows": counts})


def _columns(*values: ArrayLike) -> pd.DataFrame:
    return pd.DataFrame(
        {place: np.asarray(v, dtype=np.float64) for place, v in enumerate(values)}
    )


def _thinned(progress: Vector) -> Codes:
    """Choose points at even progress along a curve, both ends among them."""
    if progress.size <= POINTS:
        return np.arange(progress.size)
    wanted = np.linspace(progress[0], progress[-1], POINTS)
    chosen = np.searchsorted(progress, wanted).clip(max=progress.size - 1)
    chosen[-1] = progress.size - 1
    return np.unique(chosen)

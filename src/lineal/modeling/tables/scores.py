"""How good answers about rows are: one definition of every metric.

None means undefined on these rows (a class without rows, a target that never varies),
never 0. Classes are codes from 0; a classifier's answers are one probability a class.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from lineal.modeling.tables.answers import (
    Codes,
    Flags,
    Vector,
    answered,
    checked,
    codes_of,
    confusion,
    cumulated,
    numbers,
    quotient,
)
from lineal.modeling.tables.losses import brier_losses, log_losses

Direction = Literal["lower", "higher", "near zero"]
Scores = dict[str, float | int | None]

_OF_CLASSES: Mapping[str, Direction] = {
    "roc_auc": "higher",
    "average_precision": "higher",
    "log_loss": "lower",
    "brier": "lower",
    "calibration_error": "lower",
    "accuracy": "higher",
    "balanced_accuracy": "higher",
    "macro_f1": "higher",
    "weighted_precision": "higher",
    "weighted_recall": "higher",
    "weighted_f1": "higher",
    "precision": "higher",
    "recall": "higher",
    "f1": "higher",
}
_OF_VALUES: Mapping[str, Direction] = {
    "mae": "lower",
    "rmse": "lower",
    "r2": "higher",
    "mape": "lower",
    "wape": "lower",
    "bias": "near zero",
    "median_absolute_error": "lower",
}
DIRECTIONS: Mapping[str, Direction] = MappingProxyType({**_OF_CLASSES, **_OF_VALUES})
"""Every metric of classes and of values, and which way is better."""

_BINS = 10


def loss(scores: Mapping[str, float | int | None], metric: str) -> float:
    """Return a score so that smaller is better; infinity where it is undefined."""
    value = scores[metric]
    if value is None:
        return float("inf")
    return -float(value) if DIRECTIONS[metric] == "higher" else float(value)


def score(
    task: Literal["classification", "regression"],
    target: ArrayLike,
    answers: ArrayLike,
    *,
    positive: int | None = None,
    chosen: ArrayLike | None = None,
) -> Scores:
    """Score answers of either task; see `class_scores` and `value_scores`."""
    if task == "regression":
        return value_scores(target, answers)
    return class_scores(target, answers, positive=positive, chosen=chosen)


def class_scores(
    target: ArrayLike,
    answers: ArrayLike,
    *,
    positive: int | None,
    chosen: ArrayLike | None = None,
) -> Scores:
    """Score probabilities, and the classes that were answered.

    - ROC AUC: share of pairs of a row of the class and another one that are in the
      right order, ties half (Hanley & McNeil 1982, Radiology 143); of the positive
      class, or for more classes the mean over those that are defined, each against
      the rest (Provost & Domingos 2000)
    - average precision = sum over thresholds of (R_n - R_(n-1)) P_n, as scikit-learn
      has it, without interpolation; for more classes their mean, as above
    - log loss = -mean ln(probability of what happened), bounded at 2.2e-16
    - Brier (1950, Monthly Weather Review 78): mean (p - happened)² of the positive
      class; for more classes the sum over classes of these means, from 0 to 2
    - calibration error: mean over ten equal bins of the probability of the positive
      (for more classes: of the likeliest) class, weighted by rows, of the distance
      between mean probability and how often it happened (Guo et al. 2017, ICML)
    - accuracy; balanced accuracy: mean recall of the classes that happened
    - precision, recall, F1 = 2 TP / (2 TP + FP + FN) of the positive class; macro F1:
      mean over classes that happened or were answered; weighted: by rows of classes

    Args:
        target: Code of the class of each row.
        answers: Probabilities, (rows, classes), in the order of codes.
        positive: Code of the class that is asked for, of two; None for more.
        chosen: Codes that were answered; `answered` if not given.

    Raises:
        UnusableAnswersError: Shapes differ, or a value is no code or probability.

    >>> scores = class_scores([0, 1], [[0.9, 0.1], [0.2, 0.8]], positive=1)
    >>> scores["roc_auc"], scores["accuracy"], scores["rows"]
    (1.0, 1.0, 2)
    """
    codes, shares = checked(target, answers)
    if not codes.size:
        return {**dict.fromkeys(_OF_CLASSES), "rows": 0}
    said = answered(shares, positive)
    if chosen is not None:
        said = codes_of(chosen, codes.shape, shares.shape[1])
    table = confusion(codes, said, shares.shape[1])
    return {
        **_ranking(codes, shares, positive),
        **_probable(codes, shares, positive),
        **_counted(table),
        **({} if positive is None else _of_positive(table, positive)),
        "rows": codes.size,
    }


def value_scores(actual: ArrayLike, predicted: ArrayLike) -> Scores:
    """Score numbers.

    With e = predicted - actual:

    - MAE = mean|e|, RMSE = sqrt(mean e²), median absolute error = median|e|
    - R2 = 1 - sum e² / sum (actual - mean actual)²
    - MAPE = mean(|e| / |actual|) over rows whose actual value is not 0
    - WAPE = sum|e| / sum|actual|, bias = sum e / sum|actual|, as of forecasts

    Raises:
        UnusableAnswersError: Lengths differ, or a value is not finite.

    >>> value_scores([10, 20], [11, 18])["mae"]
    1.5
    """
    truth, guess = numbers(actual, predicted)
    if not truth.size:
        return {**dict.fromkeys(_OF_VALUES), "rows": 0}
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = _value_metrics(truth, guess - truth)
    known = {k: v if np.isfinite(v) else None for k, v in found.items()}
    return {**known, "rows": truth.size}


def _ranking(codes: Codes, shares: Vector, positive: int | None) -> Scores:
    """Score the order of rows, of the positive class or as the mean over classes."""
    asked = range(shares.shape[1]) if positive is None else (positive,)
    found = [_areas(codes == code, shares[:, code]) for code in asked]
    known = [areas for areas in found if areas is not None]
    if not known:
        return {"roc_auc": None, "average_precision": None}
    roc_auc, precision = (float(np.mean(each)) for each in zip(*known, strict=True))
    return {"roc_auc": roc_auc, "average_precision": precision}


def _areas(happened: Flags, probability: Vector) -> tuple[float, float] | None:
    """Return the areas under both curves, if both sides have rows."""
    _, hits, alarms = cumulated(happened, probability)
    if not hits.size or not hits[-1] or not alarms[-1]:
        return None
    gained, lost = np.diff(hits, prepend=0), np.diff(alarms, prepend=0)
    # Whole numbers, so that no order of adding changes the last bit.
    twice = int((lost * (2 * hits - gained)).sum())
    precision = float((gained * (hits / (hits + alarms))).sum() / hits[-1])
    return twice / (2 * int(hits[-1]) * int(alarms[-1])), precision


def _probable(codes: Codes, shares: Vector, positive: int | None) -> Scores:
    """Score the probabilities themselves."""
    if positive is None:
        sure, happened = shares.max(axis=1), codes == np.argmax(shares, axis=1)
    else:
        sure, happened = shares[:, positive], codes == positive
    place = np.minimum((sure * _BINS).astype(np.int64), _BINS - 1)
    gaps = np.bincount(place, sure - happened, _BINS)
    return {
        "log_loss": float(log_losses(codes, shares).mean()),
        "brier": float(brier_losses(codes, shares, positive).mean()),
        "calibration_error": float(np.abs(gaps).sum() / codes.size),
    }


def _counted(table: Codes) -> Scores:
    """Score the answered classes from their confusion."""
    right, happened, said = table.diagonal(), table.sum(axis=1), table.sum(axis=0)
    rows, seen, either = int(table.sum()), happened > 0, happened + said > 0
    f1 = 2 * right[either] / (happened + said)[either]
    silent = (said[seen] == 0).any()  # a class of these rows was never answered
    shares = happened[seen] / rows
    precise = None if silent else float((shares * (right[seen] / said[seen])).sum())
    weighted = 2 * right[seen] / (happened + said)[seen]
    accuracy = float(right.sum() / rows)
    return {
        "accuracy": accuracy,
        "balanced_accuracy": float((right[seen] / happened[seen]).mean()),
        "macro_f1": float(f1.mean()),
        "weighted_precision": precise,
        "weighted_recall": accuracy,
        "weighted_f1": float((shares * weighted).sum()),
    }


def _of_positive(table: Codes, positive: int) -> Scores:
    """Score the answers of the positive class."""
    right = int(table[positive, positive])
    happened, said = int(table[positive].sum()), int(table[:, positive].sum())
    return {
        "precision": quotient(right, said),
        "recall": quotient(right, happened),
        "f1": quotient(2 * right, happened + said),
    }


def _value_metrics(actual: Vector, error: Vector) -> dict[str, float]:
    """Compute every metric of values; not finite where it is undefined."""
    absolute, size = np.abs(error), np.abs(actual).sum()
    # Any value as the origin makes equal values spread exactly zero.
    shifted = actual - actual[0]
    spread = ((shifted - shifted.mean()) ** 2).sum()
    counts = actual != 0
    return {
        "mae": float(absolute.mean()),
        "rmse": float(np.sqrt((error**2).mean())),
        "r2": float(1 - (error**2).sum() / spread),
        "mape": float((absolute[counts] / np.abs(actual[counts])).sum() / counts.sum()),
        "wape": float(absolute.sum() / size),
        "bias": float(error.sum() / size),
        "median_absolute_error": float(np.median(absolute)),
    }

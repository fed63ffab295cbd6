"""From what probability on the answer is the positive class: chosen on validation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lineal.modeling.sections import InvalidParamsError
from lineal.modeling.tables.answers import Codes, Vector, cumulated
from lineal.modeling.tables.card import Choice
from lineal.modeling.tables.config import Decision

_MIDDLE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class _Counts:
    """What each threshold would do, the highest first: hits, and false alarms."""

    thresholds: Vector
    hits: Codes
    alarms: Codes

    @property
    def precision(self) -> Vector:
        """Share of alarms that are right; 1 where there is none."""
        said = self.hits + self.alarms
        share: Vector = np.where(said > 0, self.hits, 1) / np.maximum(said, 1)
        return share

    @property
    def recall(self) -> Vector:
        """Share of what happened that is found."""
        found: Vector = self.hits / self.hits[-1]
        return found


def choose(happened: ArrayLike, probability: Vector, asked: Decision) -> Choice:
    """Choose a threshold: answers are positive where the probability reaches it.

    Thresholds are the probabilities that occur, and one above them all that nothing
    reaches. Of equally good ones the highest is taken, which gives the fewest alarms.

    Args:
        happened: Whether each row of validation is of the positive class.
        probability: Of that, calibrated.
        asked: The objective.

    Raises:
        InvalidParamsError: The objective lacks the number that it needs.
    """
    if asked.objective == "fixed":
        threshold = _needed(asked.threshold, "threshold", asked)
        return _choice(threshold, asked, "params.yaml gives the threshold.")
    truth = np.asarray(happened, dtype=np.bool_)
    if truth.all() or not truth.any():
        reason = "validation has rows of one class only, so nothing could be chosen."
        return _choice(_MIDDLE, asked, reason)
    thresholds, hits, alarms = cumulated(truth, probability)
    never = np.nextafter(max(1.0, float(thresholds[0])), np.inf)
    counts = _Counts(
        np.insert(thresholds, 0, never), np.insert(hits, 0, 0), np.insert(alarms, 0, 0)
    )
    place, reason = _OBJECTIVES[asked.objective](counts, asked)
    return _choice(float(counts.thresholds[place]), asked, reason)


def _f1(counts: _Counts, _: Decision) -> tuple[int, str]:
    total = counts.hits[-1]
    f1 = 2 * counts.hits / (counts.hits + counts.alarms + total)
    place = int(np.argmax(f1))
    return place, f"it has the best F1 on validation ({f1[place]:.4f})."


def _balanced(counts: _Counts, _: Decision) -> tuple[int, str]:
    """Whole numbers, so that ties are ties."""
    hits, alarms = counts.hits, counts.alarms
    twice = hits * alarms[-1] + (alarms[-1] - alarms) * hits[-1]
    place = int(np.argmax(twice))
    best = float(twice[place] / (2 * alarms[-1] * hits[-1]))
    return (
        place,
        f"it has the best mean recall of both classes on validation ({best:.4f}).",
    )


def _cost(counts: _Counts, asked: Decision) -> tuple[int, str]:
    misses = counts.hits[-1] - counts.hits
    cost = asked.cost_false_positive * counts.alarms
    cost = cost + asked.cost_false_negative * misses
    place = int(np.argmin(cost))
    rows = int(counts.hits[-1] + counts.alarms[-1])
    never = "; no answer is positive" if not place else ""
    return place, (
        f"its wrong answers cost least on validation ({cost[place] / rows:.4f} a row"
        f"{never})."
    )


def _precise(counts: _Counts, asked: Decision) -> tuple[int, str]:
    floor = _needed(asked.floor, "floor", asked)
    precision, recall = counts.precision[1:], counts.recall[1:]
    allowed = precision >= floor
    if not allowed.any():
        place = _best(precision, recall)
        return place + 1, (
            f"no threshold reaches a precision of {floor:g} on validation; it has the "
            f"best there is ({precision[place]:.4f})."
        )
    place = int(np.argmax(np.where(allowed, recall, -1.0)))
    return place + 1, (
        f"it has the best recall on validation ({recall[place]:.4f}) with a precision "
        f"of at least {floor:g} ({precision[place]:.4f})."
    )


def _complete(counts: _Counts, asked: Decision) -> tuple[int, str]:
    floor = _needed(asked.floor, "floor", asked)
    precision, recall = counts.precision[1:], counts.recall[1:]
    place = _best(np.where(recall >= floor, precision, -1.0), recall)
    return place + 1, (
        f"it has the best precision on validation ({precision[place]:.4f}) with a "
        f"recall of at least {floor:g} ({recall[place]:.4f})."
    )


_OBJECTIVES: Mapping[str, Callable[[_Counts, Decision], tuple[int, str]]] = {
    "f1": _f1,
    "balanced": _balanced,
    "cost": _cost,
    "precision": _precise,
    "recall": _complete,
}


def _best(values: Vector, then: Vector) -> int:
    """Return where values are highest, of equal ones where the others are."""
    return int(np.argmax(np.where(values == values.max(), then, -1.0)))


def _needed(number: float | None, name: str, asked: Decision) -> float:
    if number is None:
        msg = (
            f"params.yaml: calibration.decision.objective {asked.objective} wants "
            f"calibration.decision.{name}"
        )
        raise InvalidParamsError(msg)
    return number


def _choice(threshold: float, asked: Decision, why: str) -> Choice:
    reason = f"The answer is positive from a probability of {threshold:.4f} on: {why}"
    return Choice(threshold=threshold, objective=asked.objective, reason=reason)

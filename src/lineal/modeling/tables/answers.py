"""Answers of classifiers and regressors as arrays that metrics can use.

Classes are codes from 0; a classifier's answers are one probability a class.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lineal.errors import BadInputError

Vector = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]


class UnusableAnswersError(BadInputError):
    """Answers and what happened cannot be compared row by row."""


def answered(answers: Vector, positive: int | None, threshold: float = 0.5) -> Codes:
    """Return the code that each row is answered with.

    Of two classes the positive one from the threshold on; of more the likeliest, the
    first of equals.
    """
    if positive is None:
        codes: Codes = np.argmax(answers, axis=1)
    else:
        is_positive = answers[:, positive] >= threshold
        codes = np.where(is_positive, positive, 1 - positive)
    return codes.astype(np.int64)


def checked(target: ArrayLike, answers: ArrayLike) -> tuple[Codes, Vector]:
    """Return codes and probabilities, refusing what no metric can use.

    Raises:
        UnusableAnswersError: Shapes differ, or a value is no code or probability.
    """
    shares = np.asarray(answers, dtype=np.float64)
    if shares.ndim != 2 or shares.shape[1] < 2:  # noqa: PLR2004 - rows by classes
        msg = f"answers must be rows by two or more classes, not {shares.shape}"
        raise UnusableAnswersError(msg)
    _finite(shares.sum(axis=1), "probability")
    if ((shares < 0) | (shares > 1 + 1e-6)).any():
        msg = (
            "a probability lies outside 0 to 1; a model must answer with probabilities"
        )
        raise UnusableAnswersError(msg)
    return codes_of(target, shares.shape[:1], shares.shape[1]), shares


def numbers(actual: ArrayLike, predicted: ArrayLike) -> tuple[Vector, Vector]:
    """Return actual values and answers as floats, refusing what no metric can use.

    Raises:
        UnusableAnswersError: Lengths differ, or a value is not finite.
    """
    truth, guess = (np.asarray(v, dtype=np.float64) for v in (actual, predicted))
    if truth.ndim != 1 or guess.shape != truth.shape:
        msg = f"{truth.shape} actual values need as many answers, not {guess.shape}"
        raise UnusableAnswersError(msg)
    _finite(truth, "actual value")
    _finite(guess, "answer")
    return truth, guess


def confusion(target: Codes, chosen: Codes, classes: int) -> Codes:
    """Count rows by actual class (down) and answered class (across)."""
    cells = np.bincount(target * classes + chosen, minlength=classes**2)
    return cells.reshape(classes, classes).astype(np.int64)


def cumulated(happened: Flags, probability: Vector) -> tuple[Vector, Codes, Codes]:
    """Count hits and false alarms from each threshold on.

    Returns:
        Thresholds, descending, each a probability that occurs; rows of the class from
        there on; other rows from there on.
    """
    order = np.argsort(-probability, kind="stable")
    ordered = probability[order]
    ends = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True)[: ordered.size])
    hits = np.cumsum(happened[order], dtype=np.int64)[ends]
    return ordered[ends], hits, ends + 1 - hits


def quotient(top: float, bottom: float) -> float | None:
    """Divide, or tell that nothing can be."""
    return float(top / bottom) if bottom else None


def codes_of(values: ArrayLike, shape: tuple[int, ...], classes: int) -> Codes:
    """Return whole codes, refusing others."""
    given = np.asarray(values, dtype=np.float64)
    if given.shape != shape:
        msg = f"{shape} rows need as many codes of classes, not {given.shape}"
        raise UnusableAnswersError(msg)
    bad = ~((given >= 0) & (given < classes) & (given == np.floor(given)))
    if bad.any():
        row = int(np.argmax(bad))
        msg = f"row {row} has the class {given[row]:g}, not a code below {classes}"
        raise UnusableAnswersError(msg)
    return given.astype(np.int64)


def _finite(values: Vector, what: str) -> None:
    """Refuse what is missing or infinite."""
    bad = ~np.isfinite(values)
    if bad.any():
        row = int(np.argmax(bad))
        msg = (
            f"{int(bad.sum())} of {bad.size} rows have no finite {what}, the first is "
            f"row {row}; a model must answer every row with numbers"
        )
        raise UnusableAnswersError(msg)

"""Which origins belong to training, validation, test and the folds.

The one place that computes them. A forecast made at an origin looks `horizon` steps
ahead, so a period's last origins would have targets in the next period; they are left
out. That gap is what keeps every target of a period inside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from lineal.errors import RefusedError
from lineal.modeling.config import Split
from lineal.modeling.rhythm import DAY, Moments, Rhythm


class HistoryTooShortError(RefusedError):
    """The calendar has too few steps for the split that params.yaml asks for."""


@dataclass(frozen=True, slots=True)
class Period:
    """Origins from the first to the last, both included, every so many steps.

    Attributes:
        first: The first, as ISO 8601 writes it: a date, or for hours with the minute.
        last: The last.
        every: Steps from one to the next.
    """

    first: str
    last: str
    every: int

    def indexes(self, dates: Moments) -> npt.NDArray[np.int64]:
        """Return where in a panel's calendar the origins lie."""
        ends = np.array([self.first, self.last], dtype="datetime64[us]")
        start, stop = np.searchsorted(dates, ends).tolist()
        return np.arange(start, stop + 1, self.every)

    def mask(self, origins: npt.NDArray[np.datetime64]) -> npt.NDArray[np.bool_]:
        """Tell which rows' origins lie between the first and the last."""
        return (origins >= np.datetime64(self.first)) & (
            origins <= np.datetime64(self.last)
        )


@dataclass(frozen=True, slots=True)
class Fold:
    """A rolling-origin fold: learn up to one time, be judged after it."""

    train: Period
    test: Period


@dataclass(frozen=True, slots=True)
class Splits:
    """All periods of a model.

    Attributes:
        train: For pruning, tuning and cross-validation.
        validation: After it, for calibration and importance.
        test: After both, read once.
        learn: Train and validation together: what the final fit uses.
        folds: Inside train.
    """

    train: Period
    validation: Period
    test: Period
    learn: Period
    folds: tuple[Fold, ...]


def split(dates: Moments, horizon: int, asked: Split, rhythm: Rhythm = DAY) -> Splits:
    """Cut a calendar by time.

    Args:
        dates: The calendar.
        horizon: Steps that a forecast looks ahead.
        asked: Shares, warm-up, folds, and steps between origins.
        rhythm: What a step is.

    Raises:
        HistoryTooShortError: A period would hold no origin.
    """
    size = len(dates)
    train_end = int(size * asked.train)
    validation_end = int(size * (asked.train + asked.validation))

    def period(begin: int, end: int, every: int) -> Period:
        """Take the origins whose targets lie in [begin, end)."""
        start, stop = max(begin - 1, asked.warmup), end - 1 - horizon
        if stop < start:
            steps = rhythm.steps
            msg = (
                f"{size} {steps} are too few: the period of {steps} {begin} to {end} "
                f"holds no origin with {asked.warmup} {steps} before and {horizon} after "
                "it; use a longer history, or lower split.warmup or horizon"
            )
            raise HistoryTooShortError(msg)
        return Period(rhythm.text(dates[start]), rhythm.text(dates[stop]), every)

    every = asked.every
    half = asked.warmup + (train_end - asked.warmup) // 2
    edges = np.linspace(half, train_end, asked.folds + 1).astype(int).tolist()
    return Splits(
        train=period(0, train_end, every.train),
        validation=period(train_end, validation_end, every.validation),
        test=period(validation_end, size, every.test),
        learn=period(0, validation_end, every.train),
        folds=tuple(
            Fold(period(0, begin, every.train), period(begin, end, every.train))
            for begin, end in pairwise(edges)
        ),
    )


def fold_rows(
    origins: npt.NDArray[np.datetime64], folds: Sequence[Fold]
) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Return each fold's training and test row numbers, as scikit-learn wants them.

    Raises:
        HistoryTooShortError: No origin falls into a fold.
    """
    found = [
        (
            np.flatnonzero(fold.train.mask(origins)),
            np.flatnonzero(fold.test.mask(origins)),
        )
        for fold in folds
    ]
    for fold, sides in zip(folds, found, strict=True):
        if not all(len(side) for side in sides):
            msg = (
                f"the fold that is judged from {fold.test.first} to {fold.test.last} "
                "has no rows: use fewer folds, or a smaller split.every.train"
            )
            raise HistoryTooShortError(msg)
    return found

"""Why one row is answered as it is: what each feature moves the answer by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lineal.modeling.shapley import sampled
from lineal.modeling.tables.answers import Vector
from lineal.modeling.tables.learner import Learner

METHOD = (
    "Shapley values, by sampling orders of the features against {rows} rows that the "
    "model knows; they add up to the answer minus the mean answer of these rows."
)
_MOST = 50  # background rows


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature moves the answer by, from the base.

    Attributes:
        feature: Which.
        value: What it is in the row; None where it is missing.
        contribution: In units of the answer.
    """

    feature: str
    value: Any
    contribution: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one row is answered as it is; the contributions and the base add up to it.

    Attributes:
        answer: A number, or the probability of a class.
        base: The mean answer of the rows it is compared with.
        parts: Each feature's, the largest first.
        method: How they were found.
    """

    answer: float
    base: float
    parts: tuple[Contribution, ...]
    method: str


def contributions(
    learner: Learner,
    row: pd.DataFrame,
    background: pd.DataFrame,
    *,
    meaning: Callable[[Vector], Vector] | None = None,
    seed: int = 0,
) -> Explanation:
    """Explain the answer about one row.

    Args:
        learner: Trained.
        row: One row of features.
        background: Rows of features that it is compared with; 50 of them are used.
        meaning: Makes one number a row of the learner's answers, such as a class's
            calibrated probability; by default the number, or the probability of the
            positive class, or of the one that is likeliest for this row.
        seed: Of the sampling.
    """
    names = list(learner.features)
    mean = meaning or _usual(learner, learner.answer(row))
    shares = sampled(
        lambda rows: mean(learner.answer(rows)),
        row[names],
        background[names],
        draws=_MOST,
        seed=seed,
    )
    parts = [
        Contribution(name, _plain(row[name].iloc[0]), float(share))
        for name, share in zip(names, shares.each[0], strict=True)
    ]
    return Explanation(
        answer=float(mean(learner.answer(row))[0]),
        base=float(shares.base[0]),
        parts=tuple(sorted(parts, key=lambda p: (-abs(p.contribution), p.feature))),
        method=METHOD.format(rows=min(_MOST, len(background))),
    )


def _usual(learner: Learner, answers: Vector) -> Callable[[Vector], Vector]:
    """Choose the number that is explained, by the row that it is of."""
    if learner.classes is None:
        return lambda found: found
    last = len(learner.classes) - 1
    code = 1 if last == 1 else int(np.argmax(answers[0]))
    return lambda found: found[:, code]


def _plain(value: Any) -> Any:
    """Return a value without NumPy's type; None where it is missing."""
    if pd.isna(value):
        return None
    return value.item() if isinstance(value, np.generic) else value

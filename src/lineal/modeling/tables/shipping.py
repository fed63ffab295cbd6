"""A classifier as it would ship: calibrated, and with a threshold, by validation."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lineal.modeling.tables.answers import Codes, Vector, answered
from lineal.modeling.tables.calibration import Calibrator, calibrate
from lineal.modeling.tables.card import Choice
from lineal.modeling.tables.config import Probabilities
from lineal.modeling.tables.decision import choose
from lineal.modeling.tables.index import TARGET, TIME
from lineal.modeling.tables.question import PREDICTED, Question

_SEED = 0  # of an order that says nothing


@dataclass(frozen=True, slots=True, eq=False)
class Shipped:
    """What one candidate's validation taught, and its answers about the test period.

    Attributes:
        calibrator: What its probabilities mean.
        choice: Its threshold, of two classes.
        answers: Calibrated probabilities of the test rows.
        chosen: The code that each of them is answered with.
    """

    calibrator: Calibrator
    choice: Choice | None
    answers: Vector
    chosen: Codes


def ship(
    name: str,
    predictions: pd.DataFrame,
    validation: pd.DataFrame,
    question: Question,
    asked: Probabilities,
) -> Shipped:
    """Calibrate a candidate and choose its threshold; then answer the test rows.

    Args:
        name: Of the candidate.
        predictions: Its answers about the test rows, in columns.
        validation: The same of validation, which it never saw, as `PREDICTED`.
        question: What was asked.
        asked: How to calibrate, and what the threshold shall do.
    """
    target = validation[TARGET].to_numpy(dtype=np.float64)
    seen, positive = question.take(validation, PREDICTED), question.positive
    order = _order(validation)
    calibrator = calibrate(target[order], seen[order], asked, positive=positive)
    answers = calibrator.apply(question.take(predictions, name))
    if positive is None:
        return Shipped(calibrator, None, answers, answered(answers, None))
    share = calibrator.apply(seen)[:, positive]
    choice = choose(target == positive, share, asked.decision)
    chosen = answered(answers, positive, choice.threshold)
    return Shipped(calibrator, choice, answers, chosen)


def _order(rows: pd.DataFrame) -> Codes:
    """Return the order of time; where there is none, one that says nothing.

    A file may be sorted by what is predicted, so that its halves would lack a class.
    """
    if rows[TIME].notna().all():
        return np.arange(len(rows))
    return np.random.default_rng(_SEED).permutation(len(rows))

"""The one reading of the test period of a classifier or a regressor."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lineal.modeling.card import Compared
from lineal.modeling.errors_by_day import Errors
from lineal.modeling.selection import Selection
from lineal.modeling.significance import compare, sentence
from lineal.modeling.tables.answers import Codes, Vector, checked, confusion
from lineal.modeling.tables.calibration import Calibrator
from lineal.modeling.tables.card import Classing, Scores
from lineal.modeling.tables.config import Classification, Regression, Table
from lineal.modeling.tables.curves import per_class
from lineal.modeling.tables.index import SEGMENT, TARGET
from lineal.modeling.tables.intervals import Intervals, calibrate, coverage
from lineal.modeling.tables.periods import Periods
from lineal.modeling.tables.question import PREDICTED, Question
from lineal.modeling.tables.scores import class_scores, value_scores
from lineal.modeling.tables.shipping import Shipped, ship
from lineal.modeling.tables.tally import losses, tally

FEWEST = 20  # rows that a segment's scores want

_Answers = Mapping[str, tuple[Vector, Codes | None]]


@dataclass(frozen=True, slots=True, eq=False)
class TableAssessment:
    """The test period, read once.

    Attributes:
        predictions: What came in; then of the champion `calibrated` and `chosen`, or
            the ends of its intervals, such as `low_80` and `high_80`.
        selection: The champion and why.
        test: Scores of each candidate as it would ship: calibrated, and with its own
            threshold.
        raw: The champion's without calibration, with a threshold of 0.5.
        by_segment: The champion's scores for each segment; None for a metric that is
            undefined there, all but `rows` where there are fewer than `FEWEST`.
        classing: What only a classifier has.
        compared: The champion against the baseline and the runner-up.
        calibration: What the champion's probabilities mean, or its intervals.
        coverage: Share of the test period inside each interval, by level in percent.
        errors: The champion's by day, for versions to be compared by.
    """

    predictions: pd.DataFrame
    selection: Selection
    test: Mapping[str, Scores]
    raw: Scores
    by_segment: Mapping[str, Scores]
    classing: Classing | None
    compared: tuple[Compared, ...]
    calibration: Calibrator | Intervals
    coverage: Mapping[str, float]
    errors: Errors


def assess(  # noqa: PLR0913 - what is not data is named at the call
    predictions: pd.DataFrame,
    validation: Mapping[str, pd.DataFrame],
    selection: Selection,
    *,
    model: Table,
    question: Question,
    seed: int,
) -> TableAssessment:
    """Score every candidate on the same rows, and the champion in every way.

    Args:
        predictions: The test rows' index, and each candidate's answers in the columns
            of `Question.put`.
        validation: By candidate, the index of the validation rows and the answers, as
            `PREDICTED`, of a copy that never saw them.
        selection: Who the champion is.
        model: For calibration, threshold, bootstrap and the order of candidates.
        question: What was asked.
        seed: Seed of the bootstrap.
    """
    names = [n for n in model.selection.order if n in predictions.columns]
    if isinstance(model, Classification):
        shipped = {
            name: ship(name, predictions, validation[name], question, model.calibration)
            for name in names
        }
        answers: _Answers = {n: (s.answers, s.chosen) for n, s in shipped.items()}
        own = _of_classes(predictions, shipped[selection.champion], question)
    else:
        answers = {name: (question.take(predictions, name), None) for name in names}
        own = _of_values(predictions, validation, selection.champion, model)
    champion = answers[selection.champion]
    raw = question.take(predictions, selection.champion)
    return TableAssessment(
        predictions=own.predictions,
        selection=selection,
        test={n: _scores(predictions, question, *each) for n, each in answers.items()},
        raw=_scores(predictions, question, raw, None),
        by_segment=_by_segment(predictions, question, *champion),
        classing=own.classing,
        compared=_compared(predictions, answers, selection, model, question, seed),
        calibration=own.calibration,
        coverage=own.coverage,
        errors=tally(predictions, question, *champion, block=model.significance.block),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Own:
    """What is the champion's alone."""

    predictions: pd.DataFrame
    classing: Classing | None
    calibration: Calibrator | Intervals
    coverage: Mapping[str, float]


def _of_classes(
    predictions: pd.DataFrame, shipped: Shipped, question: Question
) -> _Own:
    """Report each class, and add what would be answered."""
    target, shares = checked(predictions[TARGET], shipped.answers)
    classes, calibrator = question.classes or (), shipped.calibrator
    table = confusion(target, shipped.chosen, len(classes))
    positive = question.positive
    classing = Classing(
        classes=classes,
        positive=None if positive is None else classes[positive],
        calibration=calibrator.method,
        calibration_reason=calibrator.reason,
        choice=shipped.choice,
        report=per_class(target, shipped.chosen, classes),
        confusion=tuple(tuple(row) for row in table.tolist()),
    )
    columns = {**question.put("calibrated", shares), "chosen": shipped.chosen}
    return _Own(predictions.assign(**columns), classing, calibrator, {})


def _of_values(
    predictions: pd.DataFrame,
    validation: Mapping[str, pd.DataFrame],
    name: str,
    model: Regression,
) -> _Own:
    """Add the ends of the intervals, and see how much lies inside."""
    found = calibrate(
        validation[name][TARGET],
        validation[name][PREDICTED],
        model.calibration.levels,
        log=model.predict.log,
        floor=model.predict.floor,
    )
    inside: dict[str, float] = {}
    bounds = found.apply(predictions[name])
    for level, (low, high) in ((f"{100 * at:g}", ends) for at, ends in bounds.items()):
        predictions = predictions.assign(**{f"low_{level}": low, f"high_{level}": high})
        share = coverage(predictions[TARGET], low, high)
        inside |= {} if share is None else {level: share}
    return _Own(predictions, None, found, inside)


def _scores(
    rows: pd.DataFrame, question: Question, answers: Vector, chosen: Codes | None
) -> Scores:
    """Score answers about rows."""
    target = rows[TARGET].to_numpy(dtype=np.float64)
    if question.classes is None:
        return value_scores(target, answers)
    return class_scores(target, answers, positive=question.positive, chosen=chosen)


def _by_segment(
    rows: pd.DataFrame, question: Question, answers: Vector, chosen: Codes | None
) -> dict[str, Scores]:
    """Score the rows of each segment, in the order of their names."""
    codes, names = pd.factorize(rows[SEGMENT].astype(str), sort=True)
    found = {}
    for code, name in enumerate(names):
        its = np.flatnonzero(codes == code)
        said = None if chosen is None else chosen[its]
        scores = _scores(rows.iloc[its], question, answers[its], said)
        if its.size < FEWEST:
            scores = {**dict.fromkeys(scores), "rows": its.size}
        found[str(name)] = scores
    return found


def _compared(  # noqa: PLR0913, PLR0917 - a private step with all that was given
    rows: pd.DataFrame,
    answers: _Answers,
    selection: Selection,
    model: Table,
    question: Question,
    seed: int,
) -> tuple[Compared, ...]:
    """Compare the champion with the baseline and the runner-up, pair by pair."""
    asked, champion = model.significance, selection.champion
    metric = "mae" if question.classes is None else "log_loss"
    metric = "brier" if model.selection.metric == "brier" else metric
    periods, found = Periods.of(rows), []
    errors = {n: losses(rows, question, *a)[metric] for n, a in answers.items()}
    for other in dict.fromkeys((model.selection.baseline, selection.runner_up)):
        if other is None or other == champion:
            continue
        comparison = compare(
            periods.total(errors[champion].errors),
            periods.total(errors[other].errors),
            periods.total(errors[champion].weights),
            replicates=asked.replicates,
            block=asked.block,
            confidence=asked.confidence,
            seed=seed,
        )
        told = sentence(comparison, champion, other, metric=metric, unit=periods.unit)
        found.append(Compared(other=other, comparison=comparison, meaning=told))
    return tuple(found)

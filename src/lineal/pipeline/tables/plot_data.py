"""The tables behind the plots, for `dvc plots` and for the model card."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from lineal.modeling.tables.answers import Codes, Vector
from lineal.modeling.tables.assessment import TableAssessment
from lineal.modeling.tables.card import TableCard
from lineal.modeling.tables.curves import (
    confused,
    histogram,
    precision_recall,
    reliability,
    residuals,
    roc,
)
from lineal.modeling.tables.index import TARGET
from lineal.modeling.tables.question import Question

Named = Iterator[tuple[str, pd.DataFrame]]


def plot_tables(
    card: TableCard, found: TableAssessment, question: Question, bins: int
) -> Mapping[str, pd.DataFrame]:
    """Return each plot's table by the name of its file.

    Args:
        card: The champion's facts.
        found: The test period.
        question: What was asked.
        bins: Of the reliability of probabilities.
    """
    rows = found.predictions
    own = (
        _of_values(card, rows)
        if question.classes is None
        else _of_classes(card, rows, question, bins)
    )
    return {"candidates": _candidates(card), "segments": _segments(card), **dict(own)}


def _candidates(card: TableCard) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "candidate": name,
                "cross_validated": card.candidates[name].mean,
                "standard_error": card.candidates[name].standard_error,
                "test": scores[card.metric],
            }
            for name, scores in card.test.items()
        ]
    )


def _segments(card: TableCard) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"segment": label, card.metric: scores[card.metric], "rows": scores["rows"]}
            for label, scores in card.by_segment.items()
        ]
    )


def _of_values(card: TableCard, rows: pd.DataFrame) -> Named:
    """Return what happened beside what was answered, and the errors."""
    actual, predicted = rows[TARGET], rows[card.champion]
    yield "residuals", residuals(actual, predicted)
    yield "errors", histogram(actual, predicted)


def _of_classes(
    card: TableCard, rows: pd.DataFrame, question: Question, bins: int
) -> Named:
    """Return the curves of the classes that are asked for, and the confusion."""
    classes, codes = question.classes or (), rows[TARGET].to_numpy().astype(np.int64)
    raw = question.take(rows, card.champion)
    meant = question.take(rows, "calibrated")
    asked = range(len(classes)) if question.positive is None else (question.positive,)
    for name, curve in (("roc", roc), ("precision_recall", precision_recall)):
        drawn = [
            curve(codes == code, meant[:, code]).assign(label=classes[code])
            for code in asked
        ]
        yield name, pd.concat(drawn, ignore_index=True)
    sides = {"raw": raw, "calibrated": meant}
    meanings = [
        _reliability(codes, shares, question, bins).assign(probability=name)
        for name, shares in sides.items()
    ]
    yield "calibration", pd.concat(meanings, ignore_index=True)
    chosen = rows["chosen"].to_numpy().astype(np.int64)
    yield "confusion", confused(codes, chosen, classes)


def _reliability(
    codes: Codes, shares: Vector, question: Question, bins: int
) -> pd.DataFrame:
    """Compare what was promised of the positive class, or of the likeliest one."""
    if question.positive is not None:
        happened, share = codes == question.positive, shares[:, question.positive]
    else:
        happened, share = codes == shares.argmax(axis=1), shares.max(axis=1)
    return reliability(happened, share, bins=bins)

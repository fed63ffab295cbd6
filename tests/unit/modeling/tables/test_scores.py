"""Scores of tables: scikit-learn says the same, and what is undefined is None."""

import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from lineal.modeling.tables.answers import answered
from lineal.modeling.tables.scores import (
    DIRECTIONS,
    class_scores,
    loss,
    score,
    value_scores,
)
from lineal.registry.direction import is_higher_better, is_nearer_better

Floats = npt.NDArray[np.float64]
VALUES = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


@st.composite
def classified(draw: st.DrawFn, classes: int) -> tuple[Floats, Floats]:
    """Draw codes, and probabilities with many ties."""
    rows = draw(st.integers(1, 30))
    one = st.lists(st.integers(0, 4), min_size=classes, max_size=classes).filter(any)
    weights = np.array(draw(st.lists(one, min_size=rows, max_size=rows)), dtype=float)
    codes = draw(st.lists(st.integers(0, classes - 1), min_size=rows, max_size=rows))
    return np.array(codes, dtype=float), weights / weights.sum(axis=1, keepdims=True)


def quiet(function: Any, *args: Any, **settings: Any) -> float:
    """Ask scikit-learn, which warns of what is undefined."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(function(*args, **settings))


@settings(max_examples=60, deadline=None)
@given(classified(2), st.sampled_from([0, 1]))
def test_two_classes_are_scored_as_scikit_learn_does(
    rows: tuple[Floats, Floats], positive: int
) -> None:
    """Of the positive class, whichever it is."""
    codes, answers = rows
    found = class_scores(codes, answers, positive=positive)
    happened, probability = codes == positive, answers[:, positive]
    said = probability >= 0.5

    if 0 < happened.sum() < codes.size:
        assert found["roc_auc"] == pytest.approx(
            quiet(metrics.roc_auc_score, happened, probability)
        )
        assert found["average_precision"] == pytest.approx(
            quiet(metrics.average_precision_score, happened, probability)
        )
    else:
        assert found["roc_auc"] is found["average_precision"] is None
    assert found["log_loss"] == pytest.approx(
        quiet(metrics.log_loss, codes, answers, labels=[0, 1])
    )
    assert found["brier"] == pytest.approx(np.mean((probability - happened) ** 2))
    assert found["accuracy"] == np.mean(said == happened)
    _same(found, "precision", metrics.precision_score, happened, said)
    _same(found, "recall", metrics.recall_score, happened, said)
    _same(found, "f1", metrics.f1_score, happened, said)


def _same(found: Any, name: str, function: Any, happened: Any, said: Any) -> None:
    """Compare one score; where scikit-learn divides by zero, there is none."""
    expected = quiet(function, happened, said, zero_division=np.nan)

    if np.isnan(expected):
        assert found[name] is None
    else:
        assert found[name] == pytest.approx(expected)


@settings(max_examples=60, deadline=None)
@given(classified(4))
def test_more_classes_are_scored_as_scikit_learn_does(
    rows: tuple[Floats, Floats],
) -> None:
    """Each class against the rest, and averages over classes."""
    codes, answers = rows
    found = class_scores(codes, answers, positive=None)
    said = answers.argmax(axis=1)
    each = {"labels": range(4), "average": "weighted"}
    sides = [(codes == code, answers[:, code]) for code in range(4)]
    mixed = [side for side in sides if 0 < side[0].sum() < codes.size]

    for name, function in (
        ("roc_auc", metrics.roc_auc_score),
        ("average_precision", metrics.average_precision_score),
    ):
        expected = [quiet(function, *side) for side in mixed]
        assert found[name] == (pytest.approx(np.mean(expected)) if mixed else None)
    assert found["log_loss"] == pytest.approx(
        quiet(metrics.log_loss, codes, answers, labels=range(4))
    )
    assert found["brier"] == pytest.approx(
        quiet(metrics.brier_score_loss, codes, answers, labels=range(4))
    )
    assert found["balanced_accuracy"] == pytest.approx(
        quiet(metrics.balanced_accuracy_score, codes, said)
    )
    assert found["macro_f1"] == pytest.approx(
        quiet(metrics.f1_score, codes, said, average="macro")
    )
    assert found["weighted_recall"] == pytest.approx(
        quiet(metrics.recall_score, codes, said, **each)
    )
    assert found["weighted_f1"] == pytest.approx(
        quiet(metrics.f1_score, codes, said, **each)
    )
    if found["weighted_precision"] is None:
        assert set(codes) - set(said)
    else:
        assert found["weighted_precision"] == pytest.approx(
            quiet(metrics.precision_score, codes, said, **each)
        )
    assert not {"precision", "recall", "f1"} & found.keys()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES), min_size=2, max_size=30))
def test_values_are_scored_as_scikit_learn_does(
    rows: list[tuple[float, float]],
) -> None:
    """R2 is none where the actual values are equal, MAPE leaves zeros out."""
    actual, predicted = np.array(rows).T
    found = value_scores(actual, predicted)
    counts = actual != 0

    for name, function in (
        ("mae", metrics.mean_absolute_error),
        ("rmse", metrics.root_mean_squared_error),
        ("median_absolute_error", metrics.median_absolute_error),
    ):
        assert found[name] == pytest.approx(function(actual, predicted))
    if np.ptp(actual):
        assert found["r2"] == pytest.approx(metrics.r2_score(actual, predicted))
    else:
        assert found["r2"] is None
    if counts.any():
        assert found["mape"] == pytest.approx(
            metrics.mean_absolute_percentage_error(actual[counts], predicted[counts])
        )
        assert found["bias"] == pytest.approx(
            (predicted - actual).sum() / np.abs(actual).sum()
        )
    else:
        assert found["mape"] is found["bias"] is found["wape"] is None
    assert found["rows"] == len(rows)


def test_every_metric_has_a_direction_that_the_registry_tells_by_its_name() -> None:
    """The registry reads names without this module."""
    answers = [[0.6, 0.4], [0.3, 0.7]]
    made = {**class_scores([0, 1], answers, positive=1), **value_scores([1], [2])}

    assert made.keys() - {"rows"} == DIRECTIONS.keys()
    for name, direction in DIRECTIONS.items():
        assert is_higher_better(name) == (direction == "higher")
        assert is_nearer_better(name) == (direction == "near zero")


def test_a_loss_is_smaller_for_what_is_better() -> None:
    """And infinite for what is undefined."""
    scores: dict[str, float | int | None] = {"roc_auc": 0.75, "mae": 2, "r2": None}

    assert [loss(scores, name) for name in scores] == [-0.75, 2.0, float("inf")]


def test_no_rows_have_no_scores() -> None:
    """Each metric is there, as none."""
    made = class_scores([], np.empty((0, 2)), positive=1)
    values = value_scores([], [])

    assert made.pop("rows") == values.pop("rows") == 0
    assert set(made.values()) == set(values.values()) == {None}


def test_one_definition_serves_both_tasks() -> None:
    """The task says which."""
    answers = [[0.6, 0.4], [0.3, 0.7]]
    chosen = [1, 1]

    assert score("regression", [1, 2], [1, 3]) == value_scores([1, 2], [1, 3])
    assert score(
        "classification", [0, 1], answers, positive=1, chosen=chosen
    ) == class_scores([0, 1], answers, positive=1, chosen=chosen)


def test_classes_that_were_answered_can_be_told() -> None:
    """A threshold changes them, and no score of probabilities."""
    answers = np.array([[0.7, 0.3], [0.6, 0.4]])
    chosen = answered(answers, 1, 0.4)
    found = class_scores([0, 1], answers, positive=1, chosen=chosen)

    assert chosen.tolist() == [0, 1]
    assert (found["recall"], found["roc_auc"]) == (1.0, 1.0)
    assert class_scores([0, 1], answers, positive=1)["recall"] == 0.0


def test_the_calibration_error_is_the_distance_of_promise_and_truth() -> None:
    """Four rows of 0.75 that happen twice are a quarter off."""
    sure = np.tile([0.25, 0.75], (4, 1))

    for positive in (1, None):
        found = class_scores([0, 1, 1, 0], sure, positive=positive)
        assert found["calibration_error"] == 0.25


def test_a_certain_miss_costs_much_but_not_everything() -> None:
    """As scikit-learn bounds it."""
    found = class_scores([0], [[0.0, 1.0]], positive=1)

    assert found["log_loss"] == pytest.approx(36.04, abs=0.01)

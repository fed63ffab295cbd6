"""The search for parameters, and cross-validation, of classes and numbers."""

from statistics import fmean
from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers.tables import classification, regression, rows_of, table
from lineal.modeling.halving import Search
from lineal.modeling.sections import InvalidParamsError, Tuning
from lineal.modeling.tables.candidates import learner
from lineal.modeling.tables.config import Table
from lineal.modeling.tables.features import make
from lineal.modeling.tables.index import TARGET, WEIGHT
from lineal.modeling.tables.learner import Learner
from lineal.modeling.tables.scores import loss
from lineal.modeling.tables.splits import folds
from lineal.modeling.tables.targets import targets
from lineal.modeling.tables.tuning import (
    cross_validate,
    fitted,
    score_rows,
    search,
    with_params,
)

RAW = table(160)
OUT = {"exclude": ("kept_out", "after")}
CLASSES, VALUES = classification(data=OUT), regression(data=OUT)
PENALTIES = {"C": {"low": 1e-4, "high": 1e2, "log": True}}


def blank(kind: str, model: Table) -> Learner:
    """Return an untrained candidate."""
    described = make(RAW, model, None)[1]
    classes = targets(RAW, model).classes
    return learner(kind, {}, described, model=model, classes=classes, seed=1, threads=1)


def searched(
    space: dict[str, Any],
    model: Table = CLASSES,
    rows: pd.DataFrame | None = None,
    metric: str = "log_loss",
) -> Search:
    """Search with three draws."""
    rows = rows_of(RAW, model) if rows is None else rows
    return search(
        blank("ridge", model),
        space,
        rows,
        folds(rows, model, 1),
        asked=Tuning(budget=3, factor=3, rows=160),
        metric=metric,
        seed=5,
    )


def test_few_rows_are_all_given_to_every_draw() -> None:
    """To thin them out would choose by chance; the best draw wins."""
    found = searched(PENALTIES)

    assert [(trial.round, trial.rows) for trial in found.trials] == [(0, 160)] * 3
    assert found.best == min(found.trials, key=lambda trial: trial.score).params
    assert isinstance(found.best["C"], float)


def test_many_rows_are_given_in_rounds() -> None:
    """The worse draws never see all of them."""
    rows = pd.concat([rows_of(RAW, VALUES)] * 26, ignore_index=True)
    found = search(
        blank("ridge", VALUES),
        {"alpha": [0.1, 1e6, 1e7]},
        rows,
        folds(rows, VALUES, 1),
        asked=Tuning(budget=3, factor=3, rows=10_000),
        metric="mae",
        seed=5,
    )

    assert [trial.round for trial in found.trials] == [0, 0, 0, 1]
    assert found.trials[0].rows < found.trials[-1].rows <= len(rows)
    assert found.best == {"alpha": 0.1}


def test_a_trials_score_is_the_mean_loss_over_the_folds() -> None:
    """Where more is better, it is negative; the search learns in another order."""
    rows = rows_of(RAW, CLASSES)
    found = searched({"C": [0.5]}, metric="roc_auc")
    scores = cross_validate(
        blank("ridge", CLASSES), found.best, rows, folds(rows, CLASSES, 1)
    )

    assert found.trials[0].score == pytest.approx(
        fmean(loss(each, "roc_auc") for each in scores), abs=0.05
    )
    assert found.trials[0].score < -0.5


def test_what_a_metric_cannot_say_is_alike_for_all() -> None:
    """A draw is not the best because others could not be scored."""
    rows = rows_of(RAW, VALUES).assign(**{TARGET: 3.0})
    found = search(
        blank("ridge", VALUES),
        {"alpha": [1.0, 2.0]},
        rows,
        folds(rows, VALUES, 1),
        asked=Tuning(budget=3, factor=3, rows=160),
        metric="r2",
        seed=5,
    )

    assert {trial.score for trial in found.trials} == {1e9}


def test_nothing_to_search_is_no_search() -> None:
    """The parameters are as they are fixed."""
    assert searched({}) == Search({}, ())


def test_a_parameter_that_does_not_exist_is_refused() -> None:
    """Before anything is learned."""
    with pytest.raises(InvalidParamsError, match="'colour', which is no parameter"):
        searched({"colour": [1, 2]})


def test_weights_of_rows_are_learned_with() -> None:
    """A row of no weight is as if it were not there."""
    rows = rows_of(RAW, VALUES)
    light = rows.assign(**{WEIGHT: np.where(rows.index < 80, 1.0, 1e-12)})
    half = fitted(with_params(blank("baseline", VALUES), {}), rows[:80])
    model = fitted(blank("baseline", VALUES), light)

    assert model.answer(rows)[0] == pytest.approx(half.answer(rows)[0], rel=0.05)


def test_classes_and_numbers_are_scored_alike() -> None:
    """Each by its own metrics; of two classes the second is asked for."""
    two = classification(data=OUT).predict
    rows = rows_of(RAW.assign(**{"class": RAW["class"].replace("top", "mid")}), CLASSES)
    model = learner(
        "baseline",
        {},
        make(RAW, CLASSES, None)[1],
        model=CLASSES,
        classes=("low", "mid"),
        seed=1,
        threads=1,
    )
    numbers = score_rows(
        fitted(blank("baseline", VALUES), rows_of(RAW, VALUES)),
        rows_of(RAW, VALUES),
        RAW["value"],
    )
    found = score_rows(fitted(model, rows), rows, rows[TARGET])

    assert two.positive is None
    assert numbers["rows"] == found["rows"] == 160
    assert "recall" in found
    assert "mae" in numbers

"""The search for parameters: what is drawn, what wins, and what is refused."""

from typing import Any

import numpy as np
import pytest
from scipy.stats import kstest

from helpers.panels import ROW_FEATURES, feature_rows
from lineal.modeling.candidates import Forecaster, forecaster
from lineal.modeling.evaluation import Scores, score
from lineal.modeling.halving import Fold, Search, distribution
from lineal.modeling.sections import InvalidParamsError, Tuning
from lineal.modeling.tuning import (
    cross_validate,
    metric_of,
    score_rows,
    search,
    with_params,
)

ROWS = feature_rows(1800)
FOLDS: list[Fold] = [
    (np.arange(900), np.arange(900, 1350)),
    (np.arange(1350), np.arange(1350, 1800)),
]
ALPHAS = {"alpha": {"low": 0.01, "high": 1e6, "log": True}}


def ridge() -> Forecaster:
    """Return an untrained candidate with one parameter to search."""
    return blank("ridge")


def blank(kind: str, **fixed: Any) -> Forecaster:
    """Return an untrained candidate."""
    return forecaster(kind, fixed, ROW_FEATURES, seed=0, threads=1)


def searched(space: dict[str, Any], model: Forecaster | None = None) -> Search:
    """Search with nine draws, of which a third goes on each time."""
    return search(
        model or ridge(),
        space,
        ROWS,
        FOLDS,
        asked=Tuning(budget=9, factor=3, rows=1500),
        metric="wape",
        seed=5,
    )


def test_the_best_of_the_last_round_wins() -> None:
    """Whatever a draw scored on fewer rows before."""
    found = searched(ALPHAS)

    last = [trial for trial in found.trials if trial.round == 2]
    best = min(last, key=lambda trial: trial.score)
    assert found.best == best.params
    assert best.score <= min(trial.score for trial in last)
    assert 0 < best.score < 1


def test_rounds_have_fewer_draws_and_more_rows() -> None:
    """A third goes on, with three times the rows, up to those that are asked for."""
    trials = searched(ALPHAS).trials

    rounds = {
        number: (
            len([t for t in trials if t.round == number]),
            {t.rows for t in trials if t.round == number},
        )
        for number in range(3)
    }
    assert rounds == {0: (9, {166}), 1: (3, {498}), 2: (1, {1494})}


def test_draws_are_written_as_they_are_said() -> None:
    """Parameters by their own name, in Python's own types."""
    found = searched({"alpha": {"low": 1, "high": 9, "integer": True}})

    assert {type(trial.params["alpha"]) for trial in found.trials} == {int}
    assert all(set(trial.params) == {"alpha"} for trial in found.trials)


def test_the_same_seed_draws_the_same() -> None:
    """Every trial, to the last digit."""
    assert searched(ALPHAS) == searched(ALPHAS)


def test_nothing_to_search_is_no_search() -> None:
    """A candidate without a space takes what it has."""
    assert searched({}) == Search({}, ())


def test_a_small_space_is_drawn_once() -> None:
    """Two choices are two trials, not nine."""
    trials = searched({"fit_intercept": [True, False]}).trials

    first = [trial.params["fit_intercept"] for trial in trials if trial.round == 0]
    assert sorted(first) == [False, True]


@pytest.mark.parametrize("kind", ["ridge", "forest", "boosting", "xgboost"])
def test_an_unknown_parameter_is_refused(kind: str) -> None:
    """Also where the estimator would ignore it."""
    with pytest.raises(InvalidParamsError, match="names 'colour', which is no param"):
        searched({"colour": [1, 2]}, blank(kind))


def test_choices_are_drawn_from_as_they_are() -> None:
    """Words, numbers and nothing alike."""
    assert distribution("depth", [4, None, "auto"]) == [4, None, "auto"]


@pytest.mark.parametrize(
    ("said", "shape"),
    [
        pytest.param({"low": 2, "high": 6}, lambda x: (x - 2) / 4, id="even"),
        pytest.param(
            {"low": 0.01, "high": 100, "log": True},
            lambda x: np.log10(x) / 4 + 0.5,
            id="logarithmic",
        ),
    ],
)
def test_a_range_is_drawn_from_evenly(said: dict[str, Any], shape: Any) -> None:
    """In its own measure, and never outside."""
    drawn = distribution("rate", said).rvs(500, random_state=1)

    assert drawn.min() >= said["low"]
    assert drawn.max() <= said["high"]
    assert kstest(shape(drawn), "uniform").pvalue > 0.01


def test_whole_numbers_have_both_ends() -> None:
    """High is the largest that is drawn."""
    said = {"low": 3, "high": 5, "integer": True}

    drawn = distribution("depth", said).rvs(200, random_state=1)

    assert set(drawn.tolist()) == {3, 4, 5}


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        pytest.param([], "got `array`", id="no choices"),
        pytest.param(3, "got `int`", id="a number"),
        pytest.param("4 to 6", "got `str`", id="a word"),
        pytest.param(None, "got `null`", id="nothing"),
        pytest.param({"low": 1}, "field `high`", id="half a range"),
        pytest.param({"low": "a", "high": 2}, "`int | float`", id="a word as low"),
        pytest.param(
            {"low": 1, "high": 2, "lgo": True}, "unknown field `lgo`", id="a typo"
        ),
        pytest.param({"low": 2, "high": 2}, "low must be less", id="an empty range"),
        pytest.param(
            {"low": 0, "high": 2, "log": True}, "low above 0", id="log of zero"
        ),
        pytest.param(
            {"low": 1, "high": 2, "log": True, "integer": True},
            "and no integer",
            id="log and whole",
        ),
        pytest.param(
            {"low": 1.5, "high": 2, "integer": True}, "a whole low", id="no whole low"
        ),
        pytest.param(
            {"low": 1, "high": 2.5, "integer": True}, "and high", id="no whole high"
        ),
    ],
)
def test_what_cannot_be_drawn_from_is_refused(said: Any, problem: str) -> None:
    """The message names the parameter, shows a range, and says what is wrong."""
    with pytest.raises(InvalidParamsError) as caught:
        distribution("rate", said)

    message = str(caught.value)
    assert message.startswith("params.yaml: the search space of 'rate' must be a list")
    assert "{low: 0.01, high: 1, log: true}" in message
    assert problem in message


def test_cross_validation_scores_every_fold_on_rows_it_has_not_seen() -> None:
    """With all of the fold's rows, by a model of its own."""
    found = cross_validate(ridge(), {"alpha": 2.0}, ROWS, FOLDS)

    train, test = FOLDS[1]
    model = with_params(ridge(), {"alpha": 2.0})
    model.fit(ROWS.iloc[train], ROWS["target"].iloc[train])
    judged = ROWS.iloc[test]
    assert [scores.rows for scores in found] == [450, 450]
    assert found[1] == score_rows(model, judged, judged["target"])


def test_parameters_are_set_on_a_copy() -> None:
    """The candidate that is searched stays as it was."""
    model = ridge()

    copy = with_params(model, {"alpha": 7})

    assert copy.estimator.named_steps["model"].alpha == 7
    assert model.estimator.named_steps["model"].alpha == 1.0
    assert not hasattr(copy, "estimator_")


def test_a_searched_draw_can_be_set() -> None:
    """What the search found is what the final model has."""
    found = searched(ALPHAS)

    model = with_params(ridge(), found.best)

    assert model.estimator.named_steps["model"].alpha == found.best["alpha"]


def test_a_models_scores_are_those_of_its_forecasts() -> None:
    """MASE is relative to the naive error of each row's segment."""
    model = ridge().fit(ROWS, ROWS["target"])

    found = score_rows(model, ROWS, ROWS["target"])

    expected = score(ROWS["target"], model.predict(ROWS), naive_error=1.0)
    assert found == expected


def test_an_undefined_metric_is_the_worst() -> None:
    """It never wins a search."""
    none = Scores(None, None, 1.5, 2.0, None, None, None, 3, 0)

    assert metric_of(none, "mae") == 1.5
    assert metric_of(none, "wape") == float("inf")

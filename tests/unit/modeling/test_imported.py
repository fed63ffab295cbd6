"""Estimators that params.yaml names by their class: which are taken, and how."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sklearn.ensemble import ExtraTreesClassifier, GradientBoostingRegressor

from lineal.modeling.imported import (
    WrongEstimatorError,
    build,
    is_path,
    takes_weights,
    work_alone,
)

pytestmark = pytest.mark.usefixtures("elsewhere")

TREES = "sklearn.ensemble.ExtraTrees"


def built(path: str, *, classes: bool = False, **fixed: Any) -> Any:
    """Return an estimator of two threads."""
    return build(path, fixed, classes=classes, seed=5, threads=2)


def test_a_class_is_made_with_its_parameters_the_seed_and_the_threads() -> None:
    """Those of them that it has."""
    trees = built(f"{TREES}Classifier", classes=True, n_estimators=7)
    boosting = built("sklearn.ensemble.GradientBoostingRegressor")
    neighbours = built("sklearn.neighbors.KNeighborsRegressor")
    own = built("helpers.estimators.Middle", shift=2.0)

    assert type(trees) is ExtraTreesClassifier
    assert (trees.n_estimators, trees.random_state, trees.n_jobs) == (7, 5, 2)
    assert (boosting.random_state, neighbours.n_jobs) == (5, 2)
    assert (own.shift, own.random_state) == (2.0, 5)


def test_a_path_has_dots() -> None:
    """A kind of lineal's has none."""
    assert is_path("helpers.estimators.Middle")
    assert not is_path("forest")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("no_such_package.Thing", "there is no module 'no_such_package': install"),
        ("sklearn.no_such_part.Thing", "there is no module 'sklearn.no_such_part'"),
        (f"{TREES}Regresor", r"has no 'ExtraTreesRegresor' \(it has ExtraTreesRegr"),
        ("sklearn.base.zzzz", "module sklearn.base has no 'zzzz'$"),
        ("helpers.estimators.NOTHING", "it is no class"),
        ("subprocess.Popen", "it is no estimator, for it has no fit: derive it from"),
        ("helpers.breaking.Thing", "importing helpers.breaking fails with ZeroDiv"),
        (".Thing", "it is no path of a class, such as sklearn.ensemble.Extra"),
        ("my models.Thing", "it is no path of a class"),
        (f"{TREES}Classifier", "it tells classes, where numbers are wanted"),
        ("helpers.estimators.Careless", "always specify their parameters"),
    ],
)
def test_what_is_no_estimator_is_refused(path: str, reason: str) -> None:
    """With the place in params.yaml, and why."""
    with pytest.raises(WrongEstimatorError, match=reason) as refused:
        built(path)

    assert str(refused.value).startswith(f"params.yaml: candidate {path!r}: ")


@pytest.mark.parametrize(
    ("fixed", "reason"),
    [
        ({"colour": 3}, "unexpected keyword argument 'colour'"),
        ({"shift": -1}, "shift must not be negative"),
        ({"random_state": 3}, "random_state is runtime.seed, so leave it out"),
        ({"n_jobs": 3}, "n_jobs is runtime.threads, so leave it out"),
    ],
)
def test_a_wrong_parameter_is_refused(fixed: dict[str, Any], reason: str) -> None:
    """In the words of the class; seed and threads are said once."""
    with pytest.raises(WrongEstimatorError, match=reason):
        built("helpers.estimators.Picky", **fixed)


@pytest.mark.parametrize("name", ["LinearRegression", "Perceptron", "SGDClassifier"])
def test_classification_wants_probabilities(name: str) -> None:
    """A class may have them with other parameters only."""
    path = f"sklearn.linear_model.{name}"

    with pytest.raises(WrongEstimatorError, match="it has no predict_proba with these"):
        built(path, classes=True)
    if name == "SGDClassifier":
        assert built(path, classes=True, loss="log_loss").loss == "log_loss"


def test_a_module_without_an_origin_is_taken() -> None:
    """Who loaded it knows whence."""
    module = ModuleType("conjured")
    vars(module)["Thing"] = GradientBoostingRegressor
    sys.modules["conjured"] = module
    try:
        found = built("conjured.Thing")
    finally:
        del sys.modules["conjured"]

    assert type(found) is GradientBoostingRegressor


def test_weights_are_for_those_that_take_them() -> None:
    """As the parameters of `fit` say."""
    assert takes_weights(built(f"{TREES}Regressor"))
    assert not takes_weights(built("helpers.estimators.Middle"))


def test_an_ensemble_without_workers_is_left_alone() -> None:
    """It has members, and no `n_jobs`."""
    model = GradientBoostingRegressor(n_estimators=2).fit([[0.0], [1.0]], [0.0, 1.0])

    work_alone(model)

    assert not hasattr(model, "n_jobs")


def test_what_merely_lies_here_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever loads the model elsewhere would not have it."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))

    with pytest.raises(WrongEstimatorError, match="is not installed, so other places"):
        built("test_binning.Thing")

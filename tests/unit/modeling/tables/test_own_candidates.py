"""Learners of estimators that params.yaml names by their class."""

from typing import Any

import numpy as np
import pytest

from helpers.tables import classification, regression, rows_of, table
from lineal.modeling import storage
from lineal.modeling.sections import Encoding, InvalidParamsError
from lineal.modeling.storage import UnstorableError
from lineal.modeling.tables.candidates import PREFIX, learner
from lineal.modeling.tables.config import Amount, Classes, Event, Table
from lineal.modeling.tables.contributions import contributions
from lineal.modeling.tables.features import make
from lineal.modeling.tables.importance import permutation, shap_values
from lineal.modeling.tables.learner import Learner
from lineal.modeling.tables.question import Question
from lineal.modeling.tables.targets import targets
from lineal.modeling.tables.tuning import fitted

pytestmark = pytest.mark.usefixtures("elsewhere")

RAW = table()
OUT: dict[str, Any] = {"exclude": ("kept_out", "after")}
EVENT = Classes(event=Event(at_least=18), balance=True)
MODELS: dict[str, Table] = {
    "two": classification("late", predict=EVENT, data=OUT),
    "three": classification(data=OUT),
    "numbers": regression(predict=Amount(floor=0.0, log=True), data=OUT),
}
TREES = "sklearn.ensemble.ExtraTrees"
OWN = {"two": "Shares", "three": "Shares", "numbers": "Middle"}
each_task = pytest.mark.parametrize("task", MODELS)


def trained(
    kind: str, task: str, encoding: Encoding | None = None, **fixed: Any
) -> Learner:
    """Return a learner of the first two thirds of the rows."""
    model = MODELS[task]
    blank = learner(
        kind,
        fixed,
        make(RAW, model, None)[1],
        model=model,
        classes=targets(RAW, model).classes,
        seed=4,
        threads=2,
        encoding=encoding,
    )
    return fitted(blank, rows_of(RAW, model).iloc[:160])


def of_trees(task: str) -> Learner:
    """Return one of another package's trees."""
    kind = f"{TREES}{'Regressor' if task == 'numbers' else 'Classifier'}"
    return trained(kind, task, n_estimators=5)


def of_own(task: str) -> Learner:
    """Return one of somebody's own, which takes no weights."""
    return trained(f"helpers.estimators.{OWN[task]}", task)


@each_task
def test_trees_of_another_package_see_what_the_forest_sees(task: str) -> None:
    """Codes and missing values; seed, threads and weights are set."""
    model, forest = of_trees(task), trained("forest", task, n_estimators=5)
    rows = rows_of(RAW, MODELS[task]).iloc[160:]
    content = storage.dump(model, "skops")

    assert model.encoded(rows).tobytes() == forest.encoded(rows).tobytes()
    assert np.isfinite(model.answer(rows)).all()
    assert (model.model.random_state, model.model.n_jobs) == (4, 1)
    assert model.get_params()[f"{PREFIX}n_jobs"] == 2
    assert storage.dump(of_trees(task), "skops") == content


def test_an_estimator_may_ask_for_the_encoding_of_linear_models() -> None:
    """Nothing is missing in it, so that neighbours can be told."""
    kind = "sklearn.neighbors.KNeighborsClassifier"
    found = trained(kind, "two", "linear").answer(rows_of(RAW, MODELS["two"]))

    assert found.shape == (len(RAW), 2)
    with pytest.raises(ValueError, match="contains NaN"):
        trained(kind, "two").answer(rows_of(RAW, MODELS["two"]))


@each_task
def test_somebodys_estimator_without_weights_answers(task: str) -> None:
    """It comes back from joblib as it was."""
    model, rows = of_own(task), rows_of(RAW, MODELS[task])
    content = storage.dump(model, "joblib")
    again = storage.load(content, storage.md5(content), "joblib", name="model")

    assert np.isfinite(model.answer(rows)).all()
    assert again.answer(rows).tolist() == model.answer(rows).tolist()


@each_task
def test_skops_does_not_store_what_it_would_not_load(task: str) -> None:
    """The refusal names the type and the way out."""
    name = f"helpers.estimators.{OWN[task]}"

    with pytest.raises(UnstorableError, match=f"{name}: say `bundle: .*joblib"):
        storage.dump(of_own(task), "skops")


def test_skops_does_not_store_what_it_cannot() -> None:
    """It says so in its own words."""
    with pytest.raises(UnstorableError, match="store this model, for cannot pickle"):
        storage.dump((each for each in "ab"), "skops")


@pytest.mark.parametrize("make_it", [of_trees, of_own])
@each_task
def test_its_shares_are_sampled_and_add_up(task: str, make_it: Any) -> None:
    """In units of the answer; one row is explained as any other's."""
    model, rows = make_it(task), rows_of(RAW, MODELS[task])[:40]
    found = shap_values(model, rows, rows, seed=1)
    answers = model.answer(rows)
    answers = answers[:, 1] if task == "two" else answers
    rest = answers - found.each.sum(axis=1)
    one = contributions(model, rows[:1], rows)
    shares = sum(part.contribution for part in one.parts)

    assert rest == pytest.approx(np.broadcast_to(rest[0], rest.shape))
    assert found.unit == ("target" if task == "numbers" else "probability")
    assert one.base + shares == pytest.approx(one.answer)


@each_task
def test_its_features_are_shuffled(task: str) -> None:
    """Importance asks for nothing but answers."""
    model, asked = of_own(task), MODELS[task]
    rows, read = rows_of(RAW, asked), targets(RAW, asked)
    metric = "mae" if task == "numbers" else "log_loss"
    question = Question.of(read.classes, None)
    found = permutation(
        model, rows, read.numbers, question, metric=metric, repeats=1, seed=1
    )

    assert {each.feature for each in found} == set(model.features)
    assert any(each.mean for each in found) == (task != "numbers")


def test_a_kind_of_ours_has_its_own_encoding() -> None:
    """Another one is refused."""
    with pytest.raises(InvalidParamsError, match="'ridge' has an encoding of its own"):
        trained("ridge", "two", "trees")

"""The candidates: what they learn, that they repeat it, and what they are refused."""

import io
from functools import cache
from typing import Any

import joblib
import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from helpers.tables import SMALL, classification, regression, rows_of, table
from lineal.modeling import storage
from lineal.modeling.sections import InvalidParamsError
from lineal.modeling.tables.candidates import KINDS, PREFIX, learner
from lineal.modeling.tables.config import Amount, Classes, Event, Table
from lineal.modeling.tables.features import make
from lineal.modeling.tables.learner import Learner
from lineal.modeling.tables.scores import class_scores, value_scores
from lineal.modeling.tables.targets import targets
from lineal.modeling.tables.tuning import fitted

RAW = table()
EVENT = Classes(event=Event(at_least=18), balance=True)
MODELS: dict[str, Table] = {
    "two": classification(
        "late", predict=EVENT, data={"exclude": ("kept_out", "after")}
    ),
    "three": classification(data={"exclude": ("kept_out", "after")}),
    "numbers": regression(
        predict=Amount(floor=0.0, log=True), data={"exclude": ("kept_out", "after")}
    ),
}


def blank(
    kind: str, task: str, *, seed: int = 4, threads: int = 1, **fixed: Any
) -> Learner:
    """Return an untrained candidate that trains in no time."""
    model = MODELS[task]
    return learner(
        kind,
        SMALL.get(kind, {}) | fixed,
        make(RAW, model, None)[1],
        model=model,
        classes=targets(RAW, model).classes,
        seed=seed,
        threads=threads,
    )


def trained(kind: str, task: str, **said: Any) -> Learner:
    """Return a candidate that has learned the first two thirds of the rows."""
    return fitted(blank(kind, task, **said), rows_of(RAW, MODELS[task]).iloc[:160])


once = cache(trained)


def stored(model: Learner) -> bytes:
    """Return the model as the bytes that go to disk."""
    buffer = io.BytesIO()
    joblib.dump(model, buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("task", ["two", "three"])
def test_every_classifier_answers_with_probabilities(kind: str, task: str) -> None:
    """Of rows it never saw; all but the baseline know more than the shares."""
    answers = once(kind, task).answer(rows_of(RAW, MODELS[task]).iloc[160:])
    codes = targets(RAW, MODELS[task]).numbers[160:]
    found = class_scores(codes, answers, positive=1 if task == "two" else None)

    assert answers.shape == (80, 2 if task == "two" else 3)
    assert answers.sum(axis=1) == pytest.approx(1)
    assert found["roc_auc"] is not None
    assert found["roc_auc"] > (0.58 if kind != "baseline" else 0.49)


@pytest.mark.parametrize("kind", KINDS)
def test_every_regressor_answers_with_numbers(kind: str) -> None:
    """Of rows it never saw; the baseline answers with the median."""
    rows = rows_of(RAW, MODELS["numbers"])
    answers = once(kind, "numbers").answer(rows.iloc[160:])
    found = value_scores(RAW["value"].iloc[160:], answers)

    assert (answers >= 0).all()
    assert found["r2"] is not None
    assert found["r2"] > (0.25 if kind != "baseline" else -0.5)
    if kind == "baseline":
        assert answers[0] == pytest.approx(RAW["value"][:160].median(), rel=0.01)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("task", MODELS)
def test_unknown_words_and_missing_values_never_fail(kind: str, task: str) -> None:
    """Even where everything is missing, and nothing was before."""
    rows = rows_of(RAW.assign(kind="never seen", town="nowhere"), MODELS[task])[:5]
    hollow = rows.copy()
    hollow[list(once(kind, task).features)] = np.nan

    assert np.isfinite(once(kind, task).answer(rows)).all()
    assert np.isfinite(once(kind, task).answer(hollow)).all()


@pytest.mark.parametrize("form", ["joblib", "skops"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("task", MODELS)
def test_every_candidate_comes_back_as_it_was(kind: str, task: str, form: Any) -> None:
    """What was loaded answers the same, to the last bit, and dumps are equal."""
    model, rows = once(kind, task), rows_of(RAW, MODELS[task])
    content = storage.dump(model, form)
    found = storage.load(content, storage.md5(content), form, name="model")

    assert found.answer(rows).tolist() == model.answer(rows).tolist()
    assert storage.dump(model, form) == content


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("task", MODELS)
def test_the_same_seed_gives_the_same_bytes(kind: str, task: str) -> None:
    """Training again is no other model, whatever threads the caller has."""
    with threadpool_limits(2):
        again = trained(kind, task)

    assert stored(again) == stored(once(kind, task))


@pytest.mark.parametrize("kind", ["forest", "xgboost"])
def test_another_seed_gives_another_model(kind: str) -> None:
    """The seed is where all randomness comes from."""
    rows = rows_of(RAW, MODELS["two"])
    other = trained(kind, "two", seed=5)

    assert not np.array_equal(other.answer(rows), once(kind, "two").answer(rows))


def test_a_forest_answers_with_one_worker() -> None:
    """Two workers would add up the trees in either order."""
    model = trained("forest", "two", threads=2)

    assert model.model.n_jobs == 1
    assert model.estimator["model"].n_jobs == 2


def test_the_baseline_looks_at_no_feature() -> None:
    """It has nothing but the shares of the classes."""
    assert once("baseline", "three").sources == ()


@pytest.mark.parametrize("kind", ["linear", "ridge"])
def test_weekdays_are_no_numbers_to_a_linear_model(kind: str) -> None:
    """Each has its own level."""
    assert once(kind, "two").sources.count("when.weekday") == 7


def test_fixed_parameters_win() -> None:
    """Over those that a kind has by itself."""
    assert blank("ridge", "two", C=3.0).get_params()[f"{PREFIX}C"] == 3.0


def test_an_unknown_candidate_is_refused() -> None:
    """The message has all that there are."""
    with pytest.raises(
        InvalidParamsError, match="'prophet' is unknown; choose of base"
    ):
        blank("prophet", "two")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("task", ["two", "numbers"])
def test_an_unknown_parameter_is_refused(kind: str, task: str) -> None:
    """Even by an estimator that would take any keyword and ignore it."""
    with pytest.raises(InvalidParamsError, match=rf"candidate {kind!r}: .*colour"):
        blank(kind, task, colour=3)


@pytest.mark.parametrize("kind", ["forest", "boosting", "xgboost"])
def test_the_seed_is_no_parameter(kind: str) -> None:
    """There is one seed, and params.yaml says it once."""
    with pytest.raises(InvalidParamsError, match="random_state"):
        blank(kind, "two", random_state=3)

"""Importance of tables: the useful feature first; values that add up."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from helpers.answered import NUMBER, THREE, TWO, classification, regression
from lineal.modeling.features.column import Feature
from lineal.modeling.tables.candidates import KINDS, learner
from lineal.modeling.tables.contributions import contributions
from lineal.modeling.tables.importance import Importance, permutation, shap_values
from lineal.modeling.tables.learner import Learner
from lineal.modeling.tables.question import Question

SMALL: dict[str, dict[str, Any]] = {
    "forest": {"n_estimators": 5},
    "boosting": {"max_iter": 10, "early_stopping": False},
    "xgboost": {"n_estimators": 10},
}
FEATURES = (
    Feature("strong", "column", ("strong",), "Matters."),
    Feature("weak", "column", ("weak",), "Does not matter."),
    Feature("word", "column", ("word",), "Matters too.", type="code"),
)
PLAIN = FEATURES[:2]
QUESTIONS = {"two": TWO, "three": THREE, "number": NUMBER}
each_question = pytest.mark.parametrize(
    "question", QUESTIONS.values(), ids=QUESTIONS.keys()
)


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Keep OpenMP to one thread, as the stages do: more only wait for each other."""
    with threadpool_limits({"openmp": 1}):
        yield


def table(count: int = 300, *, seed: int = 0) -> pd.DataFrame:
    """Return rows with missing numbers, and words."""
    rng = np.random.default_rng(seed)
    weak = rng.normal(size=count).astype(np.float32)
    weak[::9] = np.nan
    return pd.DataFrame(
        {
            "strong": rng.normal(size=count).astype(np.float32),
            "weak": weak,
            "word": pd.Categorical(rng.choice(["x", "y", "z"], count)),
        }
    )


def goal(rows: pd.DataFrame, question: Question) -> Any:
    """Return what happened: it hangs on two of the features."""
    rng = np.random.default_rng(7)
    sure = 2 * rows["strong"].to_numpy(float) + 3.0 * (rows["word"] == "y").to_numpy()
    noisy = sure + rng.normal(size=len(rows))
    if question.classes is None:
        return noisy
    return np.digitize(noisy, [0.5, 2.0][: len(question.classes) - 1]).astype(float)


def trained(
    kind: str, question: Question, features: tuple[Feature, ...] = FEATURES
) -> Learner:
    """Return a candidate that learned from some rows."""
    rows = table()
    blank = learner(
        kind,
        SMALL.get(kind, {}),
        features,
        model=regression() if question.classes is None else classification(),
        classes=question.classes,
        seed=1,
        threads=1,
    )
    return blank.fit(rows, goal(rows, question))


def margin(model: Learner, rows: pd.DataFrame, unit: str) -> Any:
    """Return what values add up to: log-odds, a probability, or a number."""
    if unit == "target":
        return model.answer(rows)
    if unit == "probability":
        found = model.answer(rows)
    elif hasattr(model.model, "decision_function"):
        found = model.model.decision_function(model.encoded(rows))
    else:
        found = model.model.predict(model.encoded(rows), output_margin=True)
    return found[:, 1] if found.ndim == 2 and found.shape[1] == 2 else found


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "baseline"])
@each_question
def test_values_add_up_to_the_answer(kind: str, question: Question) -> None:
    """Their differences between rows are those of the answers, of every class."""
    features = PLAIN if kind == "boosting" else FEATURES
    rows, model = table(40, seed=1), trained(kind, question, features)
    found = shap_values(model, rows, table(200, seed=2), seed=0)

    answers = margin(model, rows, found.unit)
    rest = answers - found.each.sum(axis=1)
    assert rest == pytest.approx(np.broadcast_to(rest[:1], rest.shape), abs=1e-4)
    assert found.mean_abs[0] > found.mean_abs[1]
    assert found.mean.shape == found.mean_abs.shape == (len(features),)


@each_question
def test_boosting_with_codes_is_sampled(question: Question) -> None:
    """The values add up to what its trees add up to, less that of other rows."""
    rows, model = table(10, seed=1), trained("boosting", question)
    found = shap_values(model, rows, table(200, seed=2), seed=0)

    seen = model.encoded(rows)
    raw = model.model.predict(seen) if question is NUMBER else margin(model, rows, "")
    rest = raw - found.each.sum(axis=1)
    assert rest == pytest.approx(np.broadcast_to(rest[:1], rest.shape))
    assert np.argmin(found.mean_abs) == 1


@each_question
def test_a_baseline_rests_on_nothing(question: Question) -> None:
    """It answers all rows alike."""
    model = trained("baseline", question)

    found = shap_values(model, table(5), table(5), seed=0)
    assert not found.each.any()
    assert found.unit == ("target" if question is NUMBER else "probability")


def test_one_class_alone_rests_on_nothing() -> None:
    """There is no trained estimator at all."""
    model = trained("linear", TWO)
    model.fit(table(), np.ones(300))

    assert not shap_values(model, table(5), table(5), seed=0).each.any()


def test_a_logarithm_is_explained_as_such() -> None:
    """Values add up to what was learned."""
    rows = table()
    model = learner(
        "ridge",
        {},
        FEATURES,
        model=regression(predict={"log": True}),
        classes=None,
        seed=1,
        threads=1,
    ).fit(rows, np.exp(goal(rows, NUMBER) / 3))

    assert shap_values(model, rows, rows, seed=0).unit == "logarithm of the target"


@pytest.mark.parametrize(
    ("question", "metric"),
    [(TWO, "log_loss"), (TWO, "roc_auc"), (THREE, "macro_f1"), (NUMBER, "r2")],
)
def test_the_useful_features_come_first(question: Question, metric: str) -> None:
    """Shuffling them makes any metric worse."""
    rows, model = table(seed=3), trained("linear", question)
    kept = rows.copy()
    found = permutation(
        model,
        rows,
        goal(rows, question),
        question,
        metric=metric,
        repeats=3,
        seed=0,
    )

    assert found[-1].feature == "weak"
    assert found[0].mean > found[1].mean > 0.02 > abs(found[2].mean)
    assert found[0].std > 0
    assert isinstance(found[0], Importance)
    pd.testing.assert_frame_equal(rows, kept)


@each_question
def test_an_undefined_metric_is_replaced(question: Question) -> None:
    """By log loss, or by the mean absolute error."""
    rows, model = table(seed=3), trained("linear", question)
    metric = "r2" if question is NUMBER else "roc_auc"
    found = permutation(
        model, rows, np.ones(300), question, metric=metric, repeats=2, seed=0
    )

    assert np.isfinite([each.mean for each in found]).all()


@pytest.mark.parametrize("kind", KINDS)
@each_question
def test_contributions_add_up_to_the_answer(kind: str, question: Question) -> None:
    """Of any model, to the last digits."""
    row, model = table(1, seed=5), trained(kind, question)
    found = contributions(model, row, table(80, seed=6))
    answers = model.answer(row)[0]

    total = found.base + sum(each.contribution for each in found.parts)
    assert total == pytest.approx(found.answer)
    expected = {
        "two": lambda: answers[1],
        "three": answers.max,
        "number": lambda: answers,
    }
    name = next(name for name, one in QUESTIONS.items() if one is question)
    assert found.answer == expected[name]()
    assert "against 50 rows" in found.method


def test_contributions_tell_values_as_plain_ones() -> None:
    """The largest first; missing values are none; meanings may be given."""
    row, model = table(1, seed=5), trained("linear", TWO)
    found = contributions(
        model, row, table(20), meaning=lambda answers: 100 * answers[:, 0]
    )
    values = {each.feature: each.value for each in found.parts}
    sizes = [abs(each.contribution) for each in found.parts]

    assert sizes == sorted(sizes, reverse=True)
    assert values == {
        "strong": float(row["strong"].iloc[0]),
        "weak": None,
        "word": str(row["word"].iloc[0]),
    }
    assert type(values["strong"]) is float
    assert found.answer == 100 * model.answer(row)[0, 0]
    assert "against 20 rows" in found.method

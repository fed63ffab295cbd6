"""What a learner makes of rows and targets, and of what a model answers."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from sklearn.base import BaseEstimator, clone
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_info

from lineal.modeling.tables.encoding import TableEncoder
from lineal.modeling.tables.learner import Learner, UnlearnableError

ROWS = pd.DataFrame(
    {"x": np.arange(6, dtype=np.float32), "word": list("aabbcc"), "other": 1.0}
)


class Witness(BaseEstimator):  # type: ignore[misc] # untyped base
    """An estimator that notes what it is given, and answers what it is told."""

    def __init__(self, answer: float = 0.0, told: Any = None) -> None:
        self.answer = answer
        self.told = told

    def fit(self, seen: Any, goal: Any, sample_weight: Any = None) -> "Witness":
        """Note everything."""
        self.seen_, self.goal_, self.weight_ = seen, goal, sample_weight
        self.threads_ = {pool["num_threads"] for pool in threadpool_info()}
        return self

    def predict(self, seen: Any) -> npt.NDArray[np.float64]:
        """Answer the same for every row."""
        return np.full(len(seen), self.answer)

    def predict_proba(self, seen: Any) -> npt.NDArray[np.float32]:
        """Find all classes that it learned alike."""
        return np.ones((len(seen), len(set(self.goal_))), dtype=np.float32)


def blank(answer: float = 0.0, **said: Any) -> Learner:
    """Return a learner around a witness."""
    encode = TableEncoder(("x",), ("word",), classes="classes" in said)
    pipeline = Pipeline([("encode", encode), ("model", Witness(answer))])
    return Learner(pipeline, ("x", "word"), **said)


def test_numbers_go_in_and_come_out() -> None:
    """Rows of like weight have none, and other columns are not looked at."""
    learner = blank(7.0).fit(ROWS, np.arange(6.0))

    assert learner.answer(ROWS).tolist() == [7.0] * 6
    assert learner.model.goal_.tolist() == list(range(6))
    assert learner.model.weight_ is None
    assert learner.model.seen_.shape == (6, 2)
    assert learner.encoded(ROWS).tolist() == learner.model.seen_.tolist()
    assert learner.sources == ("x", "word")


def test_weights_have_a_mean_of_one() -> None:
    """So that a forest draws as many rows as without."""
    learner = blank().fit(ROWS, np.arange(6.0), [1, 1, 1, 1, 1, 7])

    assert learner.model.weight_.tolist() == [0.5] * 5 + [3.5]


def test_the_logarithm_is_learned_and_taken_back() -> None:
    """An answer is never many times the largest target."""
    learner = blank(np.log1p(3.0), log=True).fit(ROWS, np.arange(6.0))

    assert learner.model.goal_.tolist() == np.log1p(np.arange(6.0)).tolist()
    assert learner.answer(ROWS) == pytest.approx([3.0] * 6)
    wild = blank(1e9, log=True).fit(ROWS, np.arange(6.0))
    assert wild.answer(ROWS) == pytest.approx([6 * np.e - 1] * 6)


def test_a_target_without_a_logarithm_is_refused() -> None:
    """The message says which and the way out."""
    with pytest.raises(
        UnlearnableError, match="above -1, and one is -2: leave log out"
    ):
        blank(log=True).fit(ROWS, [1, 2, -2, 3, 4, 5])


def test_no_answer_is_below_the_floor() -> None:
    """As counts are never negative."""
    assert (
        blank(-3.0, floor=0.0).fit(ROWS, np.arange(6.0)).answer(ROWS).tolist()
        == [0.0] * 6
    )


def test_probabilities_are_in_the_order_of_codes() -> None:
    """A class that the rows lack gets none, and a row's add up to one."""
    learner = blank(classes=("a", "b", "c")).fit(ROWS, [0, 0, 2, 2, 2, 0])

    assert learner.model.goal_.tolist() == [0, 0, 1, 1, 1, 0]
    assert learner.answer(ROWS).tolist() == [[0.5, 0.0, 0.5]] * 6


def test_one_class_is_answered_without_learning() -> None:
    """A subsample may have no other."""
    learner = blank(classes=("a", "b")).fit(ROWS, [1] * 6)

    assert learner.answer(ROWS).tolist() == [[0.0, 1.0]] * 6
    assert learner.model is None


def test_balance_makes_classes_weigh_alike() -> None:
    """By the rows that are learned from; weights of rows still count."""
    learner = blank(classes=("a", "b"), balance=True).fit(ROWS, [0, 0, 0, 0, 1, 1])
    weights = learner.model.weight_

    assert weights[:4].sum() == pytest.approx(weights[4:].sum())
    assert weights.mean() == pytest.approx(1)


@pytest.mark.parametrize(
    ("native", "told"),
    [("told", [False, True]), (None, None)],
)
def test_a_model_is_told_which_columns_hold_codes(
    native: str | None, told: Any
) -> None:
    """In the words of its own keyword, if it has one."""
    learner = blank(native=native).fit(ROWS, np.arange(6.0))

    assert learner.model.told == told


def test_a_model_is_told_nothing_where_no_column_holds_codes() -> None:
    """As without words."""
    encode = TableEncoder(("x",), (), classes=False)
    learner = Learner(
        Pipeline([("encode", encode), ("model", Witness())]), ("x",), native="told"
    )

    assert learner.fit(ROWS, np.arange(6.0)).model.told is None


def test_threads_are_the_learners_own() -> None:
    """BLAS has one, whatever the caller has."""
    learner = blank(threads=1).fit(ROWS, np.arange(6.0))

    assert learner.model.threads_ == {1}


def test_a_copy_has_learned_nothing() -> None:
    """As cross-validation makes one for every fold."""
    learner = blank(classes=("a", "b")).fit(ROWS, [0, 1] * 3)

    assert not hasattr(clone(learner), "estimator_")
    assert not hasattr(learner.estimator["model"], "seen_")

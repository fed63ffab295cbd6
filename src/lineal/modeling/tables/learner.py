"""A candidate that learns from rows of features and answers about others."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, clone
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from lineal.errors import RefusedError
from lineal.modeling.imported import takes_weights, work_alone

Answers = npt.NDArray[np.float64]
Weights = npt.NDArray[np.float64]


class UnlearnableError(RefusedError):
    """The targets cannot be learned as params.yaml wants."""


class Learner(BaseEstimator):  # type: ignore[misc] # untyped base
    """Wrap a pipeline, so that rows and targets go in and answers come out.

    Args:
        estimator: Pipeline of the steps `encode` and `model`.
        features: Columns it may see, in order.
        classes: Labels in the order of codes; None for numbers.
        balance: Whether classes weigh alike, by the rows that are learned from.
        floor: Smallest number that is answered.
        log: Whether the logarithm of one plus the target is learned.
        native: Keyword of the model that is told which columns hold codes, if any.
        threads: OpenMP threads while learning, whatever the caller's are.
    """

    def __init__(  # noqa: PLR0913 - scikit-learn's estimators name all they can do
        self,
        estimator: Any,
        features: tuple[str, ...],
        *,
        classes: tuple[str, ...] | None = None,
        balance: bool = False,
        floor: float | None = None,
        log: bool = False,
        native: str | None = None,
        threads: int = 1,
    ) -> None:
        self.estimator = estimator
        self.features = features
        self.classes = classes
        self.balance = balance
        self.floor = floor
        self.log = log
        self.native = native
        self.threads = threads

    def fit(
        self,
        rows: pd.DataFrame,
        target: npt.ArrayLike,
        weight: npt.ArrayLike | None = None,
    ) -> Self:
        """Learn from rows; classes that they lack get no probability.

        Args:
            rows: With the features; other columns are not looked at.
            target: Codes of classes, or numbers.
            weight: Of each row; alike by default.

        Raises:
            UnlearnableError: A target has no logarithm.
        """
        values = np.asarray(target, dtype=np.float64)
        weights = np.ones(len(values)) if weight is None else np.asarray(weight)
        goal = self._goal(values)
        if self.balance and self.classes is not None:
            counts = np.bincount(goal.astype(np.int64))
            weights = weights / counts[goal.astype(np.int64)]
        # Forests draw `max_samples` of the weights' sum: a mean of one keeps it rows.
        weights = weights / weights.mean()
        self.estimator_: Any = None
        if self.classes is None or len(self.present_) > 1:
            with threadpool_limits({"blas": 1, "openmp": self.threads}):
                self.estimator_ = self._fitted(rows, goal, weights)
        return self

    def answer(self, rows: pd.DataFrame) -> Answers:
        """Return probabilities (rows, classes) in the order of codes, or numbers.

        One thread answers: more would add in another order, and wait for each other.
        """
        with threadpool_limits({"blas": 1, "openmp": 1}):
            return self._answer(rows)

    def encoded(self, rows: pd.DataFrame) -> npt.NDArray[Any]:
        """Return the matrix that the model itself sees, shape (rows, columns)."""
        matrix: npt.NDArray[Any] = self.estimator_["encode"].transform(
            rows[list(self.features)]
        )
        return matrix

    @property
    def sources(self) -> tuple[str, ...]:
        """The feature that each column of `encoded` is made of."""
        return tuple(self.estimator_["encode"].sources_)

    @property
    def model(self) -> Any:
        """The trained estimator behind the encoding; None if there was one class."""
        return None if self.estimator_ is None else self.estimator_["model"]

    def _answer(self, rows: pd.DataFrame) -> Answers:
        """Answer with the threads that there are."""
        if self.classes is None:
            return self._numbers(self.estimator_.predict(rows[list(self.features)]))
        found = np.zeros((len(rows), len(self.classes)))
        if self.estimator_ is None:
            found[:, self.present_] = 1.0
            return found
        seen = rows[list(self.features)]
        shares = np.asarray(self.estimator_.predict_proba(seen), dtype=np.float64)
        found[:, self.present_] = shares / shares.sum(axis=1, keepdims=True)
        return found

    def _goal(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Turn targets into what the estimator learns."""
        if self.classes is not None:
            present, goal = np.unique(values.astype(np.int64), return_inverse=True)
            self.present_ = present
            return goal.astype(np.float64)
        if not self.log:
            return values
        if len(values) and values.min() <= -1:
            msg = (
                f"predict.log wants targets above -1, and one is {values.min():g}: "
                "leave log out"
            )
            raise UnlearnableError(msg)
        return np.log1p(values)

    def _numbers(self, predicted: npt.ArrayLike) -> Answers:
        """Turn what the estimator predicts into numbers that make sense."""
        found = np.asarray(predicted, dtype=np.float64)
        if self.log:
            # No answer is more than a few times the largest target ever seen.
            found = np.expm1(np.minimum(found, self.top_))
        return found if self.floor is None else np.maximum(found, self.floor)

    def _fitted(
        self, rows: pd.DataFrame, goal: npt.NDArray[np.float64], weights: Weights
    ) -> Pipeline:
        """Fit the encoding, tell the model which columns hold codes, and fit it."""
        self.top_ = float(goal.max()) + 1
        pipeline: Pipeline = clone(self.estimator)
        encode, model = pipeline["encode"], pipeline["model"]
        matrix = encode.fit_transform(rows[list(self.features)], goal)
        if any(encode.categorical_):
            model.set_params(**_told(self.native, encode.categorical_))
        alike = bool((weights == weights[0]).all()) or not takes_weights(model)
        model.fit(matrix, goal, **({} if alike else {"sample_weight": weights}))
        work_alone(model)
        return pipeline


def _told(native: str | None, categorical: list[bool]) -> dict[str, Any]:
    """Return the parameters that say which columns hold codes."""
    if native == "feature_types":
        kinds = ["c" if codes else "q" for codes in categorical]
        return {"feature_types": kinds, "enable_categorical": True}
    return {} if native is None else {native: categorical}

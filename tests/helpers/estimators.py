"""Estimators of somebody's own, as their packages would have them."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.ensemble import ExtraTreesClassifier

NOTHING = 3
"""Something in a module that is no class."""


class Shares(ClassifierMixin, BaseEstimator):  # type: ignore[misc] # untyped base
    """Answer with the shares of the classes, moved by one column."""

    def __init__(self, column: int = 0, *, wild: bool = False) -> None:
        self.column = column
        self.wild = wild

    def fit(self, seen: Any, goal: Any) -> Self:
        """Count."""
        del seen
        self.classes_, counts = np.unique(goal, return_counts=True)
        self.shares_ = counts / len(goal)
        return self

    def predict(self, seen: Any) -> npt.NDArray[Any]:
        """Answer with the likeliest class."""
        found: npt.NDArray[Any] = self.classes_[self.predict_proba(seen).argmax(1)]
        return found

    def predict_proba(self, seen: Any) -> npt.NDArray[np.float64]:
        """Answer with probabilities."""
        column = np.nan_to_num(seen[:, self.column].astype(np.float64))
        moved = np.tile(self.shares_, (len(seen), 1))
        moved[:, -1] += np.abs(np.tanh(column))
        found: npt.NDArray[np.float64] = moved / moved.sum(axis=1, keepdims=True)
        return found


class Middle(RegressorMixin, BaseEstimator):  # type: ignore[misc] # untyped base
    """Answer with the mean; the seed is noted, and weights are not taken."""

    def __init__(self, shift: float = 0.0, random_state: int | None = None) -> None:
        self.shift = shift
        self.random_state = random_state

    def fit(self, seen: Any, goal: Any) -> Self:
        """Learn the mean."""
        del seen
        self.mean_ = float(np.mean(goal)) + self.shift
        return self

    def predict(self, seen: Any) -> npt.NDArray[np.float64]:
        """Answer alike."""
        return np.full(len(seen), self.mean_)


class Picky(Middle):
    """Refuse a value when it is made."""

    def __init__(self, shift: float = 0.0) -> None:
        if shift < 0:
            msg = "shift must not be negative"
            raise ValueError(msg)
        super().__init__(shift)


class Careless(Middle):
    """Take any number of values, which scikit-learn forbids."""

    def __init__(self, *anything: Any) -> None:
        super().__init__()
        self.anything = anything


class OwnTrees(ExtraTreesClassifier):  # type: ignore[misc] # untyped base
    """Trees under another name, which skops does not know."""

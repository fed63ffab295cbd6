"""What is asked of each row, and how tables of predictions hold the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from lineal.modeling.tables.answers import Vector, answered

PREDICTED = "predicted"
"""What a candidate's answers about validation are called."""

_TWO = 2


@dataclass(frozen=True, slots=True)
class Question:
    """Which of some classes, or what number.

    Attributes:
        classes: Labels in the order of codes; None where a number is asked.
        positive: Code of the class whose probability is asked, of two.
    """

    classes: tuple[str, ...] | None = None
    positive: int | None = None

    @classmethod
    def of(cls, classes: Sequence[str] | None, positive: str | None) -> Self:
        """Ask for classes by their labels; of two, the last one is the positive one."""
        if classes is None:
            return cls()
        if positive is None:
            return cls(tuple(classes), 1 if len(classes) == _TWO else None)
        return cls(tuple(classes), list(classes).index(positive))

    def put(self, name: str, answers: Vector) -> Mapping[str, Vector]:
        """Return a learner's answers as columns of a table of predictions.

        A number, or the probability of the positive class: `name`. More classes: the
        probabilities `name.LABEL`, and `name`, the code of the likeliest.
        """
        if self.classes is None:
            return {name: answers}
        if self.positive is not None:
            return {name: answers[:, self.positive]}
        shares = {f"{name}.{c}": answers[:, i] for i, c in enumerate(self.classes)}
        return {name: answered(answers, None).astype(np.float64), **shares}

    def take(self, predictions: pd.DataFrame, name: str) -> Vector:
        """Return what `put` made into columns, as a learner answers."""
        if self.classes is None:
            return predictions[name].to_numpy(dtype=np.float64)
        if self.positive is None:
            columns = [f"{name}.{label}" for label in self.classes]
            return predictions[columns].to_numpy(dtype=np.float64)
        share = predictions[name].to_numpy(dtype=np.float64)
        both = (1 - share, share) if self.positive else (share, 1 - share)
        return np.stack(both, axis=1)

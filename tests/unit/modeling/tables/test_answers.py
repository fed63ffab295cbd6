"""Answers that no metric can use are refused."""

from typing import Any

import numpy as np
import pytest

from lineal.modeling.tables.answers import UnusableAnswersError, answered
from lineal.modeling.tables.scores import class_scores, value_scores


def test_a_threshold_is_reached_by_what_equals_it() -> None:
    """Whichever of two is the positive class."""
    answers = np.array([[0.5, 0.5], [0.6, 0.4], [0.3, 0.7]])

    assert answered(answers, 1).tolist() == [1, 0, 1]
    assert answered(answers, 0).tolist() == [0, 0, 1]
    assert answered(answers, 1, 0.4).tolist() == [1, 1, 1]


def test_of_more_classes_the_likeliest_is_answered() -> None:
    """The first of equals."""
    answers = np.array([[0.4, 0.4, 0.2], [0.1, 0.2, 0.7]])

    assert answered(answers, None).tolist() == [0, 2]


@pytest.mark.parametrize(
    ("codes", "answers", "reason"),
    [
        ([0, 1], [0.1, 0.9], "rows by two or more classes"),
        ([0], [[1.0]], "rows by two or more classes"),
        ([0], [[0.5, 0.5], [1, 0]], "2 rows need as many codes|rows need as many"),
        ([2], [[0.5, 0.5]], "row 0 has the class 2, not a code below 2"),
        ([np.nan], [[0.5, 0.5]], "the class nan"),
        ([0], [[np.nan, 0.5]], "no finite probability"),
        ([0], [[-0.1, 1.1]], "outside 0 to 1"),
    ],
)
def test_unusable_classes_are_refused(codes: Any, answers: Any, reason: str) -> None:
    """A metric of them would be a number about nothing."""
    with pytest.raises(UnusableAnswersError, match=reason):
        class_scores(codes, answers, positive=None)


@pytest.mark.parametrize(
    ("actual", "predicted", "reason"),
    [
        ([1.0], [1.0, 2.0], "need as many answers"),
        ([np.nan], [1.0], "no finite actual value"),
        ([1.0], [np.inf], "no finite answer"),
    ],
)
def test_unusable_values_are_refused(actual: Any, predicted: Any, reason: str) -> None:
    """A model must answer every row."""
    with pytest.raises(UnusableAnswersError, match=reason):
        value_scores(actual, predicted)

"""What is asked, and how tables of predictions hold the answers."""

import numpy as np
import pandas as pd
import pytest

from helpers.answered import NUMBER, THREE, TWO
from lineal.modeling.tables.question import Question


@pytest.mark.parametrize(
    ("question", "answers", "columns"),
    [
        (NUMBER, [1.5, 2.5], ["m"]),
        (TWO, [[0.25, 0.75], [1, 0]], ["m"]),
        (Question.of(("yes", "no"), "yes"), [[0.25, 0.75], [1, 0]], ["m"]),
        (THREE, [[0.25, 0.25, 0.5], [1, 0, 0]], ["m", "m.a", "m.b", "m.c"]),
    ],
)
def test_answers_survive_in_a_table(
    question: Question, answers: list[float], columns: list[str]
) -> None:
    """What is put in is taken out."""
    table = pd.DataFrame(question.put("m", np.array(answers, dtype=float)))

    assert list(table) == columns
    assert question.take(table, "m").tolist() == answers


def test_the_likeliest_class_is_told() -> None:
    """By its code."""
    found = THREE.put("m", np.array([[0.25, 0.25, 0.5], [0.5, 0.5, 0]]))

    assert found["m"].tolist() == [2.0, 0.0]


def test_of_two_classes_the_last_is_the_positive_one() -> None:
    """Unless another is named; of more there is none."""
    assert Question.of(("no", "yes"), None).positive == 1
    assert Question.of(("yes", "no"), "yes").positive == 0
    assert THREE.positive is None

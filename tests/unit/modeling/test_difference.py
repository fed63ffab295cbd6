"""The words for differences of any metric; those of WAPE are with the bootstrap."""

from dataclasses import replace
from typing import Any

import pytest

from lineal.modeling.difference import Comparison, sentence

REAL = Comparison(-0.019, -0.021, -0.017, 0.95, 1.0, 14, 2000, 800)
TIED = "a and b cannot be told apart on this test period"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "0.017 to 0.021 lower): a real difference on this test period."),
        ({"high": 0.001}, "0.021 lower to 0.001 higher): they cannot be told apart"),
    ],
)
def test_other_losses_are_told_as_they_are(
    changes: dict[str, Any], expected: str
) -> None:
    """Only WAPE has percentage points."""
    told = sentence(replace(REAL, **changes), "a", "b", metric="log_loss")

    begun = "a's log loss is 0.019 lower than b's (95 % interval "
    assert told.startswith(begun + expected)


def test_too_few_groups_of_rows_say_nothing() -> None:
    """They are called what they are."""
    few = replace(REAL, low=None, high=None, days=3)

    told = sentence(few, "a", "b", metric="mae", unit="groups of rows")
    assert told == f"{TIED}: its 3 groups of rows are fewer than two blocks of 14."


def test_the_same_answers_have_the_same_error() -> None:
    """On every day, or everywhere."""
    same = replace(REAL, low=0.0, high=0.0, difference=0.0)

    told = sentence(same, "a", "b", metric="mae", unit="groups of rows")
    assert told == f"{TIED}: they have the same error everywhere."
    assert sentence(same, "a", "b").endswith("the same error on every day.")

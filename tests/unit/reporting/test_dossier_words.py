"""Tests of what all documents about a version say in the same words."""

from typing import Any

import pytest

from lineal.reporting.dossier_words import classing


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, []),
        ([], []),
        ({}, []),
        ({"classes": "no", "calibration": 3, "choice": {"threshold": "0.5"}}, []),
        ({"classes": [], "choice": None}, []),
        ({"calibration": "none"}, ["The calibration of its probabilities is none"]),
        (
            {"positive": "yes", "choice": {"threshold": 0.25, "objective": "f1"}},
            ["It answers yes from a probability of 0.25 on (objective f1)"],
        ),
    ],
)
def test_a_card_of_any_shape_says_what_it_can(found: Any, said: list[str]) -> None:
    """Other teams have cards of their own."""
    assert list(classing({"classing": found})) == said

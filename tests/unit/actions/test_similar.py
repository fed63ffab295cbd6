"""Tests of names that look mistyped."""

import pytest

from lineal.actions.similar import meant


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("chrun", "churn"),
        ("Churn", "churn"),
        ("churn_model", "churn-model"),
        ("churnmodel", "churn-model"),
        ("team:chrun", "team:churn"),
        ("stagng", "staging"),
        ("pord", "prod"),
    ],
)
def test_a_slip_of_the_fingers_is_found(name: str, known: str) -> None:
    """Letters in the wrong order, case, and what parts words."""
    assert meant(name, ["other", known]) == known


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("churn", "churn"),
        ("bus-1", "bus-2"),
        ("prod2", "prod"),
        ("prod-eu", "prod-us"),
        ("prod-eu", "prod"),
        ("model-a", "model-b"),
        ("dev", "prod"),
        ("canary", "staging"),
    ],
)
def test_members_of_a_family_are_no_slips(name: str, known: str) -> None:
    """Nor is a name that is known, or has nothing to do with it."""
    assert meant(name, [known]) is None

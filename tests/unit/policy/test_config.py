"""What a policy means, once it is read."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.policy.config import FactGate, Limits, Margin, Policy, StageRules

numbers = st.floats(allow_nan=False)
OWN, EVERY = StageRules(branch="main"), StageRules(came_from="dev")


@given(st.none() | numbers, st.none() | numbers, numbers)
def test_a_number_is_allowed_between_the_limits(
    low: float | None, high: float | None, value: float
) -> None:
    """The ends are included."""
    inside = (low is None or low <= value) and (high is None or value <= high)

    assert Limits(low, high).allows(value) == inside


@pytest.mark.parametrize("limits", [Limits(max=1), Limits(min=0), Limits(0, 1)])
def test_what_is_no_number_is_within_no_limit(limits: Limits) -> None:
    """NaN is neither more nor less than anything."""
    assert not limits.allows(math.nan)


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        (Limits(max=0.15), "<= 0.15"),
        (Limits(min=2), ">= 2"),
        (Limits(1, 3), ">= 1 and <= 3"),
        (Limits(), ""),
    ],
)
def test_limits_are_told_as_people_write_them(limits: Limits, text: str) -> None:
    """The lower one first."""
    assert str(limits) == text


@pytest.mark.parametrize(
    ("margin", "text"),
    [
        (Margin(0.01), "0.01"),
        (Margin(-0.01), "-0.01"),
        (Margin(0.025, relative=True), "2.5 %"),
    ],
)
def test_a_margin_is_told_in_its_unit(margin: Margin, text: str) -> None:
    """A share is per cent."""
    assert str(margin) == text


@pytest.mark.parametrize(
    ("fact", "trailer"),
    [
        ("latency_p95_ms", "Latency-P95-Ms"),
        ("size", "Size"),
        ("peak_memory_mb", "Peak-Memory-Mb"),
    ],
)
def test_a_fact_is_a_trailer(fact: str, trailer: str) -> None:
    """Trailers have capitals and dashes."""
    assert FactGate(fact, Limits()).trailer == trailer


@pytest.mark.parametrize(
    ("model", "stage", "rules"),
    [
        ("churn", "prod", OWN),
        ("churn", "dev", None),
        ("other", "prod", EVERY),
        ("other", "dev", EVERY),
        ("other", "staging", None),
        ("dir:churn", "prod", EVERY),
    ],
)
def test_a_model_has_its_own_rules_or_those_of_every_other(
    model: str, stage: str, rules: StageRules | None
) -> None:
    """They are never mixed: what stands under a model's name is all there is."""
    models = {"churn": {"prod": OWN}, "*": {"prod": EVERY, "dev": EVERY}}

    assert Policy(models=models).rules(model, stage) == rules


def test_a_policy_without_rules_has_none() -> None:
    """For any model and stage."""
    assert Policy().rules("churn", "prod") is None

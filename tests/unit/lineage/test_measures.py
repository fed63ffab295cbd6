"""Tests of how far a metric can be compared."""

from helpers.compared import facts, side, wrong
from lineal.lineage.compare import compare
from lineal.lineage.measures import plain


def test_a_card_without_the_metric_that_it_names_is_not_believed() -> None:
    """Such a value is not finite, whatever the errors by day add up to."""
    found = compare(side(), side(wrong(0.9), facts=facts(metrics={})))

    assert found.recommendation.verdict == "unclear"
    assert "card.json and errors.json of m@v1.0.0 disagree" in found.measures[0].why


def test_what_is_too_large_for_a_share_is_said_to_be() -> None:
    """The number before is not to blame."""
    found = plain("mae", 0.1, 1e308)

    assert (found.relative, found.verdict) == (None, "unknown")
    assert found.why == "mae was 0.1 before, and so large a change is no share of that"

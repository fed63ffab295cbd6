"""What is told of a decision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.policy.decision import Decision, Judged, date
from lineal.registry.trailers import Message, compose, parse

GOOD = Judged("card is there", "it is", "pass")
BAD = Judged("wape <= 0.1", "0.2", "fail")
UNKNOWN = Judged("wape <= 0.1", "the card has none", "missing", absolute=True)
texts = st.text(max_size=20)


@pytest.mark.parametrize(
    ("judged", "allowed"),
    [
        *(((), True), ((GOOD,), True), ((GOOD, BAD), False), ((UNKNOWN,), False)),
    ],
)
def test_a_decision_allows_what_all_rules_allow(
    judged: tuple[Judged, ...], *, allowed: bool
) -> None:
    """What cannot be judged is refused."""
    assert Decision(judged, "f").allowed is allowed


def test_refusals_are_the_rules_that_do_not_hold() -> None:
    """In their order."""
    assert Decision((BAD, GOOD, UNKNOWN), "f").refusals == (BAD, UNKNOWN)


def test_a_rule_is_told_with_its_evidence() -> None:
    """As one line."""
    assert str(BAD) == "wape <= 0.1: 0.2"


@given(texts, texts)
def test_a_trailer_has_three_parts_whatever_is_in_them(
    rule: str, evidence: str
) -> None:
    """Evidence quotes what others wrote, and must not pass for a verdict."""
    trailer = Judged(rule, evidence, "fail").trailer
    message = parse(compose(Message("Promote", "", (("Gate", trailer),))))

    said = message.get("Gate") or ""

    assert len(message.trailers) == 1
    assert said.endswith("| fail")
    assert said.count("|") == 2


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        (0, "1970-01-01"),
        (86_399, "1970-01-01"),
        (-1, "1969-12-31"),
        (1_700_000_000, "2023-11-14"),
        (253_402_300_800, "10000-01-01"),
    ],
)
def test_an_instant_has_a_day(seconds: int, day: str) -> None:
    """In UTC, also in years that no calendar has."""
    assert date(seconds) == day

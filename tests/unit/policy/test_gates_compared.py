"""Gates that compare a version with what a stage holds."""

from dataclasses import replace
from typing import Any

import pytest

from helpers.cases import CARD, GATE, case, facts, told
from lineal.policy.case import Incumbent, Match, Unknown
from lineal.policy.config import Margin, SignatureGate, VersusGate
from lineal.policy.gates import judge

NO_CARD = Unknown("churn v1.2.0 has no card")


def versus(gate: VersusGate, found: Match | Unknown | None) -> tuple[str, str]:
    """Judge a comparison."""
    return told(judge(gate, case(matches={gate: found})))


@pytest.mark.parametrize(
    ("gain", "amount", "verdict"),
    [
        *((0.02, 0.0, "pass"), (0.0, 0.0, "pass"), (-0.001, 0.0, "fail")),
        *((0.02, 0.02, "pass"), (0.019, 0.02, "fail"), (-0.01, -0.02, "pass")),
    ],
)
def test_a_version_is_better_by_the_margin(
    gain: float, amount: float, verdict: str
) -> None:
    """Exactly the margin is enough; a negative one may be worse."""
    gate = replace(GATE, improve=Margin(amount))

    assert versus(gate, Match(0.1, 0.12, gain, None, "rows"))[0] == verdict


@pytest.mark.parametrize(
    ("gain", "share", "verdict"),
    [
        *((0.02, 0.96, "pass"), (0.02, 0.95, "pass"), (0.02, 0.94, "fail")),
        *((0.005, 0.99, "fail"), (0.02, None, "missing"), (-1.0, None, "missing")),
    ],
)
def test_with_confidence_both_the_gain_and_its_certainty_count(
    gain: float, share: float | None, verdict: str
) -> None:
    """Where there are too few days to be sure, it is not known."""
    gate = replace(GATE, improve=Margin(0.01), confidence=0.95)

    assert versus(gate, Match(0.1, 0.12, gain, share, "rows"))[0] == verdict


@pytest.mark.parametrize(
    ("confidence", "share", "text"),
    [
        (None, None, "0.1, churn v1.1.0 has 0.12 (rows)"),
        (
            0.9,
            0.975,
            (
                "0.1, churn v1.1.0 has 0.12; better by the margin in 97.5 % of "
                "resamples (rows)"
            ),
        ),
        (0.9, None, "0.1, churn v1.1.0 has 0.12; too few days to resample (rows)"),
    ],
)
def test_a_comparison_tells_both_values_and_on_which_rows(
    confidence: float | None, share: float | None, text: str
) -> None:
    """So that an auditor need not compute it again."""
    gate = replace(GATE, confidence=confidence)

    assert versus(gate, Match(0.1, 0.12, 0.02, share, "rows"))[1] == text


@pytest.mark.parametrize(
    ("gate", "rule"),
    [
        (GATE, "wape better than prod by 0"),
        (
            VersusGate("wape", "dev", Margin(0.05, relative=True), 0.9),
            "wape better than dev by 5 %, confidence 0.9",
        ),
    ],
)
def test_a_comparison_tells_its_margin(gate: VersusGate, rule: str) -> None:
    """As the policy asks for it."""
    assert judge(gate, case()).rule == rule


def test_an_incumbent_that_nobody_named_is_called_by_its_stage() -> None:
    """There is always a name."""
    found = judge(GATE, case(incumbents={}))

    assert found.evidence == "0.1, prod has 0.12 (the same test rows, 90 days)"


def test_a_stage_that_never_held_anything_is_nothing_to_beat() -> None:
    """Else no first version could enter it."""
    said = "prod never held anything, so there is nothing to beat"

    assert versus(GATE, None) == ("pass", said)


def test_a_comparison_that_failed_says_why() -> None:
    """With the reason of whoever compared."""
    assert versus(GATE, Unknown("other rows")) == ("missing", "other rows")


def test_a_comparison_that_nobody_made_is_missing() -> None:
    """Also where others were made."""
    other = replace(GATE, metric="mae")

    assert told(judge(other, case())) == ("missing", "nobody compared them")


def signed(before: Any, after: Any, **both: Any) -> tuple[str, str]:
    """Compare two signatures, of inputs or of outputs."""
    part = both.get("part", "inputs")
    usual = dict(CARD["signature"])
    cards = ({**CARD, "signature": {**usual, part: one}} for one in (before, after))
    old, new = (facts(card) for card in cards)
    held = {"prod": Incumbent("churn v1.1.0", old)}
    return told(judge(SignatureGate(), case(card=new, incumbents=held)))


A, MAYBE = {"name": "a", "type": "number"}, {"name": "a", "required": False}
B = {"name": "b", "type": "text"}


@pytest.mark.parametrize(
    ("before", "after", "verdict", "evidence"),
    [
        ([A], [A], "pass", "whoever calls churn v1.1.0 can call it"),
        ([A], [A, {**B, "required": False}], "pass", None),
        ([A, B], [A], "fail", "input b removed"),
        ([A], [{**A, "type": "text"}], "fail", "input a changed from number to text"),
        ([A], [A, B], "fail", "new required input b"),
        ([MAYBE], [{"name": "a"}], "fail", "input a became required"),
        ([A], [MAYBE], "missing", "the card does not say the type of input a"),
        ([A], [{"name": "a", "type": 3}], "missing", None),
        ([{"name": "a"}], [A], "pass", None),
        ([A], None, "missing", None),
        (None, [A], "missing", None),
        ([A], "a", "missing", None),
        ([A], [], "fail", "input a removed"),
        ([], [{"name": ""}], "pass", None),
    ],
)
def test_callers_of_the_incumbent_can_call_the_version(
    before: Any, after: Any, verdict: str, evidence: str | None
) -> None:
    """What would break them fails, and what is not said is missing."""
    found = signed(before, after)

    assert found[0] == verdict, found
    assert evidence is None or found[1] == evidence


@pytest.mark.parametrize(
    ("before", "after", "verdict", "evidence"),
    [
        ([A], [A, B], "pass", None),
        ([A, B], [A], "fail", "output b removed"),
        ([A], [{**A, "type": "text"}], "fail", "output a changed from number to text"),
        ([A], [{**A, "required": False}], "fail", "output a may now be missing"),
        ([A], [{"name": "a"}], "missing", "the card does not say the type of output a"),
        ([A], None, "missing", None),
    ],
)
def test_what_comes_out_is_what_came_out(
    before: Any, after: Any, verdict: str, evidence: str | None
) -> None:
    """More may come out."""
    found = signed(before, after, part="outputs")

    assert found[0] == verdict, found
    assert evidence is None or found[1] == evidence


def test_a_card_that_does_not_say_what_goes_in_is_named() -> None:
    """Whichever of the two it is."""
    end = "does not say what goes in and what comes out"

    assert signed([A], None)[1] == f"the card of v1.2.0 {end}"
    assert signed(None, [A])[1] == f"the card of churn v1.1.0 {end}"


def test_an_incumbent_without_a_card_is_missing() -> None:
    """Nobody knows what its callers send."""
    held = {"prod": Incumbent("churn v1.1.0", Unknown("it has no card"))}

    found = judge(SignatureGate(), case(incumbents=held))

    assert told(found) == ("missing", "it has no card")


def test_nobody_calls_a_stage_that_never_held_anything() -> None:
    """Not even a card is asked for."""
    said = "prod never held anything, so nobody calls it"

    found = judge(SignatureGate(), case(incumbents={"prod": None}, card=NO_CARD))

    assert told(found) == ("pass", said)


def test_the_signature_may_be_that_of_another_stage() -> None:
    """And then that stage counts alone."""
    found = judge(SignatureGate("dev"), case(incumbents={"dev": None}))

    assert (found.rule, found.verdict) == ("signature compatible with dev", "pass")
    assert judge(SignatureGate("dev"), case()).verdict == "missing"

"""Gates on scores: of all rows, and of each segment or horizon."""

from typing import Any

import pytest

from helpers.cases import CARD, case, facts, told
from lineal.policy.config import Limits, MetricGate
from lineal.policy.gates import judge

LOW = MetricGate("wape", Limits(max=0.15))


def carded(**changes: Any) -> Any:
    """Return a case whose card says some parts otherwise."""
    return case(card=facts({**CARD, **changes}))


@pytest.mark.parametrize(
    ("limits", "verdict", "text"),
    [
        (Limits(max=0.15), "pass", "wape <= 0.15: 0.1"),
        (Limits(max=0.1), "pass", "wape <= 0.1: 0.1"),
        (Limits(min=0.1), "pass", "wape >= 0.1: 0.1"),
        (Limits(max=0.05), "fail", "wape <= 0.05: 0.1"),
        (Limits(min=0.2), "fail", "wape >= 0.2: 0.1"),
        (Limits(min=0.05, max=0.2), "pass", "wape >= 0.05 and <= 0.2: 0.1"),
        (Limits(min=0.05, max=0.09), "fail", "wape >= 0.05 and <= 0.09: 0.1"),
    ],
)
def test_a_metric_lies_within_its_limits(
    limits: Limits, verdict: str, text: str
) -> None:
    """The ends are included."""
    found = judge(MetricGate("wape", limits), case())

    assert (found.verdict, str(found)) == (verdict, text)


@pytest.mark.parametrize(
    "value",
    [
        *("NaN", "Infinity", "-Infinity", '"0.1"', "null", "true", "false", "[0.1]"),
        *("{}", '{"wape": 0.1}', f"1{'0' * 400}", f"1{'0' * 4000}", "1e999", '"NaN"'),
    ],
)
def test_a_metric_that_is_no_finite_number_is_missing(value: str) -> None:
    """Whatever JSON can hold, nothing but a number passes."""
    card = facts(f'{{"metrics": {{"wape": {value}, "mae": 3}}}}')

    found = judge(LOW, case(card=card))

    assert found.verdict == "missing"
    assert found.evidence.startswith("the card has no finite wape; it has ")


@pytest.mark.parametrize(
    "card",
    [
        {"champion": "a", "test": {"a": {"wape": float("nan")}, "wape": 0.1}},
        {"champion": "a", "test": {"a": {"mae": 1}}, "metrics": {"wape": 0.1}},
        {"test": {"wape": "0.1"}, "metrics": {"wape": 0.1}},
    ],
)
def test_another_score_does_not_stand_in_for_the_champions(card: Any) -> None:
    """Else a NaN would be passed over by a number from somewhere else."""
    assert judge(LOW, case(card=facts(card))).verdict == "missing"


def test_a_card_without_any_score_says_so() -> None:
    """There is nothing to list."""
    found = judge(LOW, case(card=facts("{}")))

    assert told(found) == ("missing", "the card has no finite wape; it has none")


def test_an_inner_metric_has_the_name_of_both() -> None:
    """Other teams keep scores by data set."""
    found = judge(
        MetricGate("test.wape", Limits(max=0.2)),
        case(card=facts({"metrics": {"test": {"wape": 0.1}}})),
    )

    assert told(found) == ("pass", "0.1")


@pytest.mark.parametrize(
    ("part", "names", "top", "expected"),
    [
        ("segment", (), 0.15, ("pass", "south 0.12, north 0.08")),
        ("segment", (), 0.10, ("fail", "south 0.12")),
        ("segment", ("north",), 0.10, ("pass", "north 0.08")),
        ("segment", ("north", "south"), 0.10, ("fail", "south 0.12")),
        ("segment", ("east",), 0.10, ("missing", "the card has no segment east")),
        ("horizon", (), 0.15, ("pass", "7 0.11, 1 0.09")),
        ("horizon", ("7",), 0.10, ("fail", "7 0.11")),
        ("horizon", ("1", "9"), 1, ("missing", "the card has no horizon 9")),
    ],
)
def test_a_metric_of_parts_holds_in_each_of_them(
    part: Any, names: tuple[str, ...], top: float, expected: tuple[str, str]
) -> None:
    """The worst are named first."""
    gate = MetricGate("wape", Limits(max=top), part, names)

    assert told(judge(gate, case())) == expected


def test_a_lower_limit_names_the_lowest_part_first() -> None:
    """It is the one that is nearest to failing."""
    gate = MetricGate("wape", Limits(min=0.01), "segment")

    found = judge(gate, case())

    assert str(found) == "wape of each segment >= 0.01: north 0.08, south 0.12"


def test_parts_that_are_named_stand_in_the_rule() -> None:
    """So that its line tells what was asked."""
    gate = MetricGate("wape", Limits(max=1), "horizon", ("1", "7"))

    assert judge(gate, case()).rule == "wape of horizon 1, 7 <= 1"


@pytest.mark.parametrize("scores", [{"wape": None}, {"wape": "0.1"}, {}, 3])
def test_a_part_without_the_score_is_missing(scores: Any) -> None:
    """One segment that says nothing is enough."""
    gate = MetricGate("wape", Limits(max=1), "segment")
    parts = {"north": {"wape": 0.1}, "south": scores}

    found = judge(gate, carded(by_segment=parts))

    assert found.verdict == "missing"
    assert found.evidence.startswith("the card has no finite wape for south")


@pytest.mark.parametrize("parts", [{}, None, [1], "north"])
def test_no_parts_at_all_are_missing(parts: Any) -> None:
    """Each of none is not yes."""
    gate = MetricGate("wape", Limits(max=1), "segment")

    found = judge(gate, carded(by_segment=parts))

    assert told(found) == ("missing", "the card has no scores by segment")


def test_of_many_parts_the_evidence_names_a_few() -> None:
    """A card may have thousands."""
    parts = {f"s{each}": {"wape": 1 + each} for each in range(9)}
    gate = MetricGate("wape", Limits(max=0.5), "segment")

    found = judge(gate, carded(by_segment=parts))

    assert told(found) == ("fail", "s8 9, s7 8, s6 7 and 6 more")

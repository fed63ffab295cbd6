"""Every kind of gate: what passes, what fails, and what cannot be told."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.cases import CARD, DAY, GATE, NOW, case, facts, said, told
from lineal.policy.case import Incumbent, Unknown
from lineal.policy.config import (
    CardGate,
    FactGate,
    FreshGate,
    Gate,
    Limits,
    MetricGate,
    ReproductionGate,
    SignatureGate,
)
from lineal.policy.gates import judge
from lineal.registry.reproduced import Environment

LOW = MetricGate("wape", Limits(max=0.15))
LATENCY = FactGate("latency_p95_ms", Limits(max=20))
NO_CARD = Unknown("churn v1.2.0 has no card")
EVERY: tuple[Gate, ...] = (
    LOW,
    GATE,
    SignatureGate(),
    LATENCY,
    FreshGate(30),
    CardGate(),
    ReproductionGate(),
)


def carded(**changes: Any) -> Any:
    """Return a case whose card says some parts otherwise."""
    return case(card=facts({**CARD, **changes}))


@pytest.mark.parametrize("gate", EVERY)
def test_every_kind_passes_where_nothing_is_wrong(gate: Gate) -> None:
    """Each of them can be kept."""
    found = judge(gate, case(reproductions=(said("bob@x.org", "identical"),)))

    assert found.verdict == "pass", found
    assert not found.absolute


@pytest.mark.parametrize("gate", EVERY)
def test_every_kind_refuses_what_nobody_looked_at(gate: Gate) -> None:
    """And says what is missing."""
    nothing = case(card=NO_CARD, measured={}, incumbents={}, matches={})

    found = judge(gate, nothing)

    assert found.verdict == "missing", found
    assert found.evidence


@pytest.mark.parametrize(
    "gate", [LOW, SignatureGate(), FreshGate(30), CardGate(), replace(LOW, part="all")]
)
def test_without_a_card_the_gate_says_why_there_is_none(gate: Gate) -> None:
    """The reason is that of whoever looked for it."""
    assert told(judge(gate, case(card=NO_CARD))) == ("missing", NO_CARD.why)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        *(("12.5", "pass"), ("20", "pass"), ("20.0001", "fail"), ("0", "pass")),
        *(("007", "pass"), ("9" * 30, "fail")),
    ],
)
def test_a_fact_lies_within_its_limits(text: str, verdict: str) -> None:
    """As the registration wrote it."""
    found = judge(LATENCY, case(measured={"latency-p95-ms": text}))

    assert (found.rule, *told(found)) == ("latency_p95_ms <= 20", verdict, text)


@pytest.mark.parametrize(
    "text",
    [
        *("20; rm", "1e3", "\u0663", "NaN", "-5", "+5", "", " 5", "5 ", "5\n", "0x5"),
        *("1_0", "1,5", "inf", ".5", "5.", "1" * 31, "5.5.5", "\uff15", "5 ms", "five"),
    ],
)
def test_a_fact_that_is_no_plain_number_is_missing(text: str) -> None:
    """A trailer is text that anybody wrote; most of it float would take."""
    found = judge(LATENCY, case(measured={"latency-p95-ms": text}))

    assert found.verdict == "missing"
    assert found.evidence == f"Latency-P95-Ms is {text[:40]!r}, no number"


@given(st.text())
def test_no_text_of_a_fact_makes_it_fail(text: str) -> None:
    """It is a number within the limits, or refused."""
    found = judge(LATENCY, case(measured={"latency-p95-ms": text}))

    if found.verdict == "pass":
        assert 0 <= float(text) <= 20


def test_a_fact_that_was_not_measured_names_its_trailer() -> None:
    """And how to have it."""
    found = judge(LATENCY, case(measured={"latency": "1"}))

    assert told(found) == (
        "missing",
        "the registration has no Latency-P95-Ms: register with --fact or --measure",
    )


@pytest.mark.parametrize(
    ("last", "verdict", "evidence"),
    [
        ("2023-11-10", "pass", "it ends on 2023-11-10, 4 days ago"),
        ("2023-11-14", "pass", "it ends on 2023-11-14, 0 days ago"),
        ("2023-11-10T23:00:00+05:00", "pass", "it ends on 2023-11-10, 4 days ago"),
        ("2023-10-01", "fail", "it ends on 2023-10-01, 44 days ago"),
        ("0001-01-01", "fail", None),
        ("2023-11-15", "missing", "the data ends on 2023-11-15, in the future"),
        ("2033-01-01", "missing", "the data ends on 2033-01-01, in the future"),
        ("9999-12-31", "missing", "the card does not say when its data ends"),
        ("2023-02-30", "missing", "the card does not say when its data ends"),
        ("yesterday", "missing", None),
        (20231110, "missing", None),
        (None, "missing", None),
    ],
)
def test_data_is_as_fresh_as_its_last_day(
    last: Any, verdict: str, evidence: str | None
) -> None:
    """That day counts in full; one that is yet to come is a mistake."""
    found = judge(FreshGate(30), carded(data={"last": last}))

    assert found.rule == "data is at most 30 days old"
    assert found.verdict == verdict, found
    assert evidence is None or found.evidence == evidence


def test_data_is_too_old_from_one_second_to_the_next() -> None:
    """The limit is included."""
    last = facts().data_last
    assert last is not None

    verdicts = [
        judge(FreshGate(2), case(now=last + 2 * DAY + late)).verdict for late in (0, 1)
    ]

    assert verdicts == ["pass", "fail"]
    assert last <= NOW


def test_a_card_that_can_be_read_is_there() -> None:
    """Whatever it says."""
    assert told(judge(CardGate(), case(card=facts("{}")))) == ("pass", "it is")


def reproduced(gate: ReproductionGate, *found: Any) -> tuple[str, str]:
    """Judge proofs."""
    return told(judge(gate, case(reproductions=found)))


def test_other_bytes_of_other_packages_prove_nothing() -> None:
    """Neither for a version nor against it; the same bytes do, whatever made them."""
    ran = Environment(pinned=False, python="3", file="a.txt")
    other = str(replace(ran, differing=("b 1 (pinned 2)",)))
    same = str(ran)
    bob = replace(said("bob@x.org", "different", 2), environment=other)
    before = said("bob@x.org", "identical")

    verdict, evidence = reproduced(ReproductionGate(), bob)
    assert verdict == "missing"
    assert "other bytes were made with other packages than are pinned" in evidence
    assert reproduced(ReproductionGate(), before, bob)[0] == "pass"
    for environment in (same, ""):
        found = replace(bob, environment=environment)
        assert reproduced(ReproductionGate(), before, found)[0] == "fail"
    proof = replace(before, environment=other)
    assert reproduced(ReproductionGate(), proof)[0] == "pass"


def test_a_proof_names_who_made_it() -> None:
    """And whether a signature shows it."""
    bob = said("bob@x.org", "identical")

    assert reproduced(ReproductionGate(), bob) == (
        "pass",
        "bob@x.org got the same bytes",
    )
    assert reproduced(ReproductionGate(), replace(bob, verified=False)) == (
        "pass",
        "bob@x.org (unverified) got the same bytes",
    )


def test_somebody_who_got_other_bytes_refuses_for_all() -> None:
    """However many got the same ones."""
    found = reproduced(
        ReproductionGate(),
        said("ann@x.org", "identical"),
        said("bob@x.org", "different"),
    )

    assert found == ("fail", "bob@x.org got other bytes")


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [("identical", "different", "fail"), ("different", "identical", "pass")],
)
def test_the_last_proof_of_somebody_counts(
    first: Any, second: Any, verdict: str
) -> None:
    """They may find out what was wrong, in whatever order tags are listed."""
    words = (said("bob@x.org", second, 10), said("bob@x.org", first, 9))

    assert reproduced(ReproductionGate(), *words)[0] == verdict


@pytest.mark.parametrize(
    ("gate", "word"),
    [
        (ReproductionGate(of=("ann@x.org",)), said("bob@x.org", "identical")),
        (
            ReproductionGate(signed=True),
            said("bob@x.org", "identical", verified=False),
        ),
        (ReproductionGate(of=("ann@x.org",)), said("bob@x.org", "different")),
    ],
)
def test_a_proof_that_does_not_count_is_missing(gate: Any, word: Any) -> None:
    """Neither way."""
    found = reproduced(gate, word)

    assert found[0] == "missing"
    assert found[1].startswith("of 1 recorded none counts: `lineal reproduce --record`")


def test_without_any_proof_the_way_to_one_is_named() -> None:
    """Nobody has to look for it."""
    found = judge(ReproductionGate(signed=True), case())

    assert (found.rule, found.verdict) == ("reproduction recorded, signed", "missing")
    assert found.evidence == "none is recorded: `lineal reproduce --record` makes one"


@given(
    st.sampled_from(EVERY),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(st.sampled_from([*CARD, "wape", "last", "inputs"]), inner)
        ),
        max_leaves=10,
    ),
)
def test_no_card_makes_a_gate_fail_to_answer(gate: Gate, content: Any) -> None:
    """Other teams' cards have any form."""
    card = facts(
        json.dumps(
            {
                "metrics": content,
                "data": content,
                **(content if isinstance(content, dict) else {}),
            }
        )
    )
    held = {"prod": Incumbent("churn v1.1.0", card)}

    found = judge(gate, case(card=card, incumbents=held))

    assert found.verdict in {"pass", "fail", "missing"}
    assert found.evidence

"""Gates asked about versions that a real repository holds."""

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.committing import CARD, files, promoted, registered, stated
from helpers.judging import MODEL, NOW, decided, judged
from helpers.sandbox import Sandbox
from lineal.policy.config import (
    CardGate,
    FactGate,
    FreshGate,
    Gate,
    Limits,
    MetricGate,
    ReproductionGate,
    SignatureGate,
    StageRules,
)

CARD_PATH = f"models/{MODEL}/card.json"
WAPE = MetricGate("wape", Limits(max=0.15))
SIZE = FactGate("model_size", Limits(max=100))


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Make a registry in which a version held prod, and the next one waits."""
    made = Sandbox.create(tmp_path / "repo")
    registered(made, MODEL, "v1.0.0")
    promoted(made, MODEL, "v1.0.0", "prod", 1)
    registered(made, MODEL, "v2.0.0", Model_Size=50)
    return made


def card(**changes: Any) -> dict[str, Any]:
    """Return the usual card with some parts said otherwise."""
    return {**CARD, **changes}


@pytest.mark.parametrize(
    ("gate", "evidence"),
    [
        (WAPE, "0.1"),
        (MetricGate("wape", Limits(max=0.2), "segment"), "south 0.12, north 0.08"),
        (MetricGate("wape", Limits(max=0.1), "horizon", ("1",)), "1 0.09"),
        (SignatureGate(), f"whoever calls {MODEL} v1.0.0 can call it"),
        (SIZE, "50"),
        (FreshGate(30), "it ends on 2023-11-10, 4 days ago"),
        (CardGate(), "it is"),
    ],
)
def test_what_is_committed_is_judged(box: Sandbox, gate: Gate, evidence: str) -> None:
    """Each kind finds what it asks for."""
    found = judged(box, "v2.0.0", gate)

    assert (found.verdict, found.evidence) == ("pass", evidence)


def test_the_working_tree_is_nothing_to_a_gate(box: Sandbox) -> None:
    """The version is what was committed."""
    (box.root / CARD_PATH).write_text('{"metrics": {"wape": 9}}', encoding="utf-8")

    assert judged(box, "v2.0.0", WAPE).evidence == "0.1"


def test_a_card_that_was_changed_by_hand_does_not_count(box: Sandbox) -> None:
    """The pipeline recorded another hash."""
    content = files(MODEL)
    content[CARD_PATH] = json.dumps(card(test={"ridge": {"wape": 0.001}}))
    registered(box, MODEL, "v3.0.0", content)

    for gate in (WAPE, FreshGate(30), CardGate(), SignatureGate()):
        found = judged(box, "v3.0.0", gate)

        assert found.verdict == "missing"
        assert found.evidence == (
            f"{CARD_PATH} of {MODEL} v3.0.0 is not the one that dvc.lock records: it "
            "was changed by hand, or `dvc repro` was not run"
        )


def test_the_incumbents_card_must_not_be_changed_by_hand_either(box: Sandbox) -> None:
    """Whoever makes it worse makes the next one look better."""
    content = {**files(MODEL), CARD_PATH: json.dumps(card(signature={}))}
    registered(box, MODEL, "v3.0.0", content)
    promoted(box, MODEL, "v3.0.0", "prod", 2)

    found = judged(box, "v2.0.0", SignatureGate())

    assert found.verdict == "missing"
    assert "was changed by hand" in found.evidence


@pytest.mark.parametrize(
    ("lock", "verdict"),
    [
        ("schema: '2.0'\nstages: {}\n", "pass"),
        ("schema: [", "missing"),
        ("schema: '9.0'\nstages: {}\n", "missing"),
    ],
)
def test_a_card_that_no_pipeline_recorded_counts_as_committed(
    box: Sandbox, lock: str, verdict: str
) -> None:
    """Other teams write theirs by hand; what cannot be read is missing."""
    registered(box, MODEL, "v3.0.0", {**files(MODEL), "dvc.lock": lock})

    assert judged(box, "v3.0.0", WAPE).verdict == verdict


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '"x"', "\x00"])
def test_a_card_that_is_no_json_object_is_missing(box: Sandbox, text: str) -> None:
    """And named."""
    registered(box, MODEL, "v3.0.0", files(MODEL, text))

    found = judged(box, "v3.0.0", WAPE)

    assert found.verdict == "missing"
    assert found.evidence == f"{CARD_PATH} of {MODEL} v3.0.0 is no JSON object"


def test_a_version_without_a_card_has_none(box: Sandbox) -> None:
    """Its path is named, so that one can see where it was looked for."""
    box.git("rm", "--quiet", CARD_PATH)
    registered(box, MODEL, "v3.0.0", files(MODEL, None))

    found = judged(box, "v3.0.0", CardGate())

    assert found.evidence == f"{MODEL} v3.0.0 has no {CARD_PATH} at its commit"


def test_facts_are_those_of_the_registration(box: Sandbox) -> None:
    """A later tag that says otherwise is none."""
    box.tag(
        f"{MODEL}#dev#9",
        commit=f"{MODEL}@v2.0.0^{{commit}}",
        message="x\n\nVersion: v2.0.0\nModel-Size: 1\n",
    )
    registered(box, MODEL, "v3.0.0", Model_Size="20; rm")

    assert judged(box, "v2.0.0", SIZE).evidence == "50"
    assert judged(box, "v3.0.0", SIZE).evidence == "Model-Size is '20; rm', no number"
    assert judged(box, "v1.0.0", SIZE).verdict == "missing"


def test_a_fact_that_is_told_twice_is_none(box: Sandbox) -> None:
    """The last one must not hide the first, whatever the letters' case."""
    registered(box, MODEL, "v3.0.0", Model_Size=500, model_size=50)
    registered(box, MODEL, "v3.1.0", Model_Size=50, model_size=50)

    assert judged(box, "v3.0.0", SIZE).verdict == "missing"
    assert "'500 and 50'" in judged(box, "v3.0.0", SIZE).evidence
    assert judged(box, "v3.1.0", SIZE).verdict == "pass"


def test_a_stage_that_never_held_anything_has_no_incumbent(box: Sandbox) -> None:
    """Of its own, or of another."""
    found = judged(box, "v2.0.0", SignatureGate("staging"))

    assert found.evidence == "staging never held anything, so nobody calls it"


def test_an_empty_stage_has_the_last_one_as_incumbent(box: Sandbox) -> None:
    """Emptying a stage is no way round a comparison."""
    box.tag(f"{MODEL}#prod!#2", commit=f"{MODEL}@v1.0.0^{{commit}}")

    found = judged(box, "v2.0.0", SignatureGate())

    assert found.evidence == f"whoever calls {MODEL} v1.0.0 can call it"


def test_what_broke_the_rules_is_no_incumbent_of_an_empty_stage(box: Sandbox) -> None:
    """It is as if it had never held the stage."""
    registered(box, MODEL, "v3.0.0", files(MODEL, card(signature={})))
    tag = promoted(box, MODEL, "v3.0.0", "prod", 2)
    box.tag(
        f"{MODEL}#prod!#3",
        commit=f"{MODEL}@v3.0.0^{{commit}}",
        message=f"Revert\n\nViolation: {tag}\n",
    )
    box.tag(f"{MODEL}#prod!#4", commit=f"{MODEL}@v1.0.0^{{commit}}")

    found = judged(box, "v2.0.0", SignatureGate())

    assert found.evidence == f"whoever calls {MODEL} v1.0.0 can call it"


def test_a_version_came_from_a_stage_that_it_rightly_held(box: Sandbox) -> None:
    """That it does not hold any more is nothing; that it broke the rules is."""
    asked = StageRules(came_from="staging")
    never = decided(box, "v2.0.0", asked).allowed
    tag = promoted(box, MODEL, "v2.0.0", "staging", 2)
    promoted(box, MODEL, "v1.0.0", "staging", 3)
    before = decided(box, "v2.0.0", asked).allowed
    box.tag(
        f"{MODEL}#staging!#4",
        commit=f"{MODEL}@v2.0.0^{{commit}}",
        message=f"Revert\n\nViolation: {tag}\n",
    )

    assert (never, before) == (False, True)
    assert not decided(box, "v2.0.0", asked).allowed


@pytest.mark.parametrize(
    ("end", "verdict"), [(NOW + 1, "pass"), (NOW, "fail"), (10**17, "pass")]
)
@pytest.mark.parametrize("tag", [f"deprecated/{MODEL}/v2.0.0/2", f"{MODEL}@deprecated"])
def test_a_life_that_ended_is_over(
    box: Sandbox, tag: str, end: int, verdict: str
) -> None:
    """That of the version, or of the whole model."""
    box.tag(tag, message=f"End it\n\nEnd-Of-Life: {end}\n")

    found = decided(box, "v2.0.0", StageRules()).judged[-1]

    assert (found.rule, found.verdict) == ("end of life has not passed", verdict)


@pytest.mark.parametrize(
    ("version", "why"),
    [("v2.0.0", "was withdrawn"), ("v9.0.0", "was never registered")],
)
def test_a_version_that_does_not_stand_enters_nothing(
    box: Sandbox, version: str, why: str
) -> None:
    """And no other rule holds of it."""
    box.tag(f"{MODEL}@v2.0.0!", commit=f"{MODEL}@v2.0.0^{{commit}}")
    asked = StageRules("prod", "main", (WAPE, SignatureGate(), CardGate()))

    decision = decided(box, version, asked)

    assert [each.verdict for each in decision.judged] == [
        *("fail", "fail", "missing", "missing", "missing", "missing")
    ]
    assert decision.judged[0].evidence == why


@pytest.mark.parametrize(
    ("verdict", "expected"), [("identical", "pass"), ("different", "fail")]
)
def test_a_proof_is_of_the_versions_commit(
    box: Sandbox, verdict: str, expected: str
) -> None:
    """One of another commit is told, and does not count."""
    stated(box, MODEL, "v2.0.0", "bob@x.org", verdict, stage="")
    elsewhere = stated(
        box, MODEL, "v2.0.0", "eve@x.org", "different", stage="", commit="HEAD~1"
    )
    asked = StageRules(gates=(ReproductionGate(),))

    decision = decided(box, "v2.0.0", asked)

    assert decision.judged[-1].verdict == expected
    assert decision.notes == (
        f"{elsewhere} does not count: it is not about the commit of {MODEL} v2.0.0",
    )

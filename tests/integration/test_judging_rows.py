"""Versions compared on the same rows, as their commits record them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.by_day import errors
from helpers.committing import CARD, files, promoted, registered
from helpers.judging import MODEL, judged
from helpers.sandbox import Sandbox
from lineal.actions.judging import committed
from lineal.actions.question import Rematch
from lineal.errors import RefusedError
from lineal.modeling.card import Card
from lineal.modeling.errors_by_day import Errors, Rows
from lineal.policy.config import Margin, VersusGate

GATE = VersusGate("wape", "prod")
SURE = replace(GATE, confidence=0.9)
BETTER, WORSE = errors([7.0, 8.0, 6.0, 7.0] * 5), errors([9.0, 9.5, 9.0, 10.0] * 5)
OTHER = errors([9.0] * 20, rows=Rows(7, "cd" * 32))
FOREIGN = {"metrics": {"wape": 0.1}}
Making = Callable[[Errors | None, Errors | None], Sandbox]


@pytest.fixture
def make(tmp_path: Path) -> Making:
    """Return what makes an incumbent v1.0.0 and a candidate v2.0.0 with errors."""

    def made(old: Errors | None, new: Errors | None) -> Sandbox:
        box = Sandbox.create(tmp_path / "repo")
        registered(box, MODEL, "v1.0.0", files(MODEL, CARD, old))
        promoted(box, MODEL, "v1.0.0", "prod", 1)
        if old and not new:
            box.git("rm", "--quiet", f"models/{MODEL}/errors.json")
        registered(box, MODEL, "v2.0.0", files(MODEL, CARD, new))
        return box

    return made


def never(_model: str, _first: str, _second: str) -> tuple[Errors, Errors]:
    """Refuse to forecast again."""
    msg = "the model cannot be had: get it first"
    raise RefusedError(msg)


@pytest.mark.parametrize("gate", [GATE, SURE])
def test_the_better_one_wins_and_the_worse_one_does_not(
    make: Making, gate: VersusGate
) -> None:
    """Whichever of them is in prod."""
    box = make(WORSE, BETTER)
    better = judged(box, "v2.0.0", gate)
    promoted(box, MODEL, "v2.0.0", "prod", 2)
    worse = judged(box, "v1.0.0", gate)

    assert (better.verdict, worse.verdict) == ("pass", "fail")
    assert better.evidence.startswith(f"0.07, {MODEL} v1.0.0 has 0.09375")
    assert better.evidence.endswith("(the same test rows, 20 days)")
    assert worse.evidence.startswith(f"0.09375, {MODEL} v2.0.0 has 0.07")


@pytest.mark.parametrize(
    ("margin", "verdict"),
    [
        (Margin(0.02), "pass"),
        (Margin(0.03), "fail"),
        (Margin(0.25, relative=True), "pass"),
        (Margin(0.26, relative=True), "fail"),
        (Margin(-0.5), "pass"),
    ],
)
def test_it_must_be_better_by_the_margin(
    make: Making, margin: Margin, verdict: str
) -> None:
    """In the metric's unit, or as a share of the incumbent's."""
    box = make(WORSE, BETTER)

    assert judged(box, "v2.0.0", replace(GATE, improve=margin)).verdict == verdict


def test_a_version_is_not_surely_better_on_a_few_days(make: Making) -> None:
    """Then nobody knows."""
    box = make(errors([9.0] * 3), errors([7.0] * 3))

    found = judged(box, "v2.0.0", SURE)

    assert found.verdict == "missing"
    assert "too few days to resample" in found.evidence


def test_a_gain_that_a_few_days_make_is_not_sure(make: Making) -> None:
    """It is better on the whole, and in too few resamples."""
    box = make(errors([10.0] * 20), errors([10.5] * 18 + [2.0, 2.0]))

    plain, sure = (judged(box, "v2.0.0", gate) for gate in (GATE, SURE))

    assert (plain.verdict, sure.verdict) == ("pass", "fail")


@pytest.mark.parametrize("gate", [GATE, SURE])
def test_other_rows_compare_nothing(make: Making, gate: VersusGate) -> None:
    """Unless somebody lets both forecast again."""
    found = judged(make(OTHER, BETTER), "v2.0.0", gate)

    assert found.verdict == "missing"
    assert found.evidence == "they were tested on different rows, and not again"


@pytest.mark.parametrize(
    ("old", "new"), [(OTHER, BETTER), (None, BETTER), (OTHER, None), (None, None)]
)
def test_a_rematch_is_used_where_rows_differ_or_are_not_recorded(
    make: Making, old: Errors | None, new: Errors | None
) -> None:
    """Of the two commits, the candidate's first."""
    asked = []

    def rematch(model: str, first: str, second: str) -> tuple[Errors, Errors]:
        asked.append((model, first, second))
        return BETTER, WORSE

    box = make(old, new)
    found = judged(box, "v2.0.0", SURE, rematch)

    commits = [box.id(f"{MODEL}@{v}^{{commit}}") for v in ("v2.0.0", "v1.0.0")]
    assert asked == [(MODEL, *commits)]
    assert found.verdict == "pass"
    assert found.evidence.endswith("(both forecast the newest rows again, 20 days)")


@pytest.mark.parametrize("rematch", [None, never])
def test_a_model_of_another_make_without_errors_is_not_compared(
    tmp_path: Path, rematch: Rematch | None
) -> None:
    """Nor is a rematch begun that it could not end."""
    box = Sandbox.create(tmp_path / "repo")
    registered(box, MODEL, "v1.0.0", files(MODEL, FOREIGN))
    promoted(box, MODEL, "v1.0.0", "prod", 1)
    registered(box, MODEL, "v2.0.0", files(MODEL, FOREIGN))

    found = judged(box, "v2.0.0", GATE, rematch)

    assert found.verdict == "missing"
    assert found.evidence == (
        f"{MODEL} v2.0.0 has no errors.json, and is no model of lineal's pipeline, so "
        "the two cannot be compared: see 'Comparing versions' in docs/pipeline.md"
    )


@pytest.mark.parametrize("rematch", [None, never])
@pytest.mark.parametrize("card", [FOREIGN, "[]", "{", None])
def test_a_model_of_another_make_does_not_forecast_again(
    make: Making, rematch: Rematch | None, card: Mapping[str, object] | str | None
) -> None:
    """Whoever asks is told so, not that somebody else could."""
    box = make(OTHER, None)
    box.git("rm", "--quiet", f"models/{MODEL}/card.json")
    registered(box, MODEL, "v3.0.0", files(MODEL, card, BETTER))

    found = judged(box, "v3.0.0", GATE, rematch)

    assert found.verdict == "missing"
    assert found.evidence == (
        f"the two have no errors.json of the same rows, and {MODEL} v3.0.0 is no model "
        "of lineal's pipeline, so they cannot be compared: see 'Comparing versions' in "
        "docs/pipeline.md"
    )


def test_models_of_another_make_are_compared_by_their_errors(tmp_path: Path) -> None:
    """Any team can write errors.json."""
    box = Sandbox.create(tmp_path / "repo")
    registered(box, MODEL, "v1.0.0", files(MODEL, FOREIGN, WORSE))
    promoted(box, MODEL, "v1.0.0", "prod", 1)
    registered(box, MODEL, "v2.0.0", files(MODEL, FOREIGN, BETTER))

    assert judged(box, "v2.0.0", SURE, never).verdict == "pass"


def test_what_tells_our_cards_is_in_ours() -> None:
    """The keys are those of a card that the pipeline writes."""
    assert set(committed.OWN) <= set(Card.__struct_fields__)


def test_a_rematch_is_not_asked_for_without_need(make: Making) -> None:
    """It takes minutes."""
    assert judged(make(WORSE, BETTER), "v2.0.0", SURE, never).verdict == "pass"


def test_a_rematch_that_fails_says_why(make: Making) -> None:
    """And refuses."""
    found = judged(make(OTHER, BETTER), "v2.0.0", GATE, never)

    assert (found.verdict, found.evidence) == (
        "missing",
        "the model cannot be had: get it first",
    )


@pytest.mark.parametrize(
    ("old", "new", "whose"), [(None, BETTER, "v1.0.0"), (WORSE, None, "v2.0.0")]
)
def test_without_errors_there_are_no_rows(
    make: Making, old: Errors | None, new: Errors | None, whose: str
) -> None:
    """Whichever of them has none is named."""
    found = judged(make(old, new), "v2.0.0", GATE)

    assert found.verdict == "missing"
    assert found.evidence == (
        f"{MODEL} {whose} has no models/{MODEL}/errors.json at its commit, so there "
        "are no rows to compare them on"
    )


def test_errors_that_were_changed_by_hand_do_not_count(make: Making) -> None:
    """Not even a rematch stands in for them."""
    box = make(WORSE, BETTER)
    path = f"models/{MODEL}/errors.json"
    content = {**files(MODEL, CARD, WORSE), path: BETTER.to_json()}
    registered(box, MODEL, "v3.0.0", content)

    found = judged(box, "v3.0.0", GATE, lambda *_: (BETTER, WORSE))

    assert found.verdict == "missing"
    assert "was changed by hand" in found.evidence


@pytest.mark.parametrize("text", ["", "{}", "NaN", "\x00"])
def test_errors_that_cannot_be_read_are_missing(make: Making, text: str) -> None:
    """And what is wrong with them is told."""
    box = make(WORSE, BETTER)
    content = {**files(MODEL), f"models/{MODEL}/errors.json": text}
    registered(box, MODEL, "v3.0.0", content)

    found = judged(box, "v3.0.0", GATE, lambda *_: (BETTER, WORSE))

    assert found.verdict == "missing"
    assert found.evidence.startswith("errors.json is not what the evaluate stage")


def test_rows_of_one_fingerprint_and_other_weights_are_not_the_same(
    make: Making,
) -> None:
    """A fingerprint is only what somebody wrote."""
    lighter = errors([9.0] * 20, [50.0] * 20)

    found = judged(make(lighter, BETTER), "v2.0.0", GATE)

    assert found.verdict == "missing"
    assert "were not tested on the same rows" in found.evidence


def other(metric: str, amount: float = 0, *, relative: bool = False) -> VersusGate:
    """Return a gate on a metric that errors by day do not tell."""
    return VersusGate(metric, "prod", Margin(amount, relative))


def scored(box: Sandbox, version: str, **scores: object) -> None:
    """Register a version with other scores, and the usual errors."""
    content = files(MODEL, {**CARD, "test": {"ridge": scores}}, BETTER)
    registered(box, MODEL, version, content)


@pytest.mark.parametrize(
    ("new", "gate", "verdict"),
    [
        (0.95, other("auc"), "pass"),
        (0.85, other("auc"), "fail"),
        (0.95, other("auc", amount=0.06), "fail"),
        (0.995, other("auc", amount=0.1, relative=True), "pass"),
        (0.98, other("auc", amount=0.1, relative=True), "fail"),
        ("0.95", other("auc"), "missing"),
        (float("nan"), other("auc"), "missing"),
        (0.05, other("brier"), "pass"),
        (0.5, other("brier"), "fail"),
        (0.5, replace(other("brier"), confidence=0.9), "missing"),
        (0.95, replace(other("auc"), confidence=0.9), "missing"),
    ],
)
def test_of_the_same_rows_cards_tell_what_errors_do_not(
    make: Making, new: object, gate: VersusGate, verdict: str
) -> None:
    """In the direction that the metric's name tells, and never with confidence."""
    box = make(WORSE, BETTER)
    scored(box, "v3.0.0", auc=0.9, brier=0.1)
    promoted(box, MODEL, "v3.0.0", "prod", 2)
    scored(box, "v4.0.0", **{gate.metric: new})

    assert judged(box, "v4.0.0", gate).verdict == verdict


def test_of_nothing_there_is_no_share(make: Making) -> None:
    """Nobody divides by it."""
    box = make(WORSE, BETTER)
    scored(box, "v3.0.0", brier=0.0)
    promoted(box, MODEL, "v3.0.0", "prod", 2)
    scored(box, "v4.0.0", brier=0.1)

    found = judged(box, "v4.0.0", other("brier", amount=0.1, relative=True))

    assert (found.verdict, found.evidence) == (
        "missing",
        f"brier of {MODEL} v3.0.0 is 0: nothing is a share of it",
    )


def test_a_card_that_cannot_be_read_compares_nothing(make: Making) -> None:
    """Though its errors can."""
    box = make(WORSE, BETTER)
    registered(box, MODEL, "v3.0.0", files(MODEL, "[]", BETTER))

    found = judged(box, "v3.0.0", other("brier"))

    assert found.evidence.endswith("is no JSON object")


@pytest.mark.parametrize("confidence", [None, 0.9])
def test_errors_by_day_never_say_that_less_of_something_good_is_better(
    make: Making, confidence: float | None
) -> None:
    """They tell of errors, whatever somebody calls them."""
    named = [
        replace(each, metrics={"auc": each.metrics["wape"]}) for each in (WORSE, BETTER)
    ]
    gate = replace(other("auc"), confidence=confidence)

    found = judged(make(named[0], named[1]), "v2.0.0", gate)

    expected = ("missing", "errors by day tell of errors, and auc is none")
    if confidence is None:  # both cards say 0.9
        expected = (
            "pass",
            f"0.9, {MODEL} v1.0.0 has 0.9 (the same test rows, as both cards have it)",
        )
    assert (found.verdict, found.evidence) == expected


def test_a_stage_that_never_held_anything_is_not_compared(make: Making) -> None:
    """Nothing is read for it."""
    found = judged(make(None, None), "v2.0.0", replace(GATE, stage="dev"))

    assert found.evidence == "dev never held anything, so there is nothing to beat"

"""Tests that all who read card.json read that of a classifier too, higher is better."""

import json
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import lineal
from helpers import by_day, committing, table_cards
from helpers.committing import promoted, registered
from helpers.judging import decided
from helpers.sandbox import Sandbox
from lineal.cli.main import main
from lineal.modeling.errors_by_day import Sums
from lineal.policy.config import Limits, Margin, MetricGate, StageRules, VersusGate

MODEL = "churn"
DAYS = 60


def content(roc_auc: float, wrong: float) -> dict[str, str]:
    """Return what a commit has of a classifier so good, and wrong by so much a day."""
    sums = Sums((wrong,) * DAYS, (10.0,) * DAYS)
    errors = by_day.errors([wrong] * DAYS, block=7, metrics={"log_loss": sums})
    scores = table_cards.scores(roc_auc=roc_auc, log_loss=sums.value)
    card = table_cards.classifier(model=MODEL, test={"xgboost": scores})
    return committing.files(MODEL, table_cards.as_json(card).decode(), errors)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Make two versions, of which the first is in production; tests write nothing."""
    made = Sandbox.create(tmp_path_factory.mktemp("classified") / "repo")
    registered(made, MODEL, "v1.0.0", content(0.74, 4.1))
    promoted(made, MODEL, "v1.0.0", "prod", 1)
    registered(made, MODEL, "v1.1.0", content(0.76, 3.9))
    made.commit("a third one", content(0.77, 3.8))
    return made


def said(box: Sandbox, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Run a command within this process, and return what it printed."""
    assert main(["--repo", str(box.root), *words]) == 0
    return capsys.readouterr().out


def test_a_comparison_knows_that_a_higher_auc_is_better(box: Sandbox) -> None:
    """The log loss is paired day by day; the AUC cannot be, and says so."""
    found = lineal.open(box.root).compare(f"{MODEL}@v1.0.0", f"{MODEL}@v1.1.0")

    measures = {one.metric: one for one in found.measures}
    assert found.metric == "roc_auc"
    assert (measures["roc_auc"].gain or 0) > 0
    assert (
        measures["roc_auc"].why == "errors by day tell of errors, and roc_auc is none"
    )
    assert measures["log_loss"].verdict == "better"
    assert found.compatibility.verdict == "same"
    assert [name for name, _ in found.segments] == ["EWR"]


def test_the_number_of_the_next_version_follows_the_auc(
    box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """A higher one is a gain, so it is minor."""
    words = ("register", MODEL, "--dry-run", "--no-push", "--allow-missing")

    assert "v1.2.0" in said(box, capsys, *words)


def test_a_trend_says_which_way_is_better(
    box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its metric is the one that the model was chosen by."""
    found = json.loads(said(box, capsys, "trend", MODEL, "--json"))

    assert (found["metric"], found["higher_is_better"]) == ("roc_auc", True)
    assert [each["value"] for each in found["versions"]] == [0.74, 0.76]


@pytest.mark.parametrize(
    ("gate", "verdict", "evidence"),
    [
        (MetricGate("roc_auc", Limits(min=0.75)), "pass", "0.76"),
        (MetricGate("roc_auc", Limits(min=0.77)), "fail", "0.76"),
        (
            MetricGate("roc_auc", Limits(min=0.7), part="segment", names=("EWR",)),
            "pass",
            "EWR 0.75",
        ),
        (
            MetricGate("roc_auc", Limits(min=0.7), part="segment"),
            "missing",
            "the card has no finite roc_auc for JFK; it has",
        ),
        (
            VersusGate("log_loss", "prod", Margin(0.01), confidence=0.95),
            "pass",
            "0.39, churn v1.0.0 has 0.41; better by the margin in 100.0 % of resamples",
        ),
        (VersusGate("roc_auc", "prod", Margin(0.01)), "pass", "0.76, churn v1.0.0 has"),
        (
            VersusGate("roc_auc", "prod", Margin(0.01), confidence=0.95),
            "missing",
            "errors by day tell of errors, and roc_auc is none",
        ),
    ],
)
def test_gates_ask_about_classes(
    box: Sandbox, gate: Any, verdict: str, evidence: str
) -> None:
    """At least so much, for each segment, and better than what production holds."""
    found = decided(box, "v1.1.0", StageRules(gates=(gate,))).judged[-1]

    assert found.verdict == verdict
    assert found.evidence.startswith(evidence)


def test_documents_tell_the_classes_and_the_threshold(
    box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the bill of materials, and in the draft of the technical documentation."""
    words = ("report", "card", f"{MODEL}@v1.1.0", "--format")

    bom = said(box, capsys, *words, "cyclonedx")
    annex = said(box, capsys, *words, "annex-iv")

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bom) is None
    card = json.loads(bom)["metadata"]["component"]["modelCard"]
    assert card["modelParameters"]["task"] == "classification"
    assert card["considerations"]["technicalLimitations"][:3] == [
        "It tells these classes only: no, yes.",
        "The calibration of its probabilities is isotonic.",
        "It answers yes from a probability of 0.3125 on (objective f1).",
    ]
    assert "It answers yes from a probability of 0.3125 on" in annex
    assert "On the test period roc\\_auc is 0.76" in annex
    assert "For segment EWR, roc\\_auc is 0.75" in annex


def test_a_feature_of_a_table_can_be_traced(
    box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """As one of a forecast."""
    found = said(box, capsys, "used-by", "wind")

    assert "v1.0.0" in found
    assert "v1.1.0" in found


def test_a_card_can_be_read_without_our_pipeline(tmp_path: Path) -> None:
    """The summary of a working tree shows each task as it is."""
    for card in (table_cards.classifier(), table_cards.regressor()):
        path = tmp_path / "models" / card.model / "card.json"
        path.parent.mkdir(parents=True)
        path.write_bytes(table_cards.as_json(card))
    (tmp_path / "params.yaml").touch()

    assert main(["--repo", str(tmp_path), "summary"]) == 0

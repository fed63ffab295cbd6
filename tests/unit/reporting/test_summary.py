"""Tests of the summary of evaluated models."""

import json
from typing import Any

import msgspec
import pytest

from helpers import table_cards
from lineal.reporting.summary import as_json, as_text
from lineal.reporting.summary_facts import (
    NothingToSumUpError,
    UnreadableCardError,
    read,
)

SCORES = {"wape": 0.05612, "mape": None, "mae": 1234.5, "r2": 0.98765, "bias": -0.001}
CARD: dict[str, Any] = {
    "model": "stops",
    "description": "Entries of three stops.",
    "champion": "boosting",
    "metric": "wape",
    "selection": {"champion": "boosting", "reason": "It is the best."},
    "candidates": {
        "naive": {"mean": 0.08, "standard_error": 0.002},
        "boosting": {"mean": 0.0612, "standard_error": 0.0011},
    },
    "test": {"naive": {**SCORES, "wape": 0.0801}, "boosting": SCORES},
    "coverage": {"80": 0.7983, "95": None},
    "compared": [
        {
            "other": "naive",
            "comparison": {"difference": -0.019, "low": -0.02, "high": None, "days": 8},
            "meaning": "boosting's WAPE is lower.",
        }
    ],
    "splits": {"test": {"first": "2014-01-01", "last": "2016-06-01", "every": 1}},
    "libraries": {"numpy": "2.4"},
}


def content(**changes: Any) -> bytes:
    """Return a card's bytes, with some parts said otherwise."""
    return json.dumps(CARD | changes).encode()


def test_text_says_who_won_and_by_how_much() -> None:
    """Candidates come best first, the champion is marked, gaps are dashes."""
    assert as_text([read(content(), "card.json")]) == (
        "stops: Entries of three stops.\n"
        "\n"
        "  candidate  cross-validated WAPE  test WAPE\n"
        "* boosting        6.12 % ± 0.11 %     5.61 %\n"
        "  naive           8.00 % ± 0.20 %     8.01 %\n"
        "\n"
        "champion: boosting (*). It is the best.\n"
        "\n"
        "test period, forecasts made from 2014-01-01 to 2016-06-01:\n"
        "  metric  boosting    naive\n"
        "  WAPE      5.61 %   8.01 %\n"
        "  MAPE           -        -\n"
        "  MAE        1,234    1,234\n"
        "  RMSE           -        -\n"
        "  R2        0.9877   0.9877\n"
        "  bias     -0.10 %  -0.10 %\n"
        "  MASE           -        -\n"
        "\n"
        "80 % intervals held 79.83 % of what happened\n"
        "95 % intervals held - of what happened\n"
        "boosting's WAPE is lower.\n"
        "\n"
        "model card: models/stops/README.md\n"
        "plots:      models/stops/plots (or `dvc plots show`)\n"
    )


def test_another_metric_is_written_in_its_own_way() -> None:
    """Persons are not percent."""
    text = as_text([read(content(metric="mae"), "card.json")])

    assert "  candidate  cross-validated MAE  test MAE\n" in text
    assert "* boosting       0.0612 ± 0.0011     1,234\n" in text


def test_models_are_parted_by_an_empty_line() -> None:
    """Two sections are two of the same."""
    facts = read(content(), "card.json")

    assert as_text([facts, facts]) == as_text([facts]) + "\n" + as_text([facts])


def test_json_has_the_same_facts() -> None:
    """Numbers are not rounded."""
    found = json.loads(as_json([read(content(), "card.json")]))["models"][0]

    assert found["champion"] == "boosting"
    assert found["candidates"]["naive"] == {
        "cross_validated": 0.08,
        "standard_error": 0.002,
        "test": 0.0801,
    }
    assert found["test"]["boosting"]["wape"] == 0.05612
    assert found["compared"][0]["comparison"]["low"] == -0.02
    assert found["test_period"] == {"first": "2014-01-01", "last": "2016-06-01"}
    assert found["files"]["card"] == "models/stops/README.md"


def test_a_classifier_tells_its_own_metrics_and_its_threshold() -> None:
    """Where higher is better, the highest comes first."""
    card = table_cards.as_json(table_cards.classifier())

    assert as_text([read(card, "card.json")]) == (
        "delays: Will a flight arrive late?\n"
        "\n"
        "  candidate  cross-validated ROC AUC  test ROC AUC\n"
        "* xgboost            0.7455 ± 0.0051        0.7412\n"
        "  baseline           0.5000 ± 0.0000        0.5000\n"
        "\n"
        "champion: xgboost (*). xgboost has the best cross-validated ROC AUC (0.7455).\n"
        "\n"
        "test period, 1,500 rows from 2013-11-06 to 2013-12-31:\n"
        "  metric             xgboost  baseline\n"
        "  ROC AUC             0.7412    0.5000\n"
        "  average precision   0.3801    0.3801\n"
        "  log loss            0.4102    0.4102\n"
        "  brier               0.1287    0.1287\n"
        "  accuracy            0.8123    0.8123\n"
        "  macro F1            0.6034    0.6034\n"
        "\n"
        "calibration: isotonic. It lowers the log loss from 0.4210 to 0.4102.\n"
        "threshold: At 0.3125 the F1 on validation is best.\n"
        "xgboost's ROC AUC is 0.24 higher than baseline's.\n"
        "\n"
        "model card: models/delays/README.md\n"
        "plots:      models/delays/plots (or `dvc plots show`)\n"
    )


def test_many_classes_have_no_threshold() -> None:
    """The likeliest class is the answer."""
    card = table_cards.classifier()
    assert card.classing is not None
    many = msgspec.structs.replace(card.classing, positive=None, choice=None)
    text = table_cards.as_json(msgspec.structs.replace(card, classing=many))

    assert "threshold:" not in as_text([read(text, "card.json")])


def test_a_regressor_may_know_no_time() -> None:
    """Rows drawn at random have no first and last day."""
    text = as_text([read(table_cards.as_json(table_cards.regressor()), "card.json")])

    assert "* xgboost        21.5000 ± 0.7500    20.2500\n" in text
    assert "test, 1,500 rows drawn at random:\n" in text
    assert "  MAPE     8.12 %    8.12 %\n" in text
    assert "80 % intervals held 79.12 % of what happened\n" in text


def test_json_tells_a_classifiers_threshold() -> None:
    """A forecast has none."""
    texts = [table_cards.as_json(table_cards.classifier()), content()]
    facts = [read(text, "card.json") for text in texts]

    classifier, forecast = json.loads(as_json(facts))["models"]

    assert classifier["task"] == "classification"
    assert classifier["classing"]["choice"]["threshold"] == 0.3125
    assert (forecast["task"], forecast["classing"]) == ("forecast", None)


@pytest.mark.parametrize("text", [b"", b"{}", b"[1", content(champion=3), b"\xff"])
def test_what_is_no_card_is_refused(text: bytes) -> None:
    """The refusal names the file and the way out."""
    with pytest.raises(UnreadableCardError, match=r"^models/x/card.json .*`dvc repro`"):
        read(text, "models/x/card.json")


@pytest.mark.parametrize(
    ("model", "known", "sentence"),
    [
        (None, [], "models/ holds no model; run `dvc repro` to make it"),
        ("x", [], "models/ holds no model 'x'; run `dvc repro` to make it"),
        ("x", ["a", "b"], "models/ holds no model 'x'; it holds: a, b; run"),
    ],
)
def test_nothing_to_show_says_what_there_is(
    model: str | None, known: list[str], sentence: str
) -> None:
    """A name that was mistyped shows the others."""
    assert str(NothingToSumUpError(model, known)).startswith(sentence)

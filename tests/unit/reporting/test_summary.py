"""Tests of the summary of evaluated models."""

import json
from typing import Any

import pytest

from lineal.reporting.summary import (
    NothingToSumUpError,
    UnreadableCardError,
    as_json,
    as_text,
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


@pytest.mark.parametrize("text", [b"", b"{}", b"[1", content(champion=3), b"\xff"])
def test_what_is_no_card_is_refused(text: bytes) -> None:
    """The refusal names the file and the way out."""
    with pytest.raises(
        UnreadableCardError, match=r"^models/x/card.json .*`make repro`"
    ):
        read(text, "models/x/card.json")


@pytest.mark.parametrize(
    ("model", "known", "sentence"),
    [
        (None, [], "models/ holds no model; run `make repro` to make it"),
        ("x", [], "models/ holds no model 'x'; run `make repro` to make it"),
        ("x", ["a", "b"], "models/ holds no model 'x'; it holds: a, b; run"),
    ],
)
def test_nothing_to_show_says_what_there_is(
    model: str | None, known: list[str], sentence: str
) -> None:
    """A name that was mistyped shows the others."""
    assert str(NothingToSumUpError(model, known)).startswith(sentence)

"""The model card of classifiers and regressors, in words."""

from typing import Any

import msgspec
import pytest

from helpers.cards import PRUNING, WEIGHTS
from helpers.table_cards import classifier, regressor
from lineal.modeling.tables.card import ClassReport, TableCard
from lineal.reporting.table_card import model_card
from lineal.reporting.table_card_data import Beside

QUALITY: dict[str, Any] = {
    "duplicates": 3,
    "missing_targets": 12,
    "classes": [{"value": "late", "rows": 200, "share": 0.2}],
}


def beside(**changes: Any) -> Beside:
    """Return what reports say, with some said otherwise."""
    parts: dict[str, Any] = {
        "quality": QUALITY,
        "pruning": PRUNING,
        "leaks": [],
        "importance": WEIGHTS,
        "unit": "log-odds",
    }
    return Beside(**(parts | changes))


def of_three() -> TableCard:
    """Return the card of a model of three classes."""
    card = classifier()
    assert card.classing is not None
    report = [
        ClassReport(label=name, share=1 / 3, support=9, precision=None, recall=0, f1=0)
        for name in "abc"
    ]
    classing = msgspec.structs.replace(
        card.classing,
        classes=("a", "b", "c"),
        positive=None,
        choice=None,
        report=tuple(report),
        confusion=((9, 0, 0), (9, 0, 0), (9, 0, 0)),
    )
    scores = {name: {**s, "calibration_error": None} for name, s in card.test.items()}
    return msgspec.structs.replace(card, classing=classing, test=scores)


def two() -> TableCard:
    """Return the card of a model of two classes, as the pipeline fills it."""
    card = classifier(event="arr_delay >= 30")
    scores = {name: {**s, "calibration_error": 0.01} for name, s in card.test.items()}
    return msgspec.structs.replace(
        card, test=scores, raw=scores["xgboost"] | {"log_loss": 0.5}
    )


def test_two_classes_have_a_probability_and_a_threshold() -> None:
    """The event is named, and so is what calibration changed."""
    text = model_card(two(), beside())

    assert "gives the probability of `yes` (`arr_delay >= 30`), from a row's 3" in text
    assert "ROC AUC **0.7412**, average precision **0.3801**" in text
    assert "Threshold, for the objective `f1`: **0.3125**." in text
    assert "| log loss | 0.5000 | 0.4102 |" in text
    assert "| no | 960 | 240 |" in text
    assert "--proba" in text
    assert "## Intervals" not in text


def test_more_classes_have_no_threshold() -> None:
    """The likeliest is answered."""
    text = model_card(of_three(), beside())

    assert "gives a probability to each of the 3 classes of `arr_delay`" in text
    assert "## Probabilities\n" in text
    assert "Threshold" not in text
    assert "| a | 9 | 33.33 % | n/a | 0.0000 | 0.0000 |" in text


def test_numbers_have_intervals_instead_of_classes() -> None:
    """The metric that chose the champion comes first."""
    quality = QUALITY | {"classes": []}
    text = model_card(regressor(), beside(quality=quality))

    assert "predicts `price` of a row from its 3 columns, with 80 % prediction" in text
    assert "RMSE **20.2**, MAE **12.5**, R2 **0.9123**" in text
    assert "| 80 % | 79.12 % |" in text
    assert "On a test sample" in text
    assert "Its test rows were drawn at random" in text
    assert "## Probabilities" not in text


def test_a_regressor_may_have_no_intervals() -> None:
    """Nothing is promised then."""
    text = model_card(regressor(coverage={}, segment_columns=()), beside())

    assert "## Intervals" not in text
    assert "prediction intervals" not in text
    assert "### By segment" not in text


def test_the_leak_guards_verdict_is_told() -> None:
    """A warning that was gone past is part of the card."""
    quiet = model_card(two(), beside())
    loud = model_card(two(), beside(leaks=[{"message": "'x' alone tells"}]))

    assert "None does, beside what `leaks.allow` lets stay ([leaks.json]" in quiet
    assert "**Warnings**: 'x' alone tells ([leaks.json]" in loud


def test_joined_tables_and_lost_rows_are_told() -> None:
    """Where the data comes from, and what was left out."""
    card = two()
    data = {**card.data, "joined": ["weather.parquet"]}
    parts = msgspec.structs.replace(card.splits, without_target=12)
    text = model_card(
        msgspec.structs.replace(card, data=data, splits=parts, compared=(), params={}),
        beside(),
    )

    assert "joined with `weather.parquet` row by row" in text
    assert "It learned nothing from the 12 rows" in text
    assert "3 rows that repeat an earlier one, 12 without a target" in text
    assert "or was it luck" not in text


def test_segments_come_the_worst_first() -> None:
    """Whichever way is better; a score that is not defined comes last."""
    low = {**two().by_segment["EWR"], "roc_auc": 0.6}
    segments = {**two().by_segment, "LGA": low}
    up = model_card(msgspec.structs.replace(two(), by_segment=segments), beside())
    down = model_card(regressor(), beside())

    assert up.index("| LGA |") < up.index("| EWR |") < up.index("| JFK |")
    assert down.index("| JFK |") < down.index("| EWR |")


@pytest.mark.parametrize(
    ("low", "high", "range_"),
    [(None, 5, " to 5"), (1.5, None, "1.5 to "), (0, 5000, "0 to 5000")],
)
def test_ranges_of_inputs_may_have_one_end(
    low: float | None, high: float | None, range_: str
) -> None:
    """Whoever asks the model sees which columns it needs."""
    card = two()
    first, second, third = card.signature.inputs
    field = msgspec.structs.replace(second, min=low, max=high)
    signature = msgspec.structs.replace(card.signature, inputs=(first, field, third))
    text = model_card(msgspec.structs.replace(card, signature=signature), beside())

    assert f"| `distance` | integer | yes | {range_} |" in text
    assert "| `wind` | float | may be missing |  |" in text

"""Errors by day of tables: what is added up, and which rows it was."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers.answered import NUMBER, THREE, TWO, amounts, classes, rows
from lineal.modeling.errors_by_day import Errors, InvalidErrorsError
from lineal.modeling.pairing import DifferentRowsError, improvement
from lineal.modeling.spread import spread
from lineal.modeling.tables.answers import answered
from lineal.modeling.tables.periods import GROUPS
from lineal.modeling.tables.question import Question
from lineal.modeling.tables.scores import class_scores, value_scores
from lineal.modeling.tables.tally import tally


def classed(question: Question, count: int = 300, **how: Any) -> tuple[Any, ...]:
    """Return rows with answers about their classes."""
    table, share = classes(rows(count, **how), len(question.classes or ()))
    return table, question, share, answered(share, question.positive, 0.4)


def valued(count: int = 300, **how: Any) -> tuple[Any, ...]:
    """Return rows with predicted numbers."""
    table, predicted = amounts(rows(count, **how))
    return table, NUMBER, predicted


@pytest.mark.parametrize("question", [TWO, THREE])
def test_every_metric_of_classes_is_the_one_that_is_scored(question: Question) -> None:
    """errors.json says of the whole period what card.json says."""
    table, _, share, chosen = given = classed(question)
    found = tally(*given, block=3)
    scores = class_scores(
        table["_target"], share, positive=question.positive, chosen=chosen
    )

    sums = found.metrics
    assert sums["log_loss"].value == pytest.approx(scores["log_loss"], rel=1e-12)
    assert sums["brier"].value == pytest.approx(scores["brier"], rel=1e-12)
    assert sums["error_rate"].value == pytest.approx(1 - (scores["accuracy"] or 0))
    assert (found.rows.count, found.block) == (300, 3)


def test_every_metric_of_values_is_the_one_that_is_scored() -> None:
    """RMSE is a root."""
    given = valued()
    found, scores = tally(*given, block=3), value_scores(given[0]["_target"], given[2])

    for name, sums in found.metrics.items():
        assert sums.value == pytest.approx(scores[name], rel=1e-12)
    assert found.metrics.keys() == {"mae", "rmse", "wape"}


def test_periods_are_the_days_of_the_rows() -> None:
    """Each once, in order, and a missing day is none."""
    given = valued(days=5)
    found = tally(*given, block=3)
    days = sorted(set(given[0]["_time"].dt.date))

    assert list(found.periods) == days
    assert found.unit == "days"
    assert found.summary.startswith(f"300 rows from {days[0]} to {days[-1]} (")


def test_rows_without_a_time_are_grouped_in_their_order() -> None:
    """Groups are nearly equal, and at most so many."""
    found = tally(*valued(count=450, dated=False), block=3)
    weights = found.metrics["mae"].weights

    assert found.periods == tuple(range(1, GROUPS + 1))
    assert set(weights) == {2.0, 3.0}
    assert found.unit == "groups of rows"
    assert found.summary.startswith("450 rows without a time (")
    assert Errors.parse(found.to_json().encode()) == found


def test_versions_are_compared_on_groups_of_rows() -> None:
    """A better one gains, and the words say groups."""
    table, question, predicted = valued(count=450, dated=False)
    truth = table["_target"].to_numpy()
    old = tally(table, question, predicted, block=3)
    new = tally(table, question, (predicted + truth) / 2, block=3)

    found = improvement(
        new, old, "mae", margin=0.1, relative=True, confidence=0.9, replicates=200
    )
    assert (found.share, found.days, found.unit) == (1.0, GROUPS, "groups of rows")
    few = tally(*valued(count=9, dated=False), block=3)
    assert spread(few, few)["mae"] == (
        "9 groups of rows are too few: an interval needs 5 blocks of 3"
    )
    with pytest.raises(DifferentRowsError, match="answer the same rows again"):
        improvement(new, few, "mae", margin=0, relative=False, confidence=None)


def test_the_order_of_rows_changes_no_byte() -> None:
    """Neither do other columns."""
    table, question, share, chosen = classed(THREE)
    order = np.random.default_rng(2).permutation(len(table))
    other = tally(
        table.iloc[order].assign(more=1), question, share[order], chosen[order], block=3
    )

    assert other.to_json() == tally(table, question, share, chosen, block=3).to_json()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("_row", 7),
        ("_time", pd.Timestamp("2024-01-01 00:00:01")),
        ("_segment", "BOS"),
        ("_target", 3.5),
    ],
)
def test_other_rows_have_another_fingerprint(column: str, value: Any) -> None:
    """Row, moment, segment and what happened are what makes a row."""
    table, question, predicted = valued()
    other = table.copy()
    other.loc[0, column] = value

    assert (
        tally(other, question, predicted, block=3).rows.sha256
        != tally(table, question, predicted, block=3).rows.sha256
    )


def test_other_classes_are_other_rows() -> None:
    """The code 1 may have meant something else."""
    table, _, share, chosen = classed(TWO)
    other = Question.of(("on time", "late"), "late")

    assert (
        tally(table, other, share, chosen, block=3).rows
        != tally(table, TWO, share, chosen, block=3).rows
    )


def test_another_answer_has_the_same_fingerprint() -> None:
    """It says what was asked, not what was answered; zero has one sign."""
    table, question, predicted = valued()
    zero = [table.assign(_target=each) for each in (0.0, -0.0)]

    found = tally(table, question, predicted + 1, block=3)
    assert found.rows == tally(table, question, predicted, block=3).rows
    both = [tally(each, question, predicted, block=3).rows for each in zero]
    assert both[0] == both[1]


@pytest.mark.parametrize("dated", [True, False])
def test_no_rows_are_refused(dated: bool) -> None:  # noqa: FBT001 - a parameter
    """There is nothing to compare by."""
    with pytest.raises(InvalidErrorsError, match="it has no periods"):
        tally(*valued(count=0, dated=dated), block=3)


def test_the_fingerprint_is_documented_and_stays() -> None:
    """Files of old versions must compare with those of new ones."""
    table = pd.DataFrame(
        {
            "_row": [5],
            "_time": [pd.Timestamp("2024-01-01 12:00")],
            "_segment": ["a"],
            "_target": [1.0],
        }
    )
    share = np.array([[0.5, 0.5]])

    assert tally(table, TWO, share, np.array([1]), block=1).rows.sha256 == (
        "0b0660e72cec6ebeea2c7d435ec3029bd8a4b505193a6b8954c9a0a2e3cb7fb7"
    )

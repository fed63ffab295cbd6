"""The one reading of the test period: what ships is scored, raw answers beside it."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers.answered import (
    NUMBER,
    THREE,
    TWO,
    amounts,
    classes,
    classification,
    regression,
    rows,
)
from lineal.modeling.selection import Validated, select
from lineal.modeling.tables.assessment import TableAssessment, assess
from lineal.modeling.tables.calibration import Calibrator
from lineal.modeling.tables.intervals import Intervals
from lineal.modeling.tables.question import PREDICTED, Question
from lineal.modeling.tables.scores import class_scores, value_scores

SELECTION = select(
    {
        "baseline": Validated(mean=0.7, standard_error=0.01),
        "linear": Validated(mean=0.5, standard_error=0.01),
        "boosting": Validated(mean=0.6, standard_error=0.01),
    },
    ("baseline", "linear", "boosting"),
    "log_loss",
)
ALONE = select({"baseline": Validated(mean=1, standard_error=0)}, ("baseline",), "mae")


def blurred(answers: Any, weight: float) -> Any:
    """Return answers that know less."""
    return weight * answers + (1 - weight) * answers.mean(axis=0)


def period(question: Question, seed: int, **how: Any) -> tuple[pd.DataFrame, Any]:
    """Return rows, and the answers of each candidate, the champion's too bold."""
    index = rows(600, seed=seed, **how)
    if question.classes is None:
        table, found = amounts(index, seed=seed)
    else:
        table, found = classes(index, len(question.classes), seed=seed)
    bold = found if question.classes is None else found**2
    bold = bold if question.classes is None else bold / bold.sum(axis=1, keepdims=True)
    answers = {
        "baseline": blurred(found, 0.0),
        "linear": bold,
        "boosting": blurred(found, 0.3),
    }
    return table, answers


def assessed(question: Question, model: Any, **how: Any) -> TableAssessment:
    """Assess three candidates, of which the linear one is the champion."""
    before, known = period(question, 1, **how)
    after, answers = period(question, 2, **how)
    for name, each in answers.items():
        after = after.assign(**question.put(name, each))
    validation = {
        name: before.assign(**question.put(PREDICTED, each))
        for name, each in known.items()
    }
    return assess(after, validation, SELECTION, model=model, question=question, seed=3)


def test_two_classes_ship_calibrated_with_a_threshold() -> None:
    """The champion's scores are those of what would be answered."""
    found = assessed(TWO, classification())
    table, classing = found.predictions, found.classing
    assert classing is not None
    assert classing.choice is not None
    shares = np.stack([1 - table["calibrated"], table["calibrated"]], axis=1)

    assert isinstance(found.calibration, Calibrator)
    assert classing.calibration == found.calibration.method == "sigmoid"
    assert (classing.classes, classing.positive) == (("no", "yes"), "yes")
    assert found.test["linear"] == class_scores(
        table["_target"], shares, positive=1, chosen=table["chosen"]
    )
    said = table["calibrated"] >= classing.choice.threshold
    assert (said == (table["chosen"] == 1)).all()
    assert (found.test["linear"]["log_loss"] or 9) < (found.raw["log_loss"] or 0)
    assert found.raw == class_scores(
        table["_target"], TWO.take(table, "linear"), positive=1
    )
    assert sum(map(sum, classing.confusion)) == 600
    assert [each.label for each in classing.report] == ["no", "yes"]


def test_more_classes_need_no_threshold() -> None:
    """Each class has a calibrated probability."""
    found = assessed(THREE, classification())

    assert found.classing is not None
    assert (found.classing.choice, found.classing.positive) == (None, None)
    assert {"calibrated.a", "calibrated", "chosen"} <= set(found.predictions)
    assert len(found.classing.confusion) == 3


def test_numbers_ship_with_intervals() -> None:
    """As many outcomes lie inside as was promised."""
    found = assessed(NUMBER, regression())
    table = found.predictions

    assert isinstance(found.calibration, Intervals)
    assert found.classing is None
    assert found.coverage["80"] == pytest.approx(0.8, abs=0.06)
    assert found.coverage.keys() == {"50", "80"}
    assert (table["low_80"] <= table["low_50"]).all()
    assert found.test["linear"] == found.raw
    assert found.raw == value_scores(table["_target"], table["linear"])
    assert found.errors.metrics["mae"].value == pytest.approx(found.raw["mae"])


@pytest.mark.parametrize(
    ("question", "model", "words"),
    [
        (TWO, classification(), "log loss is"),
        (TWO, classification("brier"), "Brier score is"),
        (NUMBER, regression(), "MAE is"),
    ],
)
def test_the_champion_is_compared_day_by_day(
    question: Question, model: Any, words: str
) -> None:
    """With the baseline and with the runner-up."""
    found = assessed(question, model)
    against = {each.other: each for each in found.compared}

    assert list(against) == ["baseline", "boosting"]
    assert against["baseline"].comparison.real
    assert against["baseline"].comparison.difference < 0
    assert f"linear's {words}" in against["baseline"].meaning
    assert "points" not in against["baseline"].meaning
    assert found.errors.unit == "days"


def test_rows_without_a_time_are_compared_in_groups() -> None:
    """They are resampled as well."""
    found = assessed(TWO, classification(), dated=False)

    assert found.errors.periods[-1] == found.compared[0].comparison.days == 200


def test_the_champion_is_not_compared_with_itself() -> None:
    """One candidate alone has nobody to be compared with."""
    table, answers = period(NUMBER, 1)
    found = assess(
        table.assign(baseline=answers["baseline"]),
        {"baseline": table.assign(**{PREDICTED: answers["baseline"]})},
        ALONE,
        model=regression(),
        question=NUMBER,
        seed=0,
    )

    assert found.compared == ()
    assert found.test.keys() == {"baseline"}


def test_segments_are_scored_one_by_one() -> None:
    """A few rows say nothing, and one class alone has no curve."""
    table, answers = period(TWO, 1)
    table.loc[:4, "_segment"] = "few"
    table.loc[5:40, "_segment"] = "one"
    table.loc[5:40, "_target"] = 1.0
    share = answers["linear"][:, 1]
    found = assess(
        table.assign(baseline=share),
        {"baseline": table.assign(**{PREDICTED: share})},
        ALONE,
        model=classification(),
        question=TWO,
        seed=0,
    ).by_segment

    assert list(found) == sorted(found)
    assert found["few"].pop("rows") == 5  # type: ignore[attr-defined] # a dict
    assert set(found["few"].values()) == {None}
    assert found["one"]["roc_auc"] is None
    assert found["one"]["log_loss"] is not None
    assert sum(each.get("rows") or 0 for each in found.values()) == 595


def test_a_seed_decides_everything() -> None:
    """Twice the same."""
    first, second = (assessed(TWO, classification()) for _ in range(2))

    assert first.compared == second.compared
    assert first.calibration == second.calibration
    assert first.errors.to_json() == second.errors.to_json()

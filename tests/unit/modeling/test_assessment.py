"""The test period: everyone scored, the champion in every way, compared once each."""

from dataclasses import asdict
from functools import cache
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import pytest

from helpers.params import COLUMNS, OTHERS
from lineal.modeling.assessment import Assessment, assess
from lineal.modeling.config import Forecast
from lineal.modeling.evaluation import score
from lineal.modeling.intervals import calibrate
from lineal.modeling.selection import Selection
from lineal.modeling.significance import compare, daily, sentence

NAMES = ("naive", "ridge", "trees")
NOISE = {"naive": 0.3, "ridge": 0.1, "trees": 0.05, "predicted": 0.1}
MODEL = msgspec.convert(
    OTHERS
    | {
        "data": {
            "path": "stops.csv",
            "time": "day",
            "segments": ["stop"],
            "target": "entries",
            "columns": COLUMNS,
        },
        "candidates": {name: {} for name in reversed(NAMES)},
        "selection": {"metric": "wape", "baseline": "naive", "order": NAMES},
        "significance": {"replicates": 50, "block": 3, "confidence": 0.9},
        "calibration": {"levels": [0.5, 0.8]},
    },
    Forecast,
)


def table(*columns: str, first: str = "2024-01-01", seed: int = 1) -> pd.DataFrame:
    """Return forecasts of two segments, thirty origins and two horizons."""
    rng = np.random.default_rng(seed)
    rows = pd.MultiIndex.from_product(
        [["big", "small"], pd.date_range(first, periods=30, unit="us"), [1, 2]],
        names=["segment", "origin", "horizon"],
    ).to_frame(index=False)
    rows["date"] = rows["origin"] + pd.to_timedelta(rows["horizon"], unit="D")
    rows["scale"] = np.where(rows["segment"] == "big", 1000.0, 50.0)
    rows["target"] = np.round(rows["scale"] * rng.uniform(0.5, 1.5, len(rows)))
    rows["naive_error"] = rows["scale"] / 10
    for name in columns:
        noise = rng.normal(0, NOISE[name], len(rows))
        rows[name] = np.maximum(rows["target"] + rows["scale"] * noise, 0)
    return rows


def selected(champion: str, runner_up: str | None) -> Selection:
    """Return a choice, whatever its reason."""
    return Selection(champion, champion, runner_up, 0.1, "It is so.")


@cache
def assessed(
    champion: str = "ridge", runner_up: str | None = "trees", **changes: Any
) -> Assessment:
    """Assess the forecasts."""
    return assess(
        table("trees", "naive", "ridge").assign(**changes),
        table("predicted", first="2023-01-01", seed=2),
        selected(champion, runner_up),
        model=MODEL,
        seed=3,
    )


def test_every_candidate_is_scored_on_all_rows() -> None:
    """Scores come in the order of the candidates, from simple to complex."""
    rows = table("trees", "naive", "ridge")
    found = assessed().test

    assert list(found) == list(NAMES)
    assert found == {
        name: score(rows["target"], rows[name], naive_error=rows["naive_error"])
        for name in NAMES
    }


@pytest.mark.parametrize("column", ["horizon", "segment"])
def test_the_champion_is_scored_for_each_label(column: str) -> None:
    """Each horizon and segment has its own scores, of its own rows alone."""
    rows = table("trees", "naive", "ridge")
    found = {"horizon": assessed().by_horizon, "segment": assessed().by_segment}

    assert found[column] == {
        str(label): score(
            part["target"], part["ridge"], naive_error=part["naive_error"]
        )
        for label, part in rows.groupby(column)
    }


def test_intervals_come_from_validation_and_stand_beside_the_forecasts() -> None:
    """The table gains both ends of each level, and loses nothing."""
    rows, found = table("trees", "naive", "ridge"), assessed()
    past = table("predicted", first="2023-01-01", seed=2)
    ends = ["low_50", "high_50", "low_80", "high_80"]
    lower, upper = found.predictions["low_80"], found.predictions["high_80"]

    assert found.calibration == calibrate(past, "predicted", [0.5, 0.8])
    assert list(found.predictions) == [*rows, *ends]
    pd.testing.assert_frame_equal(found.predictions[list(rows)], rows)
    assert (lower <= found.predictions["low_50"]).all()
    assert (found.predictions["high_50"] <= upper).all()
    assert found.selection == selected("ridge", "trees")


def test_coverage_is_the_share_of_outcomes_inside() -> None:
    """By level in percent, and by level and horizon, as counting gives."""
    found = assessed()
    rows = found.predictions
    inside = {
        level: rows["target"].between(rows[f"low_{level}"], rows[f"high_{level}"])
        for level in ("50", "80")
    }

    assert found.coverage == {level: each.mean() for level, each in inside.items()}
    assert found.coverage_by_horizon == {
        level: {str(h): part.mean() for h, part in each.groupby(rows["horizon"])}
        for level, each in inside.items()
    }


def test_what_nobody_knows_is_not_called_uncovered() -> None:
    """A horizon without any outcome has no coverage, instead of one of zero."""
    rows = table("trees", "naive", "ridge")
    target = rows["target"].where(rows["horizon"] == 1)
    found = assess(
        rows.assign(target=target),
        table("predicted", first="2023-01-01", seed=2),
        selected("ridge", None),
        model=MODEL,
        seed=3,
    )

    assert {level: list(by) for level, by in found.coverage_by_horizon.items()} == {
        "50": ["1"],
        "80": ["1"],
    }
    assert found.coverage == {
        level: by["1"] for level, by in found.coverage_by_horizon.items()
    }
    assert found.by_horizon["2"].wape is None


@pytest.mark.parametrize(
    ("champion", "runner_up", "others"),
    [
        ("ridge", "trees", ["naive", "trees"]),
        ("ridge", "naive", ["naive"]),
        ("naive", "trees", ["trees"]),
        ("ridge", None, ["naive"]),
        ("naive", None, []),
    ],
    ids=["both", "one and the same", "is the baseline", "no other", "alone"],
)
def test_the_champion_is_compared_with_each_other_once(
    champion: str, runner_up: str | None, others: list[str]
) -> None:
    """With the baseline, then the runner-up; never twice, never with itself."""
    found = assessed(champion, runner_up).compared

    assert [one.other for one in found] == others


def test_a_comparison_is_that_of_the_daily_errors() -> None:
    """It has the block, the replicates and the seed asked for, and says it in words."""
    days = daily(table("trees", "naive", "ridge"), NAMES)
    expected = compare(
        days.errors["ridge"],
        days.errors["naive"],
        days.weight,
        replicates=50,
        block=3,
        confidence=0.9,
        seed=3,
    )
    found = assessed()
    gap = (found.test["ridge"].wape or 0) - (found.test["naive"].wape or 0)

    assert found.compared[0].comparison == expected
    assert found.compared[0].meaning == sentence(expected, "ridge", "naive")
    assert found.compared[0].comparison.difference == pytest.approx(gap)


def test_reading_the_period_leaves_it_as_it_was() -> None:
    """The caller's tables stay unchanged, and a second reading says the same."""
    rows = table(*NAMES)
    past = table("predicted", first="2023-01-01", seed=2)
    before, chosen = rows.copy(), selected("trees", "ridge")
    first, second = (assess(rows, past, chosen, model=MODEL, seed=3) for _ in range(2))

    pd.testing.assert_frame_equal(rows, before)
    assert first.compared == second.compared
    assert asdict(first.test["trees"]) == asdict(second.test["trees"])

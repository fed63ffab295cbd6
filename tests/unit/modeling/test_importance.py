"""Importance: the useful feature first; SHAP values that add up to the forecast."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from helpers.panels import ROW_FEATURES, feature_rows
from lineal.modeling.candidates import KINDS, Forecaster, forecaster
from lineal.modeling.importance import Importance, permutation, shap_values

SMALL: dict[str, dict[str, Any]] = {
    "forest": {"n_estimators": 5},
    "boosting": {"max_iter": 10, "early_stopping": False},
    "xgboost": {"n_estimators": 10},
}
FEATURES = (*ROW_FEATURES, "origin_weekday", "segment_code")
LINES = ("linear", "ridge")


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Keep OpenMP to one thread, as the stages do: more only wait for each other."""
    with threadpool_limits({"openmp": 1}):
        yield


def table(count: int, *, seed: int) -> pd.DataFrame:
    """Return rows with missing numbers, missing codes, and more than one code."""
    rows = feature_rows(count, seed=seed)
    rng = np.random.default_rng(seed)
    rows["weekday"] = rows["weekday"].where(rng.random(count) > 0.1)
    rows["origin_weekday"] = rng.integers(0, 7, count).astype(np.float32)
    rows["segment_code"] = (rows["scale"] > 100).astype(np.float32)
    return rows


def trained(kind: str, features: tuple[str, ...] = FEATURES) -> Forecaster:
    """Return a candidate that learned from some rows."""
    rows = table(400, seed=0)
    blank = forecaster(kind, SMALL.get(kind, {}), features, seed=1, threads=1)
    return blank.fit(rows, rows["target"].to_numpy())


def unclipped(model: Forecaster, rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return forecasts before those below zero are lifted."""
    ratio = model.estimator_.predict(rows[list(model.features)])
    persons: npt.NDArray[np.float64] = ratio * rows["scale"].to_numpy()
    return persons


@pytest.mark.parametrize("kind", KINDS)
def test_values_add_up_to_the_forecast(kind: str) -> None:
    """A row's values and one ratio times its scale are its forecast in persons."""
    rows, model = table(60, seed=1), trained(kind)
    values = shap_values(model, rows, table(200, seed=2))
    scale = rows["scale"].to_numpy()
    rest = (unclipped(model, rows) - values.sum(axis=1)) / scale

    assert values.shape == (60, len(FEATURES))
    assert rows[list(FEATURES)].isna().any().sum() == 4
    assert rest == pytest.approx(np.full(60, rest[0]), abs=2e-6)


@pytest.mark.parametrize("kind", ["forest", "boosting", "xgboost"])
def test_what_trees_start_from_is_their_mean(kind: str) -> None:
    """The constant is the expected ratio: the weighted mean of what was learned."""
    rows, model = table(60, seed=1), trained(kind)
    learned = table(400, seed=0)
    learned = learned[learned["target"] > 0]
    values = shap_values(model, rows, learned)
    rest = (unclipped(model, rows) - values.sum(axis=1)) / rows["scale"].to_numpy()
    mean = learned["target"].sum() / learned["scale"].sum()

    assert rest.mean() == pytest.approx(mean, rel=0.02)


@pytest.mark.parametrize("kind", LINES)
def test_what_lines_start_from_is_the_mean_forecast_of_the_background(
    kind: str,
) -> None:
    """The constant is the mean ratio of the background's forecasts."""
    rows, background, model = table(60, seed=1), table(200, seed=2), trained(kind)
    values = shap_values(model, rows, background)
    rest = (unclipped(model, rows) - values.sum(axis=1)) / rows["scale"].to_numpy()
    ratios = unclipped(model, background) / background["scale"].to_numpy()

    assert rest == pytest.approx(np.full(60, ratios.mean()))


@pytest.mark.parametrize(
    ("features", "error"),
    [
        (FEATURES, 1e-9),
        (("weekday",), 1e-9),
        (("weekday_lag_0",), 1e-4),  # numbers alone are learned in single precision
    ],
    ids=["both", "codes", "numbers"],
)
@pytest.mark.parametrize("kind", LINES)
def test_a_line_gives_a_column_what_changing_it_alone_changes(
    kind: str, features: tuple[str, ...], error: float
) -> None:
    """All terms of a code, and of a filled gap, are summed on their source column."""
    model, rows, other = trained(kind, features), table(60, seed=1), table(60, seed=3)
    other["scale"] = rows["scale"]
    before = shap_values(model, rows, rows)
    after = shap_values(model, other, rows)

    for number, name in enumerate(features):
        swapped = rows.assign(**{name: other[name]})
        change = unclipped(model, swapped) - unclipped(model, rows)
        assert after[:, number] - before[:, number] == pytest.approx(change, abs=error)


def test_the_baseline_gives_all_to_what_it_copied() -> None:
    """Nothing is left over; without a year ago the latest weekday has it all."""
    rows = pd.DataFrame(
        {
            "scale": [10.0, 10.0, 10.0],
            "weekday": 0.0,
            "lag_364_of_date": [0.5, np.nan, np.nan],
            "weekday_lag_0": [2.0, 3.0, np.nan],
        }
    )
    features = ("weekday", "lag_364_of_date", "weekday_lag_0")
    model = forecaster("seasonal_naive", {}, features, seed=1, threads=1)
    model.fit(rows, [1.0, 1.0, 1.0])
    values = shap_values(model, rows, rows)

    assert values.tolist() == [[0, 5, 0], [0, 0, 30], [0, 0, 10]]
    assert values.sum(axis=1).tolist() == model.predict(rows).tolist()


def useful(count: int = 200) -> pd.DataFrame:
    """Return rows whose target one of three features tells exactly."""
    rng = np.random.default_rng(5)
    rows = pd.DataFrame(rng.random((count, 3)) + 1, columns=["a", "b", "c"])
    return rows.assign(scale=100.0, target=100 * rows["b"])


def line(rows: pd.DataFrame) -> Forecaster:
    """Return a linear model of the three features."""
    blank = forecaster("linear", {}, ("a", "b", "c"), seed=1, threads=1)
    return blank.fit(rows, rows["target"].to_numpy())


def test_shuffling_finds_the_only_useful_feature() -> None:
    """The one that the target follows is first; the others do not matter."""
    rows = useful()
    found = permutation(line(rows), rows, repeats=3, seed=1)

    assert found[0].feature == "b"
    assert found[0].mean > 0.1
    assert found[0].std > 0
    assert [one.mean for one in found[1:]] == pytest.approx([0, 0], abs=1e-9)


def test_a_rise_is_the_mean_over_the_shuffles() -> None:
    """Mean and deviation are those of the WAPE after each shuffle, less the first."""
    rows = useful()
    model = forecaster("linear", {}, ("b",), seed=1, threads=1)
    model.fit(rows, rows["target"].to_numpy())
    draw, target = np.random.default_rng(9), rows["target"].to_numpy()
    rises = [
        np.abs(draw.permutation(target) - target).sum() / target.sum() for _ in range(4)
    ]
    (found,) = permutation(model, rows, repeats=4, seed=9)

    assert found.mean == pytest.approx(np.mean(rises))
    assert found.std == pytest.approx(np.std(rises))


@pytest.mark.parametrize("kind", KINDS)
def test_shuffling_is_sorted_repeatable_and_leaves_rows_alone(kind: str) -> None:
    """The same seed gives the same numbers, most important first."""
    rows, model = table(60, seed=1), trained(kind)
    before = rows.copy()
    found = permutation(model, rows, repeats=2, seed=3)

    assert {one.feature for one in found} == set(FEATURES)
    assert list(found) == sorted(found, key=lambda one: (-one.mean, one.feature))
    assert permutation(model, rows, repeats=2, seed=3) == found
    assert permutation(model, rows, repeats=2, seed=4) != found
    pd.testing.assert_frame_equal(rows, before)


def test_without_demand_no_importance_is_made_up() -> None:
    """Where WAPE is undefined, so is its rise."""
    rows = useful()
    found = permutation(line(rows), rows.assign(target=0.0), repeats=1, seed=1)

    assert [one.feature for one in found] == ["a", "b", "c"]
    assert np.isnan([one.mean for one in found]).all()


def test_importance_is_a_value() -> None:
    """Two with the same facts are equal."""
    assert Importance("a", 1.0, 0.0) == Importance("a", 1.0, 0.0)

"""Metrics: equal to other people's, undefined where they must be, in groups too."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from lineal.modeling.evaluation import (
    DIRECTIONS,
    Scores,
    UnusableForecastError,
    by,
    naive_errors,
    naive_scale,
    score,
)
from lineal.modeling.rhythm import WEEK

pairs = st.lists(
    st.tuples(st.floats(1, 1e6), st.floats(0, 1e6)), min_size=2, max_size=30
)


def predictions(rows: int = 3000) -> pd.DataFrame:
    """Make a table of forecasts, some without a known outcome."""
    rng = np.random.default_rng(1)
    target = rng.gamma(2, 500, rows)
    target[::50] = np.nan
    target[1::70] = 0
    return pd.DataFrame(
        {
            "segment": rng.choice(["north", "south", "west"], rows),
            "horizon": rng.integers(1, 15, rows),
            "target": target,
            "model": np.nan_to_num(target) + rng.normal(0, 80, rows),
        }
    )


def panel(values: Mapping[str, Sequence[float | None]]) -> pd.DataFrame:
    """Make a daily table from each segment's values."""
    return pd.concat(
        pd.DataFrame(
            {
                "segment": segment,
                "date": pd.date_range("2020-01-01", periods=len(series)),
                "target": np.array(series, dtype=float),
            }
        )
        for segment, series in values.items()
    )


def test_metrics_equal_those_of_scikit_learn() -> None:
    """Every metric that scikit-learn has too is the same number."""
    table = predictions().dropna()
    actual, predicted = table["target"], table["model"]
    found = score(actual, predicted, naive_error=2.0)
    above = actual > 0

    assert found.mae == pytest.approx(metrics.mean_absolute_error(actual, predicted))
    assert found.rmse == pytest.approx(
        metrics.root_mean_squared_error(actual, predicted)
    )
    assert found.r2 == pytest.approx(metrics.r2_score(actual, predicted))
    assert found.mape == pytest.approx(
        metrics.mean_absolute_percentage_error(actual[above], predicted[above])
    )
    assert found.wape == pytest.approx(
        metrics.mean_absolute_error(actual, predicted) / actual.mean()
    )


def test_every_metric_of_a_small_case_is_the_one_computed_by_hand() -> None:
    """The formulas of the docstring, on numbers one can follow."""
    found = score([10, 0, 20, np.nan], [12, 1, 14, 9], naive_error=[2, 1, 3, 1])
    expected = Scores(
        wape=9 / 30,
        mape=(0.2 + 0.3) / 2,
        mae=3.0,
        rmse=(41 / 3) ** 0.5,
        r2=1 - 41 / 200,
        bias=-3 / 30,
        mase=(1 + 1 + 2) / 3,
        rows=3,
        missing=1,
    )

    assert asdict(found) == pytest.approx(asdict(expected))


NONE_KNOWN = Scores(None, None, None, None, None, None, None, 0, 2)
ALL_ZERO = Scores(None, None, 1.0, 1.0, None, None, 0.5, 2, 0)
ONE_ROW = Scores(0.25, 0.25, 1.0, 1.0, None, 0.25, 0.5, 1, 0)


@pytest.mark.parametrize(
    ("actual", "predicted", "expected"),
    [
        pytest.param([np.nan, np.nan], [1, 2], NONE_KNOWN, id="nothing known"),
        pytest.param([0, 0], [1, 1], ALL_ZERO, id="all closed"),
        pytest.param([4], [5], ONE_ROW, id="one row has no variance"),
    ],
)
def test_what_is_undefined_is_none(
    actual: list[float], predicted: list[float], expected: Scores
) -> None:
    """A metric without a meaning is None, never zero, infinite or NaN."""
    found = score(actual, predicted, naive_error=2.0)

    assert found == expected


def test_no_rows_at_all_score_nothing() -> None:
    """An empty period has no metrics, and says that it has no rows."""
    found = score([], [], naive_error=1.0)

    assert found == Scores(None, None, None, None, None, None, None, 0, 0)


@given(st.floats(1e-3, 1e9), st.integers(1, 40))
def test_equal_actual_values_have_no_r2(value: float, rows: int) -> None:
    """Rounding of the mean must not pass for variance."""
    found = score([value] * rows, [value / 2] * rows, naive_error=1.0)

    assert found.r2 is None


@pytest.mark.parametrize("scale", [0.0, np.nan])
def test_without_a_naive_error_there_is_no_mase(scale: float) -> None:
    """A constant or unknown segment has no naive error to divide by."""
    found = score([1, 2], [1, 3], naive_error=[scale, 1.0])

    assert found.mase is None
    assert found.mae == 0.5


@given(pairs, st.floats(1e-3, 1e3))
def test_wape_does_not_depend_on_the_unit(
    rows: list[tuple[float, float]], unit: float
) -> None:
    """Counting in thousands changes no relative metric."""
    actual, predicted = np.array(rows).T
    small = score(actual, predicted, naive_error=7.0)
    large = score(actual * unit, predicted * unit, naive_error=7.0 * unit)
    # Errors that cancel leave rounding that is small beside the errors themselves.
    rounding = 1e-12 * (1 + np.abs(predicted - actual).sum() / actual.sum())

    assert large.wape == pytest.approx(small.wape)
    assert large.mape == pytest.approx(small.mape)
    assert large.bias == pytest.approx(small.bias, abs=rounding)
    assert large.mase == pytest.approx(small.mase)


@given(pairs)
def test_bias_is_never_larger_than_wape(rows: list[tuple[float, float]]) -> None:
    """Errors that cancel make bias smaller, never larger."""
    actual, predicted = np.array(rows).T
    found = score(actual, predicted, naive_error=1.0)

    assert found.bias is not None
    assert found.wape is not None
    assert abs(found.bias) <= found.wape * (1 + 1e-12)


@pytest.mark.parametrize("column", ["segment", "horizon"])
def test_a_group_scores_as_its_rows_alone(column: str) -> None:
    """Grouping is only a faster way to score one label's rows."""
    table = predictions()
    naive = naive_errors(table["segment"], {"north": 90.0, "south": 70.0})
    found = by(table, column, "target", "model", naive_error=naive)

    assert list(found) == sorted(table[column].unique().tolist())
    for label, scores in found.items():
        rows = (table[column] == label).to_numpy()
        part = table[rows]
        alone = score(part["target"], part["model"], naive_error=naive[rows])
        assert asdict(scores) == pytest.approx(asdict(alone))


def test_labels_are_plain_values_in_order() -> None:
    """Horizons come as Python integers, 2 before 10, so that JSON can hold them."""
    table = pd.DataFrame({"horizon": [10, 2], "target": [1.0, 1.0], "m": [1.0, 2.0]})
    found = by(table, "horizon", "target", "m", naive_error=1.0)

    assert list(found) == [2, 10]
    assert {type(label) for label in found} == {int}


def test_a_group_without_outcomes_is_there_and_empty() -> None:
    """A horizon that nobody can judge yet is not left out in silence."""
    table = pd.DataFrame({"horizon": [1, 2], "target": [1, np.nan], "m": [1.0, 2.0]})
    found = by(table, "horizon", "target", "m", naive_error=1.0)

    assert (found[2].rows, found[2].missing, found[2].wape) == (0, 1, None)


def test_a_row_without_a_label_is_refused() -> None:
    """A forecast for nobody is a fault of the table."""
    table = pd.DataFrame({"segment": ["a", None], "target": [1, 1], "m": [1, 1]})
    with pytest.raises(UnusableForecastError, match="row 1 has no segment"):
        by(table, "segment", "target", "m", naive_error=1.0)


@pytest.mark.parametrize(
    ("actual", "predicted", "naive", "message"),
    [
        ([1, 2], [1, np.nan], 1.0, "1 of 2 rows have no finite forecast.* row 1"),
        ([1, 2], [np.inf, 1], 1.0, "no finite forecast.* row 0"),
        ([np.inf, 2], [1, 1], 1.0, "no finite actual value"),
        ([1, 2], [1], 1.0, "as many forecasts"),
        ([[1]], [[1]], 1.0, "as many forecasts"),
        ([1, 2], [1, 2], [1.0], "naive_error must be one number or 2"),
    ],
    ids=["nan", "inf", "inf actual", "short", "table", "naive"],
)
def test_rows_that_cannot_be_compared_are_refused(
    actual: list[float], predicted: list[float], naive: float, message: str
) -> None:
    """A missing forecast is an error even where the actual value is missing."""
    with pytest.raises(UnusableForecastError, match=message):
        score(actual, predicted, naive_error=naive)


def test_the_naive_error_is_measured_a_season_apart() -> None:
    """Each segment has the mean absolute difference to seven days before."""
    table = panel({"b": [10.0] * 7 + [13.0] * 7, "a": [*range(9)]})
    found = naive_scale(table, "2020-12-31")

    assert found == {"a": 7.0, "b": 3.0}
    assert list(found) == ["a", "b"]


def test_the_naive_error_reads_nothing_after_training() -> None:
    """The last training day counts; the day after it does not."""
    table = panel({"a": [0.0] * 7 + [2.0, 100.0]})
    found = naive_scale(table, "2020-01-08")

    assert found == {"a": 2.0}


def test_the_naive_error_skips_gaps_by_date() -> None:
    """A missing day or value pairs nothing, rather than its neighbour."""
    table = panel({"a": [1, 5, None, 1, 1], "b": [1, 2], "c": [None] * 5})
    table = table[table["date"] != "2020-01-04"]
    days = table["date"] - pd.Timestamp("2020-01-01")
    weeks = table.assign(date=pd.Timestamp("2020-01-01") + 7 * days)
    found = naive_scale(weeks, "2021-01-01", WEEK)

    assert found == {"a": 4.0, "b": 1.0}


def test_unknown_segments_have_no_naive_error() -> None:
    """A segment that training never saw is NaN, also for categories."""
    segments = pd.Series(["a", "new"], dtype="category")
    found = naive_errors(segments, {"a": 2.0})

    assert found.tolist() == pytest.approx([2.0, np.nan], nan_ok=True)


def test_every_metric_has_a_direction() -> None:
    """Nobody can add a metric without saying which way is better."""
    names = [field.name for field in fields(Scores)]

    assert list(DIRECTIONS) == [n for n in names if n not in {"rows", "missing"}]

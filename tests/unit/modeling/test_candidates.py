"""The candidates: what they learn, what they never say, and that they repeat it."""

import io
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import BaseEstimator, clone
from sklearn.ensemble import RandomForestRegressor

from helpers.panels import ROW_FEATURES, feature_rows
from lineal.modeling.candidates import (
    KINDS,
    Forecaster,
    SeasonalNaive,
    forecaster,
    parameter_prefix,
)
from lineal.modeling.sections import InvalidParamsError

SMALL: dict[str, dict[str, Any]] = {
    "forest": {"n_estimators": 5, "max_samples": 0.5},
    "boosting": {"max_iter": 10, "early_stopping": False},
    "xgboost": {"n_estimators": 10, "subsample": 0.5},
}


class Witness(BaseEstimator):  # type: ignore[misc] # untyped base
    """An estimator that notes what it is given, and forecasts what it is told."""

    def __init__(self, ratio: float = 1.0) -> None:
        self.ratio = ratio

    def fit(
        self, rows: pd.DataFrame, ratio: npt.ArrayLike, weights: npt.ArrayLike
    ) -> "Witness":
        """Note everything."""
        self.seen_ = (rows, np.asarray(ratio), np.asarray(weights))
        return self

    def predict(self, rows: pd.DataFrame) -> npt.NDArray[np.float64]:
        """Forecast the same ratio for every row."""
        return np.full(len(rows), self.ratio)


def blank(kind: str, **fixed: Any) -> Forecaster:
    """Return an untrained candidate that trains in no time."""
    said = SMALL.get(kind, {}) | fixed
    return forecaster(kind, said, ROW_FEATURES, seed=4, threads=2)


def trained(kind: str, **fixed: Any) -> Forecaster:
    """Return a candidate that has learnt the rows."""
    rows = feature_rows()
    return blank(kind, **fixed).fit(rows, rows["target"])


def stored(model: Forecaster) -> bytes:
    """Return the model as the bytes that go to disk."""
    buffer = io.BytesIO()
    joblib.dump(model, buffer)
    return buffer.getvalue()


def test_open_days_are_learnt_as_ratios_weighted_by_scale() -> None:
    """Closures and rows without a scale are left out; weights have a mean of one."""
    rows = pd.DataFrame(
        {"x": [1.0, 2, 3, 4], "y": 0.0, "scale": [10.0, 30, 50, 0]}, index=[9, 8, 7, 6]
    )
    target = [20.0, 30.0, 0.0, 5.0]

    model = Forecaster(Witness(), ("x",), "weights").fit(rows, target)

    seen, ratio, weights = model.estimator_.seen_
    assert seen.to_dict("list") == {"x": [1.0, 2.0]}
    assert ratio.tolist() == [2.0, 1.0]
    assert weights.tolist() == [0.5, 1.5]
    assert not hasattr(model.estimator, "seen_")


@given(st.floats(-10, 10))
def test_forecasts_are_persons_and_never_negative(ratio: float) -> None:
    """A ratio below zero is nobody."""
    rows = pd.DataFrame({"x": [1.0, 2.0], "scale": [10.0, 30.0]})
    model = Forecaster(Witness(ratio), ("x",), "weights").fit(rows, [1, 1])

    found = model.predict(rows)

    assert found.tolist() == [max(ratio, 0.0) * 10, max(ratio, 0.0) * 30]


@pytest.mark.parametrize("kind", KINDS)
def test_every_candidate_learns_from_rows_with_missing_values(kind: str) -> None:
    """Even from a feature that is never known; every forecast is a number."""
    rows = feature_rows(seed=1)

    found = trained(kind).predict(rows)

    worst = rows["target"] - rows["scale"]
    error = np.abs(found - rows["target"])
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert error[rows["target"] > 0].mean() < np.abs(worst).mean()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_bytes(kind: str) -> None:
    """Training again is no other model."""
    assert stored(trained(kind)) == stored(trained(kind))


@pytest.mark.parametrize("kind", ["forest", "xgboost"])
def test_another_seed_gives_another_model(kind: str) -> None:
    """The seed is where all randomness comes from."""
    rows = feature_rows()
    other = forecaster(kind, SMALL[kind], ROW_FEATURES, seed=5, threads=2)
    other.fit(rows, rows["target"])

    assert not np.array_equal(other.predict(rows), trained(kind).predict(rows))


def test_a_forest_forecasts_with_one_worker() -> None:
    """Two workers would add up the trees in either order."""
    model = trained("forest")

    assert isinstance(model.estimator_, RandomForestRegressor)
    assert model.estimator_.n_jobs == 1
    assert model.estimator.n_jobs == 2


def test_the_number_of_threads_does_not_change_a_forest() -> None:
    """Trees are drawn by number, not by worker."""
    rows = feature_rows()
    one = forecaster("forest", SMALL["forest"], ROW_FEATURES, seed=4, threads=1)
    one.fit(rows, rows["target"])

    assert np.array_equal(one.predict(rows), trained("forest").predict(rows))


def test_the_baseline_takes_last_year_then_last_week_then_the_scale() -> None:
    """It learns nothing from what it is trained on."""
    rows = pd.DataFrame(
        {
            "lag_364_of_date": [0.5, np.nan, np.nan],
            "weekday_lag_0": [0.7, 0.7, np.nan],
            "scale": [10.0, 10.0, 10.0],
            "target": [99.0, 99.0, 99.0],
        }
    )
    features = ("lag_364_of_date", "weekday_lag_0")
    model = Forecaster(SeasonalNaive(), features).fit(rows, rows["target"])

    assert model.predict(rows).tolist() == [5.0, 7.0, 10.0]
    assert model.estimator_.n_features_in_ == 2


def test_codes_are_no_numbers_to_a_linear_model() -> None:
    """Each weekday has its own level."""
    names = trained("linear").estimator_[:-1].get_feature_names_out()

    assert [name for name in names if name.startswith("codes")] == [
        f"codes__weekday_{day}.0" for day in range(7)
    ]
    assert len(names) == 7 + 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_candidate_can_be_copied_untrained(kind: str) -> None:
    """As cross-validation does for every fold."""
    copy = clone(trained(kind))

    assert not hasattr(copy, "estimator_")
    assert copy.features == ROW_FEATURES


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("ridge", "alpha"),
        ("linear", "fit_intercept"),
        ("forest", "max_depth"),
        ("boosting", "max_depth"),
        ("xgboost", "max_depth"),
    ],
)
def test_an_estimators_parameter_has_its_prefix(kind: str, name: str) -> None:
    """Wherever in a pipeline the estimator is."""
    model = blank(kind)

    model.set_params(**{f"{parameter_prefix(model)}{name}": 1})

    assert model.get_params()[f"{parameter_prefix(model)}{name}"] == 1


def test_an_unknown_candidate_is_refused() -> None:
    """The message has all that there are."""
    with pytest.raises(InvalidParamsError, match="'prophet' is unknown; choose of sea"):
        forecaster("prophet", {}, ROW_FEATURES, seed=0, threads=1)


@settings(max_examples=10)
@given(st.sampled_from(sorted(KINDS)))
def test_an_unknown_parameter_is_refused(kind: str) -> None:
    """Even by an estimator that would take any keyword and ignore it."""
    with pytest.raises(InvalidParamsError, match=rf"candidate {kind!r}: .*\b\w+\b"):
        blank(kind, colour=3)


@pytest.mark.parametrize("kind", ["forest", "boosting", "xgboost"])
def test_the_seed_is_no_parameter(kind: str) -> None:
    """There is one seed, and params.yaml says it once."""
    with pytest.raises(InvalidParamsError, match="random_state"):
        blank(kind, random_state=3)

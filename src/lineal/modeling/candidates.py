"""The candidate forecasters: what each is, and what its parameters mean.

All of them forecast the target in persons from a row's features and its `scale`. They
learn the ratio of target to scale, weighted by scale: a squared or absolute error of
that weighted ratio is an error in persons again, and one model serves segments of all
sizes. A forecast is never below zero.
"""

from collections.abc import Callable, Mapping
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, RegressorMixin, clone
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from xgboost import XGBRegressor

from lineal.modeling.binning import QuantileBinner
from lineal.modeling.config import InvalidParamsError
from lineal.modeling.index import BASELINE_FEATURES, SCALE

_CODES = ("weekday", "origin_weekday", "month", "segment_code")

Ratios = npt.NDArray[np.float64]


class SeasonalNaive(RegressorMixin, BaseEstimator):  # type: ignore[misc] # untyped base
    """Forecast what was counted 364 days before; else on the latest same weekday.

    364 days are whole weeks, so weekdays agree. Where both are unknown (a new or a
    closed segment), the scale itself is the forecast.
    """

    def fit(self, rows: pd.DataFrame, ratio: Ratios, sample_weight: Ratios) -> Self:
        """Learn nothing; note that it happened, as scikit-learn asks."""
        del ratio, sample_weight
        self.n_features_in_ = rows.shape[1]
        return self

    def predict(self, rows: pd.DataFrame) -> Ratios:
        """Return the target over the scale, shape (rows,)."""
        first, second = (rows[name] for name in BASELINE_FEATURES)
        found: Ratios = first.fillna(second).fillna(1.0).to_numpy(dtype=np.float64)
        return found


class Forecaster(RegressorMixin, BaseEstimator):  # type: ignore[misc] # untyped base
    """Wrap an estimator of ratios, so that persons go in and come out.

    Args:
        estimator: What learns target over scale, from the features alone.
        features: Columns it may see, in order.
        weight: Name of the estimator's keyword for sample weights.
    """

    def __init__(
        self,
        estimator: Any,
        features: tuple[str, ...],
        weight: str = "sample_weight",
    ) -> None:
        self.estimator = estimator
        self.features = features
        self.weight = weight

    def fit(self, rows: pd.DataFrame, target: npt.ArrayLike) -> Self:
        """Learn from rows of open days; closures (target zero) are left out.

        A closure is decided by engineers, not by passengers: no feature announces
        it, and learning it would only bias every other day downwards.
        """
        persons = np.asarray(target, dtype=np.float64)
        scale = rows[SCALE].to_numpy(dtype=np.float64)
        use = (persons > 0) & (scale > 0)
        # Forests draw `max_samples` of the weights' sum: a mean of one keeps it rows.
        weights = scale[use] / scale[use].mean()
        self.estimator_ = clone(self.estimator).fit(
            rows.loc[use, list(self.features)],
            persons[use] / scale[use],
            **{self.weight: weights},
        )
        if isinstance(self.estimator_, RandomForestRegressor):
            # Workers add up the trees in the order they finish: one worker, one sum.
            self.estimator_.set_params(n_jobs=1)
        return self

    def predict(self, rows: pd.DataFrame) -> Ratios:
        """Return forecasts in persons, shape (rows,), never below zero."""
        ratio = self.estimator_.predict(rows[list(self.features)])
        scale = rows[SCALE].to_numpy(dtype=np.float64)
        persons: Ratios = np.maximum(np.asarray(ratio, dtype=np.float64), 0.0) * scale
        return persons


def _seasonal_naive(fixed: Mapping[str, Any], **_: Any) -> Any:
    return SeasonalNaive(**fixed)


def _linear_pipeline(model: Any, features: tuple[str, ...]) -> Pipeline:
    """Encode codes, fill and standardise numbers, then a linear model."""
    codes = [name for name in features if name in _CODES]
    numbers = [name for name in features if name not in _CODES]
    prepare = ColumnTransformer(
        [
            ("codes", OneHotEncoder(handle_unknown="ignore"), codes),
            (
                "numbers",
                make_pipeline(
                    SimpleImputer(strategy="median", keep_empty_features=True),
                    StandardScaler(),
                ),
                numbers,
            ),
        ],
        sparse_threshold=0.0,
    )
    return Pipeline([("prepare", prepare), ("model", model)])


def _linear(fixed: Mapping[str, Any], features: tuple[str, ...], **_: Any) -> Any:
    return _linear_pipeline(LinearRegression(**fixed), features)


def _ridge(fixed: Mapping[str, Any], features: tuple[str, ...], **_: Any) -> Any:
    return _linear_pipeline(Ridge(**fixed), features)


def _forest(fixed: Mapping[str, Any], seed: int, threads: int, **_: Any) -> Any:
    return RandomForestRegressor(**fixed, random_state=seed, n_jobs=threads)


def _boosting(fixed: Mapping[str, Any], seed: int, **_: Any) -> Any:
    model = HistGradientBoostingRegressor(**fixed, random_state=seed)
    return Pipeline([("prepare", QuantileBinner()), ("model", model)])


def _xgboost(fixed: Mapping[str, Any], seed: int, threads: int, **_: Any) -> Any:
    # It takes any keyword, and only warns of what it does not know.
    unknown = sorted(fixed.keys() - XGBRegressor().get_params().keys())
    if unknown:
        msg = f"XGBRegressor has no parameter {unknown[0]!r}"
        raise TypeError(msg)
    return XGBRegressor(**fixed, random_state=seed, n_jobs=threads)


KINDS: Mapping[str, Callable[..., Any]] = {
    "seasonal_naive": _seasonal_naive,
    "linear": _linear,
    "ridge": _ridge,
    "forest": _forest,
    "boosting": _boosting,
    "xgboost": _xgboost,
}


def forecaster(
    kind: str,
    fixed: Mapping[str, Any],
    features: tuple[str, ...],
    *,
    seed: int,
    threads: int,
) -> Forecaster:
    """Build an untrained candidate.

    Args:
        kind: One of KINDS.
        fixed: Parameters of its estimator.
        features: The columns it may see.
        seed: Root of its randomness.
        threads: Workers it may use.

    Raises:
        InvalidParamsError: The kind or one of its parameters is unknown.
    """
    if kind not in KINDS:
        msg = (
            f"params.yaml: candidate {kind!r} is unknown; choose of {', '.join(KINDS)}"
        )
        raise InvalidParamsError(msg)
    try:
        estimator = KINDS[kind](fixed, features=features, seed=seed, threads=threads)
    except TypeError as error:
        msg = f"params.yaml: candidate {kind!r}: {error}"
        raise InvalidParamsError(msg) from error
    is_pipeline = isinstance(estimator, Pipeline)
    weight = "model__sample_weight" if is_pipeline else "sample_weight"
    return Forecaster(estimator, features, weight)


def parameter_prefix(forecaster_: Forecaster) -> str:
    """Return what stands before an estimator's parameter in `set_params`."""
    is_pipeline = isinstance(forecaster_.estimator, Pipeline)
    return "estimator__model__" if is_pipeline else "estimator__"

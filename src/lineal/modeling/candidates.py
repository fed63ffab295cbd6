"""The candidate forecasters: what each is, and what its parameters mean.

All of them forecast the target from a row's features and its `scale`. They learn the
ratio of target to scale, weighted by scale: a squared or absolute error of that
weighted ratio is an error in the target's own unit again, and one model serves
segments of all sizes. A forecast is never below zero where the target is not.
"""

from collections.abc import Callable, Collection, Mapping
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

from lineal.modeling import imported
from lineal.modeling.binning import QuantileBinner
from lineal.modeling.config import Sign
from lineal.modeling.index import SCALE
from lineal.modeling.rhythm import RHYTHMS
from lineal.modeling.sections import Encoding, InvalidParamsError

_CODES = (
    *("weekday", "origin_weekday", "month", "hour", "origin_hour"),
    "segment_code",
)

Ratios = npt.NDArray[np.float64]


class SeasonalNaive(RegressorMixin, BaseEstimator):  # type: ignore[misc] # untyped base
    """Forecast what was counted 364 days before; else on the latest same weekday.

    364 days are whole weeks, so weekdays agree. Hours, weeks and months have seasons of
    their own. Where both are unknown (a new or a closed segment), the scale itself is
    the forecast.
    """

    def fit(self, rows: pd.DataFrame, ratio: Ratios, sample_weight: Ratios) -> Self:
        """Learn nothing; note that it happened, as scikit-learn asks."""
        del ratio, sample_weight
        self.n_features_in_ = rows.shape[1]
        return self

    def predict(self, rows: pd.DataFrame) -> Ratios:
        """Return the target over the scale, shape (rows,)."""
        first, second = (rows[name] for name in baseline_features(rows.columns))
        found: Ratios = first.fillna(second).fillna(1.0).to_numpy(dtype=np.float64)
        return found


def baseline_features(names: Collection[str]) -> tuple[str, str]:
    """Return which of the features the baseline copies."""
    pairs = (rhythm.baseline for rhythm in RHYTHMS.values())
    return next(pair for pair in pairs if set(pair) <= set(names))


class Forecaster(RegressorMixin, BaseEstimator):  # type: ignore[misc] # untyped base
    """Wrap an estimator of ratios, so that persons go in and come out.

    A target of zero is a closure. It is decided by engineers, not by passengers: no
    feature announces it, and learning it would only bias every other day downwards.

    Args:
        estimator: What learns target over scale, from the features alone.
        features: Columns it may see, in order.
        weight: Name of the estimator's keyword for sample weights; None if it has none.
    """

    def __init__(
        self,
        estimator: Any,
        features: tuple[str, ...],
        weight: str | None = "sample_weight",
    ) -> None:
        self.estimator = estimator
        self.features = features
        self.weight = weight

    def fit(self, rows: pd.DataFrame, target: npt.ArrayLike) -> Self:
        """Learn from the rows whose target says something."""
        values = np.asarray(target, dtype=np.float64)
        scale = rows[SCALE].to_numpy(dtype=np.float64)
        use = self._telling(values) & (scale > 0)
        # Forests draw `max_samples` of the weights' sum: a mean of one keeps it rows.
        weights = scale[use] / scale[use].mean()
        self.estimator_ = clone(self.estimator).fit(
            rows.loc[use, list(self.features)],
            values[use] / scale[use],
            **({} if self.weight is None else {self.weight: weights}),
        )
        imported.work_alone(self.estimator_)
        return self

    def predict(self, rows: pd.DataFrame) -> Ratios:
        """Return forecasts in the target's unit, shape (rows,)."""
        ratio = self.estimator_.predict(rows[list(self.features)])
        scale = rows[SCALE].to_numpy(dtype=np.float64)
        values: Ratios = self._bounded(np.asarray(ratio, dtype=np.float64)) * scale
        return values

    def _telling(self, values: Ratios) -> npt.NDArray[np.bool_]:
        """Mark the targets to learn from: closures are left out."""
        return values > 0

    def _bounded(self, ratio: Ratios) -> Ratios:
        """Keep forecasts where targets can be: never below zero."""
        bounded: Ratios = np.maximum(ratio, 0.0)
        return bounded


class CountingForecaster(Forecaster):
    """A forecaster to which a target of zero is a value like any other."""

    def _telling(self, values: Ratios) -> npt.NDArray[np.bool_]:
        return ~np.isnan(values)


class SignedForecaster(CountingForecaster):
    """A forecaster of targets that may also be negative."""

    def _bounded(self, ratio: Ratios) -> Ratios:
        return ratio


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
    from xgboost import XGBRegressor  # noqa: PLC0415 - only this kind needs it

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


WRAPPERS: Mapping[Sign, type[Forecaster]] = {
    "open": Forecaster,
    "counted": CountingForecaster,
    "signed": SignedForecaster,
}


def forecaster(  # noqa: PLR0913 - what is no parameter of it is named at the call
    kind: str,
    fixed: Mapping[str, Any],
    features: tuple[str, ...],
    *,
    seed: int,
    threads: int,
    sign: Sign = "open",
    encoding: Encoding | None = None,
) -> Forecaster:
    """Build an untrained candidate.

    Args:
        kind: One of KINDS, or the path of an estimator's class.
        fixed: Parameters of its estimator.
        features: The columns it may see.
        seed: Root of its randomness.
        threads: Workers it may use.
        sign: What a target of zero means, and whether there are any below.
        encoding: For whom features are encoded, where the kind is a path.

    Raises:
        InvalidParamsError: The kind or one of its parameters is unknown.
    """
    if imported.is_path(kind):
        model = imported.build(kind, fixed, classes=False, seed=seed, threads=threads)
        estimator = _linear_pipeline(model, features) if encoding == "linear" else model
        weight = f"{_inside(estimator)}sample_weight"
        takes = imported.takes_weights(model)
        return WRAPPERS[sign](estimator, features, weight if takes else None)
    imported.check_known(kind, KINDS, encoding)
    try:
        estimator = KINDS[kind](fixed, features=features, seed=seed, threads=threads)
    except TypeError as error:
        msg = f"params.yaml: candidate {kind!r}: {error}"
        raise InvalidParamsError(msg) from error
    weight = f"{_inside(estimator)}sample_weight"
    return WRAPPERS[sign](estimator, features, weight)


def _inside(estimator: Any) -> str:
    """Return what stands before a keyword of the estimator in a pipeline."""
    return "model__" if isinstance(estimator, Pipeline) else ""


def parameter_prefix(forecaster_: Forecaster) -> str:
    """Return what stands before an estimator's parameter in `set_params`."""
    return f"estimator__{_inside(forecaster_.estimator)}"

"""What the champion's forecasts rest on: permutation importance and SHAP values."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import Pipeline
from xgboost import DMatrix, XGBRegressor

from lineal.modeling.binning import QuantileBinner
from lineal.modeling.candidates import (
    Forecaster,
    SeasonalNaive,
    baseline_features,
)
from lineal.modeling.evaluation import score
from lineal.modeling.index import SCALE
from lineal.modeling.shapley import sampled

_DRAWS = 5  # background rows for each row, where values are sampled
_LINES = (LinearRegression, Ridge)
_COMPUTED = (RandomForestRegressor, SeasonalNaive, XGBRegressor)

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Importance:
    """By how much WAPE rises when a feature is shuffled.

    Attributes:
        feature: Which.
        mean: Mean rise over the repeats; below zero means that it does not matter.
        std: Standard deviation over the repeats.
    """

    feature: str
    mean: float
    std: float


def permutation(
    model: Forecaster, rows: pd.DataFrame, *, repeats: int, seed: int
) -> tuple[Importance, ...]:
    """Shuffle one feature after the other, most important first.

    Breiman (2001), "Random forests", section 10; on rows that the model never
    learned from.

    Args:
        model: Trained.
        rows: Rows with target, scale and features.
        repeats: Shuffles of each feature.
        seed: Seed of the shuffles.
    """
    generator = np.random.default_rng(seed)
    actual = rows["target"].to_numpy(dtype=np.float64)
    features = rows[[SCALE, *model.features]].copy()

    def wape() -> float:
        scores = score(actual, model.predict(features), naive_error=1.0)
        return float("nan") if scores.wape is None else scores.wape

    before = wape()
    found = []
    for name in model.features:
        kept = features[name].to_numpy(copy=True)
        rises = []
        for _ in range(repeats):
            features[name] = generator.permutation(kept)
            rises.append(wape() - before)
        features[name] = kept
        found.append(Importance(name, float(np.mean(rises)), float(np.std(rises))))
    return tuple(sorted(found, key=lambda one: (-one.mean, one.feature)))


def shap_values(
    model: Forecaster, rows: pd.DataFrame, background: pd.DataFrame, *, seed: int = 0
) -> Values:
    """Return each feature's share of each forecast, in the target's unit.

    Lundberg & Lee (2017), "A unified approach to interpreting model predictions".
    XGBoost computes them itself, exactly; for other trees the shap package does. Of a
    linear model they are coefficients times distances to the background's mean. Of
    estimators of other packages they are sampled.

    Args:
        model: Trained.
        rows: Rows to explain.
        background: Rows whose mean is the starting point of linear models, and that
            sampling compares with.
        seed: Of sampling.
    """
    features = rows[list(model.features)]
    scale = rows[SCALE].to_numpy(dtype=np.float64)
    beside, estimator = background[list(model.features)], model.estimator_
    if _is_computed(estimator):
        ratios = _ratios(estimator, features, beside)
    else:
        answer = partial(_answers, estimator)
        ratios = sampled(answer, features, beside, draws=_DRAWS, seed=seed).each
    values: Values = np.asarray(ratios, dtype=np.float64) * scale[:, None]
    return values


def _is_computed(estimator: Any) -> bool:
    """Tell whether values can be computed: a class derived from one of ours is not it."""
    if isinstance(estimator, Pipeline):
        prepare, last = (step for _, step in estimator.steps)
        return isinstance(prepare, QuantileBinner) or type(last) in _LINES
    return type(estimator) in _COMPUTED


def _answers(estimator: Any, rows: pd.DataFrame) -> Values:
    return np.asarray(estimator.predict(rows), dtype=np.float64)


def _ratios(estimator: Any, rows: pd.DataFrame, background: pd.DataFrame) -> Any:
    """Explain an estimator of ratios by its kind."""
    match estimator:
        case XGBRegressor():
            data = DMatrix(rows, nthread=estimator.n_jobs)
            return estimator.get_booster().predict(data, pred_contribs=True)[:, :-1]
        case SeasonalNaive():
            return _of_naive(estimator, rows)
        case Pipeline(steps=[(_, prepare), (_, LinearRegression() | Ridge() as line)]):
            return _of_line(prepare, line, rows, background)
        case Pipeline(steps=[(_, prepare), (_, trees)]):
            return _of_trees(trees, prepare.transform(rows))
        case _:
            return _of_trees(estimator, rows.to_numpy(dtype=np.float32))


def _of_trees(trees: Any, values: npt.NDArray[np.float32]) -> Any:
    """Ask the shap package; it checks that the shares add up to the forecast."""
    import shap  # noqa: PLC0415 - heavy, and many models need none of it

    return shap.TreeExplainer(trees).shap_values(values)


def _of_naive(estimator: SeasonalNaive, rows: pd.DataFrame) -> Values:
    """Give the whole ratio to the feature that it was copied from."""
    first, second = baseline_features(rows.columns)
    shares = np.zeros(rows.shape)
    ratio = estimator.predict(rows)
    known = rows[first].notna().to_numpy()
    shares[:, rows.columns.get_loc(first)] = np.where(known, ratio, 0.0)
    shares[:, rows.columns.get_loc(second)] = np.where(known, 0.0, ratio)
    return shares


def _of_line(
    prepare: ColumnTransformer, line: Any, rows: pd.DataFrame, background: pd.DataFrame
) -> Values:
    """Sum each feature's coefficients; a code has one for each of its values."""
    terms = (prepare.transform(rows) - prepare.transform(background).mean(axis=0)) * (
        line.coef_
    )
    shares = np.zeros(rows.shape)
    for number, label in enumerate(prepare.get_feature_names_out()):
        kind, _, name = label.partition("__")
        source = name.rpartition("_")[0] if kind == "codes" else name
        shares[:, rows.columns.get_loc(source)] += terms[:, number]
    return shares

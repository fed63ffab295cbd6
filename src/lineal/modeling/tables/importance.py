"""What the champion's answers rest on: permutation importance and SHAP values."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
import pandas as pd
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from xgboost import DMatrix, XGBClassifier, XGBRegressor

from lineal.modeling.importance import Importance as Importance
from lineal.modeling.shapley import sampled
from lineal.modeling.tables.answers import Vector
from lineal.modeling.tables.learner import Learner
from lineal.modeling.tables.question import Question
from lineal.modeling.tables.scores import loss, score

Unit = Literal["log-odds", "probability", "target", "logarithm of the target"]

_DRAWS = 5  # background rows for each row, where values are sampled
# Estimators whose values are computed; a class derived from one may answer otherwise.
_COMPUTED = frozenset(
    {
        HistGradientBoostingClassifier,
        HistGradientBoostingRegressor,
        LinearRegression,
        LogisticRegression,
        RandomForestClassifier,
        RandomForestRegressor,
        Ridge,
        XGBClassifier,
        XGBRegressor,
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Shap:
    """What each feature contributes to the answer about each row.

    Attributes:
        each: Shape (rows, features); of more than two classes (rows, features,
            classes).
        unit: In units of what.
    """

    each: Vector
    unit: Unit

    @property
    def mean_abs(self) -> Vector:
        """The mean size of each feature's contribution, over rows and classes."""
        found: Vector = np.abs(self._flat).mean(axis=(0, 2))
        return found

    @property
    def mean(self) -> Vector:
        """The mean contribution of each feature; over classes it would be none."""
        found: Vector = self._flat.mean(axis=(0, 2))
        return found

    @property
    def _flat(self) -> Vector:
        return self.each.reshape(*self.each.shape[:2], -1)


def permutation(  # noqa: PLR0913 - settings by keyword
    learner: Learner,
    rows: pd.DataFrame,
    target: Vector,
    question: Question,
    *,
    metric: str,
    repeats: int,
    seed: int,
) -> tuple[Importance, ...]:
    """Shuffle one feature after the other, most important first.

    Breiman (2001), "Random forests", section 10; on rows that the model never learned
    from. A rise is by how much the metric gets worse: of one that is better when
    higher, by how much it falls.

    Args:
        learner: Trained.
        rows: Rows with the features.
        target: Their codes of classes, or numbers.
        question: What was asked.
        metric: Which of the scores; where it is undefined, log loss or MAE.
        repeats: Shuffles of each feature.
        seed: Seed of the shuffles.
    """
    generator = np.random.default_rng(seed)
    features = rows[list(learner.features)].copy()
    task: Literal["classification", "regression"] = (
        "regression" if question.classes is None else "classification"
    )

    def losses() -> tuple[float, float]:
        answers = learner.answer(features)
        found = score(task, target, answers, positive=question.positive)
        usual = "mae" if question.classes is None else "log_loss"
        return loss(found, metric), loss(found, usual)

    before = losses()
    use = 0 if np.isfinite(before[0]) else 1
    found = []
    for name in learner.features:
        kept = features[name].copy()
        rises = []
        for _ in range(repeats):
            features[name] = kept.array.take(generator.permutation(len(kept)))
            rises.append(losses()[use] - before[use])
        features[name] = kept
        found.append(Importance(name, float(np.mean(rises)), float(np.std(rises))))
    return tuple(sorted(found, key=lambda one: (-one.mean, one.feature)))


def shap_values(
    learner: Learner, rows: pd.DataFrame, background: pd.DataFrame, *, seed: int
) -> Shap:
    """Return each feature's share of each answer.

    Lundberg & Lee (2017), "A unified approach to interpreting model predictions".
    XGBoost computes them itself, exactly; of forests, and of boosting without columns
    of codes, the shap package does. Of a linear model they are coefficients times
    distances to the background's mean. Of boosting with columns of codes, which the
    shap package reads wrongly, and of estimators of other packages they are sampled.

    Args:
        learner: Trained.
        rows: Rows to explain.
        background: Rows whose mean is the starting point of linear models, and that
            sampling compares with.
        seed: Of sampling.
    """
    names, model = list(learner.features), learner.model
    if model is None or isinstance(model, DummyClassifier | DummyRegressor):
        unit: Unit = "target" if learner.classes is None else "probability"
        return Shap(np.zeros((len(rows), len(names))), unit)
    if type(model) not in _COMPUTED:
        shares = sampled(
            partial(_answers, learner),
            rows[names],
            background[names],
            draws=_DRAWS,
            seed=seed,
        )
        unit = "target" if learner.classes is None else "probability"
        return Shap(shares.each, unit)
    if getattr(model, "is_categorical_", None) is not None:
        shares = sampled(
            lambda some: _margin(model, learner.encoded(some)),
            rows[names],
            background[names],
            draws=_DRAWS,
            seed=seed,
        )
        return Shap(shares.each, _unit(learner))
    seen = learner.encoded(rows)
    values = _exact(model, seen, learner.encoded(background))
    return Shap(_gathered(values, learner), _unit(learner))


def _exact(model: Any, seen: Any, background: Any) -> Vector:
    """Explain a trained estimator by its kind, in columns of its own matrix."""
    match model:
        case XGBClassifier() | XGBRegressor():
            kinds = model.get_params()["feature_types"]
            data = DMatrix(
                seen, feature_types=kinds, enable_categorical=True, nthread=1
            )
            found = model.get_booster().predict(data, pred_contribs=True)
            found = np.moveaxis(found, 1, 2) if found.ndim == 3 else found  # noqa: PLR2004 - rows, classes, columns
            return np.asarray(found[:, :-1], dtype=np.float64)
        case LogisticRegression() | LinearRegression() | Ridge():
            gaps = seen - background.mean(axis=0)
            found = gaps[:, :, None] * np.atleast_2d(model.coef_).T[None]
        case _:
            found = _of_trees(model, seen)
    is_binary = found.ndim == 3 and found.shape[2] <= 2  # noqa: PLR2004 - as above
    return np.asarray(found[:, :, -1] if is_binary else found, dtype=np.float64)


def _of_trees(model: Any, seen: Any) -> Vector:
    """Ask the shap package."""
    import shap  # noqa: PLC0415 - heavy, and many models need none of it

    return np.asarray(shap.TreeExplainer(model).shap_values(seen))


def _answers(learner: Learner, rows: pd.DataFrame) -> Vector:
    """Return numbers or probabilities; of two classes those of the second."""
    found = learner.answer(rows)
    is_binary = learner.classes is not None and len(learner.classes) == 2  # noqa: PLR2004 - two
    return found[:, 1] if is_binary else found


def _margin(model: Any, seen: Any) -> Vector:
    """Return what the trees of boosting add up."""
    if isinstance(model, HistGradientBoostingRegressor):
        return np.asarray(model.predict(seen), dtype=np.float64)
    return np.asarray(model.decision_function(seen), dtype=np.float64)


def _gathered(values: Vector, learner: Learner) -> Vector:
    """Add up the columns that are made of each feature."""
    place = {name: number for number, name in enumerate(learner.features)}
    found = np.zeros((values.shape[0], len(place), *values.shape[2:]))
    for column, source in enumerate(learner.sources):
        found[:, place[source]] += values[:, column]
    return found


def _unit(learner: Learner) -> Unit:
    """Tell in what units a model's values are."""
    if learner.classes is None:
        return "logarithm of the target" if learner.log else "target"
    by_share = isinstance(learner.model, RandomForestClassifier)
    return "probability" if by_share else "log-odds"

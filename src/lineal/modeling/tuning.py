"""Search and cross-validation of the candidate forecasters."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling import halving
from lineal.modeling.candidates import Forecaster, parameter_prefix
from lineal.modeling.evaluation import Scores, score
from lineal.modeling.halving import Fold, Search, halve
from lineal.modeling.index import NAIVE_ERROR
from lineal.modeling.sections import Tuning


def search(  # noqa: PLR0913 - what is not data is named at the call
    forecaster: Forecaster,
    space: Mapping[str, Any],
    rows: pd.DataFrame,
    folds: Sequence[Fold],
    *,
    asked: Tuning,
    metric: str,
    seed: int,
) -> Search:
    """Draw parameters at random; give the better third more rows, again and again.

    Args:
        forecaster: Untrained.
        space: Parameter name to choices or range; empty means nothing to search.
        rows: Training rows with `target`, `scale` and the features.
        folds: Row numbers of each fold.
        asked: Budget, factor and the last round's rows.
        metric: Which of the scores decides.
        seed: Seed of the draws and of the subsamples.

    Raises:
        InvalidParamsError: The estimator has no such parameter, or nothing can be
            drawn for it.
    """

    def minus_metric(model: Forecaster, seen: pd.DataFrame, actual: Any) -> float:
        return -metric_of(score_rows(model, seen, actual), metric)

    return halve(
        forecaster,
        space,
        (rows, rows["target"].to_numpy(), {}),
        folds,
        asked=asked,
        scoring=minus_metric,
        prefix=parameter_prefix(forecaster),
        seed=seed,
    )


def cross_validate(
    forecaster: Forecaster,
    params: Mapping[str, Any],
    rows: pd.DataFrame,
    folds: Sequence[Fold],
) -> tuple[Scores, ...]:
    """Fit and score on every fold, with all of its rows."""
    scores = []
    for train, test in folds:
        model = with_params(forecaster, params)
        learn, judge = rows.iloc[train], rows.iloc[test]
        model.fit(learn, learn["target"].to_numpy())
        scores.append(score_rows(model, judge, judge["target"].to_numpy()))
    return tuple(scores)


def with_params(forecaster: Forecaster, params: Mapping[str, Any]) -> Forecaster:
    """Return an untrained copy that has the parameters."""
    return halving.with_params(forecaster, params, parameter_prefix(forecaster))


def score_rows(model: Forecaster, rows: pd.DataFrame, actual: npt.ArrayLike) -> Scores:
    """Score a trained forecaster on rows; MASE divides by their naive error."""
    return score(
        np.asarray(actual, dtype=np.float64),
        model.predict(rows),
        naive_error=rows[NAIVE_ERROR].to_numpy(dtype=np.float64),
    )


def metric_of(scores: Scores, metric: str) -> float:
    """Return one score by name, or infinity where it is undefined."""
    value = getattr(scores, metric)
    return float("inf") if value is None else float(value)

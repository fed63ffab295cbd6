"""Tables of predictions of classifiers and regressors that nobody trained."""

from typing import Any

import msgspec
import numpy as np
import pandas as pd

from lineal.modeling.tables.config import Classification, Regression
from lineal.modeling.tables.question import Question

TWO = Question.of(("no", "yes"), "yes")
THREE = Question.of(("a", "b", "c"), None)
NUMBER = Question.of(None, None)
ORDER = ("baseline", "linear", "boosting")
_SHARED: dict[str, Any] = {
    "description": "A model of rows.",
    "data": {"path": "rows.csv", "target": "happened", "columns": {}},
    "split": {"by": "time", "train": 0.6, "validation": 0.2, "test": 0.2, "folds": 2},
    "tuning": {"budget": 1, "factor": 2, "rows": 10},
    "candidates": {},
    "significance": {"replicates": 200, "block": 2, "confidence": 0.9},
    "explain": {"rows": 1, "repeats": 1, "shap_rows": 1},
    "bundle": {"format": "joblib", "origins": 1},
}


def classification(metric: str = "log_loss", **changes: Any) -> Classification:
    """Return what params.yaml says of a classifier."""
    selection = {"metric": metric, "baseline": "baseline", "order": ORDER}
    said = {**_SHARED, "task": "classification", "selection": selection, **changes}
    return msgspec.convert(said, Classification)


def regression(**changes: Any) -> Regression:
    """Return what params.yaml says of a regressor."""
    said = {
        **_SHARED,
        "task": "regression",
        "selection": {"metric": "mae", "baseline": "baseline", "order": ORDER},
        "calibration": {"levels": [0.8, 0.5]},
        **changes,
    }
    return msgspec.convert(said, Regression)


def rows(
    count: int, *, seed: int = 0, days: int = 20, dated: bool = True
) -> pd.DataFrame:
    """Return the index columns of rows, with a target that is yet to be filled."""
    rng = np.random.default_rng(seed)
    start = np.datetime64("2024-01-01T06:00", "us")
    hours = np.sort(rng.integers(0, 24 * days, count)).astype("timedelta64[h]")
    missing = np.full(count, np.datetime64("NaT", "us"))
    return pd.DataFrame(
        {
            "_row": np.arange(100, 100 + count),
            "_time": start + hours if dated else missing,
            "_segment": rng.choice(["JFK", "LGA", "EWR"], count),
            "_target": np.zeros(count),
            "_weight": np.ones(count),
        }
    )


def classes(
    index: pd.DataFrame, count: int, *, seed: int = 1
) -> tuple[pd.DataFrame, Any]:
    """Fill the target with codes, and return the probabilities that they were of."""
    rng = np.random.default_rng(seed)
    share = rng.dirichlet(np.ones(count), len(index))
    happened = (share.cumsum(axis=1) > rng.random((len(index), 1))).argmax(axis=1)
    return index.assign(_target=happened.astype(float)), share


def amounts(index: pd.DataFrame, *, seed: int = 1) -> tuple[pd.DataFrame, Any]:
    """Fill the target with numbers, and return predictions that are near."""
    rng = np.random.default_rng(seed)
    actual = rng.normal(20, 5, len(index))
    return index.assign(_target=actual), actual + rng.normal(0, 1, len(index))

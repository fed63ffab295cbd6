"""The candidates that a new repository trains: small, so that a first run is quick."""

from typing import Any, Final

_TREES: Final[dict[str, Any]] = {
    "forest": {
        "fixed": {"n_estimators": 40},
        "search": {"min_samples_leaf": [2, 5, 10], "max_features": [0.3, 0.6]},
    },
    "boosting": {
        "fixed": {"max_iter": 80, "early_stopping": False},
        "search": {
            "learning_rate": {"low": 0.05, "high": 0.2, "log": True},
            "max_leaf_nodes": [7, 15, 31],
        },
    },
    "xgboost": {
        "fixed": {
            "n_estimators": 80,
            "tree_method": "hist",
            "subsample": 0.7,
            "colsample_bytree": 0.5,
        },
        "search": {
            "learning_rate": {"low": 0.05, "high": 0.2, "log": True},
            "max_depth": [3, 5],
            "min_child_weight": {"low": 1, "high": 20, "log": True},
        },
    },
}
_ALPHA: Final = {"low": 0.01, "high": 100, "log": True}
_C: Final = {"low": 0.01, "high": 10, "log": True}
ORDER: Final = ("linear", "ridge", "boosting", "xgboost", "forest")
"""Simplest first, after the baseline."""


def candidates(baseline: str, *, classes: bool = False) -> dict[str, Any]:
    """Return all six, the baseline first.

    Args:
        baseline: Its name.
        classes: Whether they tell classes, so that ridge's penalty is called C.
    """
    ridge = {"search": {"C": _C} if classes else {"alpha": _ALPHA}}
    return {baseline: {}, "linear": {}, "ridge": ridge, **_TREES}


def selection(metric: str, baseline: str) -> dict[str, Any]:
    """Return how the champion is chosen."""
    return {"metric": metric, "baseline": baseline, "order": [baseline, *ORDER]}

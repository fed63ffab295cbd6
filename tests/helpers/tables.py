"""Small tables of rows that stand for themselves, and models of them."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling.sections import (
    Bundle,
    Candidate,
    Column,
    Explain,
    Intervals,
    Significance,
    Tuning,
)
from lineal.modeling.tables.config import (
    Classification,
    ClassSelection,
    Regression,
    Table,
    TableData,
    TableFeatures,
    TableSplit,
    ValueSelection,
)
from lineal.modeling.tables.features import make
from lineal.modeling.tables.index import ROW, SEGMENT, TARGET, TIME, WEIGHT
from lineal.modeling.tables.targets import targets

COLUMNS = {
    "when": Column(type="datetime"),
    "born": Column(type="date", missing=1),
    "size": Column(type="number", missing=1),
    "loud": Column(type="boolean", missing=1),
    "kind": Column(type="string", missing=1),
    "town": Column(type="string", missing=1),
    "after": Column(type="number", available="after"),
    "kept_out": Column(type="number"),
}
SMALL: dict[str, dict[str, Any]] = {
    "forest": {"n_estimators": 5, "max_samples": 0.5},
    "boosting": {"max_iter": 8, "early_stopping": False, "min_samples_leaf": 5},
    "xgboost": {"n_estimators": 8, "max_depth": 3, "subsample": 0.8},
}
"""Parameters with which a candidate learns in no time."""


def table(rows: int = 240, seed: int = 0) -> pd.DataFrame:
    """Return rows in order of time, with holes, few kinds and many towns.

    `value` grows with size and depends on the town; `class` is a word of three, `late`
    a number of which 10 or more is an event.
    """
    rng = np.random.default_rng(seed)
    start = np.datetime64("2024-01-01T00:00:00", "us")
    when = start + np.arange(rows) * np.timedelta64(5, "h")
    size = rng.normal(10, 3, rows)
    towns = rng.integers(0, 40, rows)
    kinds = rng.choice(["a", "b", "c"], rows)
    value = size + towns / 4 + 3 * (kinds == "b") + rng.normal(0, 1, rows)
    third = np.digitize(value, np.quantile(value, [0.4, 0.8]))
    return pd.DataFrame(
        {
            "when": when,
            "born": when.astype("datetime64[D]").astype("datetime64[us]"),
            "size": np.where(rng.random(rows) < 0.1, np.nan, size),
            "loud": (rng.random(rows) < 0.3).astype(np.float64),
            "kind": _holed(kinds, rng),
            "town": _holed(np.array([f"town {n}" for n in towns]), rng),
            "after": value,
            "kept_out": value,
            "value": value,
            "late": value,
            "class": np.array(["low", "mid", "top"], dtype=object)[third],
        }
    )


def _holed(words: npt.NDArray[Any], rng: np.random.Generator) -> npt.NDArray[Any]:
    """Return words as objects, some of them missing."""
    found = words.astype(object)
    found[rng.random(len(words)) < 0.05] = None
    return found


def classification(target: str = "class", **changes: Any) -> Classification:
    """Return a model that tells classes of `table`."""
    said = _said(target, "string" if target == "class" else "number", changes)
    metric = said.pop("metric", "log_loss")
    selection = ClassSelection(metric=metric, baseline="baseline", order=("baseline",))
    return Classification(**said, selection=selection)


def regression(**changes: Any) -> Regression:
    """Return a model that tells the value of `table`."""
    said = _said("value", "number", changes)
    metric = said.pop("metric", "mae")
    selection = ValueSelection(metric=metric, baseline="baseline", order=("baseline",))
    intervals = Intervals(levels=(0.8,))
    return Regression(**said, selection=selection, calibration=intervals)


def _said(target: str, kind: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """Return what params.yaml says, the changes among it."""
    split = {"by": "random", "train": 0.7, "validation": 0.15, "test": 0.15, "folds": 3}
    data = {
        "path": "data/raw/table.parquet",
        "time": "when",
        "target": target,
        "columns": {**COLUMNS, target: Column(type=kind, missing=1)},
        "exclude": ("kept_out",),
    }
    return {
        "description": "A table.",
        "tuning": Tuning(budget=3, factor=3, rows=200),
        "candidates": {"baseline": Candidate()},
        "significance": Significance(replicates=10, block=1, confidence=0.9),
        "explain": Explain(rows=10, repeats=1, shap_rows=10),
        "bundle": Bundle(format="joblib", origins=1),
        **changes,
        "data": TableData(**{**data, **changes.get("data", {})}),
        "split": TableSplit(**{**split, **changes.get("split", {})}),
        "features": TableFeatures(**{"levels": 10, **changes.get("features", {})}),
    }


def rows_of(found: pd.DataFrame, model: Table) -> pd.DataFrame:
    """Return the rows of a table, the index columns first, as the stages make them."""
    read = targets(found, model)
    index = pd.DataFrame(
        {
            ROW: np.arange(len(found)),
            TIME: found["when"],
            SEGMENT: "all",
            TARGET: read.numbers,
            WEIGHT: read.weight,
        },
        index=found.index,
    )
    return pd.concat([index, make(found, model, None)[0]], axis=1)

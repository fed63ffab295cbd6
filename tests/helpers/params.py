"""What params.yaml says in tests, as YAML holds it."""

from copy import deepcopy
from typing import Any

import pytest

from lineal.modeling.parsing import parse
from lineal.modeling.sections import InvalidParamsError

# All that a model says beside its data.
OTHERS: dict[str, Any] = {
    "task": "forecast",
    "description": "Entries of two stops.",
    "predict": {"horizon": 2},
    "split": {
        "train": 0.7,
        "validation": 0.15,
        "test": 0.15,
        "warmup": 0,
        "folds": 2,
        "every": {"train": 1, "validation": 1, "test": 1},
    },
    "features": {
        "lags": [0],
        "windows": [7],
        "weekday_lags": 1,
        "observed_windows": [1],
        "holidays": {"country": "US"},
        "pruning": {"rows": 1, "rounds": 1, "min_gain": 0.0},
    },
    "tuning": {"budget": 1, "factor": 2, "rows": 1},
    "candidates": {"naive": {}},
    "selection": {"metric": "wape", "baseline": "naive", "order": ["naive"]},
    "significance": {"replicates": 1, "block": 1, "confidence": 0.95},
    "calibration": {"levels": [0.8]},
    "explain": {"rows": 1, "repeats": 1, "shap_rows": 1},
    "bundle": {"format": "joblib", "origins": 90},
}
# The columns of helpers.raw_tables.
COLUMNS: dict[str, Any] = {
    "day": {"type": "date"},
    "stop": {"type": "string"},
    "entries": {"type": "integer", "min": 0, "missing": 0.5},
    "game": {"type": "boolean"},
    "rain": {"type": "number", "min": 0, "max": 1, "missing": 0.5},
    "note": {"type": "string", "missing": 1},
}
# The model whose parts are said otherwise below.
DATA: dict[str, Any] = {
    "path": "data/raw/stops.parquet",
    "time": "day",
    "segments": ["stop"],
    "target": "entries",
    "columns": COLUMNS,
    "known": ["game"],
    "observed": ["rain"],
    "exclude": ["note"],
}


def document(**changes: Any) -> dict[str, Any]:
    """Return params.yaml, with some parts said otherwise: `data__time` is nested."""
    said: dict[str, Any] = deepcopy(
        {"runtime": {"threads": 1, "seed": 0}, "models": {"stops": OTHERS}}
    )
    model = said["models"]["stops"] | {"data": deepcopy(DATA)}
    said["models"]["stops"] = model
    for place, value in changes.items():
        *way, last = place.split("__")
        part = model
        for step in way:
            part = part[step]
        part[last] = value
    return said


def refused(**changes: Any) -> str:
    """Return what is said of a model that is refused."""
    with pytest.raises(InvalidParamsError) as caught:
        parse(document(**changes))
    return str(caught.value)


def columns(**changes: Any) -> dict[str, Any]:
    """Return the declared columns, with some more or other ones."""
    return COLUMNS | changes

"""What params.yaml says in tests, as YAML holds it."""

from typing import Any

# All that a model says beside its data.
OTHERS: dict[str, Any] = {
    "task": "forecast",
    "description": "Entries of two stops.",
    "horizon": 2,
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
    "intervals": {"levels": [0.8]},
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

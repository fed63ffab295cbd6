"""Small tables of trips and the weather, and what params.yaml says of models of them."""

from copy import deepcopy
from typing import Any

import numpy as np
import pandas as pd

from lineal.modeling.parsing import parse
from lineal.modeling.tables.config import Table

# All that a model says beside its target and task.
_SAID: dict[str, Any] = {
    "task": "classification",
    "description": "Will a trip be late?",
    "data": {
        "path": "data/raw/trips",
        "table": "trips.csv",
        "time": "when",
        "segments": ["line"],
        "target": "delay",
        "columns": {
            "when": {"type": "datetime"},
            "line": {"type": "string"},
            "stops": {"type": "integer", "min": 1},
            "note": {"type": "string", "missing": 1},
            "delay": {"type": "number", "missing": 0.1, "available": "after"},
            "left": {"type": "number", "missing": 0.1, "available": "after"},
        },
        "exclude": ["left", "note"],
        "joins": [
            {
                "table": "weather.csv",
                "asof": {"when": "hour"},
                "delay": "1h",
                "tolerance": "6h",
                "unmatched": 0.05,
                "prefix": "weather ",
                "columns": {
                    "hour": {"type": "datetime"},
                    "rain": {"type": "number", "min": 0},
                },
            }
        ],
    },
    "predict": {"event": {"at_least": 5}},
    "split": {
        "by": "time", "train": 0.7, "validation": 0.15, "test": 0.15, "folds": 2
    },
    "tuning": {"budget": 2, "factor": 2, "rows": 200},
    "candidates": {
        "prior": {"kind": "baseline"},
        "boosting": {"fixed": {"max_iter": 5, "early_stopping": False}},
    },
    "selection": {
        "metric": "log_loss", "baseline": "prior", "order": ["prior", "boosting"]
    },
    "significance": {"replicates": 20, "block": 2, "confidence": 0.9},
    "explain": {"rows": 60, "repeats": 1, "shap_rows": 10},
    "bundle": {"format": "joblib", "origins": 20},
}  # fmt: skip


def document(**changes: Any) -> dict[str, Any]:
    """Return params.yaml with one model, some parts said otherwise: `data__time`."""
    model = deepcopy(_SAID)
    for place, value in changes.items():
        *way, last = place.split("__")
        part = model
        for step in way:
            part = part[step]
        part[last] = value
    return {"runtime": {"threads": 1, "seed": 7}, "models": {"trips": model}}


def asked(**changes: Any) -> Table:
    """Return what params.yaml says of the model."""
    return parse(document(**changes)).table("trips")


def trips(rows: int = 400, seed: int = 1) -> pd.DataFrame:
    """Return trips of a month, late when it rains and on one of the lines."""
    generator = np.random.default_rng(seed)
    when = np.sort(generator.integers(0, 30 * 24 * 60, rows))
    line = generator.choice(["A", "B", "Ö / 7"], rows)
    stops = generator.integers(1, 30, rows)
    rain = _rain()[when // 60]
    delay = 3 * rain + 4.0 * (line == "B") + 0.1 * stops + generator.normal(0, 1, rows)
    delay[::40] = np.nan
    start = pd.Timestamp("2024-03-01")
    return pd.DataFrame(
        {
            "when": (start + pd.to_timedelta(when, unit="min")).astype(str),
            "line": line,
            "stops": stops,
            "note": None,
            "delay": delay.round(3),
            "left": (delay / 2).round(3),
        }
    )


def weather() -> pd.DataFrame:
    """Return the rain of each hour of the month, and of the day before it."""
    hours = pd.date_range("2024-02-29", periods=31 * 24, freq="h")
    return pd.DataFrame({"hour": hours.astype(str), "rain": _rain(31 * 24)})


def _rain(hours: int = 30 * 24) -> Any:
    """Rain comes and goes every two days."""
    wave = np.sin(np.arange(31 * 24) * 2 * np.pi / 48)
    return np.maximum(wave, 0).round(3)[-hours:]

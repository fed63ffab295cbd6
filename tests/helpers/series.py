"""Small tables of series of any frequency, and the params that fit them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

STEPS = {"hour": "h", "day": "D", "week": "7D", "month": "MS"}


def series(
    frequency: str, count: int, names: Sequence[str] = ("all",), *, seed: int = 0
) -> pd.DataFrame:
    """Return series with a season, a trend and noise: time, name, sales, promo, rain."""
    rng = np.random.default_rng(seed)
    times = pd.date_range("2021-01-04", periods=count, freq=STEPS[frequency])
    if frequency == "month":
        times = pd.date_range("2011-01-01", periods=count, freq="MS")
    turn = {"hour": 24, "day": 7, "week": 52, "month": 12}[frequency]
    season = 1 + 0.4 * np.sin(2 * np.pi * np.arange(count) / turn)
    promo = (rng.random(count) < 0.2).astype(np.float64)
    parts = []
    for place, name in enumerate(names):
        noise = rng.normal(1, 0.05, count)
        size = 50.0 * (1 + place) * (1 + np.arange(count) / (2 * count))
        parts.append(
            pd.DataFrame(
                {
                    "time": times,
                    "name": name,
                    "sales": np.round(size * season * noise * (1 + 0.3 * promo), 2),
                    "promo": promo,
                    "rain": rng.random(count).round(3),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def declare(frequency: str, **changes: Any) -> dict[str, Any]:
    """Return params.yaml of one model of such a table, two candidates."""
    lengths = {
        "hour": (24, 200, [1, 24], [24, 168], 24),
        "day": (7, 60, [0, 1, 6], [7, 28], 7),
        "week": (4, 26, [0, 1, 3], [4, 13], 2),
        "month": (3, 24, [0, 1, 11], [3, 12], 1),
    }
    horizon, warmup, lags, windows, every = lengths[frequency]
    said: dict[str, Any] = {
        "task": "forecast",
        "description": "Sales of shops.",
        "data": {
            "path": "data/raw/sales.parquet",
            "time": "time",
            "segments": ["name"],
            "frequency": frequency,
            "target": "sales",
            "columns": {
                "time": {"type": "datetime" if frequency == "hour" else "date"},
                "name": {"type": "string"},
                "sales": {"type": "number", "min": 0},
                "promo": {"type": "number"},
                "rain": {"type": "number"},
            },
            "known": ["promo"],
            "observed": ["rain"],
        },
        "predict": {"horizon": horizon},
        "split": {
            "train": 0.6,
            "validation": 0.2,
            "test": 0.2,
            "warmup": warmup,
            "folds": 2,
            "every": {"train": every, "validation": 1, "test": every},
        },
        "features": {
            "lags": lags,
            "windows": windows,
            "weekday_lags": 2,
            "observed_windows": [1],
            "holidays": {"country": "US"},
            "pruning": {"rows": 1000, "rounds": 5, "min_gain": 0.0},
        },
        "tuning": {"budget": 2, "factor": 2, "rows": 1000},
        "candidates": {
            "seasonal_naive": {},
            "ridge": {"fixed": {"alpha": 1.0}},
        },
        "selection": {
            "metric": "wape",
            "baseline": "seasonal_naive",
            "order": ["seasonal_naive", "ridge"],
        },
        "significance": {"replicates": 50, "block": horizon, "confidence": 0.95},
        "calibration": {"levels": [0.5]},
        "explain": {"rows": 50, "repeats": 1, "shap_rows": 20},
        "bundle": {"format": "joblib", "origins": 5},
    }
    for place, value in changes.items():
        *way, last = place.split("__")
        part = said
        for step in way:
            part = part[step]
        part[last] = value
    return said


def write(folder: Path, table: pd.DataFrame, model: dict[str, Any]) -> None:
    """Put a table and params.yaml where the stages look for them."""
    path = folder / model["data"]["path"]
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = list(model["data"]["columns"])
    table[columns].to_parquet(path, index=False)
    params = {"runtime": {"threads": 1, "seed": 1}, "models": {"shops": model}}
    text = yaml.safe_dump(params)
    (folder / "params.yaml").write_text(text, encoding="utf-8")

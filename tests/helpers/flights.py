"""The flights and the weather: the real ones, and small tables that are made up."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

_TOP = Path(__file__).parents[2]
_STORED = _TOP / "data/remote/files/md5"

_KEEP = (
    *("dep_delay", "arr_delay", "sched_dep_time", "carrier", "tailnum"),
    *("origin", "distance", "time_hour"),
)
_WEATHER = ("origin", "time_hour", "wind_speed", "visib")
# What makes the real parameters small enough for a test.
_SMALL: dict[str, Any] = {
    "split": {
        "by": "time", "train": 0.7, "validation": 0.15, "test": 0.15, "folds": 2
    },
    "tuning": {"budget": 2, "factor": 2, "rows": 300},
    "significance": {"replicates": 50, "block": 7, "confidence": 0.95},
    "explain": {"rows": 200, "repeats": 1, "shap_rows": 20},
    "bundle": {"format": "joblib", "origins": 30},
}  # fmt: skip


def real(table: str) -> Path:
    """Return where a real table lies in the remote that comes with the clone."""
    (out,) = yaml.safe_load((_TOP / "data/raw/delays.dvc").read_text())["outs"]
    listed = json.loads(_stored(out["md5"]).read_text())
    return _stored({each["relpath"]: each["md5"] for each in listed}[table])


def _stored(md5: str) -> Path:
    return _STORED / md5[:2] / md5[2:]


def shrink(model: dict[str, Any]) -> None:
    """Make the classifier of delays small."""
    model.update(_SMALL)
    data = model["data"]
    (join,) = data["joins"]
    data["columns"] = {name: data["columns"][name] for name in _KEEP}
    data["exclude"] = ["dep_delay", "tailnum"]
    join["columns"] = {name: join["columns"][name] for name in _WEATHER}
    for name, size in (
        ("forest", {"n_estimators": 3}),
        ("boosting", {"max_iter": 5, "early_stopping": False}),
        ("xgboost", {"n_estimators": 5}),
    ):
        model["candidates"][name]["fixed"] = size


def write(folder: Path, rows: int = 1500) -> None:
    """Write flights of four months, late when the wind blows, and the weather."""
    folder.mkdir(parents=True)
    generator = np.random.default_rng(5)
    hours = pd.date_range("2013-01-01", periods=120 * 24, freq="h")
    wind = 10 + 8 * np.sin(np.arange(len(hours)) / 30)
    text = hours.strftime("%Y-%m-%dT%H:%M:%SZ")
    places = [
        pd.DataFrame({"origin": origin, "time_hour": text, "wind_speed": wind})
        for origin in ("EWR", "JFK")
    ]
    weather = pd.concat(places, ignore_index=True).assign(visib=10.0)
    when = np.sort(generator.integers(24, len(hours), rows))
    delay = 3 * wind[when] - 25 + generator.normal(0, 20, rows)
    delay[::50] = np.nan
    flights = pd.DataFrame(
        {
            "dep_delay": (delay - 3).round(),
            "arr_delay": delay.round(),
            "sched_dep_time": hours.hour[when] * 100 + 5,
            "carrier": generator.choice(["AA", "UA", "9E"], rows),
            "tailnum": "N1",
            "origin": generator.choice(["EWR", "JFK"], rows),
            "distance": generator.integers(100, 3000, rows),
            "time_hour": text[when],
        }
    )
    flights.to_parquet(folder / "flights.parquet", index=False)
    weather.to_parquet(folder / "weather.parquet", index=False)

"""The stages of table models, run in this process in a folder of their own."""

import importlib
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from typing import Any

import yaml

from helpers.trips import document, trips, weather

# What makes each task of the trips.
TASKS: Mapping[str, Mapping[str, Any]] = {
    "two classes": {},
    "three classes": {
        "data__target": "line",
        "data__segments": [],
        "data__exclude": ["left", "note"],
        "data__columns": {
            "when": {"type": "datetime"},
            "line": {"type": "string"},
            "stops": {"type": "integer", "min": 1},
            "note": {"type": "string", "missing": 1},
            "delay": {"type": "number", "missing": 0.1},
            "left": {"type": "number", "missing": 0.1},
        },
        "predict": {},
        "leaks": {"allow": ["delay"]},  # it tells line B, and may
    },
    "numbers": {
        "task": "regression",
        "data__time": None,
        "split__by": "random",
        "predict": {"floor": -100},
        "calibration": {"levels": [0.8]},
        "selection__metric": "mae",
        "bundle__format": "skops",
    },
}

# Features of the user's, where params.yaml names the file.
OWN = """
def features(table):
    return table[["stops"]].assign(half=table["stops"] / 2)[["half"]]
"""


def prepare(root: Path, **changes: Any) -> Path:
    """Write params.yaml and the raw tables."""
    raw = root / "data/raw/trips"
    raw.mkdir(parents=True)
    trips().to_csv(raw / "trips.csv", index=False)
    weather().to_csv(raw / "weather.csv", index=False)
    (root / "params.yaml").write_text(yaml.safe_dump(document(**changes)))
    (root / "features.py").write_text(OWN)
    return root


def run(root: Path, *stages: str) -> None:
    """Run stages: `train` trains both candidates."""
    with chdir(root):
        for stage in stages:
            main = importlib.import_module(f"lineal.pipeline.tables.{stage}").main
            if stage == "train":
                main("trips", "prior")
                main("trips", "boosting")
            else:
                main("trips")


def made(root: Path) -> dict[str, bytes]:
    """Return every file that the stages made, by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("data", "models", "reports")
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and "raw" not in path.parts
    }

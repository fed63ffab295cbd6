"""A real Git and DVC repository with our own stages and a small table."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

TOP = Path(__file__).parents[2]
_WHO = {
    "GIT_AUTHOR_NAME": "Ann",
    "GIT_AUTHOR_EMAIL": "ann@example.org",
    "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@example.org",
}
# What makes the real parameters small enough for a test.
_SMALL: dict[str, Any] = {
    "horizon": 7,
    "split": {
        "train": 0.7,
        "validation": 0.15,
        "test": 0.15,
        "warmup": 100,
        "folds": 2,
        "every": {"train": 5, "validation": 2, "test": 2},
    },
    "tuning": {"budget": 3, "factor": 3, "rows": 300},
    "significance": {"replicates": 50, "block": 7, "confidence": 0.95},
    "explain": {"rows": 200, "repeats": 1, "shap_rows": 50},
    "bundle": {"format": "joblib", "origins": 30},
}


@dataclass(frozen=True, slots=True)
class Workshop:
    """A repository in which `dvc repro` runs the real stages.

    Attributes:
        root: Its top.
        home: An empty home, so that the machine's configuration stays out.
        measured: Whether to measure what programs run.
    """

    root: Path
    home: Path
    measured: bool = True

    def run(
        self, *words: str, ok: bool = True, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program of this environment in the repository."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GIT_", "OMP_", "DVC_"))
            and (self.measured or not name.startswith("COVERAGE_"))
        }
        folder = Path(sys.executable).parent
        done = subprocess.run(
            words,
            cwd=self.root,
            env={
                **inherited,
                **_WHO,
                "HOME": str(self.home),
                "PATH": f"{folder}{os.pathsep}{inherited['PATH']}",
                **(env or {}),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert not ok or done.returncode == 0, done.stdout + done.stderr
        return done

    @property
    def lock(self) -> str:
        """The text of dvc.lock: every output's hash."""
        return (self.root / "dvc.lock").read_text()


def make(root: Path, candidates: tuple[str, ...]) -> Workshop:
    """Set up a repository with some of the candidates and a table of two years."""
    home = root / "home"
    top = root / "work shop ü"
    home.mkdir(parents=True)
    for name in ("src", "requirements"):
        shutil.copytree(
            TOP / name, top / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in (".dvcignore", "artifacts.yaml", ".gitignore"):
        shutil.copy(TOP / name, top / name)
    workshop = Workshop(top, home)
    _write_params(top, candidates)
    _write_policy(top)
    (top / "data/raw").mkdir(parents=True)
    _table().to_parquet(top / "data/raw/ridership.parquet", index=False)
    workshop.run("git", "init", "--quiet", "--initial-branch=main")
    workshop.run("dvc", "init", "--quiet")
    workshop.run("dvc", "config", "core.analytics", "false")
    workshop.run("dvc", "add", "--quiet", "data/raw/ridership.parquet")
    workshop.run("git", "add", "--all")
    workshop.run("git", "commit", "--quiet", "--message", "start")
    return workshop


def _write_policy(top: Path) -> None:
    """Take the real rules, with limits that a small table's model keeps."""
    rules = (TOP / "policy.yaml").read_text()
    (top / "policy.yaml").write_text(re.sub(r"max: [0-9.]+", "max: 0.9", rules))


def _write_params(top: Path, candidates: tuple[str, ...]) -> None:
    """Shrink the real params.yaml and dvc.yaml."""
    params = yaml.safe_load((TOP / "params.yaml").read_text())
    model = params["models"]["ridership"]
    model.update(_SMALL)
    keep = {"date", "station", "entries", "temp", "cubs_home"}
    data = model["data"]
    data["columns"] = {k: v for k, v in data["columns"].items() if k in keep}
    data["known"], data["observed"] = ["cubs_home"], ["temp"]
    model["features"] |= {
        "lags": [0, 1],
        "windows": [7, 28],
        "weekday_lags": 2,
        "pruning": {"rows": 2000, "rounds": 5, "min_gain": 0.0},
    }
    for name, size in (
        ("forest", {"n_estimators": 3, "max_samples": 0.3}),
        ("boosting", {"max_iter": 5, "early_stopping": False}),
        ("xgboost", {"n_estimators": 5}),
    ):
        model["candidates"][name]["fixed"] = size
    model["candidates"] = {k: model["candidates"][k] for k in candidates}
    model["selection"]["order"] = list(candidates)
    (top / "params.yaml").write_text(yaml.safe_dump(params, sort_keys=False))
    stages = yaml.safe_load((TOP / "dvc.yaml").read_text())
    stages["stages"]["train"]["foreach"] = {
        f"ridership-{name}": {"model": "ridership", "candidate": name}
        for name in candidates
    }
    (top / "dvc.yaml").write_text(yaml.safe_dump(stages, sort_keys=False))


def _table() -> pd.DataFrame:
    """Make 900 days of three stations: weekdays, seasons, games, closures, noise."""
    generator = np.random.default_rng(3)
    days = pd.date_range("2012-01-02", periods=900, freq="D")
    week = np.array([1.0, 1.05, 1.05, 1.0, 1.1, 0.6, 0.4])[days.day_of_week]
    year = 1 + 0.1 * np.sin(2 * np.pi * days.day_of_year.to_numpy() / 365.25)
    games = (generator.random(900) < 0.2).astype(int)
    frames = []
    for name, size in (("Addison", 900), ("Öst & West", 2500), ("Clark_Lake", 6000)):
        noise = generator.normal(1, 0.05, 900)
        entries = (size * week * year * noise * (1 + 0.2 * games)).round().astype(int)
        entries[200:203] = 0
        frames.append(
            pd.DataFrame(
                {
                    "date": days,
                    "station": name,
                    "entries": entries,
                    "temp": generator.normal(50, 20, 900).clip(-20, 100),
                    "cubs_home": games,
                }
            )
        )
    return pd.concat(frames, ignore_index=True)

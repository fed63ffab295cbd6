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

from helpers import flights

TOP = Path(__file__).parents[2]
_WHO = {
    "GIT_AUTHOR_NAME": "Ann",
    "GIT_AUTHOR_EMAIL": "ann@example.org",
    "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@example.org",
}
# What makes the real parameters small enough for a test.
_SMALL: dict[str, Any] = {
    "predict": {"horizon": 7},
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


def make(
    root: Path, candidates: tuple[str, ...], of_rows: tuple[str, ...] = ()
) -> Workshop:
    """Set up a repository of one model or two, with small tables.

    Args:
        root: Where.
        candidates: Those of the model that forecasts; its table has two years.
        of_rows: Those of the classifier; without any there is none.
    """
    home = root / "home"
    top = root / "work shop ü"
    home.mkdir(parents=True)
    for name in ("src", "requirements"):
        shutil.copytree(
            TOP / name, top / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in (".dvcignore", ".gitignore"):
        shutil.copy(TOP / name, top / name)
    workshop = Workshop(top, home)
    chosen = {"ridership": candidates, **({"delays": of_rows} if of_rows else {})}
    _write_params(top, chosen)
    _write_policy(top)
    (top / "data/raw").mkdir(parents=True)
    shutil.copy(TOP / "data/README.md", top / "data")
    _table().to_parquet(top / "data/raw/ridership.parquet", index=False)
    raw = ["data/raw/ridership.parquet"]
    if of_rows:
        flights.write(top / "data/raw/delays")
        raw.append("data/raw/delays")
    workshop.run("git", "init", "--quiet", "--initial-branch=main")
    workshop.run("dvc", "init", "--quiet")
    workshop.run("dvc", "config", "core.analytics", "false")
    workshop.run("dvc", "add", "--quiet", *raw)
    workshop.run("git", "add", "--all")
    workshop.run("git", "commit", "--quiet", "--message", "start")
    return workshop


def _write_policy(top: Path) -> None:
    """Take the real rules, with limits that a small table's model keeps."""
    rules = (TOP / "policy.yaml").read_text()
    (top / "policy.yaml").write_text(re.sub(r"max: [0-9.]+", "max: 0.9", rules))


def _write_params(top: Path, chosen: Mapping[str, tuple[str, ...]]) -> None:
    """Shrink the real params.yaml, dvc.yaml and artifacts.yaml to these models."""
    params = yaml.safe_load((TOP / "params.yaml").read_text())
    shrink = {"ridership": _shrink, "delays": flights.shrink}
    for name, candidates in chosen.items():
        model = params["models"][name]
        shrink[name](model)
        model["candidates"] = {k: model["candidates"][k] for k in candidates}
        model["selection"]["order"] = list(candidates)
    params["models"] = {name: params["models"][name] for name in chosen}
    _write_yaml(top / "params.yaml", params)
    stages = yaml.safe_load((TOP / "dvc.yaml").read_text())
    stages["stages"]["train"]["foreach"] = {
        f"{model}-{name}": {"model": model, "candidate": name}
        for model, candidates in chosen.items()
        for name in candidates
    }
    stages["plots"] = [
        plot for plot in stages["plots"] if next(iter(plot)).split("/")[1] in chosen
    ]
    stages["artifacts"] = {k: stages["artifacts"][k] for k in chosen}
    _write_yaml(top / "dvc.yaml", stages)
    artifacts = yaml.safe_load((TOP / "artifacts.yaml").read_text())
    _write_yaml(top / "artifacts.yaml", {name: artifacts[name] for name in chosen})


def _write_yaml(path: Path, said: object) -> None:
    path.write_text(yaml.safe_dump(said, sort_keys=False))


def _shrink(model: dict[str, Any]) -> None:
    """Make the model that forecasts small."""
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

"""A small model that is really trained, and a repository that has committed it."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import yaml

from lineal.cli.main import main
from lineal.modeling import storage
from lineal.modeling.bundle import Bundle, tail
from lineal.modeling.candidates import Forecaster, forecaster
from lineal.modeling.card import Card, Stored
from lineal.modeling.config import Features, Holidays, Pruning
from lineal.modeling.evaluation import score
from lineal.modeling.features.matrix import recipe, rows
from lineal.modeling.intervals import Calibration, calibrate
from lineal.modeling.panel import from_table
from lineal.modeling.selection import Selection, Validated
from lineal.modeling.signature import Signature
from lineal.modeling.splits import Period, Splits
from lineal.pipeline.files import write_bytes, write_json, write_table, write_text

SEGMENTS = ("Café / Nord", "Loop", "Ost")
HORIZON = 4
DAYS = 1100
FIRST = date(2020, 1, 1)
RECIPE = Features(
    lags=(0, 1),
    windows=(7,),
    weekday_lags=2,
    observed_windows=(7,),
    holidays=Holidays(country="US"),
    pruning=Pruning(rows=1, rounds=1, min_gain=0.0),
)
FEATURES = (
    "lag_0",
    "mean_7",
    "weekday_lag_0",
    "lag_364_of_date",
    "lag_728_of_date",
    "weekday",
    "known_game",
    "effect_game",
    "observed_rain_7",
    "system_7",
    "segment_code",
)
_WEEK = np.array([1.0, 1.1, 1.1, 1.1, 1.2, 0.7, 0.5])


@cache
def table() -> pd.DataFrame:
    """Return an ingested table: a week's pattern, a game now and then, some rain."""
    rng = np.random.default_rng(7)
    days = pd.date_range(FIRST, periods=DAYS, freq="D").astype("datetime64[us]")
    game = (rng.random(DAYS) < 0.2).astype(np.float64)
    week = _WEEK[np.arange(DAYS) % 7]
    parts = []
    for size, segment in zip((100, 900, 300), SEGMENTS, strict=True):
        noise = rng.normal(1, 0.05, DAYS)
        counted = np.rint(size * week * (1 + 0.3 * game) * noise)
        columns = {
            "segment": segment,
            "date": days,
            "target": counted,
            "game": game,
            "rain": rng.random(DAYS).round(2),
        }
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)


def feature_rows(of: pd.DataFrame, origins: list[int], *, ahead: int) -> pd.DataFrame:
    """Read the features of some days of a table."""
    panel = from_table(of, known=("game",), observed=("rain",), ahead=ahead)
    made = recipe(panel, RECIPE, target="entries", horizon=HORIZON)
    return rows(made, np.array(origins), only=FEATURES)


@cache
def trained(kind: str = "linear") -> Forecaster:
    """Return a candidate that learned from the table's first thousand days."""
    learn = feature_rows(table(), list(range(400, 1000, 3)), ahead=0)
    blank = forecaster(kind, {}, FEATURES, seed=1, threads=1)
    return blank.fit(learn, learn["target"].to_numpy())


@cache
def calibration() -> Calibration:
    """Return intervals from the days after those."""
    late = feature_rows(table(), list(range(1000, DAYS - HORIZON)), ahead=0)
    late = late.assign(predicted=trained().predict(late))
    return calibrate(late, "predicted", (0.8, 0.95))


def card(stored: Stored, **changes: Any) -> Card:
    """Return the facts of the model; scores are made up."""
    day = FIRST
    period = Period(date(2021, 2, 4), date(2022, 9, 26), 3)
    scores = score([10.0, 20.0], [11.0, 18.0], naive_error=3.0)
    parts: dict[str, Any] = {
        "model": "stops",
        "task": "forecast",
        "description": "Entries of three stops.",
        "target": "entries",
        "time": "day",
        "segment_columns": ("stop",),
        "segments": SEGMENTS,
        "horizon": HORIZON,
        "known": ("game",),
        "observed": ("rain",),
        "recipe": RECIPE,
        "features": FEATURES,
        "feature_types": dict.fromkeys(FEATURES, "number"),
        "signature": Signature(inputs=(), outputs=()),
        "champion": "linear",
        "metric": "wape",
        "params": {},
        "stored": stored,
        "selection": Selection("linear", "linear", None, 0.11, "It is the only one."),
        "candidates": {"linear": Validated(mean=0.1, standard_error=0.01)},
        "test": {"linear": scores},
        "by_horizon": {"1": scores},
        "by_segment": {"Loop": scores},
        "coverage": {"80": 0.81, "95": 0.94},
        "coverage_by_horizon": {"80": {"1": 0.81}},
        "compared": (),
        "rows": {"learn": 2400, "test": 0},
        "splits": Splits(period, period, period, period, ()),
        "data": {"path": "data/raw/stops.csv", "rows": 3300, "first": day.isoformat()},
        "seed": 1,
        "threads": 1,
        "libraries": {},
    }
    return Card(**(parts | changes))


def bundle(history: pd.DataFrame | None = None, **changes: Any) -> Bundle:
    """Return the model in memory, with the history that the pipeline keeps."""
    stored = Stored(file="model.joblib", md5="0" * 32, size=0, format="joblib")
    kept = tail(table(), 90) if history is None else history
    return Bundle(card(stored, **changes), trained(), calibration(), kept)


_PARAMS: dict[str, Any] = {
    "runtime": {"threads": 1, "seed": 1},
    "models": {
        "stops": {
            "task": "forecast",
            "description": "Entries of three stops.",
            "horizon": HORIZON,
            "data": {
                "path": "data/raw/stops.csv",
                "time": "day",
                "segments": ["stop"],
                "target": "entries",
                "columns": {
                    "day": {"type": "date"},
                    "stop": {"type": "string"},
                    "entries": {"type": "integer"},
                    "game": {"type": "boolean"},
                    "rain": {"type": "number"},
                },
                "known": ["game"],
                "observed": ["rain"],
            },
            "split": {
                "train": 0.7,
                "validation": 0.15,
                "test": 0.15,
                "warmup": 400,
                "folds": 2,
                "every": {"train": 3, "validation": 1, "test": 1},
            },
            "features": msgspec.to_builtins(RECIPE),
            "tuning": {"budget": 1, "factor": 2, "rows": 1},
            "candidates": {"linear": {}},
            "selection": {"metric": "wape", "baseline": "linear", "order": ["linear"]},
            "significance": {"replicates": 1, "block": 1, "confidence": 0.95},
            "intervals": {"levels": [0.8, 0.95]},
            "explain": {"rows": 1, "repeats": 1, "shap_rows": 1},
            "bundle": {"format": "joblib", "origins": 90},
        }
    },
}
_OUTS = ("calibration.json", "card.json", "history.parquet", "model.joblib")


@dataclass(frozen=True, slots=True)
class Project:
    """A repository whose model is evaluated, as `dvc repro` leaves it.

    Attributes:
        root: Its folder.
    """

    root: Path

    @classmethod
    def create(cls, root: Path) -> "Project":
        """Write the model, params.yaml and dvc.lock, and commit what Git keeps."""
        project = cls(root)
        content = storage.dump(trained(), "joblib")
        stored = Stored(
            file="model.joblib",
            md5=storage.md5(content),
            size=len(content),
            format="joblib",
        )
        write_bytes(content, project.part("model.joblib"))
        write_json(card(stored), project.part("card.json"))
        write_text(calibration().to_json(), project.part("calibration.json"))
        write_table(tail(table(), 90), project.part("history.parquet"))
        write_text(yaml.safe_dump(_PARAMS), root / "params.yaml")
        project.lock()
        project.git("init", "--quiet", "--initial-branch=main")
        project.commit()
        return project

    def part(self, name: str) -> Path:
        """Return where a part of the bundle lies."""
        return self.root / "models" / "stops" / name

    def lock(self) -> None:
        """Record what the files hold now, as DVC would."""
        outs = [
            {
                "path": f"models/stops/{name}",
                "hash": "md5",
                "md5": storage.md5(self.part(name).read_bytes()),
                "size": self.part(name).stat().st_size,
            }
            for name in _OUTS
        ]
        stages = {"evaluate@stops": {"cmd": "python -m x", "outs": outs}}
        document = {"schema": "2.0", "stages": stages}
        (self.root / "dvc.lock").write_text(yaml.safe_dump(document), encoding="utf-8")

    def commit(self) -> None:
        """Commit what Git keeps of it."""
        kept = ["params.yaml", "dvc.lock", "models/stops/card.json"]
        self.git("add", *kept, "models/stops/calibration.json")
        self.git("commit", "--quiet", "--message", "train")

    def git(self, *words: str) -> str:
        """Run git in it."""
        return git(self.root, *words)

    def program(
        self, *words: str, cwd: Path | None = None, **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        """Run the command line in a process of its own."""
        return python(
            "-m", "lineal.cli.main", *words, cwd=cwd or self.root, **environment
        )

    def lineal(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run the command line in this process, which spares it the imports."""
        out, err, before = io.StringIO(), io.StringIO(), dict(os.environ)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = main(["--repo", str(self.root), *words])
        finally:
            os.environ.clear()
            os.environ.update(before)
        return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())

    def answer(self, *words: str) -> Any:
        """Run `lineal forecast stops --json` and read what it printed."""
        done = self.lineal("forecast", "stops", "--json", *words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def python(
    *words: str, cwd: Path | None = None, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run Python in a process of its own."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )


def python_unread(*words: str, cwd: Path) -> tuple[int, str]:
    """Run Python with a reader that leaves at once; return the code and stderr."""
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as running:
        if running.stdout is not None:
            running.stdout.close()
        said = running.stderr.read() if running.stderr else ""
    return running.returncode, said


def git(root: Path, *words: str) -> str:
    """Run git as nobody in particular, whatever the machine's configuration says."""
    done = subprocess.run(
        ["git", "-C", root, *words],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(root),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.org",
        },
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout

"""A repository that has committed a small trained model."""

import io
import json
import os
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import yaml

from helpers.bundles import HORIZON, RECIPE, calibration, card, table, trained
from helpers.programs import git, python
from lineal.cli.main import main
from lineal.modeling import storage
from lineal.modeling.bundle import tail
from lineal.modeling.card import Stored
from lineal.pipeline.files import write_bytes, write_json, write_table, write_text

PARAMS: dict[str, Any] = {
    "runtime": {"threads": 1, "seed": 1},
    "models": {
        "stops": {
            "task": "forecast",
            "description": "Entries of three stops.",
            "predict": {"horizon": HORIZON},
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
            "calibration": {"levels": [0.8, 0.95]},
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
        model: The model's name.
    """

    root: Path
    model: str = "stops"

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
        write_text(yaml.safe_dump(PARAMS), root / "params.yaml")
        project.lock()
        project.git("init", "--quiet", "--initial-branch=main")
        project.commit()
        return project

    def part(self, name: str) -> Path:
        """Return where a part of the bundle lies."""
        return self.root / "models" / self.model / name

    def lock(self) -> None:
        """Record what the files hold now, as DVC would."""
        outs = [
            {
                "path": f"models/{self.model}/{name}",
                "hash": "md5",
                "md5": storage.md5(self.part(name).read_bytes()),
                "size": self.part(name).stat().st_size,
            }
            for name in _OUTS
        ]
        stages = {f"evaluate@{self.model}": {"cmd": "python -m x", "outs": outs}}
        document = {"schema": "2.0", "stages": stages}
        (self.root / "dvc.lock").write_text(yaml.safe_dump(document), encoding="utf-8")

    def commit(self) -> None:
        """Commit what Git keeps of it."""
        folder = f"models/{self.model}"
        kept = ["params.yaml", "dvc.lock", f"{folder}/card.json"]
        self.git("add", *kept, f"{folder}/calibration.json")
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

"""A repository that has committed a small trained classifier or regressor."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import yaml

from helpers import answering
from helpers.answering import Task
from helpers.projects import Project
from lineal.modeling import storage
from lineal.modeling.card import Stored
from lineal.modeling.tables.card import TableCard
from lineal.modeling.tables.index import ROW, SEGMENT, TARGET, TIME, WEIGHT
from lineal.modeling.tables.predictor import Predictor
from lineal.pipeline.files import write_bytes, write_json, write_table, write_text
from lineal.pipeline.paths import Paths

NAMES = {"two": "delays", "numbers": "fares"}


def create(root: Path, task: Task = "two", **changes: Any) -> Project:
    """Write a model, params.yaml and dvc.lock, and commit what Git keeps.

    Args:
        root: Its folder.
        task: Of the model.
        changes: What the card says otherwise.
    """
    project = Project(root, NAMES[task])
    write(project, answering.predictor(task), **changes)
    model = msgspec.to_builtins(answering.asked(task))
    model["data"]["csv"] = {"delimiter": ";", "decimal": ",", "dates": "%d.%m.%Y"}
    params = {
        "runtime": {"threads": 1, "seed": 1},
        "models": {project.model: model},
    }
    write_text(yaml.safe_dump(params), root / "params.yaml")
    project.lock()
    project.git("init", "--quiet", "--initial-branch=main")
    project.commit()
    return project


def write(project: Project, model: Predictor, **changes: Any) -> TableCard:
    """Write the parts of a bundle, as the evaluate stage does."""
    content = storage.dump(model.learner, "joblib")
    stored = Stored(
        file="model.joblib",
        md5=storage.md5(content),
        size=len(content),
        format="joblib",
    )
    card = msgspec.structs.replace(model.card, stored=stored, **changes)
    write_bytes(content, project.part("model.joblib"))
    write_json(card, project.part("card.json"))
    write_text(model.calibration.to_json(), project.part("calibration.json"))
    write_table(model.history, project.part("history.parquet"))
    return card


def csv(path: Path, rows: int = 5) -> Path:
    """Write rows as this repository's text files are: semicolons, commas, days first."""
    found = answering.flights(rows)
    found["day"] = [f"{day[8:]}.{day[5:7]}.{day[:4]}" for day in found["day"]]
    found["heavy"] = found["heavy"].astype(int)
    found.to_csv(path, sep=";", decimal=",", index=False)
    return path


def released(
    project: Project, number: int, kind: str, first: str, **changes: Any
) -> str:
    """Commit and tag a version whose bytes only DVC's cache has; return its commit.

    Args:
        project: The repository of a classifier.
        number: Of the version.
        kind: Of the candidate that it is.
        first: The first day of its test period.
        changes: What the card says otherwise.
    """
    model = answering.predictor("two", kind)
    test = msgspec.structs.replace(model.card.splits.test, first=first)
    splits = msgspec.structs.replace(model.card.splits, test=test)
    write(project, model, **{"splits": splits, **changes})
    paths, table = Paths(project.model), answering.table()
    write_table(table, project.root / paths.ingested)
    index = _index(table)
    write_table(index[index[TIME] >= first], project.root / paths.predictions)
    project.lock()
    _record(project, (paths.ingested, paths.predictions))
    declared = f"{project.model}: {{path: {paths.bundle('model.joblib')}}}\n"
    write_text(declared, project.root / "artifacts.yaml")
    write_text("", project.root / ".dvc/config")
    project.git("add", "--force", ".dvc/config", "artifacts.yaml")
    project.commit()
    name = f"{project.model}@v{number}.0.0"
    project.git("tag", "--annotate", "--message", name, name)
    return project.git("rev-parse", "HEAD").strip()


def _index(table: pd.DataFrame) -> pd.DataFrame:
    """Return which rows there are, and what came true."""
    columns = {
        ROW: np.arange(len(table)),
        TIME: table["day"],
        SEGMENT: "all",
        TARGET: (table["delay"] >= 20).astype(np.float64),
        WEIGHT: 1.0,
    }
    return pd.DataFrame(columns)


def _record(project: Project, more: tuple[Path, ...]) -> None:
    """Record more files in dvc.lock, and put all that it names where DVC keeps them."""
    path = project.root / "dvc.lock"
    lock = yaml.safe_load(path.read_text(encoding="utf-8"))
    (stage,) = lock["stages"].values()
    for each in more:
        content = (project.root / each).read_bytes()
        entry = {"path": each.as_posix(), "hash": "md5", "size": len(content)}
        stage["outs"].append({**entry, "md5": storage.md5(content)})
    path.write_text(yaml.safe_dump(lock), encoding="utf-8")
    for out in stage["outs"]:
        place = project.root / ".dvc/cache/files/md5" / out["md5"][:2]
        place.mkdir(parents=True, exist_ok=True)
        content = (project.root / out["path"]).read_bytes()
        (place / out["md5"][2:]).write_bytes(content)

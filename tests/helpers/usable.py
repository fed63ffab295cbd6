"""A real DVC repository whose history something can be looked for in."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from helpers.dvc_models import dvc, dvc_each
from helpers.sandbox import Sandbox
from lineal.bootstrap.reading import open_reader
from lineal.bootstrap.usage import search
from lineal.lineage.asked import Kind, readings
from lineal.lineage.usage import Usage

_DVC_YAML = """\
stages:
  prep:
    cmd: mkdir -p mid && cat data/raw.csv data/fold/* code/prep.sh > mid/clean.csv
    deps: [data/raw.csv, data/fold, code/prep.sh]
    params: [clean.level]
    outs: [mid/clean.csv]
  train:
    cmd: cat mid/clean.csv params.yaml > models/m.bin
    deps: [mid/clean.csv]
    params: [train.ridge, flag]
    outs: [models/m.bin]
  report:
    cmd: cat models/m.bin > report.md
    deps: [models/m.bin]
    outs: [report.md]
"""
_CARD = {"features": ["lag_7", "lag_14"], "libraries": {"Scikit_Learn": "1.9.1"}}
_FILES = {
    "dvc.yaml": _DVC_YAML,
    "artifacts.yaml": "m: {path: models/m.bin}\nclean: {path: mid/clean.csv}\n",
    "params.yaml": "clean: {level: 3}\ntrain: {ridge: {alpha: 1.0}}\nflag: true\n",
    "code/prep.sh": "one\n",
    "models/card.json": json.dumps(_CARD),
    "models/requirements.txt": "numpy==2.1.0\n",
    "sub/dvc.yaml": "stages:\n  own:\n    cmd: cat ../data/raw.csv > own.bin\n"
    "    deps: [../data/raw.csv]\n    outs: [own.bin]\n"
    "artifacts:\n  own: {path: own.bin}\n",
}
_RUNNING = re.compile(r"Running stage '([^']+)'")


def rerun(repo: Sandbox) -> tuple[str, ...]:
    """Let DVC do what it thinks is to be done, and return the stages that ran."""
    said = repo.run("dvc", "repro", "--all-pipelines", env={"LC_ALL": "C.UTF-8"})
    return tuple(_RUNNING.findall(said.stdout))


def ask(repo: Sandbox, text: str, kind: Kind | None = None) -> Usage:
    """Return where something went."""
    return search(open_reader(repo.root), readings(text, kind))


def went(found: Usage) -> list[str]:
    """Return the versions that it reached."""
    return [f"{use.model}@{use.version or use.commit}" for use in found.uses]


def again(found: Usage) -> set[str]:
    """Return all stages that a change would run again."""
    return {name for one in found.impact for name in one.stages} | {*found.others}


@dataclass(frozen=True, slots=True)
class Made:
    """A repository, what we said of changes to come, and what DVC then ran."""

    repo: Sandbox
    said: dict[str, set[str]]
    ran: dict[str, set[str]]


def make(base: Path) -> Made:
    """Make six versions of three models with DVC's own commands."""
    made = Sandbox.create(base / "repo")
    dvc(made, "init", "--quiet")
    made.commit(files={"data/raw.csv": "a\n1\n", "data/fold/x": "x", **_FILES})
    made.git("rm", "--quiet", "--cached", "-r", "data")
    lines = ["add", "--quiet", "data/raw.csv", "data/fold"], ["repro", "--quiet", "-P"]
    dvc_each(made, lines)
    first = save(made)
    for name in ("m@v1.0.0", "clean@v1.0.0", "sub=own@v1.0.0", "m#prod#1"):
        made.tag(name)
    said = {text: again(ask(made, text)) for text in ("code/prep.sh", "train.ridge")}
    (made.root / "code/prep.sh").write_text("two\n", encoding="utf-8")
    ran = {"code/prep.sh": set(rerun(made))}
    save(made)
    made.tag("m@v1.1.0")
    made.tag("m#prod#2")
    made.tag("m#prod#3", commit=first, message="m#prod#3\n\nRollback: m#prod#2")
    text = _FILES["params.yaml"].replace("1.0", "0.5")
    (made.root / "params.yaml").write_text(text, encoding="utf-8")
    ran["train.ridge"] = set(rerun(made))
    save(made)
    made.tag("m@v1.2.0")
    made.tag("m@v1.2.0!")
    made.commit(files={"note": "x"})
    made.tag("m#dev#4")
    return Made(made, said, ran)


def save(repo: Sandbox) -> str:
    """Commit everything."""
    repo.git("add", "--all")
    return repo.commit()

"""A real DVC repository with everything that a lineage can go through."""

from collections.abc import Mapping
from pathlib import Path

from helpers.dvc_models import dvc
from helpers.sandbox import Sandbox

MODEL = "model:demand"
SOURCE = "words.csv"
_PREP = """\
vars:
  - folder: ../prep
stages:
  clean:
    wdir: ${folder}
    cmd: cat ../data/raw/a.csv ../data/words.csv > clean.csv
    deps: [clean.sh, ../data/raw, ../data/words.csv]
    outs: [clean.csv]
"""
_MODEL = """\
stages:
  train:
    foreach: [one, two, three]
    do:
      cmd: mkdir -p parts && cat ../prep/clean.csv > parts/${item}
      deps: [../prep/clean.csv]
      params: [train.alpha, {../top.yaml: [seed]}]
      outs: ["parts/${item}"]
  cross:
    matrix:
      size: [a-b, c]
      deep: [{n: 1}, {n: 2}]
    wdir: crossed/${item.size}
    cmd: cat ../../parts/one > made-${item.deep.n}
    deps: [../../parts/one]
    outs: ["made-${item.deep.n}"]
  choose:
    cmd:
      - cat parts/one parts/two crossed/c/made-2 > model.bin
      - echo done
    deps: [parts, crossed/c/made-2]
    outs: [model.bin]
artifacts:
  demand: {path: model.bin}
"""
_FILES = {
    "prep/dvc.yaml": _PREP,
    "prep/clean.sh": "true\n",
    "model/dvc.yaml": _MODEL,
    "model/params.yaml": "train: {alpha: 1.0, beta: 2}\n",
    "top.yaml": "seed: 7\n",
    "artifacts.yaml": "plain: {path: plain.json}\nadded: {path: weights.bin}\n"
    "nowhere: {path: none.bin}\n",
    "plain.json": "{}\n",
}
_WRITTEN = {
    "data/raw/a.csv": "a\n1\n2\n",
    "weights.bin": "w",
    "model/crossed/a-b/keep": "",
    "model/crossed/c/keep": "",
}


def traceable(base: Path) -> Sandbox:
    """Make it with DVC's own commands; every model has a version v1.0.0."""
    source = _source(base / "the source")
    repo = Sandbox.create(base / "my répo")
    dvc(repo, "init", "--quiet")
    _write(repo.root, {**_FILES, **_WRITTEN})
    dvc(repo, "add", "--quiet", "data/raw", "weights.bin")
    url = str(source.root.resolve())
    words = ("import", "--quiet", url, SOURCE, "--rev", "v1", "--out", "data/words.csv")
    dvc(repo, *words)
    dvc(repo, "repro", "--quiet", "--all-pipelines")
    _leave_stale(repo.root / "model" / "dvc.lock")
    _count(repo.root / "data" / "raw.dvc", 2)
    card = '{"data": [{"path": "data/words.csv", "rows": 3}, {"path": 1}]}'
    _write(repo.root, {"model/card.json": card})
    repo.git("add", "--all")
    repo.commit("everything")
    for model in ("model=demand", "plain", "added", "nowhere", "unsaid"):
        repo.tag(f"{model}@v1.0.0")
    repo.tag("model=demand#prod#1", message="It is time")
    return repo


def _source(root: Path) -> Sandbox:
    """Make the repository that data is imported from."""
    made = Sandbox.create(root)
    dvc(made, "init", "--quiet")
    _write(made.root, {SOURCE: "word\na\nb\n"})
    dvc(made, "add", "--quiet", SOURCE)
    made.git("add", "--all")
    made.commit("words")
    made.tag("v1")
    return made


def _leave_stale(lock: Path) -> None:
    """Keep in the lock what DVC knew of stages that were renamed since."""
    text = lock.read_text(encoding="utf-8")
    begin = text.index("  choose:\n")
    end = text.find("\n  ", begin + 1)
    while end > 0 and text[end + 3] == " ":
        end = text.find("\n  ", end + 1)
    block = text[begin : end + 1 if end > 0 else None]
    old = block.replace("choose:", "select:").replace("  parts\n", "  gone\n")
    four = block.replace("choose:", "train@four:")
    lock.write_text(f"{text}{old}{four}", encoding="utf-8")


def _count(file: Path, rows: int) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}meta:\n  rows: {rows}\n", encoding="utf-8")


def _write(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")

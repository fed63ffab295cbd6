"""A DVC repository whose branches run different stages of one dvc.lock."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from helpers.dvc_models import dvc
from helpers.sandbox import Sandbox

FOLDER = "my pröject"
LOCK = f"{FOLDER}/dvc.lock"
_DVC_YAML = """\
stages:
  clean:
    cmd: cat raw.txt > clean.txt
    deps: [raw.txt]
    outs: [clean.txt]
  train:
    matrix:
      kind: [ridge, förest]
      size: [s]
    cmd: cat clean.txt "in ${item.kind}.txt" > "out ${item.kind}.txt"
    deps: [clean.txt, "in ${item.kind}.txt"]
    outs: ["out ${item.kind}.txt"]
"""
_FILES = {
    "dvc.yaml": _DVC_YAML,
    "raw.txt": "raw\n",
    "in ridge.txt": "1\n",
    "in förest.txt": "1\n",
}
RIDGE, FOREST = "train@ridge-s", "train@förest-s"


def create(base: Path) -> Sandbox:
    """Make it; the pipeline, in a folder with a blank in its name, was run once."""
    box = Sandbox.create(base / "repo")
    dvc(box, "init", "--quiet")
    write(box, _FILES)
    repro(box)
    save(box, "base")
    return box


def copy(box: Sandbox, base: Path) -> Sandbox:
    """Copy it, with its home."""
    shutil.copytree(box.root.parent, base, dirs_exist_ok=True, symlinks=True)
    return Sandbox(base / "repo", base / "repo.home", bare=False, _seconds=box._seconds)  # noqa: SLF001 - a copy of it


def write(box: Sandbox, files: Mapping[str, str]) -> None:
    """Write files of the pipeline's folder."""
    for name, text in files.items():
        path = box.root / FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def repro(box: Sandbox, *stages: str) -> None:
    """Run the pipeline, or some of its stages."""
    named = [f"{FOLDER}/dvc.yaml:{name}" for name in stages]
    dvc(box, "repro", "--quiet", *(named or ["--all-pipelines"]))


def save(box: Sandbox, message: str) -> str:
    """Commit everything."""
    box.git("add", "--all")
    return box.commit(message)


def branch(box: Sandbox, name: str, files: Mapping[str, str]) -> None:
    """Begin a branch at `main`, change files, run what depends on them, and commit."""
    box.git("checkout", "--quiet", "-b", name, "main")
    dvc(box, "checkout", "--quiet")
    write(box, files)
    repro(box)
    save(box, name)

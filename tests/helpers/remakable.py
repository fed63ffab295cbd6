"""A small DVC repository whose stages are plain scripts that take milliseconds."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from helpers.dvc_models import dvc
from helpers.sandbox import Sandbox

TARGET = "demand@v1.0.0"
_CONFIG = """\
[core]
    remote = store
['remote "store"']
    url = ../../the rémote
"""
_DVC_YAML = """\
stages:
  clean:
    cmd: python clean.py
    deps: [clean.py, data/raw table.csv]
    outs:
      - made/clean.csv
      - made/rows.txt: {cache: false}
  train:
    foreach: [one, two]
    do:
      cmd: python train.py ${item}
      deps: [train.py, made/clean.csv]
      params: [seed]
      outs: ["made/parts/${item}"]
  choose:
    cmd: python choose.py
    deps: [choose.py, made/parts]
    outs:
      - models/model.bin
      - models/card.json: {cache: false}
  report:
    cmd: python report.py
    deps: [models/model.bin]
    outs: [report.txt]
artifacts:
  demand: {path: models/model.bin, type: model}
"""
_SCRIPTS = {
    "clean.py": """\
from pathlib import Path
text = Path("data/raw table.csv").read_text().upper()
Path("made/clean.csv").write_text(text)
Path("made/rows.txt").write_text(str(len(text)))
""",
    # By its environment it makes other bytes each time, fails, or waits for a test.
    "train.py": """\
import os
import sys
import time
from pathlib import Path
if "FAIL" in os.environ:
    print("reading", "\\x1b[31mrows", flush=True)
    sys.exit("the disk of the cluster is full")
if "WAIT" in os.environ:
    with open(os.environ["WAIT"], "w") as pipe:
        pipe.write("at work\\n")
        pipe.flush()
        time.sleep(600)
noise = str(time.time_ns()) if "NOISE" in os.environ else ""
folder = Path("made/parts") / sys.argv[1]
folder.mkdir(parents=True, exist_ok=True)
(folder / "weights").write_text(sys.argv[1] + Path("made/clean.csv").read_text())
(folder / "noise").write_text(noise)
""",
    "choose.py": """\
from pathlib import Path
parts = sorted(Path("made/parts").glob("*/weights"))
Path("models/model.bin").write_text("".join(part.read_text() for part in parts))
Path("models/card.json").write_text("{}")
""",
    # Whoever runs this one runs more than made the model.
    "report.py": """\
import os
from pathlib import Path
if "FIRST" not in os.environ:
    raise SystemExit("nobody asked for a report")
Path("report.txt").write_text("x")
""",
}


@dataclass(frozen=True, slots=True)
class Remakable:
    """A repository with one version of a model, and a folder beside it as its remote.

    Attributes:
        repo: The repository; everything is committed and pushed.
    """

    repo: Sandbox

    @classmethod
    def create(cls, base: Path) -> "Remakable":
        """Make it with DVC's own commands."""
        repo = Sandbox.create(base / "my répo")
        made = cls(repo)
        dvc(repo, "init", "--quiet")
        (repo.root / ".dvc" / "config").write_text(_CONFIG, encoding="utf-8")
        made.write(
            {
                **_SCRIPTS,
                "dvc.yaml": _DVC_YAML,
                "params.yaml": "seed: 1\n",
                "data/raw table.csv": "a,b\n",
                "made/keep": "",
                "models/keep": "",
            }
        )
        dvc(repo, "add", "--quiet", "data/raw table.csv")
        repo.run("dvc", "repro", "--quiet", env={"FIRST": "1", "LC_ALL": "C.UTF-8"})
        dvc(repo, "push", "--quiet")
        made.register("v1.0.0")
        return made

    def copy(self, base: Path) -> "Remakable":
        """Copy the repository, its cache and its remote."""
        shutil.copytree(self.repo.root.parent, base, dirs_exist_ok=True, symlinks=True)
        root = base / self.repo.root.name
        home = root.with_name(f"{root.name}.home")
        return Remakable(Sandbox(root, home, bare=False, _seconds=self.repo._seconds))  # noqa: SLF001 - a copy of it

    def write(self, files: Mapping[str, str]) -> None:
        """Write files of the working tree."""
        for path, text in files.items():
            (self.repo.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.repo.root / path).write_text(text, encoding="utf-8")

    def register(self, version: str) -> None:
        """Commit everything, and give it a version."""
        self.repo.git("add", "--all")
        self.repo.commit(version)
        self.repo.tag(f"demand@{version}")

    def ended(
        self,
        temp: Path,
        pipe: Path,
        by: signal.Signals,
        *,
        target: str = TARGET,
        env: Mapping[str, str] | None = None,
    ) -> int:
        """Send a signal to `lineal reproduce` while a stage, or pip, is at work.

        Args:
            temp: Where it makes its checkout.
            pipe: A path that is free, for the stage to say that it is alive.
            by: The signal.
            target: The version.
            env: Variables on top of the user's.

        Returns:
            The exit code, once lineal and the stage have ended.
        """
        os.mkfifo(pipe)
        own = {"TMPDIR": str(temp), "WAIT": str(pipe)}
        variables = {**self.repo.env, **(env or {}), **own}
        words = (str(Path(sys.executable).parent / "lineal"), "reproduce", target)
        with subprocess.Popen(
            words, cwd=self.repo.root, env=variables, stderr=subprocess.DEVNULL
        ) as running:
            with pipe.open() as reader:
                assert reader.readline() == "at work\n"
                running.send_signal(by)
                # It ends when the last that holds the other end is gone.
                assert reader.read() == ""
            return running.wait()

    @property
    def cache(self) -> Path:
        """Where DVC keeps its objects."""
        return self.repo.root / ".dvc" / "cache"

    @property
    def remote(self) -> Path:
        """The folder that is the remote."""
        return self.repo.root.parent / "the rémote"


def pattern(factory: pytest.TempPathFactory) -> Remakable:
    """Return the repository that all tests copy."""
    return _made(factory.getbasetemp() / "remakable")


@cache
def _made(base: Path) -> Remakable:
    return Remakable.create(base)

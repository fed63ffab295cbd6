"""A DVC repository with two models and more versions than anybody needs."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from helpers.dvc_models import dvc
from helpers.sandbox import START, Sandbox
from lineal.bootstrap import retention
from lineal.bootstrap.retention import Planned, Wish

DAY = 86_400
NOW = START + 1000 * DAY  # of the clean-up, long after all that happened
_FOLDER = "pipe líne"
_CONFIG = """\
[core]
    remote = store
['remote "store"']
    url = ../../the store
['remote "attic"']
    url = ../../the attic
"""
_DVC_YAML = """\
stages:
  train:
    foreach: [a, b]
    do:
      cmd: python code/train.py ${item}
      deps: [code, "seed ${item}.txt"]
      outs: ["${item}.bin", "parts ${item}", "plots ${item}": {cache: false}]
"""
_TRAIN = """\
import sys
from pathlib import Path
name = sys.argv[1]
text = name + Path(f"seed {name}.txt").read_text()
Path(f"{name}.bin").write_text(text)
parts = Path(f"parts {name}")
parts.mkdir()
(parts / "same").write_text("same")
(parts / "own").write_text(f"part of {text}")
plots = Path(f"plots {name}")
plots.mkdir()
(plots / "a.svg").write_text(text)
"""
_REPRO = """\
import sys
from dvc.cli import main
for _ in sys.stdin:
    print(main(["repro", "--quiet", "--all-pipelines"]), flush=True)
"""
# What the seeds of a and b are at each commit, and which versions it gets.
_STEPS = (
    ("1", "1", ("a@v1.0.0", "b@v1.0.0")),
    ("2", "1", ("a@v2.0.0",)),
    ("21", "1", ("a@v2.1.0",)),
    ("3", "2", ("a@v3.0.0", "b@v2.0.0")),
    ("4", "2", ("a@v4.0.0",)),
    ("5", "2", ()),
)
_HELD = ("v1.0.0", "v2.0.0", "v2.1.0", "v3.0.0")


@dataclass(frozen=True, slots=True)
class Hoard:
    """The repository; all of it is pushed to the DVC remote `store`.

    v3.0.0 of `a` holds prod, which held v1.0.0, v2.0.0 and v2.1.0 before.

    Attributes:
        repo: The repository.
    """

    repo: Sandbox

    @classmethod
    def create(cls, base: Path) -> "Hoard":
        """Make it with DVC's own commands."""
        repo = Sandbox.create(base / "repo")
        made = cls(repo)
        dvc(repo, "init", "--quiet")
        (repo.root / ".dvc" / "config").write_text(_CONFIG, encoding="utf-8")
        (repo.root / "raw.csv").write_text("raw", encoding="utf-8")
        dvc(repo, "add", "--quiet", "raw.csv")
        made.write("code/train.py", _TRAIN)
        models = f'a: {{path: "{_FOLDER}/a.bin"}}\n'
        (repo.root / "artifacts.yaml").write_text(models, encoding="utf-8")
        made.write("dvc.yaml", _DVC_YAML)
        for repro, (a, b, tags) in zip(_repros(repo), _STEPS, strict=False):
            made.write("seed a.txt", a)
            made.write("seed b.txt", b)
            repro()
            repo.git("add", "--all")
            repo.commit(a)
            for tag in tags:
                repo.tag(tag)
        for serial, version in enumerate(_HELD, 1):
            repo.tag(f"a#prod#{serial}", commit=f"a@{version}^{{commit}}")
        # As `dvc push` after each commit would: a remote is laid out as a cache is.
        shutil.copytree(made.cache / "files", made.store / "files")
        return made

    def copy(self, base: Path) -> "Hoard":
        """Copy the repository, its cache and its remotes."""
        shutil.copytree(self.repo.root.parent, base, dirs_exist_ok=True, symlinks=True)
        box = Sandbox(
            base / "repo",
            base / "repo.home",
            bare=False,
            _seconds=self.repo._seconds,  # noqa: SLF001 - a copy of it
        )
        return Hoard(box)

    def write(self, name: str, text: str) -> None:
        """Write a file of the pipeline."""
        path = self.repo.root / _FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def gc(self, *words: str, ok: bool = True, now: int = NOW) -> str:
        """Clean up at some instant; return what was said."""
        env = {"GIT_COMMITTER_DATE": f"@{now} +0000"}
        done = self.repo.lineal("gc", *words, ok=ok, env=env)
        return done.stdout + done.stderr

    def plan(self, last: int = 1, days: int = 1) -> Planned:
        """Look at what would go now, in this process."""
        wish = Wish(last=last, days=days, dry_run=True)
        return retention.plan(self.repo.root, wish)

    @property
    def cache(self) -> Path:
        """Where DVC keeps its objects."""
        return self.repo.root / ".dvc" / "cache"

    @property
    def store(self) -> Path:
        """The folder that is the default remote."""
        return self.repo.root.parent / "the store"

    @property
    def attic(self) -> Path:
        """The folder that is the other remote."""
        return self.repo.root.parent / "the attic"


def _repros(repo: Sandbox) -> Iterator[Callable[[], None]]:
    """Give what runs `dvc repro`, again and again, in one process: DVC starts slowly."""
    with subprocess.Popen(
        (sys.executable, "-c", _REPRO),
        cwd=repo.root,
        env=repo.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:

        def run() -> None:
            print(file=child.stdin, flush=True)
            assert child.stdout is not None
            assert child.stdout.readline() == "0\n"

        yield from repeat(run)


def held(folder: Path) -> dict[str, int]:
    """Return the objects of a cache or remote with their bytes."""
    found = (folder / "files" / "md5").glob("*/*")
    return {f"{p.parent.name}{p.name}": p.stat().st_size for p in found}


def md5(text: str) -> str:
    """Return the name of an object that holds a text."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def everything(base: Path) -> dict[str, bytes]:
    """Return all files below a folder, but for what DVC and we keep for speed."""
    skipped = ("/.dvc/tmp/", "/.git/lineal/")
    paths = (path for path in base.rglob("*") if path.is_file())
    return {
        str(p): p.read_bytes() for p in paths if not any(s in str(p) for s in skipped)
    }

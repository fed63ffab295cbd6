"""A DVC repository with three versions of models of every kind, and one on the desk."""

import io
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import joblib
import pytest
import skops.io
from sklearn.dummy import DummyRegressor
from xgboost import DMatrix, train

from helpers.dvc_models import dvc, object_in
from helpers.sandbox import START, Sandbox

COMMITS = (1, 2, 3)
TRACE = "loaded"  # the file that the wicked model leaves where it is loaded
PATHS = {
    "flat": "modèls/model one.joblib",
    "safe": "modèls/safe.skops",
    "strange": "modèls/strange.skops",
    "boosted": "modèls/boosted.ubj",
    "wicked": "modèls/wicked.joblib",
    "pickled": "modèls/model.pkl",
    "folder": "bündle",
    "team:own": "team/own.bin",
    "plain": "plain.json",
    "tree": "docs",
    "pointer": "pointer.bin",
}
_INSIDE_GIT = ("plain", "tree", "pointer")
_CONFIG = """\
[core]
    remote = store
['remote "store"']
    url = ../../the rémote
"""
_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"


class Strange:
    """A type that nobody allows."""

    def __init__(self) -> None:
        self.answer = 42


class Wicked:
    """Leaves a trace in the current folder when it is unpickled."""

    def __reduce__(self) -> Any:
        return (Path.touch, (Path(TRACE),))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The repository; its remote lies beside it.

    Attributes:
        repo: Three commits, each with other bytes for each model, all of them pushed;
            in the working tree lies something else.
    """

    repo: Sandbox

    @classmethod
    def create(cls, base: Path) -> "Shelf":
        """Make it with DVC's own commands."""
        made = cls(Sandbox.create(base / "my répo"))
        repo = made.repo
        # Tests use it in this process as well, whose home may have no identity.
        repo.git("config", "user.name", "Ann")
        repo.git("config", "user.email", "ann@example.org")
        dvc(repo, "init", "--quiet")
        (repo.root / ".dvc" / "config").write_text(_CONFIG, encoding="utf-8")
        for number in COMMITS:
            made._commit(number)
        for path in PATHS.values():
            if (repo.root / path).is_file():
                (repo.root / path).unlink()
                (repo.root / path).write_bytes(b"on the desk")
        repo.tag("flat#prod#1", commit="v1")
        return made

    def copy(self, base: Path) -> "Shelf":
        """Copy the repository, its cache and its remote."""
        shutil.copytree(self.repo.root.parent, base, dirs_exist_ok=True, symlinks=True)
        root = base / self.repo.root.name
        home = root.with_name(f"{root.name}.home")
        return Shelf(Sandbox(root, home, bare=False, _seconds=self.repo._seconds))  # noqa: SLF001 - a copy of it

    @property
    def cache(self) -> Path:
        """Where DVC keeps its objects."""
        return self.repo.root / ".dvc" / "cache"

    @property
    def remote(self) -> Path:
        """The folder that is the remote."""
        return self.repo.root.parent / "the rémote"

    def md5(self, model: str, number: int) -> str:
        """Return the hash that a commit records of a model."""
        text = self.repo.git("show", f"v{number}:{PATHS[model]}.dvc")
        return text.partition("md5: ")[2].split()[0]

    def content(self, model: str, number: int) -> bytes:
        """Return the bytes that a model had at a commit."""
        return object_in(self.remote, self.md5(model, number)).read_bytes()

    def _commit(self, number: int) -> None:
        """Write, track, commit and tag one generation of everything."""
        root = self.repo.root
        for name, path in PATHS.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            _write(name, root / path, number)
        tracked = [path for name, path in PATHS.items() if name not in _INSIDE_GIT]
        dvc(self.repo, "add", "--quiet", *tracked)
        dvc(self.repo, "push", "--quiet")
        lines = [
            f'{name}: {{path: "{path}"}}\n'
            for name, path in PATHS.items()
            if ":" not in name
        ]
        own = "own: {path: own.bin}\n"
        files = {"artifacts.yaml": "".join(lines), "team/artifacts.yaml": own}
        self.repo.commit("declare", files)
        self.repo.git("add", "--all")
        self.repo.commit(f"version {number}")
        self.repo.git("branch", f"v{number}")
        for name in PATHS:
            self.repo.tag(f"{name.replace(':', '=')}@v{number}.0.0")


def pattern(factory: pytest.TempPathFactory) -> Shelf:
    """Return the repository that all tests share which only read it."""
    return _made(factory.getbasetemp() / "shelf")


@cache
def _made(base: Path) -> Shelf:
    return Shelf.create(base)


def url(shelf: Shelf) -> str:
    """Return a URL of the repository."""
    return shelf.repo.root.resolve().as_uri()


def deprecate(shelf: Shelf, target: str, end: int | None, *, number: int = 1) -> None:
    """Deprecate a model or a version of it, as lineal does."""
    model, at, version = target.partition("@")
    name = f"deprecated/{model}/{version}/{number}" if at else f"{model}@deprecated#9"
    trailers = "Reason: it drifts"
    if end is not None:
        trailers += f"\nEnd-Of-Life: {end} (some day)"
    commit = f"{model}@{version or 'v3.0.0'}^{{commit}}"
    shelf.repo.tag(name, commit=commit, message=f"Deprecate\n\n{trailers}")


def clock(seconds: int) -> dict[str, str]:
    """Return the environment in which our clock stands still."""
    return {"GIT_COMMITTER_DATE": f"{seconds} +0000"}


LATER = START + 1_000_000


def _write(name: str, path: Path, number: int) -> None:
    """Write one generation of one model."""
    match name:
        case "folder":
            (path / "wéights").mkdir(parents=True, exist_ok=True)
            (path / "wéights" / "w 1.bin").write_text(f"weights {number}")
            (path / "config.json").write_text("{}")
        case "tree":
            (path / "a b").mkdir(parents=True, exist_ok=True)
            (path / "a b" / "c.md").write_text(f"text {number}")
        case _:
            path.write_bytes(_content(name, number))


def _content(name: str, number: int) -> bytes:
    stored = io.BytesIO()
    match name:
        case "flat":
            joblib.dump(_constant(number), stored)
        case "wicked":
            joblib.dump((Wicked(), number), stored)
        case "safe":
            skops.io.dump(_constant(number), stored)
        case "strange":
            skops.io.dump(Strange(), stored)
        case "boosted":
            table = DMatrix([[0.0], [1.0]], label=[number, number])
            fitted = train({"base_score": number, "nthread": 1}, table, 1)
            stored.write(fitted.save_raw("ubj"))
        case "pointer":
            stored.write(_POINTER)
        case _:
            stored.write(f"{name} {number}".encode())
    return stored.getvalue()


def _constant(number: int) -> DummyRegressor:
    """Return a model that always predicts its version's number."""
    model = DummyRegressor(strategy="constant", constant=float(number))
    return model.fit([[0.0]], [0.0])

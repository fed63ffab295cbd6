"""The wiring: what a command needs, put together from the doors and the parts.

Models are code, so nothing is loaded whose hash is not in the dvc.lock that is
committed at HEAD. Every file is read once: what was hashed is what is loaded.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from lineal.bootstrap.cards import Parts
from lineal.doors.git import Git
from lineal.doors.lockfile import Lock
from lineal.errors import BadInputError, RefusedError
from lineal.modeling import storage
from lineal.modeling.bundle import Bundle
from lineal.modeling.card import Stored
from lineal.modeling.tables.predictor import Predictor
from lineal.pipeline.files import read_bytes
from lineal.pipeline.paths import Paths

_LOCK = "dvc.lock"
_OWN = "for a model that you trained yourself, pass --uncommitted"


class NoSuchModelError(BadInputError):
    """No model of this name was made here."""

    def __init__(self, model: str, made: Mapping[str, Path]) -> None:
        known = ", ".join(made) or "none; run `dvc repro`"
        super().__init__(f"models/ holds no model {model!r}; it holds: {known}")


class UnrecordedError(RefusedError):
    """Nobody committed what the bytes must be, so they are not trusted."""


class WrongFileError(RefusedError):
    """A file is not the one that is recorded."""


def open_bundle(root: Path, model: str, *, uncommitted: bool = False) -> Bundle:
    """Load a model with all that a forecast needs.

    Args:
        root: The folder that has params.yaml, dvc.lock and models/.
        model: Its name.
        uncommitted: Trust the dvc.lock of the working tree, not the committed one.

    Raises:
        NoSuchModelError: There is no such model.
        UnrecordedError: dvc.lock is not committed, or lacks a file.
        WrongFileError: A file is not the recorded one.
        UnreadableFileError: A file is not there.
        OtherTaskError: It does not forecast.
    """
    return _parts(root, model, uncommitted=uncommitted).bundle()


def open_predictor(root: Path, model: str, *, uncommitted: bool = False) -> Predictor:
    """Load a classifier or a regressor; see `open_bundle`."""
    return _parts(root, model, uncommitted=uncommitted).predictor()


def open_either(
    root: Path, model: str, *, uncommitted: bool = False
) -> Bundle | Predictor:
    """Load a model of any task; see `open_bundle`."""
    return _parts(root, model, uncommitted=uncommitted).either()


def _parts(root: Path, model: str, *, uncommitted: bool) -> Parts:
    """Find the files of a model of the working tree."""
    made = {path.parent.name: path for path in _cards(root)}
    if model not in made:
        raise NoSuchModelError(model, made)
    records, paths = _Records.of(root, uncommitted=uncommitted), Paths(model)

    def load(stored: Stored) -> Any:
        place = paths.bundle(stored.file)
        expected, content = records.md5(place), records.read(place)
        return storage.load(content, expected, stored.format, name=str(place))

    return Parts(lambda name: records.read(paths.bundle(name)), load)


@dataclass(frozen=True, slots=True)
class _Records:
    """What files must be, and the files.

    Attributes:
        root: Where they lie.
        lock: The dvc.lock that is trusted.
        own: The dvc.lock of the working tree, if it is not that one.
    """

    root: Path
    lock: Lock
    own: Lock | None

    @classmethod
    def of(cls, root: Path, *, uncommitted: bool) -> "_Records":
        root = root.resolve()
        here = root / _LOCK
        own = Lock.parse(here.read_bytes()) if here.is_file() else None
        if uncommitted:
            if own is None:
                msg = f"{_LOCK} is not there: run `dvc repro` to make it"
                raise UnrecordedError(msg)
            return cls(root, own, None)
        content = Git.at(root).committed(here)
        if content is None:
            msg = f"{_LOCK} is not committed, so no model is trusted: commit it; {_OWN}"
            raise UnrecordedError(msg)
        return cls(root, Lock.parse(content, f"the committed {_LOCK}"), own)

    def md5(self, path: Path) -> str:
        """Return what is recorded of a file."""
        found = self.lock.md5(PurePosixPath(path))
        if found is None:
            msg = (
                f"{self.lock.name} has no md5 of {path}, so it is not trusted: run "
                f"`dvc repro` and commit {_LOCK}"
            )
            raise UnrecordedError(msg)
        return found

    def read(self, path: Path) -> bytes:
        """Return a file's bytes if they are the recorded ones."""
        expected = self.md5(path)
        way_out = f"run `{_restore(path)}` or `dvc repro`"
        content = read_bytes(self.root / path, way_out)
        found = storage.md5(content)
        if hmac.compare_digest(found, expected):
            return content
        if self.own is not None and self.own.md5(PurePosixPath(path)) == found:
            msg = (
                f"{path} is the one in your {_LOCK}, but not in the committed one: "
                f"commit {_LOCK}; {_OWN}"
            )
            raise WrongFileError(msg)
        msg = (
            f"{path} has md5 {found}, but {self.lock.name} records {expected}, so it "
            f"is not loaded: {way_out}"
        )
        raise WrongFileError(msg)


def _cards(root: Path) -> list[Path]:
    return sorted(root.glob("models/*/card.json"))


def _restore(path: Path) -> str:
    """Return the command that brings a file back: small JSON is in Git itself."""
    return f"git restore {path}" if path.suffix == ".json" else f"dvc pull {path}"

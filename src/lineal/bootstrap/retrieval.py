"""The bytes of a version: from DVC or Git, as its own commit says, and checked.

What the working tree holds does not matter: where an artifact lies, which hash it has
and which DVC remote keeps it are read at the version's commit.
"""

import hashlib
import posixpath
from dataclasses import dataclass, replace
from pathlib import Path

from lineal.bootstrap.delivery import delivered, size
from lineal.doors import tree, urls
from lineal.doors.clock import Clock
from lineal.doors.dvc.access import Dvc, FolderError
from lineal.doors.dvc.names import Files, inside
from lineal.doors.dvc.outputs import (
    InGit,
    Undeclared,
    Unrecorded,
    locate,
    locate_path,
    root_of,
)
from lineal.doors.dvc.records import Tracked
from lineal.doors.foreign import Foreign
from lineal.doors.location import Location
from lineal.errors import RefusedError
from lineal.registry.reader import Reader
from lineal.registry.retrieval import Picked, Target, pick

_POINTER = b"version https://git-lfs.github.com/spec/"


class NowhereError(RefusedError):
    """The version's commit does not say where its bytes are."""

    def __init__(self, picked: Picked, why: str) -> None:
        super().__init__(
            f"{picked.model} {picked.name} has no bytes to get: at its commit {why}"
        )


class PointerError(RefusedError):
    """Git holds a pointer of Git LFS instead of the bytes."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is kept by Git LFS, which is not read here: check out its commit "
            "and run `git lfs pull`"
        )


@dataclass(frozen=True, slots=True)
class Got:
    """What was written.

    Attributes:
        path: Where.
        md5: Of the file, or what DVC records of the folder; None for a folder that
            DVC does not record by itself.
        size: In bytes, of all files together.
    """

    path: Path
    md5: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file or folder of a version, not fetched yet.

    Attributes:
        picked: The version.
        place: The repository.
        files: The files of its commit.
        where: Where the bytes are.
    """

    picked: Picked
    place: Location
    files: Files
    where: Tracked | InGit

    @property
    def path(self) -> str:
        """Its path in the repository."""
        return self.where.path

    @property
    def is_foreign(self) -> bool:
        """Whether it comes from a URL."""
        return isinstance(self.place.git, Foreign)

    def beside(self, name: str) -> "Artifact":
        """Return another file of the same version, in the same folder.

        Raises:
            NowhereError: There is none.
        """
        return self.other(posixpath.join(posixpath.dirname(self.path), name))

    def other(self, path: str) -> "Artifact":
        """Return another file of the same version, by its path in the repository.

        Raises:
            NowhereError: There is none.
        """
        where = locate_path(path, self.files)
        if isinstance(where, Unrecorded):
            raise NowhereError(self.picked, f"there is no {path}")
        return replace(self, where=where)

    def fetch(self) -> bytes:
        """Return the checked bytes of an artifact that is one file.

        Raises:
            FolderError: It is a folder.
            WrongBytesError: Cache or remote hold other bytes under its hash.
            MissingBytesError: Both lack them.
            OutsideError: Git failed, or the remote cannot be reached.
        """
        if isinstance(self.where, Tracked):
            return self._dvc().fetch(self.where)
        if self.where.folder:
            raise FolderError(self.path)
        return _blob(self.files, self.path)

    def write(self, to: Path | None = None, *, force: bool = False) -> Got:
        """Write it, whole or not at all.

        Args:
            to: Where; in a folder that is there, it keeps its name. By default in
                the current folder.
            force: Replace what is there.

        Raises:
            ExistsError: Something is there.
            OccupiedError: A folder is in the way of a file, or a file of a folder.
            WrongBytesError: Cache or remote hold other bytes under its hash.
            MissingBytesError: Both lack them.
            DiskError: It cannot be written there.
            OutsideError: Git failed, or the remote cannot be reached.
        """
        target = Path() if to is None else to
        if target.is_dir():
            target /= posixpath.basename(self.path)
        with delivered(target, force=force) as made:
            self._make(made)
            return Got(target, self._md5(made), size(made))

    def _make(self, made: Path) -> None:
        if isinstance(self.where, Tracked):
            self._dvc().fetch_to(self.where, made)
        elif self.where.folder:
            _export(self.files, self.path, made)
        else:
            made.write_bytes(_blob(self.files, self.path))

    def _dvc(self) -> Dvc:
        folder = root_of(self.path, self.files) or ""
        name = posixpath.join(folder, ".dvc/config")
        committed = self.files.texts([name]).get(name)
        git = self.place.git
        if isinstance(git, Foreign):
            return Dvc.foreign(urls.shown(git.url), folder, committed)
        return Dvc.at(tree.top(git) or self.place.common, folder, committed)

    def _md5(self, made: Path) -> str | None:
        if not made.is_dir():
            with made.open("rb") as file:
                return hashlib.file_digest(file, _md5).hexdigest()
        where = self.where
        return where.md5 if isinstance(where, Tracked) and not where.member else None


def find(reader: Reader, target: Target) -> Artifact:
    """Find the bytes of a version that may be used.

    Raises:
        RefusedError: The version was withdrawn, its life has ended, the stage is
            empty, or its commit has no bytes.
        BadInputError: There is no such version.
        OutsideError: Git failed.
    """
    picked = pick(reader, target, Clock.of_environment().now())
    return found(reader.store.place, picked)


def found(place: Location, picked: Picked) -> Artifact:
    """Find the bytes of a version that was picked, or of any commit.

    Raises:
        NowhereError: The commit has no bytes.
        OutsideError: Git failed.
    """
    files = tree.files(place.git, picked.commit)
    where = locate(picked.model, files)
    if isinstance(where, Undeclared):
        why = "neither dvc.yaml nor artifacts.yaml says where the model lies"
        raise NowhereError(picked, why)
    if isinstance(where, Unrecorded):
        why = f"neither Git nor DVC has {where.path}, where the model should lie"
        raise NowhereError(picked, why)
    return Artifact(picked, place, files, where)


def _blob(files: Files, path: str) -> bytes:
    return _real(path, files.texts([path])[path])


def _real(path: str, content: bytes) -> bytes:
    if content.startswith(_POINTER):
        raise PointerError(path)
    return content


def _export(files: Files, folder: str, made: Path) -> None:
    """Write a folder that Git holds."""
    prefix = f"{folder}/"
    # A hostile tree may hold names that lead out of it.
    names = [
        name
        for name in files.names()
        if name.startswith(prefix) and inside(name) == name
    ]
    made.mkdir()
    for name, content in files.texts(names).items():
        path = made / name.removeprefix(prefix)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_real(name, content))


def _md5() -> "hashlib._Hash":
    return hashlib.md5(usedforsecurity=False)

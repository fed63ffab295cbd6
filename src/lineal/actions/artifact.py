"""The bytes that a version stands for: where they are, and whether they can be had."""

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lineal.doors import tree
from lineal.doors.dvc.names import Files, UnreadableFileError
from lineal.doors.dvc.outputs import (
    InGit,
    Undeclared,
    Unrecorded,
    Whereabouts,
    locate,
    locate_path,
    recorded,
)
from lineal.doors.dvc.records import Tracked
from lineal.doors.git import Git
from lineal.errors import RefusedError

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/")  # of a URL; the second slash is gone
_SHORT = 12  # digits of a commit's id in messages


@dataclass(frozen=True, slots=True)
class Supply:
    """Who has the bytes of a tracked output.

    Attributes:
        lacking: What is missing and where it was looked for; empty: nothing is.
        notes: What the user should know.
    """

    lacking: str = ""
    notes: tuple[str, ...] = ()


Supplied = Callable[[Tracked], Supply]


class MissingOutputError(RefusedError):
    """The commit has nothing for the model's path."""

    def __init__(self, model: str, path: str, commit: str) -> None:
        super().__init__(
            f"{path}, the path of {model}, is neither a file of commit "
            f"{commit[:_SHORT]} nor an output in its dvc.lock or .dvc files: commit it, "
            "or pass --allow-missing"
        )


class UncommittedError(RefusedError):
    """What was made last is not what HEAD says."""

    def __init__(self, path: str, source: str, commit: str) -> None:
        super().__init__(
            f"{path} in the working tree is not the committed one ({source} differs): "
            f"commit first, or name {commit[:_SHORT]} to register what it has"
        )


class MissingBytesError(RefusedError):
    """Nobody could get the model."""

    def __init__(self, path: str, md5: str, where: str) -> None:
        super().__init__(
            f"the bytes of {path} (md5 {md5}) are not to be had ({where}): `dvc push` "
            "them where they were made, or pass --allow-missing"
        )


@dataclass(frozen=True, slots=True)
class Artifact:
    """The bytes of a model at one commit.

    Attributes:
        commit: Which.
        place: Where they are.
        content: What tells them from others: a hash; empty where there is none.
        size: In bytes, None where it is not known.
    """

    commit: str
    place: Whereabouts
    content: str = ""
    size: int | None = None

    @property
    def path(self) -> str | None:
        """From the top of the repository, None where nothing says it."""
        return None if isinstance(self.place, Undeclared) else self.place.path

    @classmethod
    def of(cls, git: Git, model: str, commit: str) -> "Artifact":
        """Find the bytes of a model.

        Raises:
            UnreadableFileError: A committed file that must be read is malformed.
        """
        place = locate(model, tree.files(git, commit))
        match place:
            case Tracked():
                size = None if place.member else place.size
                return cls(commit, place, f"{place.md5}/{place.member}", size)
            case InGit():
                oid = tree.identity(git, commit, place.path)
                size = None if oid is None or place.folder else tree.size(git, oid)
                return cls(commit, place, f"git:{oid}", size)
            case _:
                return cls(commit, place)


def check_recorded(model: str, artifact: Artifact) -> tuple[str, ...]:
    """Refuse a commit that says where the model is, and has nothing there.

    Returns:
        What the user should know.

    Raises:
        MissingOutputError: It has nothing there.
    """
    place, short = artifact.place, artifact.commit[:_SHORT]
    if isinstance(place, Undeclared):
        note = (
            f"neither artifacts.yaml nor dvc.yaml of commit {short} says where {model} "
            "lies, so no bytes were checked"
        )
        return (note,)
    if not isinstance(place, Unrecorded):
        return ()
    if _ADDRESS.match(place.path):
        return (f"{place.path} is in no repository, so no bytes were checked",)
    raise MissingOutputError(model, place.path, artifact.commit)


def check_committed(root: Path, artifact: Artifact) -> tuple[str, ...]:
    """Refuse a working tree whose model is not the one that HEAD has.

    Args:
        root: The top of the working tree.
        artifact: The model at HEAD.

    Returns:
        What the user should know.

    Raises:
        UncommittedError: It is another one.
    """
    place, here = artifact.place, tree.working(root)
    if isinstance(place, Tracked):
        source = _sources(place, here)
        if _md5(place, source) != place.md5:
            raise UncommittedError(place.path, place.source, artifact.commit)
        if tree.is_changed(root, place.source):
            return (f"{place.source} has other changes that are not committed",)
    elif isinstance(place, InGit):
        if tree.is_changed(root, place.path):
            raise UncommittedError(place.path, "the file itself", artifact.commit)
    elif isinstance(place, Unrecorded):
        made = _made(place.path, here)
        if made is not None:
            raise UncommittedError(place.path, made.source, artifact.commit)
    return ()


def check_bytes(artifact: Artifact, supplied: Supplied) -> tuple[str, ...]:
    """Refuse a model whose bytes are nowhere.

    Returns:
        What the user should know.

    Raises:
        MissingBytesError: Neither the cache nor the remote has them.
        OutsideError: The remote cannot be reached.
    """
    place = artifact.place
    if not isinstance(place, Tracked):
        return ()
    found = supplied(place)
    if found.lacking:
        raise MissingBytesError(place.path, place.md5, found.lacking)
    return found.notes


def _sources(place: Tracked, here: Files) -> Mapping[str, bytes]:
    """Read the file that records an output, and the dvc.yaml beside it."""
    beside = posixpath.join(posixpath.dirname(place.source), "dvc.yaml")
    return here.texts([place.source, beside])


def _md5(place: Tracked, texts: Mapping[str, bytes]) -> str | None:
    """Return the hash that the working tree records, None if it records none."""
    try:
        found = recorded(place.path, texts)
    except UnreadableFileError:
        return None  # a merge left its marks, or somebody is at work
    return found.md5 if found else None


def _made(path: str, here: Files) -> Tracked | None:
    """Return what DVC has made in the working tree and nobody committed."""

    def read(asked: Sequence[str]) -> list[bytes | None]:
        # The file itself says nothing: it may be anything.
        pairs = zip(asked, here.read(asked), strict=True)
        return [None if each == path else text for each, text in pairs]

    try:
        found = locate_path(path, Files(read))
    except UnreadableFileError:
        return None
    return found if isinstance(found, Tracked) else None

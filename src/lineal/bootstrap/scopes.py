"""What DVC keeps of a commit or of the working tree, by DVC repository."""

import os
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lineal.doors import tree
from lineal.doors.dvc.bytes import entries
from lineal.doors.dvc.everything import everything
from lineal.doors.dvc.names import Files
from lineal.doors.dvc.records import Tracked
from lineal.doors.dvc.settings import Place
from lineal.doors.git import Git
from lineal.doors.location import Location


@dataclass(frozen=True, slots=True)
class Scope:
    """One DVC repository, and what it keeps.

    Attributes:
        place: Its settings and its cache.
        folder: Its top; in a bare repository there is none.
        outs: What a push stores.
    """

    place: Place
    folder: Path
    outs: tuple[Tracked, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One object of an output.

    Attributes:
        md5: Its hash.
        path: What messages call it.
        legacy: Whether DVC 2 made the hash.
    """

    md5: str
    path: str
    legacy: bool


def scopes(place: Location, ref: str | None) -> tuple[Scope, ...]:
    """Find what a commit keeps, or the working tree where no commit is named.

    Raises:
        UnknownCommitError: There is no such commit.
        UnreadableFileError: A file of DVC's is malformed.
        GitFailedError: Git failed.
    """
    top = tree.top(place.git)
    if ref is None and top is not None:
        return tuple(_scopes(place, top, working(top)))
    commit = tree.resolve(place.git, "HEAD" if ref is None else ref)
    return tuple(_scopes(place, top, tree.files(place.git, commit)))


def working(top: Path) -> Files:
    """Return the files of the working tree that are or could be committed."""

    def names() -> list[str]:
        words = ("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        return os.fsdecode(Git(top).run(*words)).split("\0")[:-1]

    return Files(tree.working(top).read, names)


def pieces(out: Tracked, listing: bytes | None = None) -> Iterator[Piece]:
    """List the objects of an output: itself and, if it is a folder, its files.

    Args:
        out: The output.
        listing: The checked bytes of a folder's list; None: only the list is wanted.

    Raises:
        MalformedFolderError: That is no list.
    """
    yield Piece(out.md5, out.path, out.legacy)
    if listing is not None:
        for each in entries(listing, replace(out, member="")):
            yield Piece(each.md5, posixpath.join(out.path, each.path), out.legacy)


def unique(found: Iterable[Piece]) -> dict[str, Piece]:
    """Return each object once, by its hash."""
    kept: dict[str, Piece] = {}
    for each in found:
        kept.setdefault(each.md5, each)
    return kept


def _scopes(place: Location, top: Path | None, files: Files) -> Iterator[Scope]:
    for folder, outs in everything(files).items():
        config = posixpath.join(folder, ".dvc/config")
        committed = files.texts([config]).get(config)
        base = top or place.common
        yield Scope(Place.at(base, folder, committed), base / folder, outs)

"""What DVC keeps of commits or of the working tree, by DVC repository."""

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lineal.doors import objects, tree
from lineal.doors.dvc.bytes import entries
from lineal.doors.dvc.everything import is_record, recorded
from lineal.doors.dvc.names import Files
from lineal.doors.dvc.records import Tracked
from lineal.doors.dvc.settings import Place
from lineal.doors.git import Git
from lineal.doors.location import Location
from lineal.doors.trees import Listed, Trees


@dataclass(frozen=True, slots=True)
class Scope:
    """One DVC repository, and what it keeps.

    Attributes:
        place: Its settings and its cache.
        top: Of the Git repository; where paths start.
        folder: Its own top; in a bare repository there is none.
        outs: What a push stores.
        others: What it does not store.
    """

    place: Place
    top: Path
    folder: Path
    outs: tuple[Tracked, ...]
    others: tuple[Tracked, ...]


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
    places = _Places(top or place.common)
    if ref is None and top is not None:
        return places.scopes(working(top))
    commit = tree.resolve(place.git, "HEAD" if ref is None else ref)
    return places.scopes(tree.files(place.git, commit))


def of_commits(
    place: Location, commits: Iterable[str]
) -> Iterator[tuple[str, tuple[Scope, ...]]]:
    """Find what many commits keep, in a few processes however many they are.

    Yields:
        A commit, and the DVC repositories in it that have files.

    Raises:
        UnknownCommitError: One of the commits is not there.
        UnreadableFileError: A file of DVC's is malformed.
        GitFailedError: Git failed.
    """
    asked = tuple(commits)
    listed = Trees.read(place.git, asked).listed(is_record)
    ids = sorted({oid for files in listed.values() for _, oid in files})
    texts = {each.id: each.content for each in objects.read(place.git, ids) if each}
    configs = _configs(place.git, listed)
    places = _Places(tree.top(place.git) or place.common)
    for commit in asked:
        if commit not in listed:
            raise tree.UnknownCommitError(commit)
        found = {path: texts[oid] for path, oid in listed[commit] if oid in texts}
        yield commit, places.scopes(_files(found | configs[commit]))


def _configs(git: Git, listed: Mapping[str, Listed]) -> dict[str, dict[str, bytes]]:
    """Read the configurations of DVC that are in a folder around any of the files."""
    asked = [
        (commit, posixpath.join(folder, ".dvc/config"))
        for commit, files in listed.items()
        for folder in sorted({each for path, _ in files for each in _around(path)})
    ]
    read = objects.read(git, (f"{commit}:{path}" for commit, path in asked))
    found: dict[str, dict[str, bytes]] = {commit: {} for commit in listed}
    for (commit, path), text in zip(asked, read, strict=True):
        if text and text.kind == "blob":
            found[commit][path] = text.content
    return found


def _around(path: str) -> Iterator[str]:
    """List the folders that a file is in.

    >>> list(_around("a/b/c"))
    ['a/b', 'a', '']
    """
    while path:
        path = posixpath.dirname(path)
        yield path


def _files(texts: Mapping[str, bytes]) -> Files:
    return Files(lambda paths: [texts.get(path) for path in paths], lambda: texts)


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


@dataclass(frozen=True, slots=True)
class _Places:
    """The DVC repositories of a Git repository; each is described once.

    Attributes:
        top: Of its working tree, or itself if it is bare.
    """

    top: Path
    _known: dict[tuple[str, bytes | None], Place] = field(default_factory=dict)

    def scopes(self, files: Files) -> tuple[Scope, ...]:
        """Return what some files keep."""
        return tuple(self._scopes(files))

    def _scopes(self, files: Files) -> Iterator[Scope]:
        for folder, outs in recorded(files).items():
            config = posixpath.join(folder, ".dvc/config")
            key = (folder, files.texts([config]).get(config))
            if key not in self._known:
                self._known[key] = Place.at(self.top, *key)
            kept, others = (
                [o for o in outs if o.kept is is_kept] for is_kept in (True, False)
            )
            yield Scope(
                self._known[key],
                self.top,
                self.top / folder,
                tuple(kept),
                tuple(others),
            )

"""Which of DVC's objects commits and working trees name in their dvc.lock and .dvc files.

Every hash in such a file counts, whatever it is of, so stages of all kinds, imports and
old formats need no knowledge of theirs.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lineal.doors import objects
from lineal.doors.git import Git, GitFailedError
from lineal.doors.objects import Found
from lineal.errors import OutsideError

_HASH = re.compile(rb"(?<![0-9a-f])[0-9a-f]{32}(?:\.dir)?(?![0-9a-f])")
_FILES = frozenset({"dvc.lock", "Dvcfile"})
_MANY = 256  # files that are read at once


class DamagedHistoryError(OutsideError):
    """A commit or a file of it is not there."""

    def __init__(self, oid: str) -> None:
        super().__init__(
            f"object {oid} is missing, so the repository is damaged: run `git fsck`, and "
            "`git fetch` what it names"
        )


def is_record(name: str) -> bool:
    """Tell whether DVC records hashes in a file of that name."""
    return name in _FILES or name.endswith(".dvc")


class Named:
    """The hashes that commits name."""

    def __init__(self, git: Git, commits: Iterable[str]) -> None:
        """Read the files of commits, each once however many commits have it.

        Raises:
            DamagedHistoryError: A commit, folder or file is not there.
        """
        asked = tuple(dict.fromkeys(commits))
        found = _all(git, [f"{commit}^{{tree}}" for commit in asked])
        self._roots = {c: one.id for c, one in zip(asked, found, strict=True)}
        self._folders: dict[str, _Folder] = {}
        while found:
            for one in found:
                self._folders[one.id] = _Folder.read(one.content, one.id)
            known = self._folders
            inner = {oid for one in found for oid in known[one.id].folders}
            found = _all(git, sorted(inner - known.keys()))
        blobs = {oid for folder in self._folders.values() for oid in folder.files}
        self._hashes = _read(git, sorted(blobs))
        self._below: dict[str, frozenset[str]] = {}

    def by(self, commits: Iterable[str]) -> frozenset[str]:
        """Return the hashes that some of the commits name."""
        roots = {self._roots[commit] for commit in commits}
        return frozenset().union(*(self._of(root) for root in roots))

    def _of(self, oid: str) -> frozenset[str]:
        """Return the hashes that the files of a folder name, and of those in it."""
        if oid not in self._below:
            folder = self._folders[oid]
            here = (self._hashes[each] for each in folder.files)
            inner = (self._of(each) for each in folder.folders)
            self._below[oid] = frozenset().union(*here, *inner)
        return self._below[oid]


@dataclass(frozen=True, slots=True)
class _Folder:
    """What matters in a folder of a commit.

    Attributes:
        folders: Object ids.
        files: Object ids of those that record hashes.
    """

    folders: tuple[str, ...]
    files: tuple[str, ...]

    @classmethod
    def read(cls, content: bytes, oid: str) -> "_Folder":
        """Read git's own form: mode, name, and the id as bytes."""
        pattern = rb"([0-7]+) ([^\0]+)\0(.{%d})" % (len(oid) // 2)
        entries = re.findall(pattern, content, re.DOTALL)
        folders = [raw.hex() for mode, _, raw in entries if mode == b"40000"]
        files = [
            raw.hex()
            for mode, name, raw in entries
            if mode.startswith(b"100") and is_record(os.fsdecode(name))
        ]
        return cls(tuple(folders), tuple(files))


def unsaved(top: Path) -> frozenset[str]:
    """Return the hashes that a working tree and its index name, committed or not.

    Raises:
        OSError: A file cannot be read.
    """
    git = Git(top)
    staged = os.fsdecode(git.run("ls-files", "-z", "--stage")).split("\0")[:-1]
    pairs = [entry.partition("\t") for entry in staged]
    blobs = [
        about.split(" ")[1]
        for about, _, path in pairs
        if is_record(path.rpartition("/")[2])
    ]
    found = _read(git, sorted(set(blobs))).values()
    # What git ignores counts too, but for the cache.
    words = ("ls-files", "-z", "--cached", "--others", "--exclude=.dvc/")
    paths = os.fsdecode(git.run(*words)).split("\0")[:-1]
    wanted = {path for path in paths if is_record(path.rpartition("/")[2])}
    texts = [(top / p).read_bytes() for p in wanted if (top / p).is_file()]
    return frozenset().union(*found, *map(hashes, texts))


def hashes(text: bytes) -> frozenset[str]:
    """Return the hashes that a file names; a folder's end in `.dir`."""
    return frozenset(found.decode() for found in _HASH.findall(text))


def _read(git: Git, blobs: list[str]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for start in range(0, len(blobs), _MANY):
        for one in _all(git, blobs[start : start + _MANY]):
            found[one.id] = hashes(one.content)
    return found


def _all(git: Git, names: list[str]) -> list[Found]:
    """Read objects, all of which must be there."""
    found: list[Found] = []
    for name, one in zip(names, objects.read(git, names), strict=True):
        if one is None:
            raise DamagedHistoryError(name)
        found.append(one)
    return found


def history(git: Git) -> tuple[str, ...]:
    """Return every commit that this clone knows.

    Raises:
        GitFailedError: The repository is damaged.
    """
    words = ["rev-list", "--all", "--reflog"]
    if not git.is_unborn():
        words.append("HEAD")
    try:
        return tuple(git.run(*words).decode().split())
    except GitFailedError:
        # Entries of reflogs may name commits that are gone.
        words.remove("--reflog")
        return tuple(git.run(*words).decode().split())

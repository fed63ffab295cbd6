"""Certain files of many commits: a folder is read once, however many commits have it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from lineal.doors import objects
from lineal.doors.git import Git

Listed = tuple[tuple[str, str], ...]
"""Path and object id of files."""

_Entry = tuple[bytes, bytes, bytes]  # mode, name, id
_FOLDER = b"40000"
_MODULE = b"160000"
_ONCE = 200  # commits at a time: folders with thousands of entries are big


def listed(
    git: Git, commits: Iterable[str], wanted: Callable[[str], bool]
) -> dict[str, Listed]:
    """List the files of commits whose names are wanted, by path.

    Folders called `.dvc` are left out, and so is a commit that is not there.

    Raises:
        GitFailedError: git failed.
    """
    asked = tuple(dict.fromkeys(commits))
    walk = _Walk(git, wanted)
    found: dict[str, Listed] = {}
    for start in range(0, len(asked), _ONCE):
        found |= walk.roots(asked[start : start + _ONCE])
    return found


@dataclass(frozen=True, slots=True)
class _Walk:
    """What was seen of folders so far.

    Attributes:
        git: The repository.
        wanted: Judges a file by its name.
        folders: What each folder holds that is wanted, by object id.
        telling: The same of each entry that is wanted or holds something that is.
        seen: Every other entry.
    """

    git: Git
    wanted: Callable[[str], bool]
    folders: dict[str, Listed] = field(default_factory=dict)
    telling: dict[_Entry, Listed] = field(default_factory=dict)
    seen: set[_Entry] = field(default_factory=set)

    def roots(self, commits: Iterable[str]) -> dict[str, Listed]:
        """List the files of some commits."""
        asked = tuple(commits)
        trees = objects.read(self.git, (f"{commit}^{{tree}}" for commit in asked))
        there = {c: t for c, t in zip(asked, trees, strict=True) if t is not None}
        known = self._explore({tree.id: tree.content for tree in there.values()})
        return {c: tuple(sorted(self._held(t.id, known))) for c, t in there.items()}

    def _explore(self, level: Mapping[str, bytes]) -> dict[str, set[_Entry]]:
        """Read folders and all that is new in them, a level a process."""
        known: dict[str, set[_Entry]] = {}
        begun: set[_Entry] = set()
        while level:
            parsed = {oid: _entries(raw, oid) for oid, raw in level.items()}
            known |= parsed
            new = set().union(*parsed.values()) - self.seen - begun
            begun |= new
            inner = {_id(entry) for entry in new if _is_open(entry)}
            read = objects.read(self.git, inner - known.keys() - self.folders.keys())
            level = {one.id: one.content for one in read if one}
        return known

    def _held(self, oid: str, known: Mapping[str, set[_Entry]]) -> Listed:
        """Work out what a folder holds."""
        if oid in self.folders or oid not in known:
            return self.folders.get(oid, ())
        # Of a folder with a thousand entries, few are new or tell anything.
        for entry in known[oid] - self.seen:
            self.seen.add(entry)
            if found := self._files(entry, known):
                self.telling[entry] = found
        telling = known[oid] & self.telling.keys()
        self.folders[oid] = tuple(f for entry in telling for f in self.telling[entry])
        return self.folders[oid]

    def _files(self, entry: _Entry, known: Mapping[str, set[_Entry]]) -> Listed:
        name = entry[1].decode("utf-8", "surrogateescape")
        if _is_open(entry):
            inner = self._held(_id(entry), known)
            return tuple((f"{name}/{path}", oid) for path, oid in inner)
        is_file = entry[0] not in {_FOLDER, _MODULE}
        return ((name, _id(entry)),) if is_file and self.wanted(name) else ()


def _is_open(entry: _Entry) -> bool:
    return entry[0] == _FOLDER and entry[1] != b".dvc"


def _id(entry: _Entry) -> str:
    return entry[2].hex()


def _entries(content: bytes, oid: str) -> set[_Entry]:
    """Read git's own form of a folder: mode, name, and the id as bytes."""
    width = len(oid) // 2
    pattern = rb"([0-7]+) ([^\0]+)\0(.{%d})" % width
    return set(re.findall(pattern, content, re.DOTALL))

"""Certain files of many commits: only what differs from one to the next is read.

Trees can be made to hurt: folders in folders without end, or a few objects that unfold to
billions of files. Git is asked of one folder at a time, and we stop at a depth and a count.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lineal.doors.git import Git

Listed = tuple[tuple[str, str], ...]
"""Path and object id of files."""

DEEPEST = 64  # folders in folders; what lies deeper is not looked at
MOST = 1_000_000  # entries of a commit that differ from the one before

_REPLY = re.compile(
    rb"([0-9a-f]{40,64}) ([0-9a-f]{40,64})\n"
    rb"|:([0-7]+) ([0-7]+) ([0-9a-f]+) ([0-9a-f]+) [A-Z][0-9]*\0([^\0]*)\0"
)
_TREE = re.compile(rb"([0-9a-f]{40,64}) tree")
_FOLDER, _MODULE, _NOTHING = b"040000", b"160000", b"000000"

_Pair = tuple[str, str]  # object ids of a folder before and after


@dataclass(frozen=True, slots=True)
class _Change:
    """An entry of a folder that differs.

    Attributes:
        name: Its name.
        before: The object id of the folder or file that it was; empty: of neither.
        after: The same of what it is.
        was_folder: Whether it was a folder.
        is_folder: Whether it is one.
    """

    name: str
    before: str
    after: str
    was_folder: bool
    is_folder: bool

    @property
    def is_gone(self) -> bool:
        """Whether it was a folder and is none."""
        return self.was_folder and not self.is_folder


class _UnreadableError(Exception):
    """A folder is not there, or holds too much."""


@dataclass(frozen=True, slots=True)
class Trees:
    """The trees of some commits, each as what differs from the one before.

    Folders called `.dvc` are left out, and so are commits that are not there, or whose
    folders hold more than anybody's do.

    Attributes:
        git: The repository.
        roots: The object id of the tree of each commit that is there.
    """

    git: Git
    roots: Mapping[str, str]
    _empty: str
    _changes: dict[_Pair, tuple[_Change, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, git: Git, commits: Iterable[str]) -> "Trees":
        """Read what differs between neighbours, a process for each depth.

        Args:
            git: The repository.
            commits: Which; what is nearly the same should stand side by side.

        Raises:
            GitFailedError: git failed.
        """
        roots = _roots(git, tuple(dict.fromkeys(commits)))
        ids = list(roots.values())
        algorithm = hashlib.sha256 if ids and len(ids[0]) > 40 else hashlib.sha1  # noqa: PLR2004
        empty = algorithm(b"tree 0\0", usedforsecurity=False).hexdigest()
        found = cls(git, roots, empty)
        found._explore(zip([empty, *ids], ids, strict=False))
        return found

    def listed(self, wanted: Callable[[str], bool]) -> dict[str, Listed]:
        """List the files of each commit whose names are wanted, by path."""
        found: dict[str, Listed] = {}
        row: Listed = ()
        for commit, files, differs in self.each(wanted):
            row = tuple(sorted(files.items())) if differs else row
            found[commit] = row
        return found

    def each(
        self, wanted: Callable[[str], bool]
    ) -> Iterator[tuple[str, Mapping[str, str], bool]]:
        """Go through the commits.

        Args:
            wanted: Judges a file by its name.

        Yields:
            A commit, its files that are wanted, by path (one mapping, which changes from
            commit to commit), and whether they may differ from those before.
        """
        files: dict[str, str] = {}
        before, begins = self._empty, True
        for commit, root in self.roots.items():
            try:
                differs = self._apply(files, (before, root), wanted)
            except _UnreadableError:
                files.clear()
                before, begins = self._empty, True
                continue
            yield commit, files, differs or begins
            before, begins = root, False

    def _apply(
        self, files: dict[str, str], pair: _Pair, wanted: Callable[[str], bool]
    ) -> bool:
        """Bring files from one tree to the next, and tell whether any may differ."""
        differs, steps = False, 0
        waiting = [("", pair, 0)]
        while waiting:
            folder, inner, depth = waiting.pop()
            for change in self._between(inner):
                steps += 1 + len(files) * change.is_gone
                differs |= _drop(files, folder, change)
                if not change.is_folder:
                    differs |= _put(files, folder, change, wanted)
                elif depth < DEEPEST:
                    old = change.before if change.was_folder else self._empty
                    place = f"{folder}{change.name}/"
                    waiting.append((place, (old, change.after), depth + 1))
            if steps > MOST:
                raise _UnreadableError
        return differs

    def _between(self, pair: _Pair) -> tuple[_Change, ...]:
        if pair[0] == pair[1]:
            return ()
        if pair not in self._changes:
            self._explore([pair])
        if pair not in self._changes:
            raise _UnreadableError
        return self._changes[pair]

    def _explore(self, pairs: Iterable[_Pair]) -> None:
        """Read what differs in folders, and in the folders in them."""
        level = dict.fromkeys(pairs)  # in order: neighbours are read together
        for _ in range(DEEPEST + 1):
            new = [p for p in level if p[0] != p[1] and p not in self._changes]
            if not new:
                return
            found = _differences(self.git, new)
            self._changes.update(found)
            level = dict.fromkeys(
                (one.before if one.was_folder else self._empty, one.after)
                for changes in found.values()
                for one in changes
                if one.is_folder
            )


def _drop(files: dict[str, str], folder: str, change: _Change) -> bool:
    """Take away what was a folder and is none; a file that was goes in `_put`."""
    if not change.is_gone:
        return False
    start = f"{folder}{change.name}/"
    gone = [path for path in files if path.startswith(start)]
    for path in gone:
        del files[path]
    return bool(gone)


def _put(
    files: dict[str, str], folder: str, change: _Change, wanted: Callable[[str], bool]
) -> bool:
    if change.was_folder and not change.after:
        return False  # a file may have taken its place
    if not wanted(change.name):
        return False
    path = f"{folder}{change.name}"
    if change.after:
        files[path] = change.after
        return True
    return files.pop(path, None) is not None


def _roots(git: Git, commits: tuple[str, ...]) -> dict[str, str]:
    """Return the trees of those commits that are there."""
    if not commits:
        return {}
    words = "".join(f"{commit}^{{tree}}\n" for commit in commits)
    said = git.run(
        "cat-file",
        "--batch-check=%(objectname) %(objecttype)",
        stdin=words.encode("utf-8", "surrogateescape"),
    )
    lines = zip(commits, said.split(b"\n"), strict=False)
    found = ((commit, _TREE.fullmatch(line)) for commit, line in lines)
    return {commit: match[1].decode() for commit, match in found if match}


def _differences(git: Git, pairs: Iterable[_Pair]) -> dict[_Pair, tuple[_Change, ...]]:
    """Ask what differs between folders, not looking into those in them."""
    words = "".join(f"{old} {new}\n" for old, new in pairs)
    said = git.run("diff-tree", "--stdin", "-z", "--raw", stdin=words.encode())
    found: dict[_Pair, list[_Change]] = {}
    current: list[_Change] = []
    for match in _REPLY.finditer(said):
        old, new = match.group(1, 2)
        if old:
            current = found.setdefault((old.decode(), new.decode()), [])
        elif change := _change(*match.group(3, 4, 5, 6, 7)):
            current.append(change)
    return {pair: tuple(changes) for pair, changes in found.items()}


def _change(
    mode_before: bytes, mode_after: bytes, before: bytes, after: bytes, name: bytes
) -> _Change | None:
    if name == b".dvc" and _FOLDER in {mode_before, mode_after}:
        return None
    return _Change(
        name.decode("utf-8", "surrogateescape"),
        "" if mode_before in {_NOTHING, _MODULE} else before.decode(),
        "" if mode_after in {_NOTHING, _MODULE} else after.decode(),
        mode_before == _FOLDER,
        mode_after == _FOLDER,
    )

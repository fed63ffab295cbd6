"""Gather what made the models of many commits, in a few processes however many."""

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lineal.doors import objects, tree, trees
from lineal.doors.dvc.names import Files, UnreadableFileError, declarations, inside
from lineal.doors.git import Git
from lineal.doors.trees import Listed
from lineal.lineage import records
from lineal.lineage.pedigree import Pedigree, trace
from lineal.lineage.records import Records
from lineal.registry import facts
from lineal.registry.index import Index

_DECLARING = "artifacts.yaml"
_ONCE = 500  # paths on one command line
_NO_FILES = Files(lambda paths: [None for _ in paths])


@dataclass(frozen=True, slots=True)
class Library:
    """The commits that were read.

    Attributes:
        git: Where they are.
        listed: Path and object id of the files that DVC and GTO record things in.
        texts: The bytes of those that were read, by object id.
    """

    git: Git
    listed: Mapping[str, Listed]
    texts: dict[str, bytes] = field(default_factory=dict)
    _loaded: list[bool] = field(default_factory=list)
    _said: dict[tuple[str, Listed], str | None] = field(default_factory=dict)

    @classmethod
    def open(
        cls, git: Git, commits: Iterable[str], index: Index | None = None
    ) -> "Library":
        """Read commits; those that are not there have nothing.

        Args:
            git: The repository.
            commits: Which.
            index: Keeps what each commit lists, since finding that out is slow.

        Raises:
            GitFailedError: git failed.
        """
        found = _list(git, dict.fromkeys(commits), index or Index(None))
        return cls(git, found)

    def load(self) -> None:
        """Read the files of all commits at once."""
        if not self._loaded:
            self._read({oid for files in self.listed.values() for _, oid in files})
            self._loaded.append(True)

    def files(self, commit: str) -> dict[str, bytes]:
        """Return the files of DVC and GTO of a commit, by path."""
        return self._texts(self.listed.get(commit, ()))

    def _texts(self, listed: Listed) -> dict[str, bytes]:
        self._read({oid for _, oid in listed if oid not in self.texts})
        return {path: self.texts[oid] for path, oid in listed if oid in self.texts}

    def _read(self, ids: set[str]) -> None:
        found = objects.read(self.git, ids)
        self.texts.update((each.id, each.content) for each in found if each)

    def records(self, commit: str) -> Records:
        """Return what DVC recorded at a commit."""
        found = self.files(commit).items()
        return records.read({p: text for p, text in found if _records(p)})

    def path(self, model: str, commit: str) -> str | None:
        """Return where a commit says that a model lies, None if it does not say."""
        try:
            return self.declared(model, commit)
        except UnreadableFileError:
            return None

    def declared(self, model: str, commit: str) -> str | None:
        """Return the same.

        Raises:
            UnreadableFileError: A file that may say it is malformed.
        """
        files = self.listed.get(commit, ())
        declaring = tuple(file for file in files if _declares(file[0]))
        key = (model, declaring)  # most commits say the same
        if key not in self._said:
            texts = self._texts(declaring)
            here = Files(lambda asked: [texts.get(path) for path in asked])
            said = declarations(model, here)
            self._said[key] = said[0].path if said else None
        return self._said[key]

    def card(self, model: str, commit: str) -> str:
        """Return where a model's card.json lies, or would lie."""
        path = self.path(model, commit)
        if path is None:
            return facts.card_path(model, _NO_FILES)
        return posixpath.join(posixpath.dirname(path), facts.CARD)

    def pedigree(self, model: str, commit: str) -> Pedigree | None:
        """Return what made a model, None if the commit does not say where it lies."""
        path = self.path(model, commit)
        return None if path is None else self.traced(path, commit)

    def outline(self, model: str, commit: str) -> Pedigree | None:
        """Return the same without telling code from data, which costs a process."""
        path = self.path(model, commit)
        return None if path is None else trace(self.records(commit), path)

    def traced(self, path: str, commit: str) -> Pedigree:
        """Return what made a path."""
        found = self.records(commit)
        deps = {dep.path for stage in found.stages for dep in stage.deps}
        return trace(found, path, self.committed(commit, deps).__contains__)

    def committed(self, commit: str, paths: Iterable[str]) -> frozenset[str]:
        """Return those of some paths that a commit has."""
        asked = sorted(path for path in paths if path and inside(path) == path)
        found: set[str] = set()
        for start in range(0, len(asked), _ONCE):
            found.update(tree.listed(self.git, commit, asked[start : start + _ONCE]))
        return frozenset(found)


def _list(git: Git, commits: Iterable[str], index: Index) -> dict[str, Listed]:
    """List our files of commits, from what was kept where it was listed before."""
    rows = index.load()
    asked = tuple(commits)
    missing = [commit for commit in asked if commit not in rows]
    if missing:
        found = trees.listed(git, missing, _wanted)
        rows |= {commit: json.dumps(files) for commit, files in found.items()}
        index.save(rows)
    said = {commit: rows[commit] for commit in asked if commit in rows}
    return {commit: tuple(map(tuple, json.loads(row))) for commit, row in said.items()}


def of_working_tree(files: Files, model: str) -> Pedigree | None:
    """Return what made a model, by the files of the working tree.

    Args:
        files: Of the working tree; they must be listed.
        model: Its name.
    """
    names = frozenset(files.names())
    texts = files.texts(sorted(_ours(names)))
    here = Files(lambda paths: [texts.get(path) for path in paths])
    said = declarations(model, here)
    if not said:
        return None
    found = records.read({p: text for p, text in texts.items() if _records(p)})
    return trace(found, said[0].path, lambda path: path in names)


def _ours(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if _wanted(name.rpartition("/")[2]))


def _declares(path: str) -> bool:
    """Tell of one of our files whether it may declare models."""
    return path.rpartition("/")[2] in {"artifacts.yaml", "dvc.yaml"}


def _records(path: str) -> bool:
    return not path.endswith("artifacts.yaml")


def _wanted(name: str) -> bool:
    return name == _DECLARING or records.is_ours(name)

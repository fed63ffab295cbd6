"""Gather what made the models of many commits, in a few processes however many."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lineal.doors import objects, tree
from lineal.doors.dvc.names import Files, UnreadableFileError, declarations, inside
from lineal.doors.git import Git
from lineal.doors.trees import Listed, Trees
from lineal.lineage import records
from lineal.lineage.pedigree import Pedigree, Tracer, trace
from lineal.lineage.records import Records
from lineal.registry import facts

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
    _last: dict[str, Tracer] = field(default_factory=dict)
    _said: dict[tuple[str, Listed], str | None] = field(default_factory=dict)

    @classmethod
    def open(cls, git: Git, commits: Iterable[str]) -> "Library":
        """Read commits; those that are not there have nothing.

        Args:
            git: The repository.
            commits: Which; what is nearly the same should stand side by side.

        Raises:
            GitFailedError: git failed.
        """
        return cls.of(Trees.read(git, commits))

    @classmethod
    def of(cls, found: Trees) -> "Library":
        """Return the files of commits whose trees are read."""
        return cls(found.git, found.listed(_wanted))

    def load(self, *, declaring: bool = False) -> None:
        """Read the files of all commits at once.

        Args:
            declaring: Only those that may say where models lie.
        """
        every = (file for files in self.listed.values() for file in files)
        ids = {oid for path, oid in every if not declaring or _declares(path)}
        self._read(ids - self.texts.keys())

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
        return records.read(self.recorded(commit))

    def recorded(self, commit: str) -> dict[str, bytes]:
        """Return the files of DVC of a commit, by path."""
        return {p: t for p, t in self.files(commit).items() if _records(p)}

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
        return None if path is None else self.outlined(path, commit)

    def outlined(self, path: str, commit: str) -> Pedigree:
        """Return what made a path, without telling code from data."""
        if commit not in self._last:  # whoever asks of many models asks by commit
            self._last.clear()
            self._last[commit] = Tracer.of(self.records(commit))
        return self._last[commit].trace(path)

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

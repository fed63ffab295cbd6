"""What tells a model of one commit from that of another, without comparing scores."""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lineal.bootstrap.pedigrees import Library
from lineal.doors import tree
from lineal.doors.dvc.names import Files, UnreadableFileError, declared
from lineal.doors.git import Git
from lineal.lineage.pedigree import trace
from lineal.registry.facts import CARD

_DECLARING = frozenset({"artifacts.yaml", "dvc.yaml"})


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The models of some commits.

    Attributes:
        library: What DVC and GTO recorded there.
        ids: By commit, what Git keeps where models and cards lie, by path.
        models: All that one of them declares.
        faults: Files that cannot be read, and why.
    """

    library: Library
    ids: Mapping[str, Mapping[str, str]]
    models: tuple[str, ...]
    faults: tuple[str, ...]

    @classmethod
    def take(
        cls, git: Git, commits: Iterable[str], models: Iterable[str] = ()
    ) -> "Fingerprints":
        """Read commits.

        Args:
            git: The repository.
            commits: Which.
            models: Only these; by default all that they declare.

        Raises:
            GitFailedError: git failed.
        """
        asked = tuple(dict.fromkeys(commits))
        library = Library.open(git, asked)
        wanted = set(models)
        found, faults = (wanted, ()) if wanted else _declared(library, asked)
        names = tuple(sorted(found))
        ids = {each: _ids(git, library, each, names) for each in asked}
        return cls(library, ids, names, faults)

    def of(self, model: str, commit: str) -> object:
        """Return what equals only that of the same model; None: it is not declared."""
        path = self.library.path(model, commit)
        if path is None:
            return None
        # Which of its inputs are code does not matter here.
        made = trace(self.library.records(commit), path)
        ids = self.ids[commit]
        kept = (ids.get(path), ids.get(_card(path)))
        return (path, kept, made.made, made.stages, made.data)


def _declared(
    library: Library, commits: Iterable[str]
) -> tuple[set[str], tuple[str, ...]]:
    """Return the models that commits declare, and what cannot be read."""
    found: set[str] = set()
    faults: dict[str, None] = {}
    for texts in map(library.files, commits):
        ours = (p for p in texts if posixpath.basename(p) in _DECLARING)
        for folder in sorted({posixpath.dirname(path) for path in ours}):
            try:
                found |= declared(f"{folder}:x" if folder else "x", _files(texts))
            except UnreadableFileError as error:
                faults[str(error)] = None
    return found, tuple(faults)


def _files(texts: Mapping[str, bytes]) -> Files:
    return Files(lambda paths: [texts.get(path) for path in paths])


def _ids(
    git: Git, library: Library, commit: str, models: Iterable[str]
) -> dict[str, str]:
    paths = [path for name in models if (path := library.path(name, commit))]
    return tree.identities(git, commit, [*paths, *map(_card, paths)])


def _card(path: str) -> str:
    return posixpath.join(posixpath.dirname(path), CARD)

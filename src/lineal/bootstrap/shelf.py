"""What many versions were made with, read as far as a question needs it."""

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lineal.bootstrap.pedigrees import Library
from lineal.doors import objects
from lineal.doors.git import Git
from lineal.lineage.telling import Telling, skeleton
from lineal.lineage.usage import Asked, Kind, Match, Subject, matches
from lineal.registry import facts, requirements
from lineal.registry.index import Index

_CARD, _LISTED = "card.json", "requirements.txt"
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "feature": (_CARD,),
    "library": (_CARD, _LISTED),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Versions to be searched.

    Attributes:
        git: Where they are.
        library: What DVC recorded of them.
        keys: Models and commits.
    """

    git: Git
    library: Library
    keys: frozenset[tuple[str, str]]
    _beside: dict[str, bytes] = field(default_factory=dict)
    _known: dict[Any, tuple[Match, ...]] = field(default_factory=dict)
    _fetched: set[Kind] = field(default_factory=set)
    _rules: dict[Asked, Telling] = field(default_factory=dict)

    @classmethod
    def open(
        cls, git: Git, keys: Iterable[tuple[str, str]], index: Index | None = None
    ) -> "Shelf":
        """Find what DVC recorded at the commits of models.

        Args:
            git: The repository.
            keys: Models and commits.
            index: Keeps what each commit lists.

        Raises:
            GitFailedError: git failed.
        """
        found = frozenset(keys)
        commits = {commit for _, commit in found}
        return cls(git, Library.open(git, commits, index), found)

    @property
    def notes(self) -> tuple[str, ...]:
        """Which commits are not there."""
        lost = {c for _, c in self.keys} - self.library.listed.keys()
        if not lost:
            return ()
        number = "1 commit is" if len(lost) == 1 else f"{len(lost)} commits are"
        return (f"{number} not in this clone, so nothing is known of their versions",)

    def matches(self, asked: Asked, model: str, commit: str) -> tuple[Match, ...]:
        """Return how something went into a version, nothing if it did not.

        Versions with the same files have the same answer, so it is kept.
        """
        if asked.kind in _BESIDE:
            return self._by_card(asked, model, commit)
        told = self._told(asked, commit)
        if told is None:
            return ()
        key = (asked, self.library.path(model, commit), told)
        if key not in self._known:
            made = self.library.outline(model, commit)
            self._known[key] = matches(asked, Subject(made))
        return self._known[key]

    def texts(self, commit: str, paths: Iterable[str]) -> Iterator[bytes]:
        """Return files of a commit, as far as Git has them."""
        found = objects.read(self.git, (f"{commit}:{path}" for path in paths))
        return (one.content for one in found if one and one.kind == "blob")

    def _told(self, asked: Asked, commit: str) -> tuple[object, ...] | None:
        """Return what the answer depends on, None where nothing can have gone in."""
        self.library.load()
        rule = self._rules.setdefault(asked, Telling.of(asked))
        found: list[object] = []
        locks: list[bytes] = []
        for path, oid in self.library.listed.get(commit, ()):
            text = self.library.texts.get(oid, b"")
            if path.endswith("dvc.lock"):
                found.append(rule.in_lock(text))
                locks.append(text)
            elif path.endswith(".dvc") and rule.in_file(path, text):
                found.append(text)
        if not any(found):
            return None
        return (repr(found), *map(skeleton, locks))

    def _by_card(self, asked: Asked, model: str, commit: str) -> tuple[Match, ...]:
        self.library.load()
        self._fetch(asked.kind)
        texts = tuple(
            self._beside[name] for name in self._names(asked.kind, model, commit)
        )
        key = (asked, texts)
        if key not in self._known:
            self._known[key] = matches(asked, _subject(asked, texts))
        return self._known[key]

    def _fetch(self, kind: Kind) -> None:
        """Read the cards, or what is listed beside them, of all versions at once."""
        if kind in self._fetched:
            return
        self._fetched.add(kind)
        names = {name for key in self.keys for name in self._names(kind, *key)}
        found = objects.read(self.git, names)
        texts = (one.content if one else b"" for one in found)
        self._beside.update(zip(names, texts, strict=True))

    def _names(self, kind: Kind, model: str, commit: str) -> tuple[str, ...]:
        """Return what Git calls the files beside a model."""
        folder = posixpath.dirname(self.library.card(model, commit))
        names = (posixpath.join(folder, name) for name in _BESIDE[kind])
        return tuple(f"{commit}:{name}" for name in names)


def _subject(asked: Asked, texts: Sequence[bytes]) -> Subject:
    """Read card and requirements, where they mention what is asked."""
    said = facts.parse(texts[0]) if _mentioned(asked, texts[0]) else None
    card = said or facts.Facts()
    if asked.kind == "feature":
        return Subject(features=frozenset(card.features or ()))
    listed = requirements.read(texts[1].decode("utf-8", "replace"))
    beside = {each.name: each.version for each in listed}
    return Subject(libraries=beside | dict(card.libraries))


def _mentioned(asked: Asked, card: bytes) -> bool:
    """Tell whether a card is worth parsing; a library has several spellings."""
    if asked.kind == "library":
        return b'"libraries"' in card
    return json.dumps(asked.name)[1:-1].encode() in card or not asked.name.isascii()

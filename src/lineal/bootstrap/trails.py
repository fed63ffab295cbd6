"""Gather what went into versions, from all commits at once."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lineal.bootstrap.pedigrees import Library
from lineal.doors import objects
from lineal.doors.git import Git
from lineal.doors.trees import Trees
from lineal.lineage import ledger, records
from lineal.lineage.ledger import Key
from lineal.lineage.pedigree import Tracer
from lineal.lineage.trail import Cut, Told, steps, told
from lineal.registry import facts, requirements

_CARD, _LISTED = facts.CARD, "requirements.txt"
_LOCK = "dvc.lock"
_Beside = tuple[str, str]  # object ids of card and requirements; empty: there is none


def gather(git: Git, keys: Iterable[Key]) -> Iterator[tuple[Key, list[str]]]:
    """Return what went into versions, as facts of a ledger.

    Versions whose commit, or a file of it, is not in this clone are left out.

    Args:
        git: The repository.
        keys: Models and commits; what is nearly the same should stand side by side.

    Raises:
        GitFailedError: git failed.
    """
    asked = tuple(dict.fromkeys(keys))
    trees = Trees.read(git, (commit for _, commit in asked))
    library = Library.of(trees)
    library.load()
    beside = _beside(trees, library, asked)
    found = _Gathering(library, _texts(git, beside.values()))
    for key in asked:
        if key in beside and found.is_whole(key, beside[key]):
            path = library.path(*key)
            files = [] if path is None else found.files(path, key[1])
            yield key, [*files, *found.of_card(beside[key])]


def _beside(trees: Trees, library: Library, keys: Iterable[Key]) -> dict[Key, _Beside]:
    """Find card and requirements of every model whose commit is there."""
    models: dict[str, list[str]] = {}
    for model, commit in keys:
        models.setdefault(commit, []).append(model)
    found: dict[Key, _Beside] = {}
    for commit, files, _ in trees.each({_CARD, _LISTED}.__contains__):
        for model in models[commit]:
            card = library.card(model, commit)
            listed = posixpath.join(posixpath.dirname(card), _LISTED)
            found[model, commit] = (files.get(card, ""), files.get(listed, ""))
    return found


def _texts(git: Git, beside: Iterable[_Beside]) -> dict[str, bytes]:
    ids = dict.fromkeys(oid for pair in beside for oid in pair if oid)
    return {one.id: one.content for one in objects.read(git, ids) if one}


@dataclass(frozen=True, slots=True)
class _Gathering:
    """What was worked out so far.

    Attributes:
        library: What DVC recorded.
        texts: Cards and requirements, by object id.
    """

    library: Library
    texts: Mapping[str, bytes]
    _cuts: dict[str, Cut] = field(default_factory=dict)
    _outlines: dict[bytes, int] = field(default_factory=dict)
    _traced: dict[object, tuple[Told, ...] | None] = field(default_factory=dict)
    _last: dict[object, Tracer] = field(default_factory=dict)
    _cards: dict[_Beside, list[str]] = field(default_factory=dict)

    def is_whole(self, key: Key, beside: _Beside) -> bool:
        """Tell whether every file that was listed is there."""
        ours = (oid for _, oid in self.library.listed[key[1]])
        return all(oid in self.library.texts for oid in ours) and all(
            oid in self.texts for oid in beside if oid
        )

    def files(self, path: str, commit: str) -> list[str]:
        """Return files and parameters that a path came from."""
        cuts = self._cut(commit)
        others = tuple(
            each
            for each in self.library.listed[commit]
            if each[0] not in cuts and records.is_ours(posixpath.basename(each[0]))
        )
        outlines = tuple((name, self._outline(cut)) for name, cut in cuts.items())
        shared = (others, outlines)
        key = (path, shared)
        if key not in self._traced:
            self._traced[key] = self._shared(path, commit, cuts, shared)
        said = self._traced[key]
        if said is None:
            return _lines(told(self.library.outlined(path, commit)), ())
        return _lines(said, tuple(cuts.values()))

    def _cut(self, commit: str) -> dict[str, Cut]:
        found: dict[str, Cut] = {}
        for path, oid in self.library.listed[commit]:
            if posixpath.basename(path) == _LOCK:
                if oid not in self._cuts:
                    self._cuts[oid] = Cut.of(self.library.texts[oid])
                found[path] = self._cuts[oid]
        return found

    def _outline(self, cut: Cut) -> int:
        return self._outlines.setdefault(cut.outline, len(self._outlines))

    def _shared(
        self, path: str, commit: str, cuts: Mapping[str, Cut], shared: object
    ) -> tuple[Told, ...] | None:
        """Trace locks with marks; None where that would say something else."""
        said = told(self._marked(commit, cuts, shared).trace(path))
        plain = told(self.library.outlined(path, commit))
        # A scalar of several lines can look like an item of a lock.
        is_same = steps(said, tuple(cuts.values())) == steps(plain)
        return said if is_same else None

    def _marked(self, commit: str, cuts: Mapping[str, Cut], shared: object) -> Tracer:
        """Return what is recorded with marks; the last, as neighbours share it."""
        if shared not in self._last:
            marked = {p: cut.marked(n) for n, (p, cut) in enumerate(cuts.items())}
            texts = self.library.recorded(commit) | marked
            self._last.clear()
            self._last[shared] = Tracer.of(records.read(texts))
        return self._last[shared]

    def of_card(self, beside: _Beside) -> list[str]:
        """Return features and libraries."""
        if beside not in self._cards:
            card, listed = (self.texts.get(oid, b"") for oid in beside)
            said = facts.parse(card) or facts.Facts()
            pins = requirements.read(listed.decode("utf-8", "replace"))
            made_with = {pin.name: pin.version for pin in pins} | dict(said.libraries)
            self._cards[beside] = [
                *([ledger.features(said.features)] if said.features else ()),
                *([ledger.libraries(made_with)] if made_with else ()),
            ]
        return self._cards[beside]


def _lines(said: Iterable[Told], cuts: Sequence[Cut]) -> list[str]:
    return [ledger.line(step) for step in steps(said, cuts)]

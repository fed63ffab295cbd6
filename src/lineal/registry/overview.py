"""What all models are at one time, in one pass over their tags."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lineal.doors.kept import keep
from lineal.errors import RefusedError
from lineal.registry import grammar, memo
from lineal.registry.order import order
from lineal.registry.store import Store
from lineal.registry.timeline import Moment, moments

Groups = Mapping[str, Mapping[str, str]]
_Memos = Mapping[str, tuple[str, str]]


class EmptyStageError(RefusedError):
    """The stage holds nothing.

    Args:
        model: Its model.
        stage: Its name.
        moment: What there was.
        then: The instant that was asked about, as people read it; None: now.
    """

    def __init__(
        self, model: str, stage: str, moment: Moment, then: str | None = None
    ) -> None:
        verb, when = ("held", f" at {then}") if then else ("holds", "")
        held = [f"{name} {verb} {has}" for name, has in moment.stages.items() if has]
        there = f"; {', '.join(sorted(held))}" if held else ""
        super().__init__(f"stage {stage} of {model} {verb} nothing{when}{there}")


@dataclass(frozen=True, slots=True)
class Overview:
    """All models at one time.

    Attributes:
        models: What there was of each, by name in alphabetical order.
        ignored: How many tags have a registry's name but are no event.
        first: When the first event of all was, in seconds since 1970, whatever time was
            asked about; None if there is none.
    """

    models: Mapping[str, Moment]
    ignored: int
    first: int | None = None

    @property
    def stages(self) -> tuple[str, ...]:
        """Every stage that ever held something, by name."""
        return tuple(
            sorted({stage for now in self.models.values() for stage in now.stages})
        )


def overview(store: Store, at: int | None = None) -> Overview:
    """Return every model that had an event.

    Args:
        store: The registry.
        at: What was known at this instant, in seconds since 1970; by default now.

    Raises:
        ShallowCloneError: Tags may be missing.
        GitFailedError: git failed.
    """
    found, ignored, began = {}, 0, []
    for tagged, rows in sorted(_all(store).items()):
        lost, *changes = rows.split("\t")
        ignored += int(lost)
        began += [_since(row) for row in changes[:1]]
        row = _row(changes, at)
        if row is not None:
            found[tagged.replace("=", ":")] = Moment.parse(row)
    return Overview(found, ignored, min(began, default=None))


@dataclass(frozen=True, slots=True)
class Found:
    """One model at one time.

    Attributes:
        moment: What there was; None if there was nothing.
        ignored: How many tags have the model's name but are no event.
    """

    moment: Moment | None
    ignored: int = 0


def look_up(store: Store, model: str, at: int | None = None) -> Found:
    """Return what one model was.

    Raises:
        ShallowCloneError: Tags may be missing.
        GitFailedError: git failed.
    """
    store.check()
    tagged = model.replace(":", "=")
    names = store.tags(grammar.prefixes(model))
    tags = {tag: oid for tag, oid in names.items() if memo.group(tag) == tagged}
    if not tags:
        return Found(None)
    text = memo.load(_file(store)) if store.indexed else ""
    rows = memo.find(text, tagged, memo.key(tags))
    if rows is None:
        derived = _derive(store, {tagged: tags}, every=False)
        _save(store, {**memo.every(text), **derived.lasting})
        rows = derived.memos[tagged][1].split("\t")
    row = _row(rows[1:], at)
    return Found(None if row is None else Moment.parse(row), int(rows[0]))


def _all(store: Store) -> Mapping[str, str]:
    """Return the rows of every model, deriving those whose tags have changed."""
    store.check()
    groups = _grouped(store.tags())
    known = memo.every(memo.load(_file(store))) if store.indexed else {}
    rows: dict[str, str] = {}
    changed: dict[str, Mapping[str, str]] = {}
    for tagged, tags in groups.items():
        key, found = known.get(tagged, ("", ""))
        if key == memo.key(tags):
            rows[tagged] = found
        else:
            changed[tagged] = tags
    derived = _derive(store, changed, every=len(changed) == len(groups))
    if changed or len(known) > len(groups):
        kept = {tagged: known[tagged] for tagged in rows}
        _save(store, {**kept, **derived.lasting})
    return rows | {tagged: found for tagged, (_, found) in derived.memos.items()}


def _grouped(names: Mapping[str, str]) -> Groups:
    groups: dict[str, dict[str, str]] = {}
    for tag, oid in names.items():
        if tagged := memo.group(tag):
            groups.setdefault(tagged, {})[tag] = oid
    return groups


@dataclass(frozen=True, slots=True)
class _Derived:
    """What was read of tag objects.

    Attributes:
        memos: By model.
        damaged: Models of which an object is missing; it may be fetched.
    """

    memos: _Memos
    damaged: frozenset[str] = frozenset()

    @property
    def lasting(self) -> _Memos:
        """The memos that can be kept."""
        found = self.memos.items()
        return {tagged: rows for tagged, rows in found if tagged not in self.damaged}


def _derive(store: Store, groups: Groups, *, every: bool) -> _Derived:
    if not groups:
        return _Derived({})
    names = {tag: oid for tags in groups.values() for tag, oid in tags.items()}
    read = store.said_by(names, every=every)
    lost = Counter(memo.group(found.tag) for found in read.ignored)
    missing = (found.tag for found in read.ignored if found.why == "missing")
    memos = {}
    for tagged, tags in groups.items():
        model = tagged.replace("=", ":")
        changes = moments(model, order(read.events.get(model, ())))
        rows = [str(lost[tagged]), *(change.row for change in changes)]
        memos[tagged] = (memo.key(tags), "\t".join(rows))
    return _Derived(memos, frozenset(map(memo.group, missing)))


def _row(rows: Sequence[str], at: int | None) -> str | None:
    """Return the last row that counts from an instant or before."""
    if at is not None:
        rows = [row for row in rows if _since(row) <= at]
    return rows[-1] if rows else None


def _since(row: str) -> int:
    return int(row.partition(" ")[0])


def _file(store: Store) -> str:
    return memo.path(os.fspath(store.place.common))


def _save(store: Store, memos: _Memos) -> None:
    if store.indexed:
        content = memo.write(memos).encode("utf-8", "surrogateescape")
        keep(Path(_file(store)), content)

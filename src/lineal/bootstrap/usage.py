"""Gather where something went, over all versions that ever were."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lineal.bootstrap.shelf import Shelf
from lineal.doors import tree
from lineal.doors.foreign import Foreign
from lineal.doors.git import Git
from lineal.errors import LinealError, RefusedError
from lineal.lineage.pedigree import Pedigree, reached
from lineal.lineage.records import Stage
from lineal.lineage.usage import Asked, Impact, Usage, Use, starts
from lineal.registry.history import replay
from lineal.registry.index import Index
from lineal.registry.order import Dated, order
from lineal.registry.periods import Period, periods
from lineal.registry.reader import EmptyRegistryError, Reader
from lineal.registry.version import Version


class UnusedError(RefusedError):
    """Nothing that was ever registered was made with it."""

    def __init__(self, asked: Sequence[Asked], searched: int) -> None:
        kinds = " or ".join(dict.fromkeys(each.kind for each in asked))
        super().__init__(
            f"no version was made with a {kinds} {asked[0].name!r}"
            f"{_valued(asked[0])}, of {searched} that were searched: `lineal lineage "
            "MODEL@VERSION` shows what one was made with"
        )


@dataclass(frozen=True, slots=True)
class _Held:
    """A version, or a commit that a stage held without one.

    Attributes:
        model: Its model.
        version: None for a commit that nobody registered.
        commit: What it names.
        since: When it was registered.
        withdrawn: Whether it was taken back.
        periods: When stages held it.
    """

    model: str
    version: Version | None
    commit: str
    since: int | None
    withdrawn: bool
    periods: tuple[Period, ...]


def search(reader: Reader, asked: Sequence[Asked], model: str | None = None) -> Usage:
    """Find the versions that something reached.

    Args:
        reader: The registry.
        asked: What it may be; the first that went into anything counts.
        model: Only versions of this model.

    Raises:
        UnusedError: Nothing was made with any of it.
        UnknownModelError: There is no such model.
        EmptyRegistryError: There is no model.
        OutsideError: Git failed.
    """
    git = reader.store.place.git
    if isinstance(git, Foreign):
        git.fill()  # one request instead of some for each version
    held = tuple(_everything(reader, model))
    index = Index(reader.store.place.own / "listed" if reader.store.indexed else None)
    shelf = Shelf.open(git, {(one.model, one.commit) for one in held}, index)
    for one in asked:
        found = tuple(_uses(shelf, one, held))
        if found:
            return Usage(
                asked=one,
                uses=found,
                impact=tuple(_impacts(git, one, {use.model for use in found})),
                searched=len(held),
                notes=shelf.notes,
            )
    raise UnusedError(asked, len(held))


def _everything(reader: Reader, model: str | None) -> Iterator[_Held]:
    """List all versions of all models, each model's oldest first."""
    events = reader.store.read(model).events
    if not events:
        raise reader.unknown(model) if model else EmptyRegistryError
    for name in sorted(events):
        yield from _of_model(name, order(events[name]))


def _of_model(model: str, events: Sequence[Dated]) -> Iterator[_Held]:
    spans: dict[tuple[Version | None, str], list[Period]] = {}
    for period in periods(model, events):
        key = (period.holder.version, period.holder.commit)
        spans.setdefault(key, []).append(period)
    for one in replay(model, events).versions:
        key = (one.version, one.commit)
        given = one.registered.stamp.time if one.registered else None
        held = tuple(spans.pop(key, ()))
        yield _Held(model, *key, given, not one.active, held)
    for key, rest in spans.items():
        yield _Held(model, *key, None, withdrawn=False, periods=tuple(rest))


def _uses(shelf: Shelf, asked: Asked, held: Iterable[_Held]) -> Iterator[Use]:
    for one in held:
        found = shelf.matches(asked, one.model, one.commit)
        if found:
            yield Use(
                model=one.model,
                version=one.version,
                commit=one.commit,
                since=one.since,
                withdrawn=one.withdrawn,
                matches=found,
                periods=one.periods,
            )


def _impacts(git: Git, asked: Asked, models: Iterable[str]) -> Iterator[Impact]:
    """Say which stages of the newest commit a change would run again."""
    try:
        head = tree.resolve(git, "HEAD")
    except LinealError:  # there may be none, as in a bare repository
        return
    shelf = Shelf.open(git, {(model, head) for model in models})
    for model in sorted(models):
        made = shelf.library.pedigree(model, head)
        if made is None or not shelf.matches(asked, model, head):
            continue
        first = starts(asked, made.stages) or tuple(_telling(shelf, head, asked, made))
        after = reached(made.stages, (out.path for one in first for out in one.outs))
        names = {stage.name for stage in (*first, *after)}
        yield Impact(model, tuple(s.name for s in made.stages if s.name in names))


def _telling(
    shelf: Shelf, commit: str, asked: Asked, made: Pedigree
) -> Iterator[Stage]:
    """Find the first stage that names something in an output that Git keeps."""
    needle = json.dumps(asked.name).encode()
    for stage in made.stages:
        texts = shelf.texts(commit, (out.path for out in stage.outs))
        if any(needle in text for text in texts):
            yield stage
            return


def _valued(asked: Asked) -> str:
    return "" if asked.value is None else f" of {asked.value!r}"

"""The registry as the source of SQL tables, read once and only as far as asked."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeVar

from lineal.doors.foreign import Foreign
from lineal.registry.evidence import Evidence, Key, gather
from lineal.registry.order import order
from lineal.registry.periods import Period, periods
from lineal.registry.reader import EmptyRegistryError, Reader
from lineal.registry.state import ModelState
from lineal.registry.tables import Source

_T = TypeVar("_T")


def source(reader: Reader) -> Source:
    """Return what tables are made of.

    Each part raises EmptyRegistryError where there is no tag of a registry: an empty
    answer from a clone without tags would be a lie.
    """
    states = cache(lambda: _some(reader, reader.models()))
    return Source(
        states=states,
        entries=cache(lambda: _some(reader, reader.journal())),
        periods=lambda: _some(reader, tuple(_held(reader))),
        evidence=cache(lambda: _evidence(reader, states())),
    )


def _some(reader: Reader, found: tuple[_T, ...]) -> tuple[_T, ...]:
    """Return what was found, unless that is nothing because there are no tags."""
    if not found and not reader.store.models():
        raise EmptyRegistryError
    return found


def _held(reader: Reader) -> Iterator[tuple[str, Period]]:
    """Go through what the stages of every model held."""
    for model, events in sorted(reader.store.read().events.items()):
        for period in periods(model, order(events)):
            yield model, period


def _evidence(reader: Reader, states: Iterable[ModelState]) -> dict[Key, Evidence]:
    git = reader.store.place.git
    if isinstance(git, Foreign):
        git.fill()  # one request instead of some for each version
    keys = ((s.model, version.commit) for s in states for version in s.versions)
    return gather(reader.store, keys)

"""The registry as tables of SQL: their columns, and their rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from lineal.registry.brief import PREVIOUS
from lineal.registry.events import (
    Assigned,
    Deprecated,
    Event,
    Registered,
    Unassigned,
    Withdrawn,
)
from lineal.registry.evidence import Evidence, Key
from lineal.registry.periods import Period
from lineal.registry.reader import Entry
from lineal.registry.state import ModelState, VersionState

Value = str | int | float | None
Row = tuple[Value, ...]
_BIGGEST = 2**63 - 1  # what SQLite can count to

_WORDS: Mapping[type[Event], str] = {
    Registered: "registration",
    Withdrawn: "deregistration",
    Assigned: "assignment",
    Unassigned: "unassignment",
    Deprecated: "deprecation",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from; each is only asked for the tables that a query names.

    Attributes:
        states: Every model.
        entries: The journal, newest first.
        periods: What each model's stages held.
        evidence: What is committed with each version.
    """

    states: Callable[[], Iterable[ModelState]]
    entries: Callable[[], Iterable[Entry]]
    periods: Callable[[], Iterable[tuple[str, Period]]]
    evidence: Callable[[], Mapping[Key, Evidence]]


def rows(table: str, source: Source) -> Iterator[Row]:
    """Return the rows of a table."""
    return _ROWS[table](source)


def _versions(source: Source) -> Iterator[Row]:
    said = {e.event.stamp.id: e for e in source.entries()}
    for state in source.states():
        newest = state.newest
        for version in state.versions:
            given = version.registered
            entry = said.get(given.stamp.id) if given else None
            yield _version(state, version, entry, newest=version is newest)


def _version(
    state: ModelState, version: VersionState, entry: Entry | None, *, newest: bool
) -> Row:
    message = entry.tag.message if entry else None
    size = message.get("Model-Size") if message else None
    end = version.deprecated.end if version.deprecated else None
    gone = version.withdrawn
    return (
        state.model,
        str(version.version),
        version.commit,
        _iso(entry.since) if entry else None,
        entry.tag.actor.name if entry else None,
        entry.tag.actor.email if entry else None,
        message.get("Reason") if message else None,
        entry.event.stamp.tag if entry else None,
        int(version.active),
        _iso(gone.stamp.time) if gone else None,
        int(version.deprecated is not None or state.deprecated is not None),
        None if end is None else _iso(end),
        int(size) if size and size.isdecimal() else None,
        int(newest),
    )


def _events(source: Source) -> Iterator[Row]:
    entries = tuple(source.entries())
    for position, entry in zip(range(len(entries), 0, -1), entries, strict=True):
        event, stamp, message = entry.event, entry.event.stamp, entry.tag.message
        yield (
            event.model,
            _WORDS[type(event)],
            _text(entry.version),
            getattr(event, "stage", None),
            _iso(stamp.time),
            _within(stamp.time),
            entry.tag.actor.name,
            entry.tag.actor.email,
            message.get("Reason"),
            message.subject,
            int(isinstance(event, Assigned) and event.rollback),
            None if stamp.serial is None else _within(stamp.serial),
            stamp.tag,
            stamp.id,
            stamp.commit,
            message.get(PREVIOUS),
            position,
        )


def _stages(source: Source) -> Iterator[Row]:
    for model, period in source.periods():
        holder, ended = period.holder, period.ended
        yield (
            model,
            holder.assigned.stage,
            _text(holder.version),
            holder.commit,
            _iso(period.began.since),
            _iso(ended.since) if ended else None,
            int(ended is None),
            holder.assigned.stamp.tag,
            int(holder.assigned.rollback),
        )


def _known(source: Source) -> Iterator[tuple[str, str, Evidence]]:
    """Pair each version with its evidence."""
    evidence = source.evidence()
    for state in source.states():
        for found in state.versions:
            key = (state.model, found.commit)
            yield state.model, str(found.version), evidence[key]


def _metrics(source: Source) -> Iterator[Row]:
    for model, version, found in _known(source):
        for metric, value in found.metrics.items():
            yield (model, version, metric, value)


def _params(source: Source) -> Iterator[Row]:
    for model, version, found in _known(source):
        for name, value in found.params.items():
            yield (model, version, name, value, "card.json")
        for name, value in found.made.params:
            yield (model, version, name, value, "dvc.lock")


def _features(source: Source) -> Iterator[Row]:
    for model, version, found in _known(source):
        for feature, kind in found.features.items():
            yield (model, version, feature, kind or None)


def _inputs(source: Source) -> Iterator[Row]:
    for model, version, found in _known(source):
        for item in found.made.inputs:
            size = None if item.size is None else _within(item.size)
            yield (model, version, item.path, item.md5 or None, size)


_ROWS: Mapping[str, Callable[[Source], Iterator[Row]]] = {
    "versions": _versions,
    "events": _events,
    "stages": _stages,
    "metrics": _metrics,
    "params": _params,
    "features": _features,
    "inputs": _inputs,
}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _within(number: int) -> int:
    """Hold a number that somebody wrote into a tag within what SQLite can count."""
    return max(-_BIGGEST, min(number, _BIGGEST))


def _iso(seconds: int) -> str:
    """Write an instant that sorts as text; years that no calendar has are cut off."""
    held = max(0, min(seconds, 253_402_300_799))  # the end of 9999
    return datetime.fromtimestamp(held, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

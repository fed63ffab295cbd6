"""The journal of a registry, as text and as JSON."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Any

from lineal.registry.events import (
    Assigned,
    Deprecated,
    Event,
    Registered,
    Unassigned,
    Withdrawn,
)
from lineal.registry.journal import Entry
from lineal.reporting.screen import FORMAT, Screen, dump
from lineal.reporting.signs import shorten, visible, wrap
from lineal.reporting.times import day, local, utc

_INDENT = "    "
_REASON = 400  # columns of a reason; some paste a report
_WIDE = 10_000
# The words of people, and of GTO.
_WORDS: dict[type[Event], tuple[str, str]] = {
    Registered: ("registered", "registration"),
    Withdrawn: ("withdrawn", "deregistration"),
    Assigned: ("assigned to", "assignment"),
    Unassigned: ("unassigned from", "unassignment"),
    Deprecated: ("deprecated", "deprecation"),
}


def as_text(entries: Iterable[Entry], zone: tzinfo, screen: Screen) -> str:
    """Lay out two lines an event: what happened, and by whom and why."""
    lines = (line for entry in entries for line in _lines(entry, zone, screen))
    return "".join(f"{line}\n" for line in lines)


def as_json(entries: Iterable[Entry], *, at: int | None) -> str:
    """Write the same facts for programs."""
    events = [_facts(entry) for entry in entries]
    return dump({"format": FORMAT, "at": utc(at), "events": events})


def _lines(entry: Entry, zone: tzinfo, screen: Screen) -> Iterator[str]:
    width = screen.width or _WIDE
    for line in _wrapped(_what(entry, zone), width):
        yield f"\x1b[1m{line}\x1b[0m" if screen.colour else line
    reason = shorten(visible(entry.reason), _REASON)
    said = f"{entry.event.stamp.tag} by {visible(_actor(entry))}"
    yield from _wrapped(
        f"{_INDENT}{said}: {reason}" if reason else _INDENT + said, width
    )


def _what(entry: Entry, zone: tzinfo) -> str:
    event = entry.event
    version = str(entry.version or "")
    if not version and isinstance(event, Assigned | Unassigned):
        version = event.stamp.commit[:7]
    words = (event.model, version, _WORDS[type(event)][0], getattr(event, "stage", ""))
    said = " ".join(word for word in words if word)
    marks = "".join(f" ({mark})" for mark in _marks(entry, zone))
    return f"{local(entry.since, zone)}  {said}{marks}"


def _marks(entry: Entry, zone: tzinfo) -> Iterator[str]:
    event = entry.event
    if isinstance(event, Assigned) and event.rollback:
        yield "rollback"
    if isinstance(event, Deprecated) and event.end is not None:
        yield f"ends {day(event.end, zone)}"
    if not entry.in_order:
        yield f"the tagger's clock said {local(event.stamp.time, zone)}"


def _actor(entry: Entry) -> str:
    actor = entry.tag.actor
    return str(actor) if actor.name and actor.email else actor.name or actor.email


def _wrapped(line: str, width: int) -> Iterator[str]:
    """Break a line; what follows is indented, as is what is under it."""
    if len(line) <= width or width <= 2 * len(_INDENT):
        yield line
        return
    indent = _INDENT if line.startswith(_INDENT) else ""
    room = width - len(_INDENT)
    for place, part in enumerate(wrap(line.strip(" "), room)):
        yield (_INDENT if place else indent) + part


def _facts(entry: Entry) -> dict[str, Any]:
    event, actor = entry.event, entry.tag.actor
    return {
        "time": utc(entry.since),
        "model": event.model,
        "event": _WORDS[type(event)][1],
        "version": str(entry.version) if entry.version else None,
        "stage": getattr(event, "stage", None),
        "commit": event.stamp.commit,
        "by": {"name": actor.name, "email": actor.email},
        "reason": entry.reason or None,
        "rollback": isinstance(event, Assigned) and event.rollback,
        "end_of_life": utc(getattr(event, "end", None)),
        "tag": event.stamp.tag,
        "id": event.stamp.id,
        "tagged": utc(event.stamp.time),
        "in_order": entry.in_order,
    }

"""The journal of a registry, as text and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
from lineal.registry.identities import Identity
from lineal.registry.journal import Entry
from lineal.reporting import people
from lineal.reporting.screen import FORMAT, Screen, dump
from lineal.reporting.signs import shorten, visible, wrap
from lineal.reporting.times import day, local, utc

_INDENT = "    "
_REASON = 400  # columns of a reason; some paste a report
_WIDE = 10_000
_BYPASS = "Bypass"  # the trailer of promotions that the rules refused
# The words of people, and of GTO.
_WORDS: dict[type[Event], tuple[str, str]] = {
    Registered: ("registered", "registration"),
    Withdrawn: ("withdrawn", "deregistration"),
    Assigned: ("assigned to", "assignment"),
    Unassigned: ("unassigned from", "unassignment"),
    Deprecated: ("deprecated", "deprecation"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A part of the journal, and who made it.

    Attributes:
        entries: What happened, newest first.
        makers: Who made each tag, as far as that is proven, by object id.
    """

    entries: tuple[Entry, ...]
    makers: Mapping[str, Identity]

    def maker(self, entry: Entry) -> Identity:
        """Return who made an entry."""
        return self.makers[entry.event.stamp.id]


def as_text(told: Told, zone: tzinfo, screen: Screen) -> str:
    """Lay out two lines an event: what happened, and by whom and why."""
    lines = (line for each in told.entries for line in _lines(told, each, zone, screen))
    return "".join(f"{line}\n" for line in lines)


def as_json(told: Told, *, at: int | None) -> str:
    """Write the same facts for programs."""
    events = [_facts(entry, told.maker(entry)) for entry in told.entries]
    return dump({"format": FORMAT, "at": utc(at), "events": events})


def _lines(told: Told, entry: Entry, zone: tzinfo, screen: Screen) -> Iterator[str]:
    width = screen.width or _WIDE
    for line in _wrapped(_what(entry, zone), width):
        yield f"\x1b[1m{line}\x1b[0m" if screen.colour else line
    reason = shorten(visible(entry.reason), _REASON)
    who = visible(people.titled(entry.tag.actor, told.maker(entry)))
    said = f"{entry.event.stamp.tag} by {who}"
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
    if _bypass(entry):
        yield "the rules were bypassed"
    if isinstance(event, Deprecated) and event.end is not None:
        yield f"ends {day(event.end, zone)}"
    if not entry.in_order:
        yield f"the tagger's clock said {local(event.stamp.time, zone)}"


def _bypass(entry: Entry) -> str | None:
    """Return who says to have bypassed the rules, and why."""
    if not isinstance(entry.event, Assigned):
        return None
    return entry.tag.message.get(_BYPASS)


def _wrapped(line: str, width: int) -> Iterator[str]:
    """Break a line; what follows is indented, as is what is under it."""
    if len(line) <= width or width <= 2 * len(_INDENT):
        yield line
        return
    indent = _INDENT if line.startswith(_INDENT) else ""
    room = width - len(_INDENT)
    for place, part in enumerate(wrap(line.strip(" "), room)):
        yield (_INDENT if place else indent) + part


def _facts(entry: Entry, maker: Identity) -> dict[str, Any]:
    event = entry.event
    return {
        "time": utc(entry.since),
        "model": event.model,
        "event": _WORDS[type(event)][1],
        "version": str(entry.version) if entry.version else None,
        "stage": getattr(event, "stage", None),
        "commit": event.stamp.commit,
        "by": people.facts(entry.tag.actor, maker),
        "reason": entry.reason or None,
        "rollback": isinstance(event, Assigned) and event.rollback,
        "bypass": _bypass(entry),
        "end_of_life": utc(getattr(event, "end", None)),
        "tag": event.stamp.tag,
        "id": event.stamp.id,
        "tagged": utc(event.stamp.time),
        "in_order": entry.in_order,
    }

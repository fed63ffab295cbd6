"""The order in which things happened: by serial, not by anybody's clock.

GTO counts serials per model over all its stages, so they order a model's events.
"Simple" tags carry none; they are placed by their time. So are ends of single versions'
lives: GTO does not read their names, so it gives their numbers away once more. A clock that was behind cannot
pull a later serial before an earlier one: an event counts as having happened no earlier
than every event of a lower serial.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from lineal.registry.events import Deprecated, Event

_KEY = attrgetter("key")


@dataclass(frozen=True, slots=True)
class Dated:
    """An event with the instant from which it counts.

    Attributes:
        since: Seconds since 1970; at least the tagger's, and never before the instant
            of an event with a lower serial.
        event: What happened.
    """

    since: int
    event: Event

    @property
    def key(self) -> tuple[int, int, str]:
        """What sorts it; "simple" tags come first within a second."""
        stamp = self.event.stamp
        return (self.since, stamp.serial or 0, stamp.tag)


def _by_serial(event: Event) -> tuple[int, int, str]:
    stamp = event.stamp
    return (stamp.serial or 0, stamp.time, stamp.tag)


def _is_unknown_to_gto(event: Event) -> bool:
    return isinstance(event, Deprecated) and event.version is not None


def order(events: Iterable[Event]) -> tuple[Dated, ...]:
    """Put the events of one model in the order in which they happened."""
    dated: list[Dated] = []
    counted: list[Event] = []
    for event in events:
        if event.stamp.serial is None or _is_unknown_to_gto(event):
            dated.append(Dated(event.stamp.time, event))
        else:
            counted.append(event)
    latest: int | None = None
    for event in sorted(counted, key=_by_serial):
        time = event.stamp.time
        latest = time if latest is None or time > latest else latest
        dated.append(Dated(latest, event))
    dated.sort(key=_KEY)
    return tuple(dated)


def until(ordered: Sequence[Dated], instant: int | None) -> Sequence[Dated]:
    """Return what had happened at an instant, that second included; None: all."""
    if instant is None:
        return ordered
    return ordered[: bisect_right(ordered, instant, key=attrgetter("since"))]

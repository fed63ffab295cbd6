"""What happened to one model, told event by event, and a registry that holds it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from helpers.sandbox import START
from lineal.doors.git import Git
from lineal.doors.location import Location
from lineal.registry.events import (
    Assigned,
    Deprecated,
    Event,
    Registered,
    Stamp,
    Unassigned,
    Withdrawn,
)
from lineal.registry.order import Dated, order
from lineal.registry.reader import Reader
from lineal.registry.store import Snapshot, Store
from lineal.registry.tagobject import TagObject
from lineal.registry.version import Version

MODEL = "churn"


def v(number: int) -> Version:
    """Return a version such as v3.0.0."""
    return Version(number, 0, 0)


def commit(number: int) -> str:
    """Return a commit's id, as the nth version has it."""
    return f"{number:040}"


@dataclass(frozen=True, slots=True)
class Shelf(Store):
    """A store without Git, which holds events as they are."""

    told: tuple[Event, ...] = ()

    def read(self, model: str | None = None) -> Snapshot:
        """Return the events of its one model."""
        mine = self.told if model in {None, MODEL} else ()
        return Snapshot({MODEL: mine} if mine else {}, ())

    def tags(self, prefixes: Iterable[str] = ("",)) -> dict[str, str]:
        """Return the tags that the events are of."""
        found = {event.stamp.tag: event.stamp.id for event in self.told}
        return {t: oid for t, oid in found.items() if t.startswith(tuple(prefixes))}

    def objects(self, ids: Iterable[str]) -> dict[str, TagObject]:
        """Return none: events have no messages."""
        del ids
        return {}


@dataclass(slots=True)
class Tale:
    """A model's history in the making; each method is what happens next.

    Versions are numbers: 3 is v3.0.0, which is at the third commit unless another is
    named.
    """

    events: list[Event] = field(default_factory=list)

    @classmethod
    def of(cls, *numbers: int) -> "Tale":
        """Begin with some versions registered."""
        made = cls()
        for number in numbers:
            made.register(number)
        return made

    @property
    def ordered(self) -> tuple[Dated, ...]:
        """The events in the order in which they happened."""
        return order(self.events)

    @property
    def reader(self) -> Reader:
        """A registry that holds them."""
        return self.reader_in(Path("nowhere"))

    @property
    def latest(self) -> Event:
        """What happened last."""
        return self.events[-1]

    def reader_in(self, folder: Path) -> Reader:
        """Return a registry that holds them, in a repository that has the files."""
        place = Location(Git(folder), folder, False, "sha1", False)  # noqa: FBT003
        return Reader(Shelf(place, told=tuple(self.events)))

    def register(self, number: int, *, at: int | None = None) -> "Tale":
        """Give a commit a version."""
        stamp = self._stamp(f"@{v(number)}", at or number, simple=True)
        return self._then(Registered(stamp, MODEL, v(number)))

    def withdraw(self, number: int, *, at: int | None = None) -> "Tale":
        """Take a version back."""
        stamp = self._stamp(f"@{v(number)}!", at or number, simple=True)
        return self._then(Withdrawn(stamp, MODEL, v(number)))

    def promote(
        self, number: int, *, at: int | None = None, stage: str = "prod"
    ) -> "Tale":
        """Assign a version, as lineal does, which names it."""
        return self._assign(number, at or number, stage, rollback=False)

    def back(self, number: int, *, stage: str = "prod") -> "Tale":
        """Assign a version as a rollback."""
        return self._assign(number, number, stage, rollback=True)

    def assign(self, number: int, *, stage: str = "prod") -> "Tale":
        """Assign a commit, as gto does, which names no version."""
        stamp = self._stamp(f"#{stage}", number)
        return self._then(Assigned(stamp, MODEL, stage))

    def unassign(
        self, number: int, *, stage: str = "prod", violation: str | None = None
    ) -> "Tale":
        """End the holds of a commit, as gto does; perhaps one that broke the rules."""
        stamp = self._stamp(f"#{stage}!", number)
        return self._then(Unassigned(stamp, MODEL, stage, violation=violation))

    def deprecate(self, number: int | None = None, *, end: int | None = None) -> "Tale":
        """Give up a version, or the model."""
        stamp = self._stamp("@deprecated", number or 1)
        version = v(number) if number else None
        return self._then(Deprecated(stamp, MODEL, version, end))

    def _assign(self, number: int, at: int, stage: str, *, rollback: bool) -> "Tale":
        stamp = self._stamp(f"#{stage}", at)
        return self._then(Assigned(stamp, MODEL, stage, v(number), rollback))

    def _stamp(self, what: str, at: int, *, simple: bool = False) -> Stamp:
        number = len(self.events) + 1
        serial = None if simple else number
        tag = f"{MODEL}{what}" if simple else f"{MODEL}{what}#{number}"
        return Stamp(tag, f"t{number:039}", commit(at), START + number, serial)

    def _then(self, event: Event) -> "Tale":
        self.events.append(event)
        return self

"""The journal: what happened, by whom and why."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lineal.errors import BadInputError, RefusedError
from lineal.registry.events import Event
from lineal.registry.history import Fold, version_of
from lineal.registry.order import Dated, order, until
from lineal.registry.store import MissingObjectError, Store
from lineal.registry.tagobject import TagObject
from lineal.registry.version import Version

REASON = "Reason"
# What gto writes when nobody says why, and lineal of a registration.
_ROUTINE = re.compile(
    r"(?:Registering|Deregistering) artifact \S+ version \S+"
    r"|(?:Assigning|Unassigning) stage \S+ to artifact \S+ (?:version|commit) \S+"
    r"|Deprecating artifact \S+"
    r"|Register \S+ v\S+"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal.

    Attributes:
        since: From when it counts, in seconds since 1970 (see `order`).
        event: What happened.
        version: The version it is about, None if its commit has none.
        tag: The tag's object: who, when by their clock, and the message.
    """

    since: int
    event: Event
    version: Version | None
    tag: TagObject

    @property
    def reason(self) -> str:
        """Why: the `Reason` trailer, else the subject, if somebody thought of one."""
        message = self.tag.message
        said = message.get(REASON)
        if said is not None:
            return said
        subject = message.subject
        routine = _ROUTINE.fullmatch(subject) or subject == self.event.stamp.tag
        return "" if routine else subject

    @property
    def in_order(self) -> bool:
        """Whether the tagger's clock agrees with the order of the serials."""
        return self.since == self.event.stamp.time


@dataclass(frozen=True, slots=True)
class Asked:
    """What part of the journal somebody wants; instants are seconds since 1970.

    Attributes:
        model: Only this one's.
        stage: Only this stage's assignments and unassignments.
        since: Only what counts from this instant on.
        until: Only what counts up to this instant.
        at: As it was known at this instant.
        limit: Only so many, the newest.
    """

    model: str | None = None
    stage: str | None = None
    since: int | None = None
    until: int | None = None
    at: int | None = None
    limit: int | None = None

    def includes(self, dated: Dated) -> bool:
        """Tell whether an event is wanted."""
        return (
            (self.stage is None or getattr(dated.event, "stage", None) == self.stage)
            and (self.since is None or dated.since >= self.since)
            and (self.until is None or dated.since <= self.until)
        )


EVERYTHING = Asked()


class NothingHappenedError(RefusedError):
    """The journal has nothing of what was asked for."""

    def __init__(self, asked: Asked, spell: Callable[[int], str]) -> None:
        parts = (
            ("to", asked.model),
            ("in stage", asked.stage),
            ("from", None if asked.since is None else spell(asked.since)),
            ("up to", None if asked.until is None else spell(asked.until)),
            ("as known at", None if asked.at is None else spell(asked.at)),
        )
        what = "".join(f" {word} {said}" for word, said in parts if said)
        way = "leave out --stage, or " if asked.stage else ""
        super().__init__(f"nothing happened{what}: {way}ask for a longer time")


class BackwardsError(BadInputError):
    """The time that was asked about ends before it begins."""

    def __init__(self, since: str, until: str) -> None:
        super().__init__(f"--since {since} is later than --until {until}: swap them")


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A part of the journal.

    Attributes:
        entries: What happened, newest first.
        models: How many models had an event at any time, of those asked about.
        ignored: How many tags have a registry's name but are no event.
    """

    entries: tuple[Entry, ...]
    models: int
    ignored: int


def chronicle(store: Store, asked: Asked) -> Chronicle:
    """Read a part of the journal.

    Raises:
        ShallowCloneError: Tags may be missing.
        MissingObjectError: The repository is damaged.
        GitFailedError: git failed.
    """
    read = store.read(asked.model)
    found = [
        (dated, version)
        for name, events in read.events.items()
        for dated, version in _versioned(name, until(order(events), asked.at))
        if asked.includes(dated)
    ]
    found.sort(key=lambda pair: pair[0].key, reverse=True)
    found = found[: asked.limit]
    tags = store.objects(dated.event.stamp.id for dated, _ in found)
    for dated, _ in found:
        if dated.event.stamp.id not in tags:  # only the index knows it
            raise MissingObjectError(dated.event.stamp.tag)
    entries = tuple(
        Entry(dated.since, dated.event, version, tags[dated.event.stamp.id])
        for dated, version in found
    )
    return Chronicle(entries, len(read.events), len(read.ignored))


def _versioned(
    model: str, ordered: Iterable[Dated]
) -> Iterable[tuple[Dated, Version | None]]:
    """Say of each event which version it is about, as the whole history tells it."""
    events = tuple(ordered)
    fold = Fold(model)
    for dated in events:
        fold.add(dated)
    return ((dated, version_of(dated.event, fold)) for dated in events)

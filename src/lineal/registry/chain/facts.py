"""What the rules are told of a registry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lineal.registry import grammar
from lineal.registry.brief import PREVIOUS
from lineal.registry.chain.finding import Finding, Severity, day
from lineal.registry.events import Assigned, Event, Unassigned
from lineal.registry.order import Dated, order
from lineal.registry.tagobject import TagObject


@dataclass(frozen=True, slots=True)
class Link:
    """An event, with what its tag says beside it.

    Attributes:
        dated: The event, and from when it counts.
        tag: Its object.
        previous: Object id of the tag that it says it follows; plain GTO says none.
        counted: Whether lineal wrote it, which counts on from what everybody has.
    """

    dated: Dated
    tag: TagObject
    previous: str | None = None
    counted: bool = False

    @property
    def event(self) -> Event:
        """What happened."""
        return self.dated.event

    @property
    def name(self) -> str:
        """The tag's name."""
        return self.event.stamp.tag

    @property
    def id(self) -> str:
        """Object id of the tag."""
        return self.event.stamp.id

    @property
    def serial(self) -> int | None:
        """GTO's counter."""
        return self.event.stamp.serial

    @property
    def time(self) -> int:
        """When, by the tagger's clock."""
        return self.event.stamp.time

    @property
    def stage(self) -> str | None:
        """The stage that it is about; None for versions and models."""
        event = self.event
        return event.stage if isinstance(event, Assigned | Unassigned) else None

    @property
    def signature(self) -> str:
        """Who made it, and when."""
        return made_by(self.tag)

    def finding(self, rule: str, severity: Severity, sentence: str) -> Finding:
        """Say something about it."""
        return Finding(
            rule, severity, self.name, sentence, str(self.tag.actor), self.time
        )


@dataclass(frozen=True)
class Line:
    """A model's links, in the order in which they happened.

    Attributes:
        model: Its name.
        links: All of them.
        taken: Serials that tags have which are no events, such as lightweight ones.
    """

    model: str
    links: Sequence[Link]
    taken: frozenset[int] = frozenset()

    @cached_property
    def stages(self) -> Mapping[str | None, Sequence[Link]]:
        """The links of each stage; those of no stage under None."""
        found: dict[str | None, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.stage, []).append(link)
        return found

    @cached_property
    def numbered(self) -> Sequence[Link]:
        """The links that have a serial, by that serial."""
        found = [link for link in self.links if link.serial is not None]
        return sorted(found, key=lambda link: (link.serial or 0, link.time, link.name))

    @cached_property
    def followed(self) -> Mapping[str, Sequence[Link]]:
        """The links that follow each object id."""
        found: dict[str, list[Link]] = {}
        for link in self.links:
            if link.previous is not None:
                found.setdefault(link.previous, []).append(link)
        return found


@dataclass(frozen=True)
class Facts:
    """All that the rules may look at.

    Attributes:
        lines: The models.
        ids: Object id of every tag of theirs, by name; those that are no events too.
        now: Seconds since 1970.
        lost: Objects that are no event any more and that Git still has, by object id.
        committed: When each commit was committed, in seconds since 1970; those that
            are not there are left out.
    """

    lines: Sequence[Line]
    ids: Mapping[str, str]
    now: int
    lost: Mapping[str, TagObject] = field(default_factory=dict)
    committed: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def held(self) -> frozenset[str]:
        """The object ids of all events."""
        return frozenset(link.id for line in self.lines for link in line.links)

    @cached_property
    def strays(self) -> Mapping[str, Mapping[int, TagObject]]:
        """The numbered tags that are gone, by model and serial."""
        found: dict[str, dict[int, TagObject]] = {}
        for tag in self.lost.values():
            said = grammar.read(tag.name)
            if said is not None and said.serial and tag.name not in self.ids:
                found.setdefault(said.model, {}).setdefault(said.serial, tag)
        return found


def link_up(events: Iterable[Event], tags: Mapping[str, TagObject]) -> tuple[Link, ...]:
    """Put a model's events in order, each with its tag, found by object id."""
    return tuple(_link(dated, tags[dated.event.stamp.id]) for dated in order(events))


def made_by(tag: TagObject) -> str:
    """Say who made a tag, and when."""
    return f"{tag.actor}, {day(tag.time)}"


def _link(dated: Dated, tag: TagObject) -> Link:
    # Reading a message costs more than all the rest, and most of GTO's have one line.
    if "Previous:" not in tag.text and "Reason:" not in tag.text:
        return Link(dated, tag)
    message = tag.message
    previous = message.get(PREVIOUS)
    counted = previous is not None or message.get("Reason") is not None
    return Link(dated, tag, previous, counted)

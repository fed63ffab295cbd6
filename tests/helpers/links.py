"""Registries in memory, written as lineal and plain gto write them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha1

from hypothesis import strategies as st

from helpers.sandbox import START
from lineal.actions.line import Line as End
from lineal.registry import grammar
from lineal.registry.chain.facts import Facts, Line, link_up
from lineal.registry.chain.finding import Finding, ranked
from lineal.registry.chain.judge import judge
from lineal.registry.events import (
    Assigned,
    Deprecated,
    Event,
    Registered,
    Stamp,
    Unassigned,
    Withdrawn,
)
from lineal.registry.grammar import Kind, Words
from lineal.registry.order import order
from lineal.registry.tagobject import Actor, TagObject
from lineal.registry.trailers import compose, with_trailers
from lineal.registry.version import Version

ANN, BOB = Actor("Ann", "ann@example.org"), Actor("Bob", "bob@example.org")
LATE = START + 10_000_000
_WORDS = ("register", "assign", "assign", "unassign", "withdraw", "deprecate")


@dataclass(frozen=True, slots=True)
class Written:
    """A tag: what its ref is called, and its object."""

    name: str
    tag: TagObject

    @property
    def id(self) -> str:
        """The object id, which follows from the content as it does in Git."""
        return sha1(repr(self.tag).encode(), usedforsecurity=False).hexdigest()

    @property
    def event(self) -> Event:
        """What it says happened."""
        said = grammar.read(self.name)
        assert said is not None
        tag, stage = self.tag, said.stage or ""
        stamp = Stamp(self.name, self.id, tag.target, tag.time, said.serial)
        named = tag.message.get("Version")
        trailer = Version.parse(named) if named else None
        version = Version.parse(said.version) if said.version else None
        if said.kind == "assignment":
            return Assigned(stamp, said.model, stage, trailer)
        if said.kind == "unassignment":
            return Unassigned(stamp, said.model, stage, trailer)
        if version is None or said.kind == "deprecation":
            end = tag.message.get("End-Of-Life")
            return Deprecated(stamp, said.model, version, int(end) if end else None)
        made = Registered if said.kind == "registration" else Withdrawn
        return made(stamp, said.model, version)


@dataclass(slots=True)
class Registry:
    """The tags of one model, m, in the order in which they were written."""

    tags: list[Written] = field(default_factory=list)

    @property
    def end(self) -> End:
        """Where the history ends, as whoever writes next sees it."""
        events = [each.event for each in self.tags]
        serial = 1 + max((event.stamp.serial or 0 for event in events), default=0)
        return End(order(events), serial)

    def lineal(
        self, kind: Kind, version: str, stage: str | None = None, *, step: int = 1
    ) -> Written:
        """Write as lineal does: with a reason, a link, and a time after all others."""
        before = self.end.last(stage)
        end = str(LATE * 2) if kind == "deprecation" else None
        message = with_trailers(
            kind,
            (
                ("Version", version if stage else None),
                ("End-Of-Life", end),
                ("Reason", "because"),
                ("Previous", before.stamp.id if before else None),
            ),
        )
        return self._add(kind, version, stage, (compose(message), step))

    def gto(
        self, kind: Kind, version: str, stage: str | None = None, *, step: int = 1
    ) -> Written:
        """Write as plain gto does: a message and no more."""
        return self._add(kind, version, stage, (f"{kind}\n", step))

    def _add(
        self, kind: Kind, version: str, stage: str | None, said: tuple[str, int]
    ) -> Written:
        text, step = said
        numbered = stage is not None or kind == "deprecation"
        serial = self.end.serial if numbered else None
        name = grammar.write(
            Words(kind, "m", None if stage else version, stage, serial)
        )
        time = max(self.end.time, START) + step
        commit = sha1(version.encode(), usedforsecurity=False).hexdigest()
        tag = TagObject(commit, "commit", name, ANN, time, 0, text)
        return self.put(Written(name, tag))

    def put(self, written: Written) -> Written:
        """Add a tag as it is."""
        self.tags.append(written)
        return written

    def find(self, name: str) -> Written:
        """Return a tag by its name."""
        return next(each for each in self.tags if each.name == name)

    def delete(self, name: str) -> Written:
        """Take a tag away and return it."""
        gone = self.find(name)
        self.tags.remove(gone)
        return gone

    def recreate(self, name: str, **changes: object) -> Written:
        """Put another object under a tag's name; return the old one."""
        old = self.find(name)
        new = Written(name, replace(old.tag, **changes))  # type: ignore[arg-type]
        self.tags[self.tags.index(old)] = new
        return old

    def facts(
        self,
        lost: Iterable[Written] = (),
        *,
        now: int = LATE,
        committed: Mapping[str, int] | None = None,
        taken: Iterable[int] = (),
    ) -> Facts:
        """Return what the rules are told."""
        objects = {each.id: each.tag for each in self.tags}
        links = link_up([each.event for each in self.tags], objects)
        commits = {each.tag.target: START for each in self.tags}
        return Facts(
            lines=[Line("m", links, frozenset(taken))],
            ids={each.name: each.id for each in self.tags},
            now=now,
            lost={each.id: each.tag for each in lost},
            committed=commits if committed is None else committed,
        )

    def judge(self, lost: Iterable[Written] = ()) -> tuple[Finding, ...]:
        """Return what the rules find."""
        return ranked(judge(self.facts(lost)))


@st.composite
def honest(draw: st.DrawFn, *, mixed: bool = False) -> Registry:
    """Draw a history that nobody tampered with.

    Args:
        draw: Hypothesis's.
        mixed: Whether plain gto writes too.
    """
    made = Registry()
    standing: list[str] = []
    held: set[tuple[str, str]] = set()
    for number in range(draw(st.integers(1, 12))):
        write = made.gto if mixed and draw(st.booleans()) else made.lineal
        step = draw(st.integers(1, 100))
        word = draw(st.sampled_from(_WORDS if standing else _WORDS[:1]))
        if word == "register":
            standing.append(f"v1.{number}.0")
            write("registration", standing[-1], step=step)
            continue
        version = draw(st.sampled_from(standing))
        stage = draw(st.sampled_from(["dev", "prod"]))
        if word == "assign":
            held.add((version, stage))
            write("assignment", version, stage, step=step)
        elif word == "unassign" and (version, stage) in held:
            held.discard((version, stage))
            write("unassignment", version, stage, step=step)
        elif word == "withdraw":
            standing.remove(version)
            write("deregistration", version, step=step)
        elif word == "deprecate":
            made.lineal("deprecation", version, step=step)
    return made

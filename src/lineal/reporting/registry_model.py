"""One model with its versions, as text and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from lineal.registry.events import Deprecated
from lineal.registry.identities import Identity, unsigned
from lineal.registry.state import Holder, ModelState, VersionState
from lineal.registry.tagobject import TagObject
from lineal.reporting import people
from lineal.reporting.screen import FORMAT, Screen, dump, short
from lineal.reporting.signs import shorten, visible
from lineal.reporting.text import Cell, Column, Style, table
from lineal.reporting.times import day, local, utc

_NAME = 24  # columns of a name in a table; what proves it stands behind
_STYLES = {
    "active": Style.GOOD,
    "deprecated": Style.WARN,
    "ended": Style.BAD,
    "withdrawn": Style.BAD,
}


@dataclass(frozen=True, slots=True)
class Portrait:
    """A model at one time, and who made it so.

    Attributes:
        state: The model.
        stages: Its stages in the order in which they are shown.
        tags: The tag objects of registrations and of what stages hold, by id.
        at: The time that was asked about; None: now.
        now: That time, in seconds since 1970.
        ignored: How many tags have its name but are no event.
        only: The only stage that is shown, with the versions that it holds; None: all.
        makers: Who made each of the tags, as far as that is proven, by id.
    """

    state: ModelState
    stages: Sequence[str]
    tags: Mapping[str, TagObject]
    at: int | None
    now: int
    ignored: int = 0
    only: str | None = None
    makers: Mapping[str, Identity] = field(default_factory=dict)

    def maker(self, oid: str) -> Identity:
        """Return who made a tag."""
        return self.makers.get(oid) or unsigned(self.tags[oid])

    def by(self, oid: str) -> str:
        """Return what they are called, short enough to leave the rest to be seen."""
        name = shorten(visible(self.tags[oid].actor.name), _NAME)
        return people.marked(name, self.maker(oid))

    @property
    def shown(self) -> Sequence[str]:
        """The stages that are shown."""
        return [name for name in self.stages if self.only in {None, name}]

    @property
    def versions(self) -> Sequence[VersionState]:
        """The versions that are shown, newest first."""
        found = self.state.versions[::-1]
        if self.only is None:
            return found
        return [each for each in found if self.only in held_by(self, each)]


def ids(state: ModelState) -> Iterator[str]:
    """Return the tag objects that a portrait needs."""
    for version in state.versions:
        if version.registered is not None:
            yield version.registered.stamp.id
    for holder in state.stages.values():
        if holder is not None:
            yield holder.assigned.stamp.id


def condition(version: VersionState, now: int) -> str:
    """Return whether a version is active, deprecated, ended or withdrawn."""
    if version.withdrawn is not None:
        return "withdrawn"
    if version.deprecated is None:
        return "active"
    end = version.deprecated.end
    return "ended" if end is not None and end <= now else "deprecated"


def as_text(portrait: Portrait, zone: tzinfo, screen: Screen) -> str:
    """Lay out what the stages hold, and the versions, newest first."""
    state = portrait.state
    parts = [visible(state.model) + _whole(portrait, zone)]
    if portrait.shown:
        parts.append(_stages(portrait, zone, screen))
    if portrait.versions:
        parts.append(_versions(portrait, zone, screen))
    return "\n\n".join(parts) + "\n"


def as_json(portrait: Portrait) -> str:
    """Write the same facts for programs."""
    state = portrait.state
    newest = state.newest
    return dump(
        {
            "format": FORMAT,
            "at": utc(portrait.at),
            "model": state.model,
            "newest": str(newest.version) if newest else None,
            **_ending(_of_model(state)),
            "stages": [_stage_facts(portrait, stage) for stage in portrait.shown],
            "versions": [_version_facts(portrait, v) for v in portrait.versions],
            "ignored": portrait.ignored,
        }
    )


def _of_model(state: ModelState) -> Deprecated | None:
    """Return the event that deprecates the whole model, None if none does."""
    # GTO forgets a deprecation when anything follows; retrieval does not.
    return state.deprecated or state.retired


def _whole(portrait: Portrait, zone: tzinfo) -> str:
    deprecated = _of_model(portrait.state)
    if deprecated is None:
        return ""
    if deprecated.end is None:
        return " (deprecated)"
    end = day(deprecated.end, zone)
    if deprecated.end <= portrait.now:
        return f" (deprecated, end of life passed {end})"
    return f" (deprecated, ends {end})"


def _stages(portrait: Portrait, zone: tzinfo, screen: Screen) -> str:
    rows = []
    for stage in portrait.shown:
        holder = portrait.state.stages[stage]
        if holder is None:
            rows.append((stage, Cell("-", Style.DIM), "", ""))
            continue
        since, by = local(holder.since, zone), portrait.by(holder.assigned.stamp.id)
        rows.append((stage, _holder(portrait, holder), since, by))
    columns = ("stage", Column("holds", shrinks=True), "since", _by())
    return table(columns, rows, width=screen.width, colour=screen.colour)


def _holder(portrait: Portrait, holder: Holder) -> Cell:
    found = portrait.state.find(holder.version) if holder.version else None
    word = condition(found, portrait.now) if found else ""
    return Cell(short(holder.name), _STYLES.get(word, Style.PLAIN))


def _versions(portrait: Portrait, zone: tzinfo, screen: Screen) -> str:
    rows = [_version(portrait, version, zone) for version in portrait.versions]
    columns = (
        Column("version", shrinks=True),
        Column("stages", shrinks=True),
        "registered",
        _by(),
        "commit",
        Column("state", wraps=True),
    )
    return table(columns, rows, width=screen.width, colour=screen.colour)


def _version(
    portrait: Portrait, version: VersionState, zone: tzinfo
) -> tuple[Cell | str, ...]:
    stamp = version.registered.stamp if version.registered else None
    word = condition(version, portrait.now)
    return (
        str(version.version),
        ", ".join(held_by(portrait, version)),
        day(stamp.time, zone) if stamp else "",
        portrait.by(stamp.id) if stamp else "",
        version.commit[:7],
        Cell(_wording(version, word, zone), _STYLES.get(word, Style.PLAIN)),
    )


def _by() -> Column:
    return Column("by", shrinks=True)


def held_by(portrait: Portrait, version: VersionState) -> list[str]:
    """Return the stages that hold a version, in the order in which they are shown."""
    held = portrait.state.held_by(version.version) if version.active else ()
    return [stage for stage in portrait.stages if stage in held]


def _wording(version: VersionState, word: str, zone: tzinfo) -> str:
    end = version.deprecated.end if version.deprecated else None
    if word == "ended" and end is not None:
        return f"end of life passed {day(end, zone)}"
    if word == "deprecated" and end is not None:
        return f"deprecated, ends {day(end, zone)}"
    return "" if word == "active" else word


def _ending(deprecated: Deprecated | None) -> dict[str, Any]:
    return {
        "deprecated": deprecated is not None,
        "end_of_life": utc(deprecated.end) if deprecated else None,
    }


def _person(portrait: Portrait, oid: str) -> dict[str, Any]:
    return people.facts(portrait.tags[oid].actor, portrait.maker(oid))


def _stage_facts(portrait: Portrait, stage: str) -> dict[str, Any]:
    holder = portrait.state.stages[stage]
    if holder is None:
        keys = ("version", "commit", "since", "by", "tag")
        return {"stage": stage, **dict.fromkeys(keys)}
    stamp = holder.assigned.stamp
    return {
        "stage": stage,
        "version": str(holder.version) if holder.version else None,
        "commit": holder.commit,
        "since": utc(holder.since),
        "by": _person(portrait, stamp.id),
        "tag": stamp.tag,
    }


def _version_facts(portrait: Portrait, version: VersionState) -> dict[str, Any]:
    stamp = version.registered.stamp if version.registered else None
    withdrawn = version.withdrawn
    return {
        "version": str(version.version),
        "commit": version.commit,
        "stages": held_by(portrait, version),
        "state": condition(version, portrait.now),
        "registered": utc(stamp.time) if stamp else None,
        "by": _person(portrait, stamp.id) if stamp else None,
        "tag": stamp.tag if stamp else None,
        "withdrawn": utc(withdrawn.stamp.time) if withdrawn else None,
        **_ending(version.deprecated),
    }

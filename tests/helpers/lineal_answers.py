"""What lineal answers, in the words in which gto_oracle gives gto's answers."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import assert_never

from helpers.gto_oracle import Listed, Row, Shown
from lineal.cli import quick
from lineal.doors.location import locate
from lineal.registry.events import (
    Assigned,
    Deprecated,
    Event,
    Registered,
    Unassigned,
    Withdrawn,
)
from lineal.registry.overview import look_up, overview
from lineal.registry.reader import Entry, Reader
from lineal.registry.retrieval import Target, pick
from lineal.registry.store import Store
from lineal.registry.timeline import Moment


def reader(root: Path) -> Reader:
    """Open the registry of a repository."""
    return Reader(Store(locate(root)))


def show(root: Path, at: int | None = None) -> Shown:
    """Return what holds what, deprecated models included."""
    states = reader(root).models(at)
    return Shown(
        newest={s.model: str(s.newest.version) if s.newest else None for s in states},
        holders={
            (state.model, stage): holder.name
            for state in states
            for stage, holder in state.stages.items()
            if holder
        },
        deprecated=frozenset(s.model for s in states if s.deprecated),
    )


def table(root: Path, at: int | None = None) -> Shown:
    """Return the same from the table of all models, which keeps what it finds."""
    found = overview(reader(root).store, at).models
    return _tabled(found)


def looked_up(root: Path, models: Iterable[str], at: int | None = None) -> Shown:
    """Return the same, asking for one model after the other."""
    store = reader(root).store
    found = {model: look_up(store, model, at).moment for model in models}
    return _tabled({model: moment for model, moment in found.items() if moment})


def at_once(root: Path, model: str, stage: str) -> str | None:
    """Return what `lineal which` knows before the command line is imported."""
    return quick.answer(["--repo", str(root), "which", model, stage])


def delivered(root: Path, target: str, now: int = 0) -> str:
    """Return the commit that `lineal get` takes a model from."""
    return pick(reader(root), Target.parse(target), now).commit


def versions(root: Path, model: str) -> tuple[Listed, ...]:
    """Return a model's registered versions, withdrawn ones too, greatest first."""
    return tuple(
        Listed(str(one.version), one.commit, one.active)
        for one in reversed(reader(root).model(model).versions)
    )


def history(root: Path) -> tuple[Row, ...]:
    """Return every event, oldest first."""
    return tuple(_row(entry) for entry in reversed(reader(root).journal()))


def ignored(root: Path) -> dict[str, str]:
    """Return why tags of a registry's name are no events, by name."""
    return {found.tag: found.why for found in reader(root).ignored()}


def word(event: Event) -> str:
    """Return gto's word for what happened."""
    match event:
        case Registered():
            return "registration"
        case Withdrawn():
            return "deregistration"
        case Assigned():
            return "assignment"
        case Unassigned():
            return "unassignment"
        case Deprecated():
            return "deprecation"
        case _:
            assert_never(event)


def _tabled(found: Mapping[str, Moment]) -> Shown:
    """Put moments together."""
    return Shown(
        newest={model: moment.newest for model, moment in found.items()},
        holders={
            (model, stage): held
            for model, moment in found.items()
            for stage, held in moment.stages.items()
            if held
        },
        deprecated=frozenset(m for m, moment in found.items() if moment.deprecated),
    )


def _row(entry: Entry) -> Row:
    """Write an entry as gto would: a commit's id stands where it has no version."""
    event, stage = entry.event, getattr(entry.event, "stage", None)
    version = str(entry.version) if entry.version else stage and event.stamp.commit
    return Row(
        at=entry.tag.time,
        event=word(event),
        model=event.model,
        version=version,
        stage=stage,
        commit=event.stamp.commit,
        author=entry.tag.actor.name,
        author_email=entry.tag.actor.email,
        message=entry.tag.text.strip(),
        tag=event.stamp.tag,
    )

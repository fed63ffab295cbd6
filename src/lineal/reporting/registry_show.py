"""What all models are, as a table and as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lineal.registry.selection import Selection
from lineal.registry.timeline import Ended, Moment
from lineal.reporting.screen import FORMAT, Screen, dump, short
from lineal.reporting.text import Cell, Column, Style, table
from lineal.reporting.times import utc


def as_text(found: Selection, stages: Sequence[str], screen: Screen) -> str:
    """Lay out a row a model and a column a stage, and count."""
    columns = [Column("model", shrinks=True), Column("newest", shrinks=True)]
    columns += [Column(stage, shrinks=True) for stage in stages]
    rows = [_row(name, now, stages) for name, now in found.models.items()]
    laid = table(columns, rows, width=screen.width, colour=screen.colour)
    return f"{laid}\n\n{_count(found)}\n"


def as_json(found: Selection, *, at: int | None, ignored: int) -> str:
    """Write the same facts for programs."""
    return dump(
        {
            "format": FORMAT,
            "at": utc(at),
            "models": [_facts(name, now) for name, now in found.models.items()],
            "total": found.total,
            "hidden": found.hidden,
            "ignored": ignored,
        }
    )


def which_json(model: str, stage: str, now: Moment, at: int | None) -> str:
    """Write what one stage holds for programs."""
    held = now.stages[stage]
    ended = (now.ended or {}).get(held or "")
    facts = {"format": FORMAT, "at": utc(at), "model": model, "stage": stage}
    return dump({**facts, "version": held, **deprecation(ended)}).rstrip("\n")


def ordered(known: Iterable[str], declared: Sequence[str] | None) -> tuple[str, ...]:
    """Return stages as the team lists them, then the others by name.

    >>> ordered(["prod", "canary", "dev"], ["dev", "staging", "prod"])
    ('dev', 'prod', 'canary')
    """
    there = set(known)
    first = [stage for stage in declared or () if stage in there]
    return (*first, *sorted(there.difference(first)))


def deprecation(ended: Ended | None) -> dict[str, Any]:
    """Return the two fields that say whether something is deprecated."""
    return {
        "deprecated": ended is not None,
        "end_of_life": utc(ended.end) if ended else None,
    }


def _row(name: str, now: Moment, stages: Iterable[str]) -> list[Cell]:
    style = Style.PLAIN if now.deprecated is None else Style.DIM
    mark = "" if now.deprecated is None else " *"
    held = (now.stages.get(stage) for stage in stages)
    return [
        Cell(f"{name}{mark}", style),
        _cell(now.newest, now),
        *(_cell(version, now) for version in held),
    ]


def _cell(version: str | None, now: Moment) -> Cell:
    if version is None:
        return Cell("-", Style.DIM)
    if version in (now.ended or {}):
        return Cell(f"{short(version)} *", Style.WARN)
    return Cell(short(version))


def _count(found: Selection) -> str:
    shown = len(found.models)
    chosen = shown + found.hidden != found.total
    models = "models" if (found.total if chosen else shown) != 1 else "model"
    counted = f"{shown} of {found.total} {models}" if chosen else f"{shown} {models}"
    return "; ".join((counted, *_notes(found)))


def _notes(found: Selection) -> Iterator[str]:
    if any(now.deprecated or now.ended for now in found.models.values()):
        yield "* deprecated"
    if found.hidden:
        yield f"{found.hidden} deprecated not shown (--all shows them)"


def _facts(name: str, now: Moment) -> dict[str, Any]:
    return {
        "model": name,
        "newest": now.newest,
        "stages": dict(sorted(now.stages.items())),
        **deprecation(now.deprecated),
        "deprecated_versions": {
            version: utc(ended.end) for version, ended in (now.ended or {}).items()
        },
    }

"""Questions about a table, asked where somebody can answer."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from lineal.reporting.signs import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from lineal.bootstrap.starting.asked import Asked
    from lineal.modeling.inspection.result import Inspection, Remark

AGGREGATES: Final = ("sum", "mean", "min", "max", "first", "last")
FREQUENCIES: Final = ("hour", "day", "week", "month")


def can_ask() -> bool:
    """Tell whether somebody reads and answers."""
    return all(bool(each) and each.isatty() for each in (sys.stdin, sys.stderr))


def answered(asked: "Asked", found: "Inspection", done: set[str]) -> "Asked | None":
    """Ask the first thing that is unclear.

    Args:
        asked: What was said so far.
        found: The table, seen with it.
        done: What was asked before, by its message; grows.

    Returns:
        What is said now; None where there is nothing to ask any more.
    """
    for remark in found.remarks:
        if remark.level in {"refusal", "question"} and remark.message not in done:
            done.add(remark.message)
            if ask := _QUESTIONS.get(remark.rule):
                return ask(remark, asked, found)
            if remark.level == "question":
                _confirm(remark)
                return asked
    return None


def _pick(remark: "Remark", question: str, choices: "tuple[str, ...]") -> str:
    click.echo(_said(remark), err=True)
    guess = remark.about if remark.about in choices else None
    kind = click.Choice(choices)
    chosen: str = click.prompt(question, default=guess, type=kind, err=True)
    return chosen


def _confirm(remark: "Remark") -> None:
    """Go on with a guess, or stop with what to say instead."""
    click.confirm(
        f"{_said(remark)}. Is that right?", default=True, abort=True, err=True
    )


def _said(remark: "Remark") -> str:
    about = f"{visible(remark.about)}: " if remark.about else ""
    out = f" ({visible(remark.way_out)})" if remark.way_out else ""
    return f"{about}{visible(remark.message)}{out}"


def _target(remark: "Remark", asked: "Asked", found: "Inspection") -> "Asked":
    names = tuple(each.name for each in found.columns)
    return replace(asked, target=_pick(remark, "Column to predict", names))


def _time(remark: "Remark", asked: "Asked", found: "Inspection") -> "Asked":
    names = tuple(each.name for each in found.columns)
    return replace(asked, time=_pick(remark, "Column of dates", names))


def _aggregate(remark: "Remark", asked: "Asked", found: "Inspection") -> "Asked":
    del found
    how = _pick(remark, "How do several rows become one", AGGREGATES)
    return replace(asked, aggregate=how)  # type: ignore[arg-type] # one of them


def _frequency(remark: "Remark", asked: "Asked", found: "Inspection") -> "Asked":
    how = _pick(remark, "How far apart shall rows be", FREQUENCIES)
    named = replace(asked, frequency=how)  # type: ignore[arg-type] # one of them
    return named if asked.aggregate else _aggregate(remark, named, found)


_QUESTIONS: "Final[dict[str, Callable[[Remark, Asked, Inspection], Asked]]]" = {
    "no target": _target,
    "time": _time,
    "duplicate keys": _aggregate,
    "frequency": _frequency,
}

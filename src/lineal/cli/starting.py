"""What `lineal init --data` does, from words to a repository."""

import csv
import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from lineal.bootstrap.ci import has_remote
from lineal.bootstrap.starting import planning
from lineal.bootstrap.starting.applying import ConflictsError, apply
from lineal.bootstrap.starting.asked import Asked
from lineal.cli import asking, terminal
from lineal.cli.app import App
from lineal.reporting import starting as views
from lineal.reporting.signs import visible

_REMOTE: Final = "`dvc remote add -d NAME URL`, then `lineal push`"

if TYPE_CHECKING:
    from lineal.bootstrap.starting.planning import Plan
    from lineal.modeling.inspection.result import Inspection


def start(app: App, said: Mapping[str, Any]) -> None:
    """Make a repository for a table, or show what would be made.

    Args:
        app: The folder.
        said: The options, by their names.

    Raises:
        LinealError: Something about the table or the folder forbids it.
    """
    asked, found = _agreed(_asked(said), alone=said["as_json"])
    if not said["as_json"]:
        click.echo(views.as_text(found, terminal.columns()))
    plan = planning.plan(app.folder, asked, found)
    if not said["as_json"]:
        click.echo(_announced(plan, dry=said["dry"]))
    if not said["dry"]:
        apply(plan, force=said["force"] or _may_replace(plan))
    if said["as_json"]:
        click.echo(json.dumps(_facts(plan, dry=said["dry"]), indent=2, default=str))
    elif not said["dry"]:
        click.echo(_next(plan), nl=False)


def _asked(said: Mapping[str, Any]) -> Asked:
    asked = Asked(
        data=Path(said["data"]),
        target=said["target"],
        time=said["time"],
        segments=_columns(said["segments"]),
        task=said["task"],
        horizon=said["horizon"],
        frequency=said["frequency"],
        aggregate=said["aggregate"],
        exclude=_columns(said["exclude"]),
        model=said["model"],
        guesses=said["yes"],
    )
    written = {key: said[key] for key in ("dates", "decimal") if said[key]}
    return replace(asked, csv=planning.written(asked, written)) if written else asked


def _columns(words: Sequence[str]) -> tuple[str, ...]:
    """Split at commas; a name that has one stands in double quotes."""
    return tuple(
        name.strip() for row in csv.reader(words, skipinitialspace=True) for name in row
    )


def _agreed(asked: Asked, *, alone: bool) -> "tuple[Asked, Inspection]":
    """Look at the table, and ask what is unclear where somebody can answer."""
    found = planning.look(asked)
    if alone or asked.guesses or not asking.can_ask():
        return asked, found
    done: set[str] = set()
    while (more := asking.answered(asked, found, done)) is not None:
        if more != asked:
            asked, found = more, planning.look(more)
    return replace(asked, guesses=True), found


def _announced(plan: "Plan", *, dry: bool) -> str:
    would = "would write" if dry else "writes"
    lines = [views.decided(plan.model, plan.part)]
    lines += [f"{would} {each.path}" for each in plan.written]
    lines += [f"keeps {each.path} as it is" for each in plan.papers if each.same]
    lines += [f"note: {visible(each)}" for each in plan.notes]
    return "\n".join(lines)


def _may_replace(plan: "Plan") -> bool:
    """Ask before anything of somebody's is replaced, where they can answer."""
    if not plan.conflicts or not asking.can_ask():
        return False
    listed = ", ".join(plan.conflicts)
    if not click.confirm(f"Replace {listed}?", default=False, err=True):
        raise ConflictsError(plan.conflicts)
    return True


def _commands() -> tuple[str, str]:
    return "dvc repro", "git add --all && git commit -m 'First model'"


def _next(plan: "Plan") -> str:
    where = "" if plan.root == Path.cwd() else f"cd {shlex.quote(str(plan.root))}; "
    first, second = _commands()
    lacks = "" if has_remote(plan.root) else "; it has no remote yet: " + _REMOTE
    kept = f"DVC keeps {visible(plan.data)}{lacks}"
    return f"{kept}\nnext: {where}{first}\nthen: {second}\n"


def _facts(plan: "Plan", *, dry: bool) -> dict[str, Any]:
    import msgspec  # noqa: PLC0415 - only JSON needs it

    return {
        "model": plan.model,
        "task": plan.part["task"],
        "data": plan.data,
        "written": [] if dry else [each.path for each in plan.written],
        "planned": [each.path for each in plan.written],
        "params": plan.part,
        "found": msgspec.to_builtins(plan.found),
        "notes": list(plan.notes),
        "next": list(_commands()),
    }

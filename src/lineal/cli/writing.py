"""What all commands that write have in common: their options, and what they say."""

import json
from collections.abc import Callable
from typing import Any

import click

from lineal.actions.plan import Plan, Request
from lineal.actions.recorder import Recorded
from lineal.bootstrap import registry
from lineal.cli.app import App
from lineal.cli.reading import open_here
from lineal.cli.words import StageType

_Command = Callable[..., Any]


def options(command: _Command) -> _Command:
    """Add --dry-run, --no-push and --json."""
    for option in (
        click.option(
            "--json",
            "as_json",
            is_flag=True,
            help="Print JSON: model, event, version, stage, tag, commit, summary, "
            "notes, trailers (pairs of name and value), id (of the tag object) and "
            "pushed (the remote); the last two are null where nothing was written or "
            "pushed.",
        ),
        click.option(
            "--no-push",
            is_flag=True,
            help="Record it in this clone only; `git push` the tag later.",
        ),
        click.option(
            "--dry-run",
            is_flag=True,
            help="Show what would be recorded, as far as this clone knows, and change "
            "nothing.",
        ),
    ):
        command = option(command)
    return command


def reason(command: _Command) -> _Command:
    """Add --reason, which must be given."""
    return click.option(
        "-m",
        "--reason",
        required=True,
        metavar="TEXT",
        help="Why; whoever reads the history will ask.",
    )(command)


def stage(command: _Command) -> _Command:
    """Add --stage, which must be given."""
    return click.option(
        "--stage", type=StageType(), required=True, help="The stage that it is about."
    )(command)


def force(what: str) -> Callable[[_Command], _Command]:
    """Add --force with what it forces."""
    return click.option("--force", is_flag=True, help=what)


def carry_out(
    app: App, request: Request, *, dry_run: bool, no_push: bool, as_json: bool
) -> None:
    """Plan, write unless it is a dry run, and say what was done."""
    reader = open_here(app)
    if dry_run:
        plan = request.plan(reader)
        notes(plan)
        click.echo(_json(plan) if as_json else _proposal(plan))
        return
    recorder = registry.open_recorder(
        reader,
        push=not no_push,
        said=lambda text: click.echo(f"note: {text}", err=True),
    )
    done = recorder.carry_out(request)
    notes(done.plan)
    click.echo(_json(done.plan, done) if as_json else _report(done))


def notes(plan: Plan) -> None:
    """Say on standard error what the user should know."""
    for note in plan.notes:
        click.echo(f"note: {note}", err=True)


def _proposal(plan: Plan) -> str:
    return f"would: {plan.summary}\ntag:   {plan.tag} at {plan.commit}"


def _report(done: Recorded) -> str:
    plan = done.plan
    if done.remote is not None:
        where = f"pushed to {done.remote}"
    else:
        where = "in this clone only"
    return f"{plan.summary}\ntag: {plan.tag} ({where})"


def _json(plan: Plan, done: Recorded | None = None) -> str:
    """Return the facts; `id` and `pushed` are null where nothing was written."""
    said = {
        "model": plan.words.model,
        "event": plan.words.kind,
        "version": plan.message.get("Version") or plan.words.version,
        "stage": plan.words.stage,
        "tag": plan.tag,
        "commit": plan.commit,
        "summary": plan.summary,
        "notes": plan.notes,
        "trailers": plan.message.trailers,
        "id": done.id if done else None,
        "pushed": done.remote if done else None,
    }
    return json.dumps(said, indent=2, ensure_ascii=False)

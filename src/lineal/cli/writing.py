"""What all commands that write have in common: their options, and what they say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import click

from lineal.actions.plan import Plan, Request
from lineal.actions.recorder import Recorded
from lineal.bootstrap import registry
from lineal.cli.app import App
from lineal.cli.reading import open_here
from lineal.cli.words import StageType
from lineal.registry.reader import Reader
from lineal.reporting import documents

_Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Extra:
    """What a command says beside what all of them say.

    Attributes:
        text: Lines after the others; empty: none.
        facts: Fields of the JSON.
    """

    text: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


More = Callable[[Reader, Plan], Extra]


@dataclass(frozen=True, slots=True)
class How:
    """How a command writes: the values of its options."""

    dry_run: bool
    no_push: bool
    as_json: bool


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
    write(open_here(app), request, How(dry_run, no_push, as_json))


def write(
    reader: Reader, request: Request, how: How, more: More = lambda *_: Extra()
) -> None:
    """Do the same in a registry that is open already.

    Args:
        reader: The registry.
        request: What somebody wants done.
        how: Whether to write, and what to print.
        more: What to say beside; asked after it was done.
    """
    done: Recorded | None = None
    if how.dry_run:
        plan = request.plan(reader)
    else:
        push = not how.no_push
        recorder = registry.open_recorder(reader, push=push, said=note)
        done = recorder.carry_out(request)
        plan = done.plan
    notes(plan)
    extra = more(reader, plan)
    if how.as_json:
        click.echo(_json(plan, done, extra.facts))
    else:
        click.echo(_report(done) if done else _proposal(plan))
        click.echo(extra.text, nl=False, color=True)


def note(text: str) -> None:
    """Say something on standard error that the user should know."""
    click.echo(f"note: {text}", err=True)


def notes(plan: Plan) -> None:
    """Say on standard error what the user should know."""
    for each in plan.notes:
        note(each)


def _proposal(plan: Plan) -> str:
    return f"would: {plan.summary}\ntag:   {plan.tag} at {plan.commit}"


def _report(done: Recorded) -> str:
    plan = done.plan
    if done.remote is not None:
        where = f"pushed to {done.remote}"
    else:
        where = "in this clone only"
    return f"{plan.summary}\ntag: {plan.tag} ({where})"


def _json(plan: Plan, done: Recorded | None, more: Mapping[str, Any]) -> str:
    """Return the facts; `id` and `pushed` are null where nothing was written."""
    said = {
        "model": plan.words.model,
        "event": plan.words.kind,
        "version": plan.message.get("Version") or _text(plan.words.version),
        "stage": plan.words.stage or None,
        "tag": plan.tag,
        "commit": plan.commit,
        "summary": plan.summary,
        "notes": plan.notes,
        "trailers": plan.message.trailers,
        "id": done.id if done else None,
        "pushed": done.remote if done else None,
        **more,
    }
    return documents.write(said).removesuffix("\n")


def _text(version: object) -> str | None:
    return None if version is None else str(version)

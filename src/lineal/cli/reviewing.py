"""What the commands that review have in common."""

from collections.abc import Callable
from typing import Any

import click

from lineal.actions.judging import panel
from lineal.actions.plan import Plan
from lineal.actions.remark import Verdict
from lineal.actions.review import Review
from lineal.cli import writing
from lineal.cli.app import App
from lineal.cli.reading import open_here
from lineal.cli.words import ModelVersionType, StageType
from lineal.cli.writing import Extra, How
from lineal.doors.clock import Clock
from lineal.registry.reader import Reader
from lineal.registry.version import Version
from lineal.reporting import reviews as views

_Command = Callable[..., Any]


def words(command: _Command) -> _Command:
    """Add MODEL@VERSION, --for and -m."""
    for part in (
        click.option(
            "-m",
            "--reason",
            default="",
            metavar="TEXT",
            help="Why, or what about it; whoever reads the reviews will ask.",
        ),
        click.option(
            "--for", "stage", type=StageType(), required=True, help="The stage."
        ),
        click.argument("target", type=ModelVersionType(), metavar="MODEL@VERSION"),
    ):
        command = part(command)
    return command


def options(command: _Command) -> _Command:
    """Add --force, and what all commands that write have."""
    command = writing.options(command)
    return writing.force(
        "Record it though it will not count, because the policy wants it signed, or "
        "though the stage is new and has a name close to another's."
    )(command)


def carry_out(
    app: App, said: Verdict, *, target: tuple[str, Version], stage: str, **asked: Any
) -> None:
    """Record a review, and say how far the version is."""
    force, withdraws = asked.pop("force"), asked.pop("withdraw")
    verdict: Verdict = "withdraw" if withdraws else said
    request = Review(
        *target,
        stage,
        verdict,
        asked.pop("reason"),
        Clock.of_environment().now(),
        force,
        said if withdraws else None,
    )
    writing.write(open_here(app), request, How(**asked), _progress)


def _progress(reader: Reader, plan: Plan) -> Extra:
    """Say how far the version is, of the repository as it is now."""
    said = plan.words
    version = Version.trusted(str(said.version))
    found = panel.reviews(reader, said.model, version, said.stage)
    (bench,) = found.panels
    text = f"{views.progress(bench)}\n" if bench.asked is not None else ""
    return Extra(text, {"approvals": views.approvals(bench)})

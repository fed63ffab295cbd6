"""`lineal rollback`: a stage goes back to what it held before."""

import click

from lineal.actions.rollback import Rollback
from lineal.cli import writing
from lineal.cli.app import App
from lineal.cli.words import ModelType, VersionType
from lineal.doors.clock import Clock
from lineal.registry.version import Version


@click.command()
@click.argument("model", type=ModelType())
@writing.stage
@click.option(
    "--to",
    type=VersionType(),
    help="Go back to this version, which the stage held at some time; by default to "
    "the one before.",
)
@writing.reason
@writing.force("Go back to the version named with --to though its life has ended.")
@writing.options
@click.pass_obj
def rollback(
    app: App,
    /,
    model: str,
    stage: str,
    to: Version | None,
    reason: str,
    **options: bool,
) -> None:
    """Let a stage go back to what it held before.

    Twice goes two back, and not forth again. Versions that were withdrawn, or whose
    life has ended, are passed over. Exit code 1 where there is nothing to go back to,
    4 if somebody else changed the stage at the same time.
    """
    force, now = options.pop("force"), Clock.of_environment().now()
    request = Rollback(model, stage, reason, now, to, force)
    writing.carry_out(app, request, **options)

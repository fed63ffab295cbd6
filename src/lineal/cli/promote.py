"""`lineal promote`: a version enters a stage."""

import click

from lineal.actions.promote import Promotion
from lineal.cli import writing
from lineal.cli.app import App
from lineal.cli.words import ModelVersionType, StageType
from lineal.doors.clock import Clock
from lineal.registry.version import Version


@click.command()
@click.argument("target", type=ModelVersionType(), metavar="MODEL@VERSION")
@click.option("--to", "stage", type=StageType(), required=True, help="The stage.")
@writing.reason
@writing.force(
    "Do it though the stage holds it already, its life has ended, or the stage is new "
    "and has a name close to another's."
)
@writing.options
@click.pass_obj
def promote(
    app: App,
    /,
    target: tuple[str, Version],
    stage: str,
    reason: str,
    *,
    force: bool,
    **options: bool,
) -> None:
    """Let a version enter a stage, instead of what is there."""
    model, version = target
    now = Clock.of_environment().now()
    request = Promotion(model, version, stage, reason, now, force=force)
    writing.carry_out(app, request, **options)

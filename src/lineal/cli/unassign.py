"""`lineal unassign`: a stage no longer holds a version."""

import click

from lineal.actions.unassign import Unassignment
from lineal.cli import writing
from lineal.cli.app import App
from lineal.cli.words import ModelType, VersionType
from lineal.registry.version import Version


@click.command()
@click.argument("model", type=ModelType())
@writing.stage
@click.option(
    "--version",
    type=VersionType(),
    help="The version whose hold is to end; by default the one that holds the stage.",
)
@writing.reason
@writing.force("Do it though the stage holds that version now.")
@writing.options
@click.pass_obj
def unassign(
    app: App,
    /,
    model: str,
    stage: str,
    version: Version | None,
    reason: str,
    **options: bool,
) -> None:
    """End the hold that a version has of a stage.

    The version that held the stage before holds it again, as GTO has it, unless its
    hold was ended too. To go back, `lineal rollback` says more clearly what you mean.
    Exit code 1 if the stage has no such hold, or holds the version now.
    """
    force = options.pop("force")
    request = Unassignment(model, stage, reason, version, force)
    writing.carry_out(app, request, **options)

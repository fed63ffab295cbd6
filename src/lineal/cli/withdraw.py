"""`lineal withdraw`: a version is taken back."""

import click

from lineal.actions.withdraw import Withdrawal
from lineal.cli import writing
from lineal.cli.app import App
from lineal.cli.words import ModelVersionType
from lineal.registry.version import Version


@click.command()
@click.argument("target", type=ModelVersionType(), metavar="MODEL@VERSION")
@writing.reason
@writing.force("Do it though stages hold the version now.")
@writing.options
@click.pass_obj
def withdraw(
    app: App,
    /,
    target: tuple[str, Version],
    reason: str,
    *,
    force: bool,
    **options: bool,
) -> None:
    """Take a version back, so that nobody gets it any more.

    GTO says deregister. Stages that held it hold again what they held before. Exit
    code 1 if it was withdrawn before, or stages hold it now.
    """
    model, version = target
    request = Withdrawal(model, version, reason, force)
    writing.carry_out(app, request, **options)

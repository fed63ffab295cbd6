"""`lineal reject`: somebody says that a version must not enter a stage."""

from typing import Any

import click

from lineal.cli import reviewing
from lineal.cli.app import App


@click.command()
@reviewing.words
@click.option(
    "--withdraw",
    is_flag=True,
    help="Take your rejection back, if that is your latest word; then it blocks no "
    "more.",
)
@reviewing.options
@click.pass_obj
def reject(app: App, /, **asked: Any) -> None:
    """Say that a version must not enter a stage.

    The rejection of a reviewer whom the policy names blocks, however many approve,
    until the same reviewer withdraws it or approves. It needs a reason (-m).
    """
    reviewing.carry_out(app, "reject", **asked)

"""`lineal approve`: somebody agrees that a version enters a stage."""

from typing import Any

import click

from lineal.cli import reviewing
from lineal.cli.app import App


@click.command()
@reviewing.words
@click.option(
    "--withdraw",
    is_flag=True,
    help="Take your approval back, if that is your latest word.",
)
@reviewing.options
@click.pass_obj
def approve(app: App, /, **asked: Any) -> None:
    """Agree that a version enters a stage.

    It is for that version and that stage alone. Your address is that of `git config
    user.email`; your tag is signed if tag.gpgSign says so, and rules may count signed
    ones only. Says how many of how many approvals there are then.
    """
    reviewing.carry_out(app, "approve", **asked)

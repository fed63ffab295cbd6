"""Global options that are understood after the command's name as well.

Click reads them as options of the command, so it alone decides what is an option,
what is the value of another one, and what comes after `--`.
"""

from typing import Any

import click

from lineal.cli.app import App


def accept(command: click.Command) -> None:
    """Let a command, and all that it groups, take the global options.

    One that takes them already is left as it is.
    """
    if isinstance(command, click.Group):
        for each in command.commands.values():
            accept(each)
    if all(each.name != "debug" for each in command.params):
        command.params += [_option("--repo"), _option("--debug", is_flag=True)]


def _option(name: str, **how: Any) -> click.Option:
    return click.Option(
        [name],
        help="As before the command's name, where `lineal --help` shows it.",
        callback=_keep,
        expose_value=False,
        hidden=True,
        is_eager=True,
        **how,
    )


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Tell the command what was said; what was not leaves things as they were."""
    if value and param.name:
        setattr(ctx.ensure_object(App), param.name, value)

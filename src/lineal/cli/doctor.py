"""`lineal doctor`: whether the repository is set up for a registry."""

from typing import TYPE_CHECKING

import click

from lineal.cli.app import App
from lineal.cli.carrying import steps
from lineal.cli.terminal import wants_colour
from lineal.cli.verify import judged
from lineal.reporting import findings

if TYPE_CHECKING:
    from lineal.bootstrap.stored import Depth


@click.command()
@click.option(
    "--remote",
    is_flag=False,
    flag_value="full",
    type=click.Choice(["full", "quick"]),
    help="Download and hash all objects that standing versions and the current commit "
    "need from DVC's remotes, files of folders too; --remote=quick only asks whether "
    "they are there.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def doctor(app: App, /, remote: "Depth | None", *, as_json: bool) -> int:
    """Look for faults of the set-up, and say what to do.

    Looks at Git, the remote, signing, artifacts.yaml and dvc.yaml, DVC's remote, and
    what killed commands left. Exit code 1 where there are problems.
    """
    from lineal.bootstrap.doctor import examine  # noqa: PLC0415 - not for --help

    with steps() as said:
        found = examine(app.folder, remote, said)
    if as_json:
        click.echo(findings.as_json(found))
    else:
        click.echo(findings.as_text(found, "no findings", colour=wants_colour()))
    return judged(found)

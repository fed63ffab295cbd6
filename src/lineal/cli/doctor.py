"""`lineal doctor`: whether the repository is set up for a registry."""

import click

from lineal.cli.app import App
from lineal.cli.terminal import wants_colour
from lineal.cli.verify import judged
from lineal.reporting import findings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def doctor(app: App, /, *, as_json: bool) -> int:
    """Look for faults of the set-up, and say what to do.

    Looks at Git, the remote, signing, artifacts.yaml and dvc.yaml, DVC's remote, and
    what killed commands left. Exit code 1 where there are problems.
    """
    from lineal.bootstrap.doctor import examine  # noqa: PLC0415 - not for --help

    found = examine(app.folder)
    if as_json:
        click.echo(findings.as_json(found))
    else:
        click.echo(findings.as_text(found, "no findings", colour=wants_colour()))
    return judged(found)

"""`lineal used-by`: where something went."""

import gc

import click

from lineal.cli.app import App
from lineal.cli.instants import as_json
from lineal.cli.reading import open_reader
from lineal.cli.terminal import columns, page, wants_colour
from lineal.cli.words import ModelType
from lineal.doors.clock import Clock
from lineal.lineage.asked import KINDS, Kind, readings
from lineal.reporting.screen import Screen


@click.command()
@click.argument("thing")
@click.option(
    "--as",
    "kind",
    type=click.Choice(KINDS),
    help="What THING is; by default the first of these that went into a version.",
)
@click.option("--model", type=ModelType(), help="Only versions of this model.")
@as_json
@click.pass_obj
def used_by(
    app: App, /, thing: str, *, kind: Kind | None, model: str | None, as_json: bool
) -> None:
    """Show which versions, stages and periods something reached.

    THING is a file or folder (data, code, or what a stage made), an md5, a feature, a
    parameter as NAME or NAME=VALUE, or a library as NAME or NAME==VERSION. All versions
    that were ever registered are searched, withdrawn ones too; nothing is run. At the
    end stands what a change of it would reach now: the stages of HEAD that would run
    again, and the stages of the registry that hold such a version.
    """
    from lineal.bootstrap.usage import search  # noqa: PLC0415 - not for --help
    from lineal.reporting import usage as views  # noqa: PLC0415 - as above

    gc.disable()  # all that is made here is kept until it is printed
    asked = readings(thing, kind)
    found = search(open_reader(app, model), asked, model)
    for note in found.notes:
        click.echo(f"note: {note}", err=True)
    if as_json:
        click.echo(views.as_json(found), nl=False)
    else:
        screen = Screen(columns(), wants_colour())
        page(views.as_text(found, Clock.of_environment().zone(), screen))

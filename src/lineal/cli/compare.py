"""`lineal compare`: what differs between two versions, and which is better."""

import gc

import click

from lineal.cli.app import App
from lineal.cli.instants import as_json
from lineal.cli.reading import open_reader
from lineal.cli.terminal import columns, page, wants_colour
from lineal.cli.words import ModelType, only_form
from lineal.reporting.screen import Screen


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--model",
    type=ModelType(),
    help="Whose commits; by default what A or B names, or the only one declared.",
)
@as_json
@click.option("--markdown", is_flag=True, help="Print Markdown.")
@click.pass_obj
def compare(  # noqa: PLR0913 - one parameter an option
    app: App,
    /,
    before: str,
    after: str,
    model: str | None,
    *,
    as_json: bool,
    markdown: bool,
) -> None:
    """Tell what differs between A and B, and which is better.

    Each is MODEL@VERSION, MODEL#STAGE, a branch, tag or commit, or `.` for the working
    tree. `lineal compare MODEL#prod .` is for before a pull request. Nothing is run:
    cards, errors by day, dvc.lock and tags are read. The exit code is 0 whatever comes
    out.
    """
    form = only_form(json=as_json, markdown=markdown)
    from lineal.bootstrap import comparing  # noqa: PLC0415 - not for --help

    gc.disable()  # all that is made here is kept until it is printed
    found = comparing.compare(open_reader(app), before, after, model=model)
    match form:
        case "json":
            from lineal.reporting import comparison_json  # noqa: PLC0415 - one of three

            click.echo(comparison_json.as_json(found), nl=False)
        case "markdown":
            from lineal.reporting import (  # noqa: PLC0415 - one of three
                comparison_markdown,
            )

            click.echo(comparison_markdown.as_markdown(found), nl=False)
        case _:
            from lineal.reporting import comparison_text  # noqa: PLC0415 - as above

            screen = Screen(columns(), wants_colour())
            page(comparison_text.as_text(found, screen))

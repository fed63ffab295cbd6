"""`lineal lineage`: what made a version, and what became of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lineal.cli.app import App
from lineal.cli.delivering import deliver
from lineal.cli.progress import progress
from lineal.cli.reading import open_reader
from lineal.cli.terminal import columns, page, wants_colour
from lineal.cli.words import only_form
from lineal.doors.clock import Clock
from lineal.registry.retrieval import Target

if TYPE_CHECKING:
    from lineal.lineage.story import Lineage
    from lineal.registry.reader import Reader


@click.command()
@click.argument("target", metavar="MODEL@VERSION|MODEL#STAGE|MODEL")
@click.option("--json", is_flag=True, help="Print JSON; docs/json.md lists its fields.")
@click.option(
    "--mermaid", is_flag=True, help="Print a Mermaid flowchart, which GitHub draws."
)
@click.option(
    "--openlineage", is_flag=True, help="Print OpenLineage events, one a line."
)
@click.option("--code", is_flag=True, help="Name each file of code, in the text.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it there, in place of what is there; by default to standard output.",
)
@click.pass_obj
def lineage(
    app: App, /, target: str, output: Path | None, *, code: bool, **forms: bool
) -> None:
    """Trace a version: raw data, stages, model, tags, who held it.

    It comes from the dvc.lock and .dvc files of the version's commit and from its tags;
    nothing is run, and the working tree does not matter. Withdrawn versions have one
    too. MODEL alone is its newest that stands. What nobody recorded is left out, or
    named in a note.
    """
    from lineal.bootstrap import lineage as tracing  # noqa: PLC0415 - not for --help

    form = only_form(**forms)
    wanted = Target.parse(target)
    reader = open_reader(app, wanted.model)
    with progress("checking signatures") as said:
        found = tracing.gather(reader, wanted, said)
    if form == "text" and output is None:
        page(_drawn(found, code=code))
        return
    deliver(_written(found, reader, form, code=code), output)
    for note in found.notes if form in {"mermaid", "openlineage"} else ():
        click.echo(f"note: {_shown(note)}", err=True)


def _shown(text: str) -> str:
    from lineal.reporting.signs import visible  # noqa: PLC0415 - mostly no note

    return visible(text)


def _drawn(found: "Lineage", **how: Any) -> str:
    from lineal.reporting.lineage_text import as_text  # noqa: PLC0415 - one of four
    from lineal.reporting.screen import Screen  # noqa: PLC0415 - as above

    zone = Clock.of_environment().zone()
    return as_text(found, zone, Screen(columns(), wants_colour()), **how)


def _written(found: "Lineage", reader: "Reader", form: str, *, code: bool) -> str:
    match form:
        case "json":
            from lineal.reporting import lineage_json  # noqa: PLC0415 - one of four

            return lineage_json.as_json(found)
        case "mermaid":
            from lineal.reporting import lineage_mermaid  # noqa: PLC0415 - one of four

            return lineage_mermaid.as_mermaid(found)
        case "openlineage":
            from lineal.bootstrap.lineage import namespace  # noqa: PLC0415 - rarely
            from lineal.reporting.lineage_openlineage import (  # noqa: PLC0415 - as above
                as_openlineage,
            )

            return as_openlineage(found, namespace(reader))
        case _:
            from lineal.reporting.lineage_text import as_text  # noqa: PLC0415 - rarely
            from lineal.reporting.screen import Screen  # noqa: PLC0415 - as above

            return as_text(found, Clock.of_environment().zone(), Screen(), code=code)

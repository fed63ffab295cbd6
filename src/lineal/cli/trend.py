"""`lineal trend`: a metric over the versions of a model."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lineal.cli.app import App
from lineal.cli.delivering import deliver
from lineal.cli.instants import as_json
from lineal.cli.reading import note_ignored, open_reader
from lineal.cli.terminal import columns, page, wants_colour
from lineal.cli.words import ModelType, StageType, only_form
from lineal.doors.clock import Clock
from lineal.reporting.screen import Screen

if TYPE_CHECKING:
    from lineal.lineage.trend import Trend


@click.command()
@click.argument("model", type=ModelType())
@click.option(
    "--metric", help="Which; by default what the newest version was chosen by."
)
@click.option("--segment", help="Of this segment only.")
@click.option("--stage", type=StageType(), help="Only what this stage holds or held.")
@as_json
@click.option(
    "--svg",
    metavar="FILE",
    help="Write a plot there, in place of what is there; - is standard output.",
)
@click.pass_obj
def trend(  # noqa: PLR0913 - one parameter an option
    app: App,
    /,
    model: str,
    metric: str | None,
    segment: str | None,
    stage: str | None,
    *,
    svg: str | None,
    as_json: bool,
) -> None:
    """Show a metric over the versions of MODEL.

    It comes from the card at each version's commit; the lowest version comes first.
    The change is against the version before that stands and has the metric.
    """
    only_form(json=as_json, svg=svg is not None)
    from lineal.bootstrap import trending  # noqa: PLC0415 - not for --help

    reader = open_reader(app, model)
    found = trending.trend(reader, model, metric, segment=segment, stage=stage)
    note_ignored(len(reader.ignored(model)))
    if svg is not None:
        _draw(found, svg)
        return
    from lineal.reporting import trend_text  # noqa: PLC0415 - one of two

    if as_json:
        click.echo(trend_text.as_json(found), nl=False)
        return
    screen = Screen(columns(), wants_colour())
    page(trend_text.as_text(found, Clock.of_environment().zone(), screen))


def _draw(found: "Trend", where: str) -> None:
    from lineal.reporting import trend_svg  # noqa: PLC0415 - one of two

    deliver(trend_svg.as_svg(found), None if where == "-" else Path(where))

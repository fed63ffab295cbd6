"""`lineal forecast`: what a model expects of the days ahead."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lineal.cli.app import App
from lineal.cli.dates import DateType
from lineal.cli.reading import open_reader
from lineal.cli.words import only_form
from lineal.doors import numerics
from lineal.registry.retrieval import Target

if TYPE_CHECKING:
    from lineal.bootstrap.forecasting import Source


@click.command()
@click.argument("target", metavar="MODEL|MODEL@VERSION|MODEL#STAGE")
@click.option(
    "--horizon",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many days ahead; by default as many as the model learned.",
)
@click.option(
    "--segment",
    "segments",
    multiple=True,
    metavar="S",
    help="A series to forecast, may be repeated; by default all of them.",
)
@click.option(
    "--from",
    "origin",
    type=DateType(),
    metavar="DATE",
    help="The last day whose observations are used; forecasts start the day after. "
    "By default the last day that the model has.",
)
@click.option(
    "--future",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Known covariates of the days ahead (Parquet or CSV): the segment columns, "
    "the date and the covariates, named as in params.yaml.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option(
    "--uncommitted",
    is_flag=True,
    help="Trust the dvc.lock of the working tree, for a model you trained yourself.",
)
@click.option(
    "--trust",
    is_flag=True,
    help="Load a joblib file from a URL: it runs what its maker chose.",
)
@click.pass_obj
def forecast(  # noqa: PLR0913 - one parameter an option
    app: App,
    *,
    target: str,
    horizon: int | None,
    segments: tuple[str, ...],
    origin: date | None,
    future: Path | None,
    as_json: bool,
    as_csv: bool,
    uncommitted: bool,
    trust: bool,
) -> None:
    """Print a model's forecasts with their intervals.

    MODEL alone is the one in the working tree, loaded only if its hash is in the
    committed dvc.lock. A version, or what a stage holds, comes from the registry; so
    does everything from a URL.
    """
    form = only_form(json=as_json, csv=as_csv)
    numerics.fix(threads=1)  # before the next line imports NumPy
    from lineal.reporting import forecast as views  # noqa: PLC0415 - heavy, as above

    source = _source(app, target, uncommitted=uncommitted, trust=trust)
    table = source.read_future(future) if future else None
    found = source.bundle.forecast(
        origin=origin, horizon=horizon, segments=segments, future=table
    )
    view = {"json": views.as_json, "csv": views.as_csv}.get(form, views.as_text)
    click.echo(view(views.Answer.of(source.bundle.card, found)), nl=False)
    for note in views.notes(found):
        click.echo(f"note: {note}", err=True)


def _source(app: App, target: str, *, uncommitted: bool, trust: bool) -> "Source":
    """Open the working tree's model, or that of a version."""
    from lineal.bootstrap import forecasting, retrieval  # noqa: PLC0415 - heavy

    if not app.is_url and "@" not in target and "#" not in target:
        root = app.root
        return forecasting.of_working_tree(root, target, uncommitted=uncommitted)
    wanted = Target.parse(target)
    found = retrieval.find(open_reader(app, wanted.model), wanted)
    for warning in found.picked.warnings:
        click.echo(f"warning: {warning}", err=True)
    return forecasting.of_version(found, trust=trust)

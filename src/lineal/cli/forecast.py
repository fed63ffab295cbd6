"""`lineal forecast`: what a model expects of the times ahead."""

from datetime import date
from pathlib import Path

import click

from lineal.cli.app import App
from lineal.cli.dates import MomentType
from lineal.cli.opening import model_argument, open_model, uncommitted_option
from lineal.cli.words import only_form
from lineal.doors import numerics


@click.command()
@model_argument
@click.option(
    "--horizon",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many days (or hours, weeks, months) ahead; by default as many as the "
    "model learned.",
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
    type=MomentType(),
    metavar="DATE",
    help="The last day (or hour, written 2016-06-30T13:00, or week, or month) whose "
    "observations are used; forecasts start after it. By default the last one that the "
    "model has.",
)
@click.option(
    "--future",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Known covariates of the times ahead (Parquet or CSV): the segment columns, "
    "the date and the covariates, named as in params.yaml.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@uncommitted_option
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
    from lineal.bootstrap import forecasting  # noqa: PLC0415 - heavy, as above
    from lineal.reporting import forecast as views  # noqa: PLC0415

    source = open_model(app, target, forecasting, uncommitted=uncommitted, trust=trust)
    table = source.read_future(future) if future else None
    found = source.bundle.forecast(
        origin=origin, horizon=horizon, segments=segments, future=table
    )
    view = {"json": views.as_json, "csv": views.as_csv}.get(form, views.as_text)
    click.echo(view(views.Answer.of(source.bundle.card, found)), nl=False)
    for note in views.notes(found, source.bundle.card.rhythm.steps):
        click.echo(f"note: {note}", err=True)

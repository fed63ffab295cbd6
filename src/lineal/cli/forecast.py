"""`lineal forecast`: what a model expects of the days ahead."""

from datetime import date
from pathlib import Path

import click

from lineal.cli.app import App
from lineal.cli.dates import DateType
from lineal.doors import numerics


@click.command()
@click.argument("model")
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
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option(
    "--uncommitted",
    is_flag=True,
    help="Trust the dvc.lock of the working tree, for a model you trained yourself.",
)
@click.pass_obj
def forecast(  # noqa: PLR0913 - one parameter an option
    app: App,
    *,
    model: str,
    horizon: int | None,
    segments: tuple[str, ...],
    origin: date | None,
    future: Path | None,
    form: str | None,
    uncommitted: bool,
) -> None:
    """Print MODEL's forecasts with their intervals.

    The model is loaded only if its hash is in the committed dvc.lock.
    """
    numerics.fix(threads=1)  # before the next line imports NumPy
    from lineal import bootstrap  # noqa: PLC0415 - heavy, and not before the line above
    from lineal.reporting import forecast as views  # noqa: PLC0415 - as above

    root = app.root
    bundle = bootstrap.open_bundle(root, model, uncommitted=uncommitted)
    table = bootstrap.read_future(root, bundle.card, future) if future else None
    found = bundle.forecast(
        origin=origin, horizon=horizon, segments=segments, future=table
    )
    view = {"json": views.as_json, "csv": views.as_csv}.get(form or "", views.as_text)
    click.echo(view(views.Answer.of(bundle.card, found)), nl=False)
    for note in views.notes(found):
        click.echo(f"note: {note}", err=True)

"""`lineal predict`: what a model says of rows."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lineal.cli.app import App
from lineal.cli.delivering import deliver
from lineal.cli.opening import model_argument, open_model, uncommitted_option
from lineal.doors import numerics
from lineal.errors import BadInputError

if TYPE_CHECKING:
    import pandas as pd

    from lineal.bootstrap.predicting import Source
    from lineal.modeling.tables.predictor import Predictor
    from lineal.reporting.predictions import Answers


class NoSuchRowError(BadInputError):
    """The table has fewer rows."""

    def __init__(self, row: int, rows: int) -> None:
        there = f"it has 0 to {rows - 1}" if rows else "it has none"
        super().__init__(f"the table has no row {row} to explain: {there}")


@click.command()
@model_argument
@click.option(
    "--data",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE|FOLDER",
    help="The rows to answer (Parquet or CSV): the raw columns, named as in "
    "params.yaml, with those that joins add; others are ignored, and so is the target. "
    "Of a folder, the tables that params.yaml names are joined as it says.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the answers there instead of printing them.",
)
@click.option("--proba", is_flag=True, help="Add the probability of each class.")
@click.option(
    "--explain",
    "row",
    type=click.IntRange(min=0),
    metavar="ROW",
    help="Say why of this row only, counted from 0: what each feature contributes.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Write JSON; by default answers are CSV: row (from 0), prediction, and the "
    "probabilities, or for numbers the ends of intervals.",
)
@uncommitted_option
@click.option(
    "--trust",
    is_flag=True,
    help="Load a joblib file or own features from a URL: they run what their maker "
    "chose.",
)
@click.pass_obj
def predict(  # noqa: PLR0913 - one parameter an option
    app: App,
    *,
    target: str,
    data: Path,
    out: Path | None,
    proba: bool,
    row: int | None,
    as_json: bool,
    uncommitted: bool,
    trust: bool,
) -> None:
    """Answer rows of a table with a classifier or a regressor.

    MODEL alone is the one in the working tree, loaded only if its hash is in the
    committed dvc.lock. A version, or what a stage holds, comes from the registry; so
    does everything from a URL.
    """
    numerics.fix(threads=1)  # before the next line imports NumPy
    from lineal.bootstrap import predicting  # noqa: PLC0415 - heavy, as above
    from lineal.reporting import predictions as views  # noqa: PLC0415

    source = open_model(app, target, predicting, uncommitted=uncommitted, trust=trust)
    with _noting():
        table = source.read(data)
    with _noting():
        if row is None:
            found = _answers(source, table, proba=proba)
            text = views.as_json(found) if as_json else views.as_csv(found)
            said = views.summary(found)
        else:
            text, said = _explained(source, table, row, as_json=as_json), ""
    deliver(text, out)
    if said:
        click.echo(said, err=True)


@contextmanager
def _noting() -> Iterator[None]:
    """Say what is warned of, once, and also where an error follows from it."""
    with warnings.catch_warnings(record=True) as noted:
        warnings.simplefilter("always")
        try:
            yield
        finally:
            for each in dict.fromkeys(str(each.message) for each in noted):
                click.echo(f"note: {each}", err=True)


def _answers(source: "Source", table: "pd.DataFrame", *, proba: bool) -> "Answers":
    """Ask a model about all rows, once for each kind of answer."""
    from lineal.reporting.predictions import Answers, together  # noqa: PLC0415 - heavy

    predictor = source.predictor
    beside = _beside(predictor, table, proba=proba)
    return Answers(
        predictor.card, source.name, together(predictor.predict(table), beside)
    )


def _beside(
    predictor: "Predictor", table: "pd.DataFrame", *, proba: bool
) -> "pd.DataFrame | None":
    """Return what goes with answers: probabilities where asked for, or intervals."""
    if proba:
        return predictor.predict_proba(table)
    return predictor.intervals(table) if predictor.card.classing is None else None


def _explained(
    source: "Source", table: "pd.DataFrame", row: int, *, as_json: bool
) -> str:
    """Say why of one row."""
    from lineal.reporting import predictions as views  # noqa: PLC0415 - heavy

    if row >= len(table):
        raise NoSuchRowError(row, len(table))
    one = table.iloc[[row]]
    answer = source.predictor.predict(one).iloc[0]
    because = source.predictor.explain(one)
    found = views.Explained(source.name, row, answer, because)
    return views.explained_json(found) if as_json else views.explained_text(found)

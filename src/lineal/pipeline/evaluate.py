"""Stage `evaluate`: choose the champion, read the test period once, make its bundle."""

from collections.abc import Mapping

import pandas as pd
from threadpoolctl import threadpool_limits

from lineal.modeling import storage
from lineal.modeling.assessment import Assessment, assess
from lineal.modeling.card import Card, Stored
from lineal.modeling.config import Model, Params
from lineal.modeling.features.column import Feature
from lineal.modeling.index import INDEX, NAIVE_ERROR
from lineal.modeling.selection import select
from lineal.modeling.splits import Splits
from lineal.pipeline.bundling import Material, metrics, write_bundle
from lineal.pipeline.files import (
    load_params,
    read_bytes,
    read_json_as,
    read_table,
    write_bytes,
    write_json,
    write_table,
    write_text,
)
from lineal.pipeline.paths import Paths
from lineal.pipeline.plot_data import plot_tables
from lineal.pipeline.progress import say
from lineal.pipeline.results import Result, load_final, read_results

_INDEX = [*INDEX, NAIVE_ERROR]


def main(name: str) -> None:
    """Read, evaluate, write."""
    params, paths = load_params(), Paths(name)
    with threadpool_limits({"blas": 1, "openmp": params.runtime.threads}):
        run(name, params, paths)


def run(name: str, params: Params, paths: Paths) -> None:
    """Evaluate one model from the files of the stages before."""
    model = params.model(name)
    results = read_results(paths, model.candidates)
    selection = select(
        {candidate: result.validated for candidate, result in results.items()},
        model.selection.order,
        model.selection.metric,
    )
    say(f"{name}: {selection.reason}")
    test = read_table(paths.rows("test"))
    champion = results[selection.champion]
    assessment = assess(
        _forecasts(test, results, paths),
        read_table(paths.candidate(champion.candidate) / "validation.parquet"),
        selection,
        model=model,
        seed=params.runtime.seed,
    )
    write_table(assessment.predictions, paths.predictions)
    card = write_bundle(
        Material(
            name=name,
            model=model,
            runtime=params.runtime,
            results=results,
            splits=read_json_as(paths.report("splits.json"), Splits),
            table=read_table(paths.ingested),
            learn=read_table(paths.rows("learn")),
            features=read_json_as(paths.bundle("features.json"), tuple[Feature, ...]),
            stored=_store(paths, champion, model),
            assessment=assessment,
        ),
        paths,
    )
    _report(card, assessment, paths)


def _forecasts(
    test: pd.DataFrame, results: Mapping[str, Result], paths: Paths
) -> pd.DataFrame:
    """Return the test rows' index and one column of forecasts a candidate."""
    predictions = test[_INDEX]
    for candidate, result in results.items():
        forecast = load_final(paths, result).predict(test)
        predictions = predictions.assign(**{candidate: forecast})
        say(f"{paths.model}: {candidate} forecast {len(test):,} rows")
    return predictions


def _report(card: Card, assessment: Assessment, paths: Paths) -> None:
    """Write the metrics and the plots' tables, and say what was found."""
    write_json(metrics(card), paths.report("metrics.json"))
    for file, table in plot_tables(card, assessment.predictions).items():
        write_text(_csv(table), paths.report(f"plots/{file}.csv"))
    for compared in card.compared:
        say(f"{paths.model}: {compared.meaning}")


def _store(paths: Paths, champion: Result, model: Model) -> Stored:
    """Store the champion in the format asked for; copy it where that is joblib."""
    form, source = model.bundle.format, paths.candidate(champion.candidate)
    content = (
        read_bytes(source / "model.joblib")
        if form == "joblib"
        else storage.dump(load_final(paths, champion), form)
    )
    file = f"model.{form}"
    write_bytes(content, paths.bundle(file))
    return Stored(file=file, md5=storage.md5(content), size=len(content), format=form)


def _csv(table: pd.DataFrame) -> str:
    """Write a small table for DVC's plots, floats in their shortest exact form."""
    text: str = table.to_csv(index=False, lineterminator="\n")
    return text

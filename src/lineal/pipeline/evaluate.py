"""Stage `evaluate`: choose the champion, read the test period once, make its bundle."""

from collections.abc import Mapping

import pandas as pd
from threadpoolctl import threadpool_limits

from lineal.modeling.assessment import assess
from lineal.modeling.features.column import Feature
from lineal.modeling.index import INDEX, NAIVE_ERROR
from lineal.modeling.params import Params
from lineal.modeling.selection import select
from lineal.modeling.splits import Splits
from lineal.pipeline.bundling import Material, metrics, write_bundle
from lineal.pipeline.candidates import store
from lineal.pipeline.files import (
    load_params,
    read_json_as,
    read_table,
    write_table,
)
from lineal.pipeline.material import write_findings
from lineal.pipeline.own import own_source
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
    model = params.forecast(name)
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
            stored=store(paths, champion, model.bundle.format),
            assessment=assessment,
            own=own_source(model.features.own),
        ),
        paths,
    )
    tables = plot_tables(card, assessment.predictions)
    write_findings(metrics(card), tables, card.compared, paths)


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

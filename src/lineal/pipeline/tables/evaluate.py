"""Stage `evaluate` of tables: choose the champion, read the test period once."""

from collections.abc import Mapping

import pandas as pd
from threadpoolctl import threadpool_limits

from lineal.modeling.features.column import Feature
from lineal.modeling.params import Params
from lineal.modeling.selection import select
from lineal.modeling.tables.assessment import assess
from lineal.modeling.tables.card import Parts
from lineal.modeling.tables.config import Classification
from lineal.modeling.tables.index import INDEX
from lineal.modeling.tables.question import Question
from lineal.modeling.tables.scores import DIRECTIONS
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
from lineal.pipeline.progress import say
from lineal.pipeline.results import Result, load_final, read_results
from lineal.pipeline.tables.bundling import Material, metrics, write_bundle
from lineal.pipeline.tables.plot_data import plot_tables


def main(name: str) -> None:
    """Read, evaluate, write."""
    params, paths = load_params(), Paths(name)
    with threadpool_limits({"blas": 1, "openmp": params.runtime.threads}):
        run(name, params, paths)


def run(name: str, params: Params, paths: Paths) -> None:
    """Evaluate one model from the files of the stages before."""
    model, metric = params.table(name), params.table(name).selection.metric
    results = read_results(paths, model.candidates)
    selection = select(
        {candidate: result.validated for candidate, result in results.items()},
        model.selection.order,
        metric,
        higher=DIRECTIONS[metric] == "higher",
    )
    say(f"{name}: {selection.reason}")
    parts = read_json_as(paths.report("splits.json"), Parts)
    question = Question.of(parts.classes, None)
    assessment = assess(
        _predictions(read_table(paths.rows("test")), results, question, paths),
        {each: _validation(paths, each) for each in results},
        selection,
        model=model,
        question=question,
        seed=params.runtime.seed,
    )
    write_table(assessment.predictions, paths.predictions)
    material = Material(
        name=name,
        model=model,
        runtime=params.runtime,
        results=results,
        splits=parts,
        table=read_table(paths.ingested),
        learn=read_table(paths.rows("learn")),
        features=read_json_as(paths.bundle("features.json"), tuple[Feature, ...]),
        stored=store(paths, results[selection.champion], model.bundle.format),
        assessment=assessment,
        own=own_source(model.features.own),
    )
    card = write_bundle(material, paths)
    bins = model.calibration.bins if isinstance(model, Classification) else 0
    tables = plot_tables(card, assessment, question, bins)
    write_findings(metrics(card), tables, card.compared, paths)


def _validation(paths: Paths, candidate: str) -> pd.DataFrame:
    return read_table(paths.candidate(candidate) / "validation.parquet")


def _predictions(
    test: pd.DataFrame, results: Mapping[str, Result], question: Question, paths: Paths
) -> pd.DataFrame:
    """Return the test rows' index, and the answers of each candidate."""
    predictions = test[list(INDEX)]
    for candidate, result in results.items():
        answers = load_final(paths, result).answer(test)
        predictions = predictions.assign(**question.put(candidate, answers))
        say(f"{paths.model}: {candidate} answered {len(test):,} rows")
    return predictions

"""Stage `train`: one candidate, tuned, cross-validated and fitted."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from threadpoolctl import threadpool_limits

from lineal.modeling.candidates import Forecaster, forecaster
from lineal.modeling.config import Forecast
from lineal.modeling.evaluation import Scores
from lineal.modeling.index import INDEX, NAIVE_ERROR
from lineal.modeling.sections import Runtime
from lineal.modeling.splits import Splits, fold_rows
from lineal.modeling.tuning import (
    cross_validate,
    metric_of,
    score_rows,
    search,
    with_params,
)
from lineal.pipeline.candidates import check_candidate, explained
from lineal.pipeline.files import load_params, read_json_as, read_table
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say
from lineal.pipeline.trained import Trained, summary, write


def train(  # noqa: PLR0913 - what is not data is named at the call
    candidate: str,
    learn: pd.DataFrame,
    validation: pd.DataFrame,
    *,
    splits: Splits,
    model: Forecast,
    runtime: Runtime,
) -> Trained[Forecaster, Scores]:
    """Search parameters, cross-validate the best, and fit it twice."""
    asked = model.candidates[candidate]
    index = (*INDEX, NAIVE_ERROR)
    blank = forecaster(
        asked.kind or candidate,
        asked.fixed,
        tuple(name for name in learn.columns if name not in index),
        seed=runtime.seed,
        threads=runtime.threads,
        sign=model.data.sign,
        encoding=asked.encoding,
    )
    past = splits.train.mask(learn["origin"].to_numpy())
    training = learn[past].reset_index(drop=True)
    folds = fold_rows(training["origin"].to_numpy(), splits.folds)
    found = search(
        blank,
        asked.search,
        training,
        folds,
        asked=model.tuning,
        metric=model.selection.metric,
        seed=runtime.seed,
    )
    say(f"{candidate}: best of {len(found.trials)} trials: {dict(found.best)}")
    scores = cross_validate(blank, found.best, training, folds)
    early = with_params(blank, found.best)
    early.fit(training, training["target"].to_numpy())
    final = with_params(blank, found.best)
    final.fit(learn, learn["target"].to_numpy())
    return Trained(
        model=final,
        early=early,
        validation=validation[list(index)].assign(predicted=early.predict(validation)),
        search=found,
        folds=scores,
        scores=score_rows(early, validation, validation["target"].to_numpy()),
    )


def summarise(
    candidate: str, trained: Trained[Forecaster, Scores], metric: str
) -> Mapping[str, Any]:
    """Return what Git keeps of a candidate: scores by fold, mean and spread."""
    values = [metric_of(scores, metric) for scores in trained.folds]
    return summary(candidate, trained, metric, values)


def main(name: str, candidate: str) -> None:
    """Read, train, write."""
    params, paths = load_params(), Paths(name)
    model = params.forecast(name)
    check_candidate(name, candidate, model.candidates)
    with (
        threadpool_limits({"blas": 1, "openmp": params.runtime.threads}),
        explained(name, candidate, model.candidates[candidate].kind),
    ):
        trained = train(
            candidate,
            read_table(paths.rows("learn")),
            read_table(paths.rows("validation")),
            splits=read_json_as(paths.report("splits.json"), Splits),
            model=model,
            runtime=params.runtime,
        )
    write(trained, summarise(candidate, trained, model.selection.metric), paths)

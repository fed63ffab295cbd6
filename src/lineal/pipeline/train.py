"""Stage `train`: one candidate, tuned, cross-validated and fitted."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Any

import numpy as np
import pandas as pd
from sklearn.utils._param_validation import InvalidParameterError
from threadpoolctl import threadpool_limits
from xgboost.core import XGBoostError

from lineal.modeling import storage
from lineal.modeling.candidates import Forecaster, forecaster
from lineal.modeling.config import InvalidParamsError, Model, Runtime
from lineal.modeling.evaluation import Scores
from lineal.modeling.index import INDEX, NAIVE_ERROR
from lineal.modeling.splits import Splits, fold_rows
from lineal.modeling.tuning import (
    Search,
    cross_validate,
    metric_of,
    score_rows,
    search,
    with_params,
)
from lineal.pipeline.files import (
    load_params,
    read_json_as,
    read_table,
    write_bytes,
    write_json,
    write_table,
)
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """What the stage makes.

    Attributes:
        model: Fitted on train and validation together.
        early: Fitted on train alone, so that validation rows are new to it.
        validation: The validation rows' index and what the early copy forecast.
        search: How the parameters were found.
        folds: Scores of each fold.
        scores: Scores on validation.
    """

    model: Forecaster
    early: Forecaster
    validation: pd.DataFrame
    search: Search
    folds: tuple[Scores, ...]
    scores: Scores


def train(  # noqa: PLR0913 - what is not data is named at the call
    candidate: str,
    learn: pd.DataFrame,
    validation: pd.DataFrame,
    *,
    splits: Splits,
    model: Model,
    runtime: Runtime,
) -> Trained:
    """Search parameters, cross-validate the best, and fit it twice."""
    asked = model.candidates[candidate]
    index = (*INDEX, NAIVE_ERROR)
    blank = forecaster(
        asked.kind or candidate,
        asked.fixed,
        tuple(name for name in learn.columns if name not in index),
        seed=runtime.seed,
        threads=runtime.threads,
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


def summarise(candidate: str, trained: Trained, metric: str) -> Mapping[str, Any]:
    """Return what Git keeps of a candidate: scores by fold, mean and spread."""
    values = [metric_of(scores, metric) for scores in trained.folds]
    return {
        "candidate": candidate,
        "metric": metric,
        "mean": fmean(values),
        "standard_deviation": stdev(values),
        "standard_error": stdev(values) / np.sqrt(len(values)),
        "folds": trained.folds,
        "validation": trained.scores,
        "params": trained.search.best,
        "trials": trained.search.trials,
    }


@contextmanager
def _explained(name: str, candidate: str) -> Iterator[None]:
    """Say where a value stands that an estimator refuses."""
    try:
        yield
    except (InvalidParameterError, XGBoostError) as error:
        reason = " ".join(str(error).split())
        msg = f"params.yaml: models.{name}.candidates.{candidate}: {reason}"
        raise InvalidParamsError(msg) from error


def main(name: str, candidate: str) -> None:
    """Read, train, write."""
    params, paths = load_params(), Paths(name)
    model = params.model(name)
    if candidate not in model.candidates:
        msg = (
            f"params.yaml: models.{name} has no candidate {candidate!r}; "
            f"it has: {', '.join(model.candidates)}"
        )
        raise InvalidParamsError(msg)
    with (
        threadpool_limits({"blas": 1, "openmp": params.runtime.threads}),
        _explained(name, candidate),
    ):
        trained = train(
            candidate,
            read_table(paths.rows("learn")),
            read_table(paths.rows("validation")),
            splits=read_json_as(paths.report("splits.json"), Splits),
            model=model,
            runtime=params.runtime,
        )
    folder = paths.candidate(candidate)
    final = storage.dump(trained.model, "joblib")
    early = storage.dump(trained.early, "joblib")
    write_bytes(final, folder / "model.joblib")
    write_bytes(early, folder / "early.joblib")
    write_table(trained.validation, folder / "validation.parquet")
    result = {
        **summarise(candidate, trained, model.selection.metric),
        "md5": storage.md5(final),
        "early_md5": storage.md5(early),
    }
    write_json(result, paths.report(f"candidates/{candidate}.json"))
    say(
        f"{candidate}: cross-validated {model.selection.metric} "
        f"{result['mean']:.4f} ± {result['standard_deviation']:.4f}"
    )

"""Stage `train` of tables: one candidate, tuned, cross-validated and fitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from threadpoolctl import threadpool_limits

from lineal.errors import RefusedError
from lineal.modeling.features.column import Feature
from lineal.modeling.sections import Runtime
from lineal.modeling.tables.candidates import learner
from lineal.modeling.tables.card import Parts
from lineal.modeling.tables.config import Table
from lineal.modeling.tables.index import INDEX, TARGET
from lineal.modeling.tables.learner import Learner
from lineal.modeling.tables.question import PREDICTED, Question
from lineal.modeling.tables.scores import Scores
from lineal.modeling.tables.splits import folds
from lineal.modeling.tables.tuning import (
    cross_validate,
    fitted,
    score_rows,
    search,
    with_params,
)
from lineal.pipeline.candidates import check_candidate, explained
from lineal.pipeline.files import load_params, read_json_as, read_table
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say
from lineal.pipeline.trained import Trained, summary, write


class UnscorableError(RefusedError):
    """No fold could be scored by the metric that chooses the champion."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What a candidate learns from.

    Attributes:
        learn: Rows of train, then those of validation.
        validation: Rows of validation.
        parts: How many of the first are of train, and the classes.
        features: What the rows hold.
    """

    learn: pd.DataFrame
    validation: pd.DataFrame
    parts: Parts
    features: Sequence[Feature]


def train(
    candidate: str, rows: Rows, model: Table, runtime: Runtime
) -> Trained[Learner, Scores]:
    """Search parameters, cross-validate the best, and fit it twice."""
    asked = model.candidates[candidate]
    blank = learner(
        asked.kind or candidate,
        asked.fixed,
        rows.features,
        model=model,
        classes=rows.parts.classes,
        seed=runtime.seed,
        threads=runtime.threads,
        encoding=asked.encoding,
    )
    training = rows.learn.iloc[: rows.parts.train.rows]
    parted = folds(training, model, runtime.seed)
    found = search(
        blank,
        asked.search,
        training,
        parted,
        asked=model.tuning,
        metric=model.selection.metric,
        seed=runtime.seed,
    )
    say(f"{candidate}: best of {len(found.trials)} trials: {dict(found.best)}")
    scores = cross_validate(blank, found.best, training, parted)
    early = fitted(with_params(blank, found.best), training)
    judged = rows.validation
    answers = Question.of(rows.parts.classes, None).put(PREDICTED, early.answer(judged))
    return Trained(
        model=fitted(with_params(blank, found.best), rows.learn),
        early=early,
        validation=judged[list(INDEX)].assign(**answers),
        search=found,
        folds=scores,
        scores=score_rows(early, judged, judged[TARGET].to_numpy()),
    )


def summarise(
    candidate: str, trained: Trained[Learner, Scores], metric: str
) -> Mapping[str, Any]:
    """Return what Git keeps of a candidate: scores by fold, mean and spread.

    Raises:
        UnscorableError: The metric is undefined on every fold.
    """
    known = [scores[metric] for scores in trained.folds]
    values = [float(value) for value in known if value is not None]
    if not values:
        msg = (
            f"{candidate}: {metric} is undefined on every fold: use fewer folds, or "
            "choose another selection.metric"
        )
        raise UnscorableError(msg)
    return summary(candidate, trained, metric, values)


def main(name: str, candidate: str) -> None:
    """Read, train, write."""
    params, paths = load_params(), Paths(name)
    model = params.table(name)
    check_candidate(name, candidate, model.candidates)
    rows = Rows(
        learn=read_table(paths.rows("learn")),
        validation=read_table(paths.rows("validation")),
        parts=read_json_as(paths.report("splits.json"), Parts),
        features=read_json_as(paths.bundle("features.json"), tuple[Feature, ...]),
    )
    with (
        threadpool_limits({"blas": 1, "openmp": params.runtime.threads}),
        explained(name, candidate, model.candidates[candidate].kind),
    ):
        trained = train(candidate, rows, model, params.runtime)
    write(trained, summarise(candidate, trained, model.selection.metric), paths)

"""Search and cross-validation of the candidates of classification and regression."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling import halving
from lineal.modeling.halving import Fold, Search, halve
from lineal.modeling.sections import Tuning
from lineal.modeling.tables.candidates import PREFIX
from lineal.modeling.tables.index import TARGET, WEIGHT
from lineal.modeling.tables.learner import Learner
from lineal.modeling.tables.scores import Scores, loss, score

_FEW = 4000  # rows; thinning out fewer would choose by chance
_UNDEFINED = 1e9  # loss of rows on which the metric says nothing, the same for all


def search(  # noqa: PLR0913 - what is not data is named at the call
    learner: Learner,
    space: Mapping[str, Any],
    rows: pd.DataFrame,
    folds: Sequence[Fold],
    *,
    asked: Tuning,
    metric: str,
    seed: int,
) -> Search:
    """Draw parameters at random; give the better part more rows, again and again.

    Args:
        learner: Untrained.
        space: Parameter name to choices or range; empty means nothing to search.
        rows: Training rows with the index columns and the features.
        folds: Row numbers of each fold.
        asked: Budget, factor and the last round's rows.
        metric: Which of the scores decides.
        seed: Seed of the draws and of the subsamples.

    Raises:
        InvalidParamsError: The estimator has no such parameter, or nothing can be
            drawn for it.
    """

    def minus_loss(model: Learner, seen: pd.DataFrame, actual: Any) -> float:
        found = loss(score_rows(model, seen, actual), metric)
        return -found if np.isfinite(found) else -_UNDEFINED

    return halve(
        learner,
        space,
        (rows, rows[TARGET].to_numpy(), {"weight": rows[WEIGHT].to_numpy()}),
        folds,
        asked=asked,
        scoring=minus_loss,
        prefix=PREFIX,
        whole=min(asked.rows, len(rows)) < _FEW,
        seed=seed,
    )


def cross_validate(
    learner: Learner,
    params: Mapping[str, Any],
    rows: pd.DataFrame,
    folds: Sequence[Fold],
) -> tuple[Scores, ...]:
    """Fit and score on every fold, with all of its rows."""
    scores = []
    for train, test in folds:
        model = fitted(with_params(learner, params), rows.iloc[train])
        judge = rows.iloc[test]
        scores.append(score_rows(model, judge, judge[TARGET].to_numpy()))
    return tuple(scores)


def fitted(learner: Learner, rows: pd.DataFrame) -> Learner:
    """Fit on rows with the index columns."""
    return learner.fit(rows, rows[TARGET].to_numpy(), rows[WEIGHT].to_numpy())


def with_params(learner: Learner, params: Mapping[str, Any]) -> Learner:
    """Return an untrained copy that has the parameters."""
    return halving.with_params(learner, params, PREFIX)


def score_rows(model: Learner, rows: pd.DataFrame, actual: npt.ArrayLike) -> Scores:
    """Score a trained learner on rows."""
    answers = model.answer(rows)
    if model.classes is None:
        return score("regression", actual, answers)
    positive = 1 if len(model.classes) == 2 else None  # noqa: PLR2004 - two classes
    return score("classification", actual, answers, positive=positive)

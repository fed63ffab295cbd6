"""What a trained candidate leaves for the choice of the champion."""

import pandas as pd
import pytest

from lineal.modeling.halving import Search
from lineal.modeling.tables.learner import Learner
from lineal.modeling.tables.scores import Scores
from lineal.pipeline.tables.train import UnscorableError, summarise
from lineal.pipeline.trained import Trained


def scored(value: float | None) -> Scores:
    """Return the scores of some rows."""
    return {"roc_auc": value}


def trained(*folds: float | None) -> Trained[Learner, Scores]:
    """Return a candidate whose folds have these ROC AUCs."""
    blank = Learner(None, ())
    return Trained(
        model=blank,
        early=blank,
        validation=pd.DataFrame(),
        search=Search({}, ()),
        folds=tuple(map(scored, folds)),
        scores=scored(0.5),
    )


def test_the_mean_is_over_folds_where_the_metric_is_defined() -> None:
    """A fold of one class says nothing of the order of rows."""
    found = summarise("ridge", trained(0.7, None, 0.8), "roc_auc")

    assert found["mean"] == pytest.approx(0.75)
    assert found["standard_error"] == pytest.approx(0.05)


def test_one_fold_has_no_spread() -> None:
    """Nothing is known of it."""
    found = summarise("ridge", trained(0.7, None), "roc_auc")

    assert (found["mean"], found["standard_error"]) == (0.7, 0.0)


def test_a_metric_that_no_fold_defines_is_refused() -> None:
    """Nothing could be chosen by it."""
    with pytest.raises(UnscorableError, match="ridge: roc_auc is undefined on every"):
        summarise("ridge", trained(None, None), "roc_auc")

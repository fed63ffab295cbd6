"""Explaining: the early copy is shuffled, the final model's forecasts are shared out."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from helpers.panels import small_recipe
from lineal.modeling.candidates import KINDS, Forecaster, forecaster
from lineal.modeling.features.matrix import rows
from lineal.modeling.sections import Explain
from lineal.pipeline.explain import explain
from lineal.pipeline.explained import Explained

FEATURES = ("lag_364_of_date", "weekday_lag_0", "mean_28", "weekday", "known_game")
SMALL = {
    "forest": {"n_estimators": 3},
    "boosting": {"max_iter": 5},
    "xgboost": {"n_estimators": 5},
}
ASKED = Explain(rows=80, repeats=2, shap_rows=40)


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Keep OpenMP to one thread, as the stages do: more only wait for each other."""
    with threadpool_limits({"openmp": 1}):
        yield


def table(first: int, stop: int) -> pd.DataFrame:
    """Return the small panel's rows of some origins, if they were counted."""
    found = rows(small_recipe(), np.arange(first, stop, 5), only=FEATURES)
    known = found["target"].notna() & found["scale"].notna()
    return found[known].reset_index(drop=True)


@cache
def groups() -> dict[str, str]:
    """Return each feature's group."""
    return {feature.name: feature.group for feature in small_recipe().features}


@cache
def trained(kind: str, stop: int) -> Forecaster:
    """Return a candidate that learned up to an origin."""
    learn = table(400, stop)
    blank = forecaster(kind, SMALL.get(kind, {}), FEATURES, seed=1, threads=1)
    return blank.fit(learn, learn["target"].to_numpy())


def explained(early: str, final: str, asked: Explain = ASKED) -> Explained:
    """Explain two models with the rows between them."""
    return explain(
        trained(early, 700),
        trained(final, 850),
        table(710, 850),
        groups(),
        asked=asked,
        seed=3,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_feature_is_explained_the_most_important_first(kind: str) -> None:
    """Both tables have each feature once, with its group, in falling order."""
    found = explained(kind, kind)

    assert list(found.importance) == ["feature", "group", "mean", "std"]
    assert list(found.shap) == ["feature", "group", "mean_abs", "mean"]
    for each, order in ((found.importance, "mean"), (found.shap, "mean_abs")):
        assert sorted(each["feature"]) == sorted(FEATURES)
        assert each["group"].tolist() == [groups()[name] for name in each["feature"]]
        assert each[order].is_monotonic_decreasing
    assert (found.shap["mean_abs"] >= found.shap["mean"].abs()).all()
    assert found.shap["mean_abs"].iloc[0] > 1


def test_each_model_answers_its_own_question() -> None:
    """Shuffles ask the copy that never saw the rows, values the one that ships."""
    mixed = explained("seasonal_naive", "linear")

    pd.testing.assert_frame_equal(
        mixed.importance, explained("seasonal_naive", "seasonal_naive").importance
    )
    pd.testing.assert_frame_equal(mixed.shap, explained("linear", "linear").shap)


def test_a_second_time_says_the_same() -> None:
    """Samples and shuffles follow the seed, and the rows stay as they were."""
    validation = table(710, 850)
    before = validation.copy()
    model = trained("xgboost", 700)
    first, second = (
        explain(model, model, validation, groups(), asked=ASKED, seed=3)
        for _ in range(2)
    )
    other = explain(model, model, validation, groups(), asked=ASKED, seed=4)

    pd.testing.assert_frame_equal(first.importance, second.importance)
    pd.testing.assert_frame_equal(first.shap, second.shap)
    assert not first.shap.equals(other.shap)
    pd.testing.assert_frame_equal(validation, before)


def test_asking_for_more_rows_than_there_are_takes_all() -> None:
    """Every row is used once, so only the shuffles follow the seed."""
    count = len(table(710, 850))
    exact = explained("linear", "linear", Explain(rows=count, repeats=1, shap_rows=9))
    more = Explain(rows=count + 1, repeats=1, shap_rows=9)

    pd.testing.assert_frame_equal(
        explained("linear", "linear", more).importance, exact.importance
    )

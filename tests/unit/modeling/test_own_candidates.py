"""Forecasters of estimators that params.yaml names by their class."""

from typing import Any

import numpy as np
import pytest

from helpers.panels import ROW_FEATURES, feature_rows
from lineal.modeling import storage
from lineal.modeling.candidates import Forecaster, forecaster, parameter_prefix
from lineal.modeling.importance import permutation, shap_values
from lineal.modeling.sections import Encoding, InvalidParamsError

pytestmark = pytest.mark.usefixtures("elsewhere")

TREES = "sklearn.ensemble.ExtraTreesRegressor"
NEIGHBOURS = "sklearn.neighbors.KNeighborsRegressor"
MEAN = "helpers.estimators.Middle"


def blank(kind: str, encoding: Encoding | None = None, **fixed: Any) -> Forecaster:
    """Return an untrained forecaster."""
    said = {"n_estimators": 5} if kind == TREES else {}
    return forecaster(
        kind, said | fixed, ROW_FEATURES, seed=4, threads=2, encoding=encoding
    )


def trained(kind: str, encoding: Encoding | None = None, **fixed: Any) -> Forecaster:
    """Return one that has learned."""
    rows = feature_rows()
    return blank(kind, encoding, **fixed).fit(rows, rows["target"])


@pytest.mark.parametrize(
    ("kind", "encoding", "weight"),
    [
        (TREES, None, "sample_weight"),
        (TREES, "linear", "model__sample_weight"),
        (NEIGHBOURS, "linear", None),
        (MEAN, "trees", None),
    ],
)
def test_an_estimator_of_another_package_forecasts(
    kind: str, encoding: Encoding | None, weight: str | None
) -> None:
    """It sees missing values as the forest does, or none; weights if it takes them."""
    rows, model = feature_rows(seed=1), trained(kind, encoding)
    found = model.predict(rows)
    content = storage.dump(model, "joblib")
    again = storage.load(content, storage.md5(content), "joblib", name="model")

    assert model.weight == weight
    assert (found >= 0).all()
    assert np.isfinite(found).all()
    assert again.predict(rows).tolist() == found.tolist()


@pytest.mark.parametrize("kind", [TREES, MEAN])
def test_the_same_seed_gives_the_same_bytes(kind: str) -> None:
    """As far as the class keeps to the seed, which is its own business."""
    content = storage.dump(trained(kind), "joblib")

    assert storage.dump(trained(kind), "joblib") == content


def test_its_workers_add_up_in_one_order() -> None:
    """As those of a forest do."""
    model = trained(TREES)

    assert model.estimator.n_jobs == 2
    assert model.estimator_.n_jobs == 1


@pytest.mark.parametrize(
    ("kind", "encoding"), [(TREES, None), (NEIGHBOURS, "linear"), (MEAN, None)]
)
def test_its_shares_add_up(kind: str, encoding: Encoding | None) -> None:
    """They are sampled, whatever is inside: to the forecast minus one base a row."""
    rows, model = feature_rows(30, seed=1), trained(kind, encoding)
    values = shap_values(model, rows, rows, seed=2)
    rest = (model.predict(rows) - values.sum(axis=1)) / rows["scale"]
    found = permutation(model, rows, repeats=1, seed=2)

    assert values.shape == (30, len(ROW_FEATURES))
    assert rest.to_numpy() == pytest.approx(rest[0])
    assert {each.feature for each in found} == set(ROW_FEATURES)


def test_its_parameters_are_searched_under_their_own_names() -> None:
    """Wherever it is in a pipeline."""
    for encoding, prefix in ((None, "estimator__"), ("linear", "estimator__model__")):
        model = blank(MEAN, encoding, shift=1.5)  # type: ignore[arg-type] # it is one

        assert parameter_prefix(model) == prefix
        assert model.get_params()[f"{prefix}shift"] == 1.5


def test_a_kind_of_ours_has_its_own_encoding() -> None:
    """Another one is refused."""
    with pytest.raises(InvalidParamsError, match="'ridge' has an encoding of its own"):
        blank("ridge", "trees")

"""Signatures: types and ranges as seen in training, or as declared."""

import msgspec
import numpy as np
import pandas as pd
import pytest

from lineal.modeling.config import Data
from lineal.modeling.sections import Column
from lineal.modeling.signature import Field, Signature, forecast_outputs

DATA = Data(
    path="data/raw/shop.parquet",
    time="day",
    segments=("shop",),
    target="sold",
    columns={
        "rain": Column(type="number", min=0, missing=0.1),
        "day": Column(type="date"),
        "shop": Column(type="string"),
        "sold": Column(type="integer", min=0, max=500),
        "open": Column(type="boolean"),
        "till": Column(type="number"),
    },
    known=("open",),
    observed=("rain",),
    exclude=("till",),
)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ([1.5, 2.0], Field(name="x", type="float", min=1.5, max=2.0)),
        (
            [1.5, np.nan],
            Field(name="x", type="float", min=1.5, max=1.5, required=False),
        ),
        ([3, 1], Field(name="x", type="integer", min=1, max=3)),
        ([True, False], Field(name="x", type="integer", min=0, max=1)),
        (["b", "a"], Field(name="x", type="string")),
        (["b", None], Field(name="x", type="string", required=False)),
        (pd.to_datetime(["2020-01-01"]), Field(name="x", type="date")),
        ([np.nan], Field(name="x", type="float", required=False)),
    ],
    ids=["float", "gaps", "integer", "boolean", "string", "none", "date", "missing"],
)
def test_features_are_described_as_they_were_in_training(
    column: object, expected: Field
) -> None:
    """Numbers have a range; what had gaps is not required."""
    found = Signature.of_features(pd.DataFrame({"x": column}), ["x"], [])

    assert found == Signature(inputs=(expected,), outputs=())


def test_features_follow_the_models_order() -> None:
    """The order of inputs is the model's, not the table's."""
    table = pd.DataFrame({"a": [1], "b": [2], "c": [3]})
    found = Signature.of_features(table, ["c", "a"], [])

    assert [field.name for field in found.inputs] == ["c", "a"]


def test_declared_columns_become_inputs_by_role() -> None:
    """Time, segments, target, known, observed; an excluded column is none."""
    found = Signature.of_data(DATA, [])

    assert found.inputs == (
        Field(name="day", type="date"),
        Field(name="shop", type="string"),
        Field(name="sold", type="integer", min=0, max=500),
        Field(name="open", type="integer", min=0, max=1),
        Field(name="rain", type="float", min=0, required=False),
    )


def test_outputs_name_every_interval() -> None:
    """Levels that are no whole percentage keep their digits."""
    found = forecast_outputs(14, [0.8, 0.975])

    assert found[2] == Field(name="horizon", type="integer", min=1, max=14)
    assert [field.name for field in found[5:]] == [
        "low_80",
        "high_80",
        "low_97.5",
        "high_97.5",
    ]


def test_json_gives_back_the_same_signature() -> None:
    """What is stored beside a model reads back equal."""
    found = Signature.of_data(DATA, forecast_outputs(14, [0.8]))

    assert msgspec.json.decode(msgspec.json.encode(found), type=Signature) == found

"""The rows that a model learns from."""

import numpy as np
import pandas as pd
import pytest

from helpers.panels import HORIZON, SEGMENTS, cook, small_panel, small_recipe
from lineal.modeling.features.matrix import horizon_feature, rows
from lineal.modeling.index import INDEX
from lineal.modeling.panel import from_table
from lineal.modeling.rhythm import DAY


def test_there_is_a_row_an_origin_segment_and_horizon() -> None:
    """In this order, each with its date."""
    table = rows(small_recipe(), np.array([500, 510]))

    keys = table[["origin", "segment", "horizon"]].astype({"segment": str})
    assert len(table) == 2 * len(SEGMENTS) * HORIZON
    assert keys.equals(keys.sort_values(["origin", "segment", "horizon"]))
    days = (table["date"] - table["origin"]).dt.days
    assert (days == table["horizon"]).all()
    assert (table["horizon_days"] == table["horizon"]).all()


def test_the_target_is_that_of_the_date_closures_too() -> None:
    """Beyond the last day nothing is known."""
    panel = small_panel()
    table = rows(small_recipe(), np.array([500, 899]))
    days = (table["date"] - pd.Timestamp(panel.dates[0])).dt.days
    codes = table["segment"].cat.codes

    np.testing.assert_array_equal(table["target"], panel.target[days, codes])
    assert table["target"][table["origin"] == panel.dates[899]].isna().all()


def test_a_target_beyond_the_calendar_is_unknown() -> None:
    """An origin at the end of a panel without days ahead still has rows."""
    panel = small_panel(900, 0)
    names = ("horizon_days", "lag_0")

    table = rows(cook(panel), np.array([899]), only=names)

    assert table["target"].isna().all()
    assert table["date"].max() == pd.Timestamp(panel.dates[-1]) + pd.Timedelta(
        days=HORIZON
    )


def test_features_are_described_in_the_order_of_the_matrix() -> None:
    """Every name is unique and every number is float32."""
    made = small_recipe()
    table = rows(made, np.array([500]))
    names = [feature.name for feature in made.features]

    assert list(table.columns) == [*INDEX, *names]
    assert len(set(names)) == len(names)
    assert made.features[0] == horizon_feature(DAY)
    assert set(map(str, table[names].dtypes)) == {"float32"}
    assert all(feature.about for feature in made.features)


@pytest.mark.parametrize("only", [("lag_1", "horizon_days"), ("month",), ()])
def test_features_can_be_read_alone(only: tuple[str, ...]) -> None:
    """What is asked for is what is read, in the matrix's order."""
    whole = rows(small_recipe(), np.array([500]))
    names = [name for name in whole.columns if name in {*INDEX, *only}]

    found = rows(small_recipe(), np.array([500]), only=only)

    pd.testing.assert_frame_equal(found, whole[names])


def test_what_is_infinite_or_too_early_is_unknown() -> None:
    """No feature is ever infinite, and none is made up before the first day."""
    days = pd.date_range("2024-01-01", periods=60)
    table = pd.DataFrame({"segment": "a", "date": days, "target": 5.0, "game": 0.0})
    table.loc[50, "game"] = np.inf
    made = cook(from_table(table, known=("game",), observed=()))

    found = rows(made, np.array([0, 49]))

    assert not np.isinf(found["known_game"]).any()
    assert found["known_game"].isna().sum() == 1
    assert found["lag_1"].isna().sum() == HORIZON

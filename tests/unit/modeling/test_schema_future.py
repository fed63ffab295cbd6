"""Tests of tables of known covariates for days to come."""

from typing import Any

import pandas as pd
import pytest

from helpers.raw_tables import declare, raw_table
from lineal.modeling.schema import (
    SchemaViolatedError,
    check_future,
)


def future(**changes: Any) -> pd.DataFrame:
    """Return known covariates of days to come, with some columns otherwise."""
    return raw_table()[["stop", "day", "game"]].assign(**changes)


def test_a_future_table_has_only_keys_and_known_covariates() -> None:
    """Nothing else could be used, so the target and weather are not asked for."""
    frame = check_future(future(), declare(sorted=True), ["a", "b", "c"])

    assert list(frame.columns) == ["segment", "date", "game"]
    assert frame["segment"].tolist() == ["a", "a", "b", "b"]
    assert frame["game"].tolist() == [0.0, 1.0, 1.0, 0.0]


def test_a_future_table_with_unknown_segments_is_refused_by_name() -> None:
    """The model has learned nothing of them."""
    with pytest.raises(SchemaViolatedError) as caught:
        check_future(future(stop=["a", "Zürich", "b", "Zürich"]), declare(), ["a", "b"])

    assert "2 rows of unknown segment 'Zürich' (first rows: 1, 3)" in str(caught.value)


def test_a_future_table_is_refused_with_all_that_is_wrong() -> None:
    """Duplicates, undeclared and missing columns are refused as in a raw table."""
    frame = future(stop="a").drop(columns="game").assign(rain=1.0)

    with pytest.raises(SchemaViolatedError) as caught:
        check_future(frame, declare(), ["a"], table="games.csv")

    assert str(caught.value).startswith(
        "games.csv breaks its schema: column 'game' is missing;"
        " column 'rain' is not expected;"
        " 2 rows with the (stop, day) of an earlier row (first rows: 1, 3);"
    )

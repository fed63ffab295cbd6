"""Tests of models that forecast, asked with `predict`."""

import pandas as pd
import pytest
import yaml

from helpers import bundles
from helpers.projects import PARAMS
from lineal.bootstrap.ahead import Forecasts, NoParamsError
from lineal.modeling.bundle import UnanswerableError
from lineal.modeling.schema import SchemaViolatedError

AHEAD = pd.DataFrame(
    {
        "day": ["2023-01-05", "2023-01-06", "2023-01-05"],
        "stop": ["Loop", "Loop", "Ost"],
        "game": [0, 1, 0],
        "other": ["x", "y", "z"],
    }
)


def forecasts(**changes: object) -> Forecasts:
    """Return the model that the bundles' helper trains."""
    params = yaml.safe_dump({**PARAMS, **changes}).encode()
    return Forecasts(bundles.bundle(), params, "stops v1.0.0")


def test_without_a_table_everything_ahead_is_forecast() -> None:
    """As the bundle does."""
    model = forecasts()

    assert model.predict().equals(bundles.bundle().forecast().rows)
    assert model.forecast(horizon=2).rows["horizon"].max() == 2


def test_a_table_says_what_to_forecast() -> None:
    """Its known covariates count, its other columns do not."""
    found = forecasts().predict(AHEAD)

    plain = forecasts().predict(AHEAD.assign(game=0))
    assert list(zip(found["segment"], found["horizon"], strict=True)) == [
        ("Loop", 1),
        ("Loop", 2),
        ("Ost", 1),
    ]
    assert found["forecast"][1] > plain["forecast"][1] + 1


def test_rows_that_do_not_lie_ahead_are_refused() -> None:
    """The refusal says what does."""
    with pytest.raises(UnanswerableError, match="no row of the table is one of them"):
        forecasts().predict(AHEAD.assign(day="2031-01-05")[:1])


def test_a_segment_that_was_not_learned_is_refused() -> None:
    """As for `lineal forecast --future`."""
    with pytest.raises(SchemaViolatedError, match="West"):
        forecasts().predict(AHEAD.assign(stop="West")[:1])


def test_a_table_needs_a_declaration() -> None:
    """Without one, only what needs no table can be asked."""
    model = Forecasts(bundles.bundle(), None, "stops v1.0.0")

    assert not model.predict().empty
    with pytest.raises(NoParamsError, match=r"stops v1\.0\.0 .*: leave --future out"):
        model.predict(AHEAD)

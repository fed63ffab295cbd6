"""Intervals: the same ranks as the libraries crepes and mapie choose."""

import numpy as np
import pandas as pd
import pytest
from crepes import ConformalRegressor
from mapie.regression import SplitConformalRegressor
from sklearn.dummy import DummyRegressor

from lineal.modeling.evaluation import Vector
from lineal.modeling.intervals import calibrate


def one_radius(residuals: Vector, level: float) -> float:
    """Return our symmetric quantile of plain absolute residuals."""
    rows = pd.DataFrame(
        {"segment": "a", "horizon": 1, "scale": 1.0, "m": 0.0, "target": residuals}
    )
    found = calibrate(rows, "m", [level], symmetric=True, by_segment=False)

    assert found.lower[0][0] == -found.upper[0][0]
    return found.upper[0][0]


@pytest.mark.parametrize("level", [0.8, 0.9, 0.95])
@pytest.mark.parametrize("rows", [50, 100, 137, 1000])
def test_the_symmetric_quantile_is_that_of_crepes(rows: int, level: float) -> None:
    """Absolute residuals, without factors, give the rank that crepes gives."""
    residuals = np.random.default_rng(rows).normal(size=rows)
    oracle = ConformalRegressor()
    oracle.fit(residuals=residuals)
    low, high = oracle.predict_int(np.zeros(1), confidence=level)[0]

    assert one_radius(residuals, level) == high == -low


# At 99 and 199 (n + 1) * level is whole; crepes is one rank wider there, by rounding.
@pytest.mark.parametrize("level", [0.8, 0.9, 0.95])
@pytest.mark.parametrize("rows", [99, 100, 137, 199, 1000])
def test_the_symmetric_quantile_is_that_of_mapie(rows: int, level: float) -> None:
    """Absolute residuals, without factors, give the rank that mapie gives."""
    residuals = np.random.default_rng(rows).normal(size=rows)
    inputs = np.zeros((rows, 1))
    model = DummyRegressor(strategy="constant", constant=0.0).fit(inputs, residuals)
    oracle = SplitConformalRegressor(model, confidence_level=level, prefit=True)
    oracle.conformalize(inputs, residuals)
    _, interval = oracle.predict_interval(inputs[:1])

    assert one_radius(residuals, level) == interval.ravel()[1]

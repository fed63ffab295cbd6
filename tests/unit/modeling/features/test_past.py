"""What many features share: windows and weighted means of all series at once."""

import numpy as np
import pandas as pd
import pytest

from lineal.modeling.features.past import fading, rolling
from lineal.modeling.panel import Floats
from lineal.modeling.rhythm import RHYTHMS


def series(steps: int, across: int) -> Floats:
    """Return series with gaps, equal values in a row, and one of which all is missing."""
    rng = np.random.default_rng(steps)
    values = rng.lognormal(3, 2, (steps, across)).round(1)
    values[rng.random((steps, across)) < 0.2] = np.nan
    values[: steps // 2, :2] = 7.0
    values[:, -1:] = np.nan
    return values


@pytest.mark.parametrize("how", ["mean", "std", "min", "max", "median"])
@pytest.mark.parametrize("window", [1, 3, 40])
@pytest.mark.parametrize("size", [(30, 9), (3, 4), (1, 1)])
def test_windows_are_those_of_each_series_alone(
    how: str, window: int, size: tuple[int, int]
) -> None:
    """No window reaches into the next series, and no bit differs from pandas' columns."""
    values = series(*size)
    each = pd.DataFrame(values).rolling(window, min_periods=min(2, window))

    found = rolling(values, window, how, least=2)

    assert found.tobytes("F") == getattr(each, how)().to_numpy().tobytes("F")


@pytest.mark.parametrize("half_life", [1, 14])
@pytest.mark.parametrize("size", [(60, 9), (3, 4), (1, 1)])
def test_weighted_means_are_those_of_pandas(
    half_life: int, size: tuple[int, int]
) -> None:
    """They skip what is missing, and stay exact where values are equal."""
    values = series(*size)
    wanted = pd.DataFrame(values).ewm(halflife=half_life, ignore_na=True).mean()

    np.testing.assert_array_equal(fading(values, half_life), wanted.to_numpy())


@pytest.mark.parametrize("frequency", RHYTHMS)
def test_what_a_bundle_leaves_out_is_lost_in_rounding(frequency: str) -> None:
    """A bundle has so much history that weights before it matter to no float32."""
    rhythm = next(each for each in RHYTHMS.values() if each.frequency == frequency)
    left = 0.5 ** (rhythm.lookback / max(rhythm.half_lives))

    assert left < np.finfo(np.float32).eps

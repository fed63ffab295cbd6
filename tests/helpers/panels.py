"""Small panels that look like real ones, and the parameters for them."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling.config import Features
from lineal.modeling.features.matrix import Recipe, recipe
from lineal.modeling.panel import Floats, Panel, from_table
from lineal.modeling.sections import Holidays, Pruning

HORIZON = 9
START = "2017-03-08"
SEGMENTS = ("a", "b", "c")
HOLIDAYS = Holidays(country="US", subdivision="IL")
FEATURES = Features(
    lags=(0, 1, 6),
    windows=(7, 28),
    weekday_lags=3,
    observed_windows=(1, 7),
    holidays=HOLIDAYS,
    pruning=Pruning(rows=2000, rounds=5, min_gain=0.001),
)


def series_table(days: int = 900, *, start: str = START) -> pd.DataFrame:
    """Return three ragged series with a weekday pattern, closures and gaps."""
    dates = pd.date_range(start, periods=days, unit="us")
    rng = np.random.default_rng(7)
    shared = {"game": rng.random(days) < 0.2, "rain": rng.random(days)}
    parts = [_series(name, dates, rng, shared) for name in SEGMENTS]
    parts[1] = parts[1].iloc[60:]  # opened later
    parts[2] = parts[2].iloc[: days - 5]  # reported late
    parts[0] = parts[0].drop(parts[0].index[200:206])  # a gap
    return pd.concat(parts, ignore_index=True)


def _series(
    name: str, dates: pd.DatetimeIndex, rng: np.random.Generator, shared: dict[str, Any]
) -> pd.DataFrame:
    """Make one series; it is closed now and then, and sometimes not counted."""
    size = 100.0 * (1 + SEGMENTS.index(name))
    week = np.where(dates.day_of_week >= 5, 0.4, 1.0)
    noise = rng.lognormal(0, 0.1, len(dates))
    target = np.round(size * week * noise * (1 + 0.3 * shared["game"]))
    target[rng.random(len(dates)) < 0.02] = 0
    target[rng.random(len(dates)) < 0.02] = np.nan
    rain = shared["rain"] + 0.1 * SEGMENTS.index(name)
    return pd.DataFrame(
        {
            "segment": name,
            "date": dates,
            "target": target,
            "game": shared["game"].astype(float),
            "rain": np.where(rng.random(len(dates)) < 0.05, np.nan, rain),
        }
    )


@cache
def small_panel(days: int = 900, ahead: int = HORIZON) -> Panel:
    """Return the series on their calendar, with days ahead for forecasts."""
    return from_table(
        series_table(days), known=("game",), observed=("rain",), ahead=ahead
    )


def cook(panel: Panel, asked: Features = FEATURES, horizon: int = HORIZON) -> Recipe:
    """Return every candidate feature of a panel."""
    return recipe(panel, asked, target="entries", horizon=horizon)


@cache
def small_recipe() -> Recipe:
    """Return every candidate feature of the small panel."""
    return cook(small_panel())


def perturbed_after(panel: Panel, origin: int, seed: int) -> Panel:
    """Return a panel with another future: targets and observed values after a day."""
    rng = np.random.default_rng(seed)

    def other(values: Floats) -> Floats:
        changed = values.copy()
        future = changed[origin + 1 :]
        drawn: npt.NDArray[np.float64] = rng.choice([0, np.nan, 1e6], future.shape)
        future[:] = drawn * rng.random(future.shape)
        return changed

    return replace(
        panel,
        target=other(panel.target),
        observed={name: other(each) for name, each in panel.observed.items()},
    )


def series_of(panel: Panel, column: int) -> "pd.Series[float]":
    """Return one series by date, closures left out: what a person would start from."""
    dates = pd.DatetimeIndex(panel.dates)
    values = pd.Series(panel.target[:, column], index=dates)
    return values.where(values > 0)


def feature_rows(count: int = 600, *, seed: int = 0) -> pd.DataFrame:
    """Return rows to learn from: features with gaps, closures, two segments."""
    rng = np.random.default_rng(seed)
    scale = rng.choice([50.0, 500.0], count)
    first, second = rng.random((2, count)).astype(np.float32) + 0.5
    weekday = rng.integers(0, 7, count).astype(np.float32)
    ratio = first * np.where(weekday >= 5, 0.5, 1.0) + rng.normal(0, 0.05, count)
    target = np.where(rng.random(count) < 0.05, 0.0, scale * ratio)
    first[rng.random(count) < 0.1] = np.nan
    second[rng.random(count) < 0.1] = np.nan
    return pd.DataFrame(
        {
            "target": target,
            "scale": scale,
            "naive_error": 1.0,
            "lag_364_of_date": first,
            "weekday_lag_0": second,
            "weekday": weekday,
            "nothing": np.full(count, np.nan, dtype=np.float32),
        }
    )


ROW_FEATURES = ("lag_364_of_date", "weekday_lag_0", "weekday", "nothing")

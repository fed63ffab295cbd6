"""All candidate features of a panel, and the rows that a model learns from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling.config import Features
from lineal.modeling.features.calendar import HolidayCalendar, calendar, holiday_effects
from lineal.modeling.features.column import Column, Feature
from lineal.modeling.features.covariates import known, observed, segments, system
from lineal.modeling.features.history import Past, lags, weekdays, windows, years
from lineal.modeling.index import INDEX
from lineal.modeling.panel import Panel

HORIZON = Feature("horizon_days", "horizon", (), "days from the origin to the date")


@dataclass(frozen=True, slots=True, eq=False)
class Recipe:
    """Every candidate feature of one panel, not yet read at any origin."""

    panel: Panel
    past: Past
    columns: tuple[Column, ...]

    @property
    def features(self) -> tuple[Feature, ...]:
        """What the features are, in the order of the matrix."""
        return (HORIZON, *(column.feature for column in self.columns))


def recipe(panel: Panel, asked: Features, *, target: str, horizon: int) -> Recipe:
    """Prepare every candidate feature that the parameters ask for.

    Args:
        panel: The series.
        asked: Which features.
        target: Name of the raw column that is forecast, for the descriptions.
        horizon: Days ahead that a forecast reaches.
    """
    past = Past.of(target, panel.target, horizon)
    special = HolidayCalendar.of(panel.dates, asked.holidays)
    columns = (
        *lags(past, asked.lags),
        *windows(past, asked.windows),
        *weekdays(past, asked.weekday_lags),
        *years(past),
        *calendar(panel.dates, horizon, special),
        *holiday_effects(past, special),
        *known(past, panel.known),
        *observed(past, panel.observed, asked.observed_windows),
        *system(past),
        *segments(past),
    )
    return Recipe(panel, past, columns)


def rows(
    made: Recipe,
    origins: npt.NDArray[np.int64],
    *,
    only: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Read features at some origins, for all segments and horizons.

    Args:
        made: The features.
        origins: Indexes of days in the panel.
        only: Names of features to read; all of them by default.

    Returns:
        One row an (origin, segment, horizon), in this order: the columns of INDEX,
        then each feature as float32. `target` and `scale` are in persons, dates
        are days. A target beyond the panel is NaN.
    """
    horizon = made.past.horizon
    wanted = None if only is None else set(only)
    shape = (len(origins), len(made.panel.segments), horizon)
    table: dict[str, pd.Series | npt.NDArray[np.float32]]
    table = {**_index(made, origins, shape)}
    if wanted is None or HORIZON.name in wanted:
        table[HORIZON.name] = np.asarray(table["horizon"], dtype=np.float32)
    for column in made.columns:
        if wanted is None or column.feature.name in wanted:
            values = np.broadcast_to(
                column.read(origins), (shape[0], shape[2], shape[1])
            )
            table[column.feature.name] = _flat(values)
    return pd.DataFrame(table)


def _flat(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Turn (origins, horizons, segments) into rows; infinity counts as unknown."""
    flat = np.swapaxes(values, 1, 2).astype(np.float32).ravel()
    flat[~np.isfinite(flat)] = np.nan
    return flat


def _index(
    made: Recipe, origins: npt.NDArray[np.int64], shape: Sequence[int]
) -> dict[str, pd.Series]:
    """Make the columns that say which row it is and what came true."""
    dates, horizon = made.panel.dates, made.past.horizon
    ahead = np.arange(1, horizon + 1)
    where = np.broadcast_to((origins[:, None] + ahead)[:, None, :], shape).ravel()
    across = np.broadcast_to(np.arange(shape[1])[None, :, None], shape).ravel()
    start = np.broadcast_to(origins[:, None, None], shape).ravel()
    inside = np.minimum(where, len(dates) - 1)
    target = np.where(where < len(dates), made.panel.target[inside, across], np.nan)
    labels = pd.Categorical.from_codes(across, categories=pd.Index(made.panel.segments))
    values = {
        "segment": labels,
        "origin": dates[start].astype("datetime64[us]"),
        "horizon": (where - start).astype(np.int16),
        "date": (dates[start] + (where - start)).astype("datetime64[us]"),
        "target": target,
        "scale": made.past.scale[start, across],
    }
    return {name: pd.Series(values[name]) for name in INDEX}

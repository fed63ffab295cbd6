"""All candidate features of a panel, and the rows that a model learns from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling.config import Features
from lineal.modeling.features.column import Column, Feature
from lineal.modeling.features.covariates import (
    declared,
    known,
    observed,
    own,
    segments,
)
from lineal.modeling.features.dates import calendar, holiday_effects
from lineal.modeling.features.history import cycles, lags, seasons, unusual, windows
from lineal.modeling.features.past import Past
from lineal.modeling.features.system import system
from lineal.modeling.index import INDEX
from lineal.modeling.panel import Panel
from lineal.modeling.rhythm import Rhythm

_KEPT = 2_000_000  # cells of a panel whose features fit into memory together


def horizon_feature(rhythm: Rhythm) -> Feature:
    """Describe the feature that makes one model serve all horizons."""
    steps = rhythm.steps
    about = f"{steps} from the origin to the date"
    return Feature(f"horizon_{steps}", "horizon", (), about)


@dataclass(frozen=True, slots=True, eq=False)
class Recipe:
    """Every candidate feature of one panel, not yet read at any origin.

    Attributes:
        panel: The series.
        past: What many of the features share.
        columns: The features; where the panel is large they are made again each time
            that they are gone through, so that one at a time is in memory.
        features: What they are, in the order of the matrix.
    """

    panel: Panel
    past: Past
    columns: Iterable[Column]
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Afresh:
    """Features that are made whenever they are gone through."""

    panel: Panel
    past: Past
    asked: Features

    @classmethod
    def of(cls, panel: Panel, asked: Features, target: str, horizon: int) -> "_Afresh":
        """Derive what the features of a panel share."""
        rhythm, counted = panel.rhythm, panel.counted
        past = Past.of(target, panel.target, horizon, rhythm=rhythm, counted=counted)
        return cls(panel, past, asked)

    def __iter__(self) -> Iterator[Column]:
        """Make one after the other."""
        panel, past, asked = self.panel, self.past, self.asked
        rhythm, rule = panel.rhythm, asked.holidays
        yield from lags(past, _lags(asked, rhythm))
        yield from windows(past, asked.windows)
        yield from cycles(past, asked.weekday_lags)
        yield from unusual(past)
        yield from seasons(past)
        yield from calendar(panel.dates, past.horizon, rhythm, rule)
        yield from holiday_effects(past, panel.dates, rule)
        yield from known(past, declared(panel.known, panel.own))
        seen = declared(panel.observed, panel.own)
        yield from observed(past, seen, asked.observed_windows)
        yield from own(past, panel)
        yield from system(past)
        yield from segments(past)


def recipe(panel: Panel, asked: Features, *, target: str, horizon: int) -> Recipe:
    """Prepare every candidate feature that the parameters ask for.

    Args:
        panel: The series.
        asked: Which features.
        target: Name of the raw column that is forecast, for the descriptions.
        horizon: Steps ahead that a forecast reaches.
    """
    afresh = _Afresh.of(panel, asked, target, horizon)
    large = panel.target.size > _KEPT
    columns = afresh if large else tuple(afresh)
    # What features are is the same of two steps, and soon said.
    said = _Afresh.of(panel.head(2), asked, target, horizon) if large else columns
    features = (horizon_feature(panel.rhythm), *(each.feature for each in said))
    return Recipe(panel, afresh.past, columns, features)


def _lags(asked: Features, rhythm: Rhythm) -> Iterable[int]:
    """Return the lags asked for, with those that the baseline needs."""
    needed = () if rhythm.cycle else (0,)
    return sorted({*asked.lags, *needed}) if needed else asked.lags


def rows(
    made: Recipe,
    origins: npt.NDArray[np.int64],
    *,
    only: Iterable[str] | None = None,
    usable: bool = False,
) -> pd.DataFrame:
    """Read features at some origins, for all segments and horizons.

    Args:
        made: The features.
        origins: Indexes of times in the panel.
        only: Names of features to read; all of them by default.
        usable: Leave rows out whose target or scale is not known.

    Returns:
        One row an (origin, segment, horizon), in this order: the columns of INDEX,
        then each feature as float32. `target` and `scale` are in the target's unit. A
        target beyond the panel is NaN.
    """
    horizon = made.past.horizon
    wanted = None if only is None else set(only)
    shape = (len(origins), len(made.panel.segments), horizon)
    index = pd.DataFrame(_index(made, origins, shape))
    keep: slice | npt.NDArray[np.intp] = slice(None)
    if usable:
        keep = np.flatnonzero(index["target"].notna() & index["scale"].notna())
        index = index.iloc[keep].reset_index(drop=True)
    table: dict[str, pd.Series | npt.NDArray[np.float32]]
    table = {name: index[name] for name in INDEX}
    ahead = horizon_feature(made.panel.rhythm).name
    if wanted is None or ahead in wanted:
        table[ahead] = index["horizon"].to_numpy(dtype=np.float32)
    for column in made.columns:
        if wanted is None or column.feature.name in wanted:
            values = np.broadcast_to(
                column.read(origins), (shape[0], shape[2], shape[1])
            )
            table[column.feature.name] = _flat(values)[keep]
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
    dates, horizon, rhythm = made.panel.dates, made.past.horizon, made.panel.rhythm
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
        "date": rhythm.times(dates[0], where).astype("datetime64[us]"),
        "target": target,
        "scale": made.past.scale[start, across],
    }
    return {name: pd.Series(values[name]) for name in INDEX}

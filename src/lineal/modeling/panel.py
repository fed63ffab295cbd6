"""A table of series as dense arrays: days down, segments across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Every series on one unbroken calendar; what is unknown is NaN.

    Attributes:
        dates: Consecutive days, shape (days,).
        segments: Labels of the series, in order, length S.
        target: What is forecast, shape (days, S).
        known: Covariates known ahead, each (days, S).
        observed: Covariates known up to the origin, each (days, S).
    """

    dates: Days
    segments: tuple[str, ...]
    target: Floats
    known: Mapping[str, Floats]
    observed: Mapping[str, Floats]

    @property
    def level(self) -> Floats:
        """The target where the series was open; closures (zero) are NaN.

        A closed station says nothing about demand, so levels, lags and windows
        skip it; how often it was closed is a feature of its own.
        """
        return np.where(self.target > 0, self.target, np.nan)


def from_table(
    table: pd.DataFrame,
    *,
    known: Sequence[str],
    observed: Sequence[str],
    ahead: int = 0,
    segments: Sequence[str] | None = None,
) -> Panel:
    """Spread a table (segment, date, target, covariates) over its calendar.

    Args:
        table: One row a segment and day, in any order; gaps become NaN.
        known: Columns known ahead.
        observed: Columns known up to the origin.
        ahead: Days to add after the last one, for forecasts.
        segments: Which series, in order; those of the table by default.
    """
    first, last = table["date"].min(), table["date"].max()
    dates = pd.date_range(first, last + pd.Timedelta(days=ahead), freq="D")
    labels = tuple(segments or sorted(table["segment"].unique()))
    rows = (table["date"] - first).dt.days.to_numpy()
    columns = pd.Index(labels).get_indexer(pd.Index(table["segment"]))
    asked = columns >= 0  # other segments' rows have no place

    def spread(name: str) -> Floats:
        array = np.full((len(dates), len(labels)), np.nan)
        values = table[name].to_numpy(dtype=np.float64)
        array[rows[asked], columns[asked]] = values[asked]
        return array

    return Panel(
        dates=dates.to_numpy().astype("datetime64[D]"),
        segments=labels,
        target=spread("target"),
        known={name: _shared(spread(name)) for name in known},
        observed={name: spread(name) for name in observed},
    )


def _shared(values: Floats) -> Floats:
    """Fill a day's missing values where all the segments that have one agree.

    A home game is a fact of the day: a segment without a row that day has it too.
    """
    frame = pd.DataFrame(values)
    low, high = frame.min(axis=1), frame.max(axis=1)
    agreed = low.where(low == high).to_numpy()[:, None]
    return np.where(np.isnan(values), agreed, values)

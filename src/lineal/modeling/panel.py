"""A table of series as dense arrays: times down, segments across."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling.rhythm import DAY, Moments, Rhythm

Floats = npt.NDArray[np.float64]
Days = Moments


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Every series on one unbroken calendar; what is unknown is NaN.

    Attributes:
        dates: Consecutive times, a step apart, shape (steps,).
        segments: Labels of the series, in order, length S.
        target: What is forecast, shape (steps, S).
        known: Covariates known ahead, each (steps, S).
        observed: Covariates known up to the origin, each (steps, S).
        rhythm: How far apart the times are.
        counted: Whether a target of zero is a value like any other, and no closure.
        own: Which covariates are features that the user's own file makes.
    """

    dates: Days
    segments: tuple[str, ...]
    target: Floats
    known: Mapping[str, Floats]
    observed: Mapping[str, Floats]
    rhythm: Rhythm = DAY
    counted: bool = False
    own: frozenset[str] = frozenset()

    @property
    def level(self) -> Floats:
        """The target where it says something of demand; NaN where it does not.

        A closed station says nothing about demand, so levels, lags and windows
        skip it; how often it was closed is a feature of its own.
        """
        return levels(self.target, counted=self.counted)

    def head(self, steps: int) -> "Panel":
        """Return the first so many steps."""
        return replace(
            self,
            dates=self.dates[:steps],
            target=self.target[:steps],
            known={name: values[:steps] for name, values in self.known.items()},
            observed={name: values[:steps] for name, values in self.observed.items()},
        )


def levels(target: Floats, *, counted: bool) -> Floats:
    """Return the target; NaN where zero says that a series was closed."""
    return target if counted else np.where(target > 0, target, np.nan)


def from_table(  # noqa: PLR0913 - all but the table by keyword
    table: pd.DataFrame,
    *,
    known: Sequence[str],
    observed: Sequence[str],
    ahead: int = 0,
    segments: Sequence[str] | None = None,
    rhythm: Rhythm = DAY,
    counted: bool = False,
    own: Iterable[str] = (),
) -> Panel:
    """Spread a table (segment, date, target, covariates) over its calendar.

    Args:
        table: One row a segment and time, in any order; gaps become NaN.
        known: Columns known ahead.
        observed: Columns known up to the origin.
        ahead: Steps to add after the last one, for forecasts.
        segments: Which series, in order; those of the table by default.
        rhythm: How far apart the times are.
        counted: Whether a target of zero is a value like any other.
        own: Which of these columns are features that the user's own file makes.
    """
    when = table["date"].to_numpy()
    dates = rhythm.between(when.min(), rhythm.time(when.max(), ahead))
    labels = tuple(segments or sorted(table["segment"].unique()))
    rows = rhythm.number(when, dates[0])
    columns = pd.Index(labels).get_indexer(pd.Index(table["segment"]))
    asked = columns >= 0  # other segments' rows have no place

    def spread(name: str) -> Floats:
        array = np.full((len(dates), len(labels)), np.nan)
        values = table[name].to_numpy(dtype=np.float64)
        array[rows[asked], columns[asked]] = values[asked]
        return array

    theirs = frozenset(own)
    return Panel(
        dates=dates,
        segments=labels,
        target=spread("target"),
        known={
            name: spread(name) if name in theirs else _shared(spread(name))
            for name in known
        },
        observed={name: spread(name) for name in observed},
        rhythm=rhythm,
        counted=counted,
        own=theirs,
    )


def _shared(values: Floats) -> Floats:
    """Fill a time's missing values where all the segments that have one agree.

    A home game is a fact of the day: a segment without a row that day has it too.
    """
    frame = pd.DataFrame(values)
    low, high = frame.min(axis=1), frame.max(axis=1)
    agreed = low.where(low == high).to_numpy()[:, None]
    return np.where(np.isnan(values), agreed, values)

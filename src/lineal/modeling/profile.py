"""What each feature looked like in training, so that drift can be measured later."""

from collections.abc import Iterable

import msgspec
import numpy as np
import pandas as pd

from lineal.errors import BadInputError
from lineal.modeling.evaluation import Vector


class UnprofilableError(BadInputError):
    """A feature is missing from the table, or is not a finite number in it."""


class FeatureProfile(msgspec.Struct, frozen=True, kw_only=True):
    """The training distribution of one feature, in bins that ship with the model.

    Bin i holds edges[i - 1] <= value < edges[i]; the first and the last are open, so
    there is one share more than edges.

    Attributes:
        edges: Where one bin ends and the next begins, ascending.
        shares: Share of all rows in each bin.
        missing: Share of all rows without a value; with `shares` it makes 1.
        rows: Rows looked at.
        min: Smallest value, None if every value is missing, like those below.
        max: Largest value.
        mean: Their mean.
        std: Their standard deviation, divided by n.
    """

    edges: tuple[float, ...]
    shares: tuple[float, ...]
    missing: float
    rows: int
    min: float | None = None
    max: float | None = None
    mean: float | None = None
    std: float | None = None


def profile(
    frame: pd.DataFrame, names: Iterable[str], *, bins: int = 10
) -> dict[str, FeatureProfile]:
    """Describe the columns of a training table, in the order of the names.

    Edges are training values at equal shares. Where several fall on one value (a
    constant, a flag, a station closed most days) that value gets a bin of its own,
    so that leaving it shows.

    Args:
        frame: The feature rows that the model learned from.
        names: The features.
        bins: How many bins a feature without repeated values gets.

    Raises:
        UnprofilableError: The table has no rows, or lacks a feature, or a feature
            is not a number or is infinite.

    >>> table = pd.DataFrame({"closed": [0] * 19 + [1]})
    >>> profile(table, ["closed"])["closed"].shares  # below, on, above zero
    (0.0, 0.95, 0.05)
    """
    return {name: _describe(_values(frame, name), bins) for name in names}


def _values(frame: pd.DataFrame, name: str) -> Vector:
    """Return one column as floats, refusing what has no distribution."""
    if name not in frame:
        msg = f"the table has no feature {name!r}; build the features again"
        raise UnprofilableError(msg)
    column = frame[name]
    if not pd.api.types.is_numeric_dtype(column):
        msg = f"feature {name!r} is {column.dtype}, not a number; encode it first"
        raise UnprofilableError(msg)
    values = column.to_numpy(np.float64, na_value=np.nan)
    if not values.size:
        msg = f"feature {name!r} has no rows to describe; widen the training period"
        raise UnprofilableError(msg)
    if np.isinf(values).any():
        row = int(np.argmax(np.isinf(values)))
        msg = f"feature {name!r} is infinite in row {row}; make it missing instead"
        raise UnprofilableError(msg)
    return values


def _describe(values: Vector, bins: int) -> FeatureProfile:
    """Summarise one column."""
    seen = np.sort(values[~np.isnan(values)])
    edges = _edges(seen, bins)
    below = np.concatenate([[0], np.searchsorted(seen, edges), [seen.size]])
    shares = np.diff(below) / values.size
    summary = FeatureProfile(
        edges=tuple(edges.tolist()),
        shares=tuple(shares.tolist()),
        missing=(values.size - seen.size) / values.size,
        rows=values.size,
    )
    if not seen.size:
        return summary
    return msgspec.structs.replace(
        summary,
        min=float(seen[0]),
        max=float(seen[-1]),
        mean=float(seen.mean()),
        std=float(seen.std()),
    )


def _edges(seen: Vector, bins: int) -> Vector:
    """Cut sorted values at equal shares, giving repeated values their own bin."""
    if not seen.size:
        return seen
    ranks = np.arange(1, bins) * seen.size // bins
    cuts, times = np.unique(seen[ranks], return_counts=True)
    return np.union1d(cuts, np.nextafter(cuts[times > 1], np.inf))

"""Adding up a model's errors by day, for versions to be compared by."""

import hashlib
import json

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling.errors_by_day import Errors, Rows, Sums
from lineal.modeling.evaluation import Vector, observed


def tally(predictions: pd.DataFrame, column: str, *, block: int) -> Errors:
    """Add up the errors of each day of origins.

    Rows whose actual value is not known are left out.

    Args:
        predictions: A predictions table: segment, origin, horizon, target, the column.
        column: Whose forecasts.
        block: Days a block, in which days are to be resampled.

    Raises:
        UnusableForecastError: A forecast is missing, or a value is infinite.
        InvalidErrorsError: No actual value is known.
    """
    rows = _in_order(predictions)
    target, forecast = (rows[name].to_numpy(float) for name in ("target", column))
    known = observed(target, forecast)
    actual, error = target[known], (forecast - target)[known]
    days_of = rows["origin"][known].dt.normalize()
    codes, days = pd.factorize(days_of, sort=True)

    def total(values: Vector) -> tuple[float, ...]:
        return tuple(np.bincount(codes, values, len(days)).tolist())

    absolute, ones = total(np.abs(error)), total(np.ones_like(error))
    return Errors(
        version=1,
        rows=Rows(len(actual), _fingerprint(rows[known])),
        block=block,
        periods=tuple(pd.DatetimeIndex(days).date),
        metrics={
            "wape": Sums(absolute, total(np.abs(actual))),
            "mae": Sums(absolute, ones),
            "rmse": Sums(total(error**2), ones, root=True),
        },
    )


def _in_order(predictions: pd.DataFrame) -> pd.DataFrame:
    """Sort rows, because sums depend on their order in the last bits."""
    named = predictions.assign(segment=predictions["segment"].astype(str))
    return named.sort_values(["segment", "origin", "horizon", "target"])


def _fingerprint(rows: pd.DataFrame) -> str:
    """Return the SHA-256 of what was to be forecast, from rows in order.

    It is over the names of the segments in order, as JSON, then column by column as
    little-endian numbers of 8 bytes: which segment, origin in days since 1970 (in hours
    where one is no midnight), steps ahead, actual value.
    """
    codes, names = pd.factorize(rows["segment"], sort=True)
    found = hashlib.sha256(json.dumps(list(names)).encode())
    found.update(codes.astype("<i8").tobytes())
    found.update(_numbers(rows["origin"]).astype("<i8").tobytes())
    found.update(rows["horizon"].to_numpy().astype("<i8").tobytes())
    # -0.0 is 0.0
    found.update((rows["target"].to_numpy().astype("<f8") + 0.0).tobytes())
    return found.hexdigest()


def _numbers(origins: "pd.Series[pd.Timestamp]") -> npt.NDArray[np.int64]:
    """Number times since 1970, by days where all of them are days."""
    midnights = bool((origins == origins.dt.normalize()).all())
    unit = "datetime64[D]" if midnights else "datetime64[h]"
    return origins.to_numpy().astype(unit).astype(np.int64)

"""How far forecasts are from what happened: one definition of every metric."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from lineal.errors import BadInputError
from lineal.modeling.rhythm import DAY, Rhythm

Direction = Literal["lower", "higher", "near zero"]
Vector = NDArray[np.float64]
Label = int | str

DIRECTIONS: Mapping[str, Direction] = MappingProxyType(
    {
        "wape": "lower",
        "mape": "lower",
        "mae": "lower",
        "rmse": "lower",
        "r2": "higher",
        "bias": "near zero",
        "mase": "lower",
    }
)
"""Every metric of `Scores`, and which way is better."""


class UnusableForecastError(BadInputError):
    """Forecasts and actual values cannot be compared row by row."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Every metric over one set of rows. None means undefined there, not zero.

    Attributes:
        wape: Weighted absolute percentage error.
        mape: Mean absolute percentage error, over rows with an actual above zero.
        mae: Mean absolute error.
        rmse: Root of the mean squared error.
        r2: Share of variance explained; undefined when all actual values are equal.
        bias: Relative excess of the forecasts; positive is too high.
        mase: Mean absolute scaled error; below one beats the naive forecast.
        rows: Rows that were scored.
        missing: Rows left out because nobody knows what happened.
    """

    wape: float | None
    mape: float | None
    mae: float | None
    rmse: float | None
    r2: float | None
    bias: float | None
    mase: float | None
    rows: int
    missing: int


def score(actual: ArrayLike, predicted: ArrayLike, *, naive_error: ArrayLike) -> Scores:
    """Score all rows together.

    With e = predicted - actual over the rows whose actual value is known:

    - WAPE = sum|e| / sum|actual| (Kolassa & Schütz 2007, "Advantages of the
      MAD/Mean ratio over the MAPE", Foresight 6)
    - MAPE = mean(|e| / actual) over actual > 0
    - MAE = mean|e|, RMSE = sqrt(mean e²)
    - R2 = 1 - sum e² / sum (actual - mean actual)²
    - bias = sum e / sum|actual|
    - MASE = mean(|e| / naive error) (Hyndman & Koehler 2006, "Another look at
      measures of forecast accuracy", Int. J. of Forecasting 22)

    For a target that is never negative, sum|actual| is the plain sum.

    Args:
        actual: What happened; NaN where it is not known.
        predicted: What was forecast; always a number.
        naive_error: Mean absolute error of the seasonal naive forecast on the
            training period: one number, or one for each row's segment
            (`naive_errors`).

    Raises:
        UnusableForecastError: Lengths differ, a forecast is missing, or a value
            is infinite.

    >>> score([10, 20], [11, 18], naive_error=3.0).wape
    0.1
    """
    values = _columns(actual, predicted, naive_error)
    codes = np.zeros(values[0].shape, dtype=np.intp)
    return next(_grouped(codes, 1, *values))


def by(
    frame: pd.DataFrame,
    column: str,
    actual: str,
    predicted: str,
    *,
    naive_error: ArrayLike,
) -> dict[Label, Scores]:
    """Score the rows of each label of a column, in the order of the labels.

    Args:
        frame: A predictions table.
        column: What to group by, such as `horizon` or `segment`.
        actual: Name of the column of what happened.
        predicted: Name of the column of forecasts.
        naive_error: As in `score`, in the order of the frame's rows.

    Raises:
        UnusableForecastError: As in `score`, or a row has no label.
    """
    codes, labels = pd.factorize(frame[column], sort=True)
    if (codes < 0).any():
        row = int(np.argmax(codes < 0))
        msg = f"row {row} has no {column}; give every forecast one"
        raise UnusableForecastError(msg)
    values = _columns(
        frame[actual].to_numpy(float), frame[predicted].to_numpy(float), naive_error
    )
    scores = _grouped(codes, len(labels), *values)
    return dict(zip(labels.tolist(), scores, strict=True))


def naive_scale(
    table: pd.DataFrame, until: str, rhythm: Rhythm = DAY
) -> dict[str, float]:
    """Measure how wrong "as a week ago" was for each segment in training.

    Pairs are found by time, so a gap pairs nothing instead of the wrong days. A
    segment without a single pair is left out.

    Args:
        table: A typed table: segment, date, target.
        until: Last time of the training period, included.
        rhythm: How far apart the times are; without a short cycle, the step before is
            what the naive forecast repeats.
    """
    known = table["target"].notna() & (table["date"] <= pd.Timestamp(until))
    train = table.loc[known, ["segment", "target"]]
    times = table.loc[known, "date"].to_numpy()
    first = times.min() if len(times) else np.datetime64(until)
    train["step"] = rhythm.number(times, first)
    before = train.assign(step=train["step"] + rhythm.turn)
    pairs = train.merge(before, on=["segment", "step"], suffixes=("", "_before"))
    errors = (pairs["target"] - pairs["target_before"]).abs()
    means = errors.groupby(pairs["segment"], observed=True).mean()
    return {str(segment): float(mean) for segment, mean in means.items()}


def naive_errors(segments: pd.Series, scale: Mapping[str, float]) -> Vector:
    """Look up each row's naive error; NaN, so an undefined MASE, where unknown."""
    return np.asarray(segments.astype(object).map(dict(scale)), dtype=np.float64)


def observed(actual: Vector, predicted: Vector) -> NDArray[np.bool_]:
    """Tell which rows can be scored, refusing what no metric can use.

    Raises:
        UnusableForecastError: A forecast is missing, or a value is infinite.
    """
    for name, bad in (
        ("forecast", ~np.isfinite(predicted)),
        ("actual value", np.isinf(actual)),
    ):
        if bad.any():
            row = int(np.argmax(bad))
            msg = (
                f"{int(bad.sum())} of {bad.size} rows have no finite {name}, the "
                f"first is row {row}; a model must give a number for every row"
            )
            raise UnusableForecastError(msg)
    return ~np.isnan(actual)


def _columns(
    actual: ArrayLike, predicted: ArrayLike, naive_error: ArrayLike
) -> tuple[Vector, Vector, Vector]:
    """Bring three inputs to one length, as floats."""
    truth = np.asarray(actual, dtype=np.float64)
    guess = np.asarray(predicted, dtype=np.float64)
    naive = np.asarray(naive_error, dtype=np.float64)
    if truth.ndim != 1 or guess.shape != truth.shape:
        msg = f"{truth.shape} actual values need as many forecasts, not {guess.shape}"
        raise UnusableForecastError(msg)
    if naive.shape not in {(), truth.shape}:
        msg = f"naive_error must be one number or {truth.size}, not {naive.shape}"
        raise UnusableForecastError(msg)
    return truth, guess, np.broadcast_to(naive, truth.shape)


def _grouped(
    codes: NDArray[np.intp],
    groups: int,
    actual: Vector,
    predicted: Vector,
    naive: Vector,
) -> Iterator[Scores]:
    """Score each group of rows, in one pass over the rows a metric."""
    known = observed(actual, predicted)
    missing = np.bincount(codes[~known], minlength=groups)
    codes = codes[known]
    rows = np.bincount(codes, minlength=groups)
    # Undefined (0/0, x/0) shows as not finite, and becomes None below.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        table = _metrics(
            codes, rows, actual[known], predicted[known] - actual[known], naive[known]
        )
    for group in range(groups):
        numbers = {name: float(values[group]) for name, values in table.items()}
        finite = {k: v if np.isfinite(v) else None for k, v in numbers.items()}
        yield Scores(**finite, rows=int(rows[group]), missing=int(missing[group]))


def _metrics(
    codes: NDArray[np.intp],
    rows: NDArray[np.intp],
    actual: Vector,
    error: Vector,
    naive: Vector,
) -> dict[str, Vector]:
    """Compute every metric of every group; not finite where it is undefined."""

    def total(values: Vector | NDArray[np.bool_]) -> Vector:
        return np.asarray(np.bincount(codes, values, rows.size), dtype=np.float64)

    size, absolute, positive = total(np.abs(actual)), np.abs(error), actual > 0
    relative = np.divide(absolute, actual, out=np.zeros_like(error), where=positive)
    squares = total(error**2)
    # Any member of a group as its origin makes equal values spread exactly zero.
    anchor = np.zeros(rows.size)
    anchor[codes] = actual
    shifted = actual - anchor[codes]
    spread = total((shifted - (total(shifted) / rows)[codes]) ** 2)
    return {
        "wape": total(absolute) / size,
        "mape": total(relative) / total(positive),
        "mae": total(absolute) / rows,
        "rmse": np.sqrt(squares / rows),
        "r2": 1 - squares / spread,
        "bias": total(error) / size,
        "mase": total(absolute / naive) / rows,
    }

"""How rows lie in time: the frequency of series, their gaps and their duplicates."""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lineal.modeling.config import Frequency
from lineal.modeling.inspection.tally import Hashes

Micros = NDArray[np.int64]

_SECOND: Final = 1_000_000
_UNITS: Final[dict[Frequency, int]] = {
    "week": 604_800 * _SECOND,
    "day": 86_400 * _SECOND,
    "hour": 3_600 * _SECOND,
}
_REGULAR: Final = 0.99  # share of steps that must be whole periods
_STEADY: Final = 0.5  # share of steps that must be alike where most periods are empty
_EMPTY: Final = 0.8
_MONDAY: Final = 4 * _UNITS["day"]  # 1970-01-05
_SHORTEST_MONTH: Final = 28 * _UNITS["day"]
_SUMMER: Final = _UNITS["hour"]
_LONGEST: Final = 10_000  # periods that a step is counted up to


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The times of all series.

    Attributes:
        frequency: How far apart rows are; None where they are irregular.
        step: How many periods usually lie between two rows.
        typical: Median seconds between two rows of a series; None if none has two.
        gaps: Share of periods without a row.
        exact: Rows that share series and moment with an earlier one.
        duplicates: Rows that share series and period with an earlier one.
        series: How many there are.
        shortest: Periods of the shortest.
        longest: Periods of the longest.
    """

    frequency: Frequency | None
    step: int
    typical: float | None
    gaps: float
    exact: int
    duplicates: int
    series: int
    shortest: int
    longest: int


def rhythm(series: Hashes, times: Micros, asked: Frequency | None = None) -> Rhythm:
    """Measure the times of rows.

    Args:
        series: Which series each row is of.
        times: Microseconds since 1970, in any order.
        asked: A frequency to measure by, instead of the one that is found.
    """
    order = np.lexsort((times, series))
    series, times = series[order], times[order]
    same = series[1:] == series[:-1]
    steps = np.diff(times)[same]
    exact = int((steps == 0).sum())
    steps = steps[steps > 0]
    found = _measured(times, same, asked or _frequency(times, steps))
    if not asked and found.gaps > _EMPTY and found.share < _STEADY:
        found = _measured(times, same, None)
    return Rhythm(
        frequency=found.frequency,
        step=found.step,
        typical=float(np.median(steps)) / _SECOND if len(steps) else None,
        gaps=found.gaps,
        exact=exact,
        duplicates=len(times) - int(found.lengths.sum()),
        series=len(found.lengths),
        shortest=int(found.lengths.min()),
        longest=int(found.lengths.max()),
    )


class _Measured(NamedTuple):
    """Rows in periods; the share is of steps that are as long as the usual one."""

    frequency: Frequency | None
    step: int
    share: float
    gaps: float
    lengths: Micros


def _measured(
    times: Micros, same: NDArray[np.bool_], frequency: Frequency | None
) -> _Measured:
    """Count rows by periods; without a frequency, each moment is its own."""
    periods = _periods(times, frequency)
    fresh = np.concatenate(([True], ~same | (np.diff(periods) != 0)))
    starts = np.flatnonzero(np.concatenate(([True], ~same)))
    lengths = np.add.reduceat(fresh, starts, dtype="int64")
    if frequency is None:
        return _Measured(None, 1, 1.0, 0.0, lengths)
    ends = np.append(starts[1:], len(times)) - 1
    spans = int((periods[ends] - periods[starts] + 1).sum())
    apart = np.diff(periods)[same]
    step, share = _step(apart[apart > 0])
    return _Measured(frequency, step, share, 1 - int(lengths.sum()) / spans, lengths)


def repeats(series: Hashes, times: Micros) -> int:
    """Return how many rows share series and moment with an earlier one."""
    order = np.lexsort((times, series))
    same = (np.diff(times[order]) == 0) & (np.diff(series[order]) == 0)
    return int(same.sum())


def _frequency(times: Micros, steps: Micros) -> Frequency | None:
    """Return the longest period of which nearly all steps are multiples."""
    if not len(steps):
        return None
    if np.mean(steps >= _SHORTEST_MONTH) >= _REGULAR and _monthly(times):
        return "month"
    for name, unit in _UNITS.items():
        rest = steps % unit
        # Summer time makes a day of 23 or 25 hours, where moments have a zone.
        near = np.minimum(rest, unit - rest) <= _SUMMER
        whole = (rest == 0) | (near & (steps >= unit - _SUMMER) & (name != "hour"))
        if np.mean(whole) >= _REGULAR:
            return name
    return None


def _monthly(times: Micros) -> bool:
    """Tell whether all rows are at the same place of their months."""
    moments = times.view("datetime64[us]")
    months = moments.astype("datetime64[M]")
    ahead = moments - months.astype("datetime64[us]")
    left = (months + 1).astype("datetime64[us]") - moments
    return any(bool((each == each[0]).all()) for each in (ahead, left))


def _periods(times: Micros, frequency: Frequency | None) -> Any:
    """Return the number of the period that each moment is in."""
    if frequency is None:
        return times
    if frequency == "month":
        return times.view("datetime64[us]").astype("datetime64[M]").astype("int64")
    shift = _MONDAY if frequency == "week" else 0
    return (times - shift) // _UNITS[frequency]


def _step(apart: Any) -> tuple[int, float]:
    """Return the usual number of periods between rows, and how usual it is."""
    if not len(apart):
        return 1, 1.0
    counts = np.bincount(np.minimum(apart, _LONGEST))
    best = int(counts.argmax())
    return best, float(counts[best] / len(apart))

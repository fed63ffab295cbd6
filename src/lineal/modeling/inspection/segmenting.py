"""Which columns name a series: those that make every (series, time) unique."""

import re
from collections.abc import Mapping
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lineal.modeling.inspection import series
from lineal.modeling.inspection.series import Micros
from lineal.modeling.inspection.tally import Hashes, combine

MOST: Final = 6
"""Columns that are tried."""

_DEEPEST: Final = 3
_ROWS: Final = 200_000
_STRAY: Final = 0.02  # share of repeated rows that is still taken for damage
_HINT: Final = re.compile(
    r"(?i)id$|key|code|^nr$|_nr$|number$|_no$|store|shop|sku|item|product|article|sensor"
    r"|station|series|segment|site|region|city|country|customer|client|meter|device"
    r"|line|route|stop|branch|channel|category|group|brand|plant|machine|user|account"
)


class _Choice(NamedTuple):
    """Columns, the rows that they leave twice, and how many series they name.

    Of equally good ones, those of the fewest series are meant: the others cut some.
    """

    repeats: int
    series: int
    names: tuple[str, ...]


def looks_like_a_name(name: str) -> bool:
    """Tell whether a column of whole numbers is called like one of names.

    >>> looks_like_a_name("store_id"), looks_like_a_name("units")
    (True, False)
    """
    return bool(_HINT.search(name))


def choose(columns: Mapping[str, Hashes], times: Micros) -> tuple[str, ...]:
    """Return the fewest columns that, with the time, leave (almost) no row twice.

    Args:
        columns: A hash of each row's value, by name.
        times: Of each row.

    Returns:
        No column if time alone does, or if none do.
    """
    few = _some(times)
    sample = {name: hashes[few] for name, hashes in columns.items()}
    times = times[few]
    if not series.repeats(combine([], len(times)), times):
        return ()
    best = _Choice(len(times), 0, ())
    for size in range(1, _DEEPEST + 1):
        for names in combinations(columns, size):
            best = min(best, _try(names, sample, times), key=lambda each: each[:2])
        if not best.repeats:
            break
    return best.names if best.repeats <= _STRAY * len(times) else ()


def _some(times: Micros) -> NDArray[np.intp]:
    """Return the places of rows of some moments, but of these all."""
    share = max(1, len(times) // _ROWS)
    mixed = (times.view("uint64") * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)
    return np.flatnonzero(mixed % np.uint64(share) == 0)


def _try(
    names: tuple[str, ...], columns: Mapping[str, Hashes], times: Micros
) -> _Choice:
    mixed = combine([columns[name] for name in names], len(times))
    return _Choice(series.repeats(mixed, times), len(np.unique(mixed)), names)

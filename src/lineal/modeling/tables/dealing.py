"""How rows are parted: where one moment ends, or by shares, drawn at random."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Times = npt.NDArray[np.datetime64]

_ROUNDING = 1e-6  # of shares times rows


def by_time(moments: Times, wanted: Iterable[float]) -> list[tuple[int, int]]:
    """Cut near the wanted places, where one moment ends and the next begins.

    >>> days = np.array(["2024-01-01", "2024-01-01", "2024-01-02"], "datetime64[D]")
    >>> by_time(days, [1])
    [(0, 2), (2, 3)]

    Args:
        moments: Of the rows, ascending.
        wanted: How many rows each cut has before it, at best; those of one moment all
            go before it.

    Returns:
        From which row, and before which row, for each part.
    """
    edges = [0]
    for place in wanted:
        count = int(place + _ROUNDING)
        edges.append(
            int(np.searchsorted(moments, moments[count - 1], side="right"))
            if count
            else 0
        )
    return list(pairwise([*edges, len(moments)]))


def deal(
    shares: Sequence[float],
    strata: Numbers,
    groups: Numbers | None,
    generator: np.random.Generator,
) -> Numbers:
    """Deal rows, or whole groups by their commonest class, to sides by their shares.

    Args:
        shares: Of each side; they add up to 1.
        strata: What every side shall have the same shares of, from 0, for each row.
        groups: Rows of equal numbers stay together.
        generator: Draws.

    Returns:
        Number of the side of each row.
    """
    if not len(strata):
        return strata
    kinds = int(strata.max()) + 1
    unit = np.arange(len(strata)) if groups is None else groups
    sizes = np.bincount(unit)
    cells = np.bincount(unit * kinds + strata, minlength=len(sizes) * kinds)
    commonest = cells.reshape(-1, kinds).argmax(axis=1)
    side = np.empty(len(sizes), dtype=np.int64)
    for stratum in range(kinds):
        drawn = generator.permutation(np.flatnonzero(commonest == stratum))
        ends = np.cumsum(sizes[drawn])
        middle = (ends - sizes[drawn] / 2) / max(sizes[drawn].sum(), 1)
        side[drawn] = np.searchsorted(np.cumsum(shares)[:-1], middle, side="right")
    return side[unit]

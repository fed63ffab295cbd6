"""The circular block bootstrap of days, without pandas, so that it is quick to import.

Blocks of neighbouring days are drawn around a circle, so that the first and last days
count as often as the others; `significance` says why, and who found it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

CELLS = 1 << 20  # block starts held at once: 8 MB each array


def resample(
    series: Sequence[Vector], *, replicates: int, block: int, rng: np.random.Generator
) -> list[Vector]:
    """Add up each series over the days of each replicate.

    All series are read on the same days, so that what is paired stays paired.

    Args:
        series: One number a day each, all of one length.
        replicates: Resamples to draw.
        block: Days a block.
        rng: The randomness.

    Returns:
        A sum a replicate, for each series.
    """
    days = series[0].size
    lengths = np.full(-(-days // block), block)
    lengths[-1] -= lengths.sum() - days  # the last block is cut to fit
    around = [np.concatenate([[0.0], np.cumsum(np.tile(v, 2))]) for v in series]
    step = max(1, CELLS // lengths.size)
    totals = [np.empty(replicates) for _ in series]
    for first in range(0, replicates, step):
        rows = min(step, replicates - first)
        starts = rng.integers(days, size=(rows, lengths.size))
        for total, sums in zip(totals, around, strict=True):
            total[first : first + rows] = _block_sums(sums, starts, lengths)
    return totals


def _block_sums(
    sums: Vector, starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> Vector:
    """Add up the blocks of each replicate from running sums."""
    total: Vector = (sums[starts + lengths] - sums[starts]).sum(axis=1)
    return total

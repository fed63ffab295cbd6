"""How long work takes in this process, and how much memory it took."""

import resource
import sys
import time
from collections.abc import Callable

_MB = 1_000_000
# Linux counts in KiB, macOS in bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024


def laps(work: Callable[[int], object], count: int) -> tuple[float, ...]:
    """Do something several times and return the milliseconds of each time.

    Args:
        work: Told which time it is, from 0.
        count: How often.
    """
    found: list[float] = []
    for turn in range(count):
        start = time.perf_counter()
        work(turn)
        found.append(1000 * (time.perf_counter() - start))
    return tuple(found)


def peak_memory() -> float:
    """Return the most memory that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / _MB

"""Whole processes, measured: CPU seconds of a program and of all it starts."""

import os
import statistics
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter


class FailedError(Exception):
    """A measured program did not do what it should."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians over some runs, in seconds.

    Attributes:
        cpu: User and system, children included.
        wall: From start to end.
        runs: How many.
    """

    cpu: float
    wall: float
    runs: int


def measure(
    words: Callable[[int], Sequence[str | Path]],
    folder: Path,
    env: Mapping[str, str],
    *,
    runs: int,
) -> Cost:
    """Run a program some times, after once that does not count.

    Args:
        words: The command of each run, by its number; the first is number 0.
        folder: Where to run it.
        env: Its environment.
        runs: How many count.

    Raises:
        FailedError: It exits with another code than 0.
    """
    costs = [_once(words(number), folder, env) for number in range(runs + 1)][1:]
    cpu, wall = zip(*costs, strict=True)
    return Cost(statistics.median(cpu), statistics.median(wall), runs)


def _once(
    words: Sequence[str | Path], folder: Path, env: Mapping[str, str]
) -> tuple[float, float]:
    began = perf_counter()
    process = subprocess.Popen(
        list(words), cwd=folder, env=dict(env), stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        msg = f"{' '.join(map(str, words))} exited with {process.returncode}"
        raise FailedError(msg)
    return used.ru_utime + used.ru_stime, wall

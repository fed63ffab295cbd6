"""Measure a model in this process: run as a program by `lineal register --measure`.

It prints JSON: the latencies of forecasts of one segment in milliseconds, and the most
memory that this process held, imports and model included, in megabytes.
"""

import json
import sys
from pathlib import Path

from lineal.doors import numerics, stopwatch
from lineal.errors import LinealError

_WARM, _COUNT = 3, 40


def main(root: str, model: str) -> int:
    """Load the model of a working tree and measure it; return the exit code."""
    numerics.fix(threads=1)  # before the next line imports NumPy
    from lineal.bootstrap import bundles  # noqa: PLC0415 - heavy, and not before that

    try:
        # Whoever calls has compared this dvc.lock with the committed one.
        bundle = bundles.open_bundle(Path(root), model, uncommitted=True)
        segments = bundle.card.segments

        def forecast(turn: int) -> None:
            bundle.forecast(segments=(segments[turn % len(segments)],))

        stopwatch.laps(forecast, _WARM)
        laps = stopwatch.laps(forecast, _COUNT)
    except LinealError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    said = {"latencies": laps, "memory": stopwatch.peak_memory()}
    sys.stdout.write(json.dumps(said))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))

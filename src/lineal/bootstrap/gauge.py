"""Measure a model in this process: run as a program by `lineal register --measure`.

It prints JSON: the latencies of forecasts of one segment, or of answers about one row,
in milliseconds, and the most memory that this process held, imports and model included,
in megabytes.
"""

import json
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lineal.doors import numerics, stopwatch
from lineal.errors import LinealError

if TYPE_CHECKING:
    from lineal.modeling.bundle import Bundle
    from lineal.modeling.tables.predictor import Predictor

_WARM, _COUNT = 3, 40
_FEWEST = 5  # laps that percentiles can be told from
_MILLISECONDS = 30_000.0  # that the laps of a slow model may take together


def main(root: str, model: str) -> int:
    """Load the model of a working tree and measure it; return the exit code."""
    numerics.fix(threads=1)  # before the next line imports NumPy
    from lineal.bootstrap import bundles  # noqa: PLC0415 - heavy, and not before that

    try:
        # Whoever calls has compared this dvc.lock with the committed one.
        ask = _question(bundles.open_either(Path(root), model, uncommitted=True))
        warm = stopwatch.laps(ask, 1)
        if warm[0] * _COUNT < _MILLISECONDS:
            warm = stopwatch.laps(ask, _WARM - 1)
        laps = stopwatch.laps(ask, count(min(warm)))
    except LinealError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    said = {"latencies": laps, "memory": stopwatch.peak_memory()}
    sys.stdout.write(json.dumps(said))
    return 0


def count(lap: float) -> int:
    """Return how many laps to measure, when one takes so many milliseconds.

    >>> count(20), count(1500), count(24_000)
    (40, 20, 5)
    """
    return max(_FEWEST, min(_COUNT, int(_MILLISECONDS / max(lap, 1.0))))


def _question(model: "Bundle | Predictor") -> Callable[[int], None]:
    """Return what asks a model for its smallest answer, another one each time."""
    from lineal.modeling.bundle import Bundle  # noqa: PLC0415 - heavy, as above

    if isinstance(model, Bundle):
        segments = model.card.segments

        def forecast(turn: int) -> None:
            model.forecast(segments=(segments[turn % len(segments)],))

        return forecast

    warnings.simplefilter("ignore")  # what a row holds does not matter here

    def predict(turn: int) -> None:
        row = turn % len(model.history)
        model.predict(model.history.iloc[[row]])

    return predict


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))

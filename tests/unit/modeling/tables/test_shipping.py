"""What a classifier's validation teaches before it ships."""

import numpy as np
import pandas as pd

from helpers.answered import TWO
from lineal.modeling.tables.config import Probabilities
from lineal.modeling.tables.index import TARGET, TIME
from lineal.modeling.tables.question import PREDICTED
from lineal.modeling.tables.shipping import Shipped, ship

ROWS = 600


def _shipped(*, timed: bool) -> Shipped:
    """Ship what is too unsure, from validation that is sorted by what happened."""
    rng = np.random.default_rng(3)
    late = np.sort(rng.random(ROWS) < 0.3).astype(float)
    share = np.clip(0.45 + 0.1 * late + rng.normal(0, 0.03, ROWS), 0, 1)
    days = pd.Series(pd.date_range("2024-01-01", periods=ROWS))
    times = days if timed else pd.Series(pd.NaT, days.index)
    rows = pd.DataFrame({TARGET: late, TIME: times, PREDICTED: share, "one": share})
    return ship("one", rows, rows, TWO, Probabilities())


def test_an_order_that_is_not_of_time_says_nothing() -> None:
    """A file sorted by class has halves of both classes; what came later stays so."""
    assert _shipped(timed=False).calibrator.method != "none"
    assert _shipped(timed=False).calibrator == _shipped(timed=False).calibrator
    assert "lacks a class" in _shipped(timed=True).calibrator.reason

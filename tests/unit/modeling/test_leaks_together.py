"""The leak guard where rows of one moment share values and luck."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lineal.modeling.features.column import Feature
from lineal.modeling.leaks import guard
from lineal.modeling.sections import Leaks

DAYS, SERIES = 40, 60
DAY = np.repeat(np.datetime64("2024-01-01") + np.arange(DAYS), SERIES)
RNG = np.random.default_rng(3)
LIFT = np.repeat(RNG.normal(size=DAYS), SERIES)
TARGET = LIFT + RNG.normal(0, 0.2, len(DAY))


def flagged(values: Sequence[float], *, together: bool) -> bool:
    """Tell whether a feature is, of a target that each day lifts for all series."""
    found = guard(
        pd.DataFrame({"x": values}),
        TARGET,
        [Feature("x", "observed", ("x",), "")],
        kind="value",
        columns={},
        asked=Leaks(),
        together=DAY if together else None,
        seed=1,
    )
    return bool(found)


def test_a_number_that_names_a_day_tells_nothing_of_others() -> None:
    """The weather is one for all series: what it was on a day is no knowledge."""
    rain = np.repeat(RNG.random(DAYS), SERIES)

    assert flagged(rain.tolist(), together=False)
    assert not flagged(rain.tolist(), together=True)


def test_what_tells_the_days_that_it_was_not_learned_from_is_flagged() -> None:
    """The lift itself does."""
    assert flagged(LIFT.tolist(), together=True)


def test_few_days_are_chance_however_many_rows_they_have() -> None:
    """Ten days that agree with a feature prove as much as ten rows."""
    few = DAY[10 * SERIES] > DAY
    values = np.where(few, LIFT, np.nan)
    found = guard(
        pd.DataFrame({"x": values[few]}),
        TARGET[few],
        [Feature("x", "observed", ("x",), "")],
        kind="value",
        columns={},
        asked=Leaks(),
        together=DAY[few],
        seed=1,
    )

    assert not found

"""Intervals around numbers: as many inside as was promised."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.modeling.tables.intervals import (
    Intervals,
    InvalidIntervalsError,
    TooFewRowsError,
    calibrate,
    coverage,
)

Floats = npt.NDArray[np.float64]


def rows(count: int, *, seed: int = 0) -> tuple[Floats, Floats]:
    """Return actual values, and predictions with an error that leans."""
    rng = np.random.default_rng(seed)
    predicted = rng.uniform(0, 50, count)
    return predicted + rng.exponential(5, count) - 3, predicted


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
def test_new_rows_lie_inside_as_often_as_promised(level: float) -> None:
    """Half of those that do not lie below, half above."""
    found = calibrate(*rows(4000), [level])
    actual, predicted = rows(4000, seed=9)
    low, high = found.apply(predicted)[level]

    assert coverage(actual, low, high) == pytest.approx(level, abs=0.03)
    assert np.mean(actual < low) == pytest.approx((1 - level) / 2, abs=0.02)


def test_logarithms_of_targets_below_zero_are_covered_too() -> None:
    """What may be learned, down to minus one, may be promised."""
    rng = np.random.default_rng(4)
    actual = rng.beta(1, 3, 4000) * 1.9 - 0.95
    predicted = np.full(4000, -0.6)
    predicted[::500] = -1.0  # as far as a logarithm may be answered
    found = calibrate(actual[:2000], predicted[:2000], [0.8], log=True)
    low, high = found.apply(predicted[2000:])[0.8]
    share = coverage(actual[2000:], low, high)

    assert share is not None
    assert 0.77 < share < 0.83


def test_logarithms_make_wide_what_is_large() -> None:
    """And nothing goes below the floor."""
    rng = np.random.default_rng(1)
    predicted = rng.uniform(0, 1000, 3000)
    actual = np.expm1(np.log1p(predicted) + rng.normal(0, 0.3, 3000))
    found = calibrate(actual, predicted, [0.8], log=True, floor=0.0)
    low, high = found.apply(np.array([0.0, 10.0, 1000.0]))[0.8]

    assert np.all(np.diff(high - low) > 0)
    assert low[0] == 0.0
    assert coverage(actual, *found.apply(predicted)[0.8]) == pytest.approx(
        0.8, abs=0.01
    )


@given(
    st.lists(st.tuples(st.floats(-99, 99), st.floats(-99, 99)), min_size=9, max_size=40)
)
def test_the_ends_are_residuals(pairs: list[tuple[float, float]]) -> None:
    """Nothing is interpolated, and levels are nested."""
    actual, predicted = np.array(pairs).T
    found = calibrate(actual, predicted, [0.8, 0.5, 0.8])

    assert found.levels == (0.5, 0.8)
    assert set(found.lower + found.upper) <= set((actual - predicted).tolist())
    assert found.lower[1] <= found.lower[0] <= found.upper[0] <= found.upper[1]


def test_too_few_rows_promise_nothing() -> None:
    """The message says how many it takes."""
    with pytest.raises(TooFewRowsError, match=r"8 rows .* of 80 % needs 9"):
        calibrate(*rows(8), [0.8])

    assert calibrate(*rows(9), [0.8]).rows == 9


def test_nothing_has_no_coverage() -> None:
    """A share of no rows is none."""
    assert coverage([], [], []) is None


def test_what_is_written_reads_back_to_the_last_bit() -> None:
    """The same bytes for the same rows."""
    made = calibrate(*rows(100), [0.8, 0.95], floor=-1.5)

    assert Intervals.from_json(made.to_json()) == made
    assert Intervals.from_json(made.to_json()).to_json() == made.to_json()


@pytest.mark.parametrize(
    "change", [('"lower": [', '"lower": [1, '), ("{", "["), ("8", "x")]
)
def test_another_text_is_refused(change: tuple[str, str]) -> None:
    """The way out is told."""
    text = calibrate(*rows(100), [0.8]).to_json().replace(*change, 1)

    with pytest.raises(InvalidIntervalsError, match="run the evaluate stage again"):
        Intervals.from_json(text)

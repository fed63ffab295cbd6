"""Tests of the intervals of relative changes."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.by_day import errors
from lineal.modeling.errors_by_day import Errors, Rows, Sums
from lineal.modeling.pairing import DifferentRowsError, improvement
from lineal.modeling.resampling import Vector
from lineal.modeling.spread import FEWEST, Interval, spread

SIMULATED = 300
NUMBERS = st.lists(st.floats(0.5, 50), min_size=12, max_size=24)


def interval(before: Errors, after: Errors, metric: str = "wape") -> Interval:
    """Return the interval of one metric."""
    found = spread(before, after)[metric]
    assert isinstance(found, Interval)
    return found


def related(rng: np.random.Generator, days: int, phi: float) -> Vector:
    """Draw luck of days that is like that of the day before."""
    drawn = rng.normal(size=days)
    for day in range(1, days):
        drawn[day] += phi * drawn[day - 1]
    return drawn


def simulated(
    rng: np.random.Generator, days: int, block: int, phi: float
) -> tuple[Errors, Errors]:
    """Draw two versions, of which the second is 5 % worse in truth."""
    shared, own = (np.exp(0.2 * related(rng, days, phi)) for _ in "ab")
    level = 10 * shared
    start = date(2024, 1, 1)
    weights = (100.0,) * days

    def version(wrong: Vector) -> Errors:
        return Errors(
            1,
            Rows(days, "ab" * 32),
            block,
            tuple(start + timedelta(days=day) for day in range(days)),
            {"wape": Sums(tuple(wrong.tolist()), weights)},
        )

    mean = np.exp(0.02 / (1 - phi**2))  # of a lognormal with that variance
    return version(level), version(1.05 * level * own / mean)


@pytest.mark.parametrize(
    ("days", "block", "phi"), [(844, 28, 0.5), (140, 28, 0.3), (40, 8, 0.0)]
)
def test_it_holds_the_truth_as_often_as_it_says(
    days: int, block: int, phi: float
) -> None:
    """About 95 % of the time, with many blocks of days and with the fewest."""
    rng = np.random.default_rng(20)
    held = 0
    for _ in range(SIMULATED):
        before, after = simulated(rng, days, block, phi)
        found = spread(before, after, replicates=500)["wape"]
        assert isinstance(found, Interval)
        held += found.low <= 0.05 <= found.high

    # Of 1,000 simulations 93 to 95 % do; plain percentiles would in 87 to 93 %.
    assert 0.9 <= held / SIMULATED <= 0.985


@given(NUMBERS, st.data())
@settings(max_examples=30, deadline=None)
def test_it_says_what_the_gate_says(wrong: list[float], data: st.DataObject) -> None:
    """One that excludes 0 is one in which nearly all resamples gain or lose."""
    other = data.draw(
        st.lists(st.floats(0.5, 50), min_size=len(wrong), max_size=len(wrong))
    )
    before, after = errors(wrong), errors(other)
    found = interval(before, after)
    gains = improvement(
        after, before, "wape", margin=0.0, relative=True, confidence=0.95
    )

    assert gains.share is not None
    if found.high < 0:
        assert gains.share >= 0.975
    if found.low > 0:
        assert gains.share <= 0.025
    if 0.05 < gains.share < 0.95:
        assert found.low <= 0 <= found.high


def test_the_same_errors_have_no_width() -> None:
    """A version and itself differ by nothing, whatever days are drawn."""
    same = errors([3.0, 9.0, 4.0] * 5)

    assert interval(same, same) == Interval(0.0, 0.0, 15)


def test_a_constant_factor_is_sure() -> None:
    """What is worse by the same share each day is worse by that share."""
    before = errors([3.0, 9.0, 4.0] * 5)
    after = errors([3.3, 9.9, 4.4] * 5)

    found = interval(before, after)
    root = interval(before, after, "rmse")
    for end in (found.low, found.high, root.low, root.high):
        assert end == pytest.approx(0.1)


def test_few_blocks_have_no_interval() -> None:
    """Less than five tell too little of how much blocks differ."""
    few, enough = [3.0, 9.0] * FEWEST, [3.0, 9.0] * FEWEST

    said = spread(errors(few[1:]), errors(few[1:]))["wape"]
    assert said == "9 days are too few: an interval needs 5 blocks of 2"
    assert isinstance(spread(errors(enough), errors(enough))["wape"], Interval)


def test_what_cannot_be_divided_is_said() -> None:
    """No errors at all, or nothing counted, leave nothing to be a share of."""
    none, some = errors([0.0] * 12), errors([1.0] * 12)
    uncounted = errors([1.0] * 12, [0.0] * 11 + [1.0], block=1)

    assert spread(none, some)["wape"] == (
        "it is 0 in a resample, and nothing is a share of that"
    )
    assert isinstance(spread(uncounted, uncounted)["wape"], str)
    assert isinstance(spread(uncounted, uncounted)["mae"], Interval)


def test_other_rows_are_refused() -> None:
    """Pairs are of the same rows, or they are none."""
    some = errors([1.0] * 12)

    with pytest.raises(DifferentRowsError):
        spread(some, errors([1.0] * 12, rows=Rows(120, "cd" * 32)))


def test_a_metric_that_counted_nothing_says_so() -> None:
    """Though there are no others that could be told."""
    nothing = {"wape": Sums((1.0,) * 20, (0.0,) * 20)}
    found = spread(
        errors([1.0] * 20, metrics=nothing), errors([1.0] * 20, metrics=nothing)
    )

    assert "nothing was" in str(found["wape"])

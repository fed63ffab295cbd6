"""A feature's building blocks: what is read where, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.modeling.features.column import (
    Column,
    Feature,
    LeakError,
    Term,
    at_cycle,
    at_date,
    at_origin,
)

FEATURE = Feature("name", "lag", ("entries",), "a number")
DAYS = np.arange(30.0)[:, None]


def test_a_term_is_read_some_days_from_the_origin() -> None:
    """Origins go down, horizons across; before the first day nothing is known."""
    term = Term(DAYS, at_date(3, 7))

    found = term.read(np.array([5, 20]))

    np.testing.assert_array_equal(found[:, :, 0], [[np.nan, 0, 1], [14, 15, 16]])


def test_days_beyond_the_last_are_unknown() -> None:
    """An origin at the end of the calendar has days ahead that nobody filled in."""
    found = Term(DAYS, at_date(3), known=True).read(np.array([27]))

    np.testing.assert_array_equal(found[0, :, 0], [28, 29, np.nan])


@given(st.integers(1, 20), st.integers(0, 25))
def test_a_term_that_would_read_the_future_is_refused(
    horizon: int, before: int
) -> None:
    """What is read at the target's date must be a horizon old."""
    if before >= horizon:
        assert Term(DAYS, at_date(horizon, before)).shift.max() <= 0
        return
    with pytest.raises(LeakError, match=f"reads {horizon - before} steps after"):
        Term(DAYS, at_date(horizon, before))


def test_values_that_are_old_anyway_may_be_read_later() -> None:
    """A value that uses nothing of its last 14 days may be read 14 days ahead."""
    assert Term(DAYS, at_date(14), delay=14).delay == 14
    with pytest.raises(LeakError, match="reads 1 steps after"):
        Term(DAYS, at_date(15), delay=14)


def test_what_is_known_ahead_may_be_read_ahead() -> None:
    """A calendar has no future to leak."""
    found = Term(DAYS, at_date(2), known=True).read(np.array([10]))

    assert found[0, :, 0].tolist() == [11, 12]


def test_terms_are_multiplied_and_divided() -> None:
    """A division by zero is unknown, not infinite."""
    here = Term(DAYS, at_origin(1))
    before = Term(DAYS, at_origin(1, 1))
    column = Column(FEATURE, here, times=(here,), over=(before,))

    found = column.read(np.array([1, 3]))

    np.testing.assert_array_equal(found[:, 0, 0], [np.nan, 9 / 2])


@given(st.integers(1, 60), st.integers(0, 10))
def test_the_targets_weekday_is_the_latest_known_one(horizon: int, weeks: int) -> None:
    """It lies whole weeks before the date, in the week that ends at the origin."""
    ahead = np.arange(1, horizon + 1)

    shift = at_cycle(horizon, 7, weeks)

    assert not ((ahead - shift) % 7).any()
    assert (shift > -7 * (weeks + 1)).all()
    assert (shift <= -7 * weeks).all()

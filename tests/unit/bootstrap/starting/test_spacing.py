"""The time line of a new forecast is cut so that every period holds something."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineal.bootstrap.starting.asked import UnfitError
from lineal.bootstrap.starting.spacing import clipped, levels, longest, spacing
from lineal.modeling.config import Every, Frequency, Split
from lineal.modeling.rhythm import DAY, RHYTHMS, WEEK
from lineal.modeling.splits import fold_rows, split


@settings(max_examples=80, deadline=None)
@given(
    steps=st.integers(10, 3000),
    series=st.sampled_from([1, 40, 50_000]),
    horizon=st.integers(1, 40),
    frequency=st.sampled_from(get_args(Frequency)),
)
def test_what_is_chosen_can_be_cut(
    steps: int, series: int, horizon: int, frequency: Frequency
) -> None:
    """Every period and fold has origins, or the table is refused."""
    rhythm = RHYTHMS[frequency]
    try:
        cut = spacing(steps, series, horizon, rhythm)
    except UnfitError:
        assert steps < 8 * (horizon + 3) + 40
        return

    train, validation, test = cut.shares
    first = np.datetime64("2020-01-06")
    dates = rhythm.between(first, rhythm.time(first, steps - 1))
    asked = Split(
        train=train,
        validation=validation,
        test=test,
        warmup=cut.warmup,
        folds=cut.folds,
        every=Every(**cut.every),
    )
    splits = split(dates, horizon, asked, rhythm)
    origins = dates[splits.learn.indexes(dates)].astype("datetime64[us]")

    validated = len(splits.validation.indexes(dates))

    assert len(fold_rows(origins, splits.folds)) == cut.folds
    assert validated * series >= cut.residuals
    assert len(levels(cut.residuals)) == (2 if cut.residuals >= 42 else 1)
    assert cut.residuals >= 9


@given(steps=st.integers(20, 3000), wanted=st.integers(1, 60))
def test_the_horizon_that_is_chosen_has_room(steps: int, wanted: int) -> None:
    """Nobody who names none is refused for one, but for a very short table."""
    horizon = longest(steps, 1, wanted, WEEK)

    assert horizon <= wanted
    if steps >= 56:
        spacing(steps, 1, horizon, WEEK)


def test_long_tables_of_many_series_have_origins_far_apart() -> None:
    """And never in step with the week, so that all weekdays are learned."""
    every = spacing(3000, 20, 14, DAY).every

    assert every["train"] > 7
    assert every["train"] % 7
    assert spacing(900, 1, 14, DAY).every == {"train": 1, "validation": 1, "test": 1}


def test_many_series_are_learned_from_few_origins() -> None:
    """Else their rows would not fit into memory."""
    cut = spacing(730, 50_000, 14, DAY)

    assert cut.folds == 2
    assert cut.every["train"] > 60


def test_windows_are_no_longer_than_the_history_before() -> None:
    """One at least stays."""
    cut = spacing(60, 1, 4, WEEK)

    assert clipped(cut, WEEK, (4, 8, 52)) == (4, 8)
    assert clipped(cut, WEEK, (52,)) == (52,)


def test_a_short_table_is_refused_with_what_would_do() -> None:
    """How many steps, or what option."""
    with pytest.raises(UnfitError, match=r"30 weeks are too few .* bring 144, or say"):
        spacing(30, 1, 10, WEEK)

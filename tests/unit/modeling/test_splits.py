"""One calendar, cut by time: nothing of a later period is in an earlier one."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lineal.modeling.config import Every, Split
from lineal.modeling.rhythm import Moments
from lineal.modeling.splits import (
    Fold,
    HistoryTooShortError,
    Period,
    Splits,
    fold_rows,
    split,
)

FIRST = date(2020, 1, 1)
ASKED = Split(
    train=0.7,
    validation=0.15,
    test=0.15,
    warmup=20,
    folds=2,
    every=Every(train=3, validation=2, test=1),
)


def days(period: Period) -> list[date]:
    """Return a period's first and last origin."""
    return [date.fromisoformat(each) for each in (period.first, period.last)]


def day(number: int) -> date:
    """Return a day of the calendar, counted from zero."""
    return FIRST + timedelta(days=number)


def between(first: int, last: int, every: int) -> Period:
    """Return a period from one day to another."""
    return Period(day(first).isoformat(), day(last).isoformat(), every)


def calendar(count: int) -> Moments:
    """Return so many days."""
    return np.datetime64(FIRST) + np.arange(count)


@st.composite
def cuts(draw: st.DrawFn) -> tuple[Splits, int, int, Split]:
    """Draw a calendar, a horizon and a split that fit each other."""
    horizon = draw(st.integers(1, 30))
    count = draw(st.integers(200, 5000))
    train, validation = draw(st.sampled_from([(70, 15), (60, 20), (50, 10), (80, 10)]))
    asked = Split(
        train=train / 100,
        validation=validation / 100,
        test=1 - (train + validation) / 100,
        warmup=draw(st.integers(0, 400)),
        folds=draw(st.integers(2, 6)),
        every=Every(
            train=draw(st.integers(1, 7)),
            validation=draw(st.integers(1, 7)),
            test=draw(st.integers(1, 7)),
        ),
    )
    try:
        return split(calendar(count), horizon, asked), count, horizon, asked
    except HistoryTooShortError:
        assume(condition=False)
        raise


def targets(period: Period, horizon: int) -> tuple[date, date]:
    """Return the first and the last day that a period's forecasts are of."""
    first, last = days(period)
    return first + timedelta(days=1), last + timedelta(days=horizon)


def test_a_calendar_is_cut_as_it_is_drawn() -> None:
    """200 days, seven ahead: days 0 to 139, 140 to 169, and 170 to 199."""
    found = split(calendar(200), 7, ASKED)

    assert days(found.train) == [day(20), day(132)]
    assert days(found.validation) == [day(139), day(162)]
    assert days(found.test) == [day(169), day(192)]
    assert days(found.learn) == [day(20), day(162)]
    every = [found.train, found.validation, found.test, found.learn]
    assert [period.every for period in every] == [3, 2, 1, 3]
    assert found.folds == (
        Fold(between(20, 72, 3), between(79, 102, 3)),
        Fold(between(20, 102, 3), between(109, 132, 3)),
    )


@given(cuts())
def test_targets_of_two_periods_never_overlap(
    cut: tuple[Splits, int, int, Split],
) -> None:
    """Nor do they leave the calendar."""
    splits, count, horizon, _ = cut
    periods = [splits.train, splits.validation, splits.test]

    for earlier, later in pairwise(periods):
        assert targets(earlier, horizon)[1] < targets(later, horizon)[0]
    assert targets(splits.test, horizon)[1] == day(count - 1)
    assert targets(splits.learn, horizon)[1] < targets(splits.test, horizon)[0]


@given(cuts())
def test_the_gap_between_periods_is_the_horizon(
    cut: tuple[Splits, int, int, Split],
) -> None:
    """Not a day more is lost than forecasts of that length demand."""
    splits, _, horizon, asked = cut
    pairs = [
        (splits.train, splits.validation),
        (splits.validation, splits.test),
        (splits.learn, splits.test),
        *((fold.train, fold.test) for fold in splits.folds),
    ]

    for earlier, later in pairs:
        first = days(later)[0]
        free = first > day(asked.warmup)
        gap = (first - days(earlier)[1]).days
        assert gap == horizon if free else gap >= horizon


@given(cuts())
def test_every_origin_has_the_warm_up_before_it(
    cut: tuple[Splits, int, int, Split],
) -> None:
    """And every period has one origin at least."""
    splits, *_, asked = cut
    periods = [splits.train, splits.validation, splits.test, splits.learn]
    periods += [period for fold in splits.folds for period in (fold.train, fold.test)]

    earliest = day(asked.warmup).isoformat()
    assert all(earliest <= each.first <= each.last for each in periods)


@given(cuts())
def test_folds_roll_forward_inside_the_training_period(
    cut: tuple[Splits, int, int, Split],
) -> None:
    """Each learns more and is judged on the days after, up to the end of train."""
    splits, _, horizon, asked = cut

    assert len(splits.folds) == asked.folds
    for fold in splits.folds:
        assert fold.train.first == splits.train.first
        assert targets(fold.train, horizon)[1] < targets(fold.test, horizon)[0]
    for earlier, later in pairwise(splits.folds):
        assert earlier.train.last < later.train.last
        assert targets(earlier.test, horizon)[1] < targets(later.test, horizon)[0]
    assert splits.folds[-1].test.last == splits.train.last


@pytest.mark.parametrize(
    ("count", "horizon", "message"),
    [
        pytest.param(0, 1, "0 days are too few", id="no days"),
        pytest.param(25, 1, "with 20 days before and 1 after", id="all warm-up"),
        pytest.param(200, 40, "and 40 after it; use a longer history", id="far ahead"),
        pytest.param(60, 6, "lower split.warmup or horizon", id="folds too small"),
    ],
)
def test_a_history_that_is_too_short_is_refused(
    count: int, horizon: int, message: str
) -> None:
    """The message has the numbers and the way out."""
    with pytest.raises(HistoryTooShortError, match=message):
        split(calendar(count), horizon, ASKED)


def test_a_periods_origins_are_found_in_the_calendar() -> None:
    """Every so many days from the first; the last only where it is due."""
    period = between(4, 12, 3)

    found = period.indexes(calendar(60))

    assert found.tolist() == [4, 7, 10]
    assert period.mask(calendar(60)).nonzero()[0].tolist() == list(range(4, 13))


def test_a_folds_rows_are_those_of_its_origins() -> None:
    """Row numbers, in the order of the rows; rows in the gap are in neither."""
    origins = np.array(["2020-01-09", "2020-01-01", "2020-01-05", "2020-01-03"])
    fold = Fold(between(0, 2, 1), between(8, 9, 1))

    ((train, test),) = fold_rows(origins.astype("datetime64[us]"), [fold])

    assert train.tolist() == [1, 3]
    assert test.tolist() == [0]


def test_a_fold_without_rows_is_refused() -> None:
    """Origins so far apart that a fold holds none would score nothing."""
    origins = np.array(["2020-01-01"]).astype("datetime64[us]")
    fold = Fold(between(0, 2, 9), between(4, 5, 9))

    with pytest.raises(HistoryTooShortError, match="from 2020-01-05 to 2020-01-06"):
        fold_rows(origins, [fold])

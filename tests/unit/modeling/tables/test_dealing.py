"""How rows are parted: moments stay whole, groups stay together, shares are kept."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.modeling.tables.dealing import by_time, deal

SHARES = (0.7, 0.15, 0.15)


@given(
    st.lists(st.integers(0, 12), max_size=40).map(sorted),
    st.lists(st.floats(0, 1), max_size=4).map(sorted),
)
def test_a_cut_by_time_parts_no_moment(days: list[int], shares: list[float]) -> None:
    """Every row is in one part, and each part begins with a moment of its own."""
    moments = np.array(days, dtype="datetime64[D]")
    parts = by_time(moments, [share * len(days) for share in shares])

    assert [row for first, last in parts for row in range(first, last)] == list(
        range(len(days))
    )
    assert len(parts) == len(shares) + 1
    for first, last in parts:
        assert not set(days[:first]) & set(days[first:last])


def test_shares_that_make_whole_numbers_are_not_rounded_down() -> None:
    """0.7 and 0.15 of 20 rows are 14 and 3, whatever their sum is in binary."""
    days = np.arange(20).astype("datetime64[D]")

    assert by_time(days, np.cumsum(SHARES[:2]) * 20) == [(0, 14), (14, 17), (17, 20)]


@given(
    st.lists(st.integers(0, 2), max_size=60),
    st.integers(0, 99),
)
def test_every_class_is_dealt_by_the_shares(classes: list[int], seed: int) -> None:
    """No side has more than one row too many or too few of a class."""
    strata = np.array(classes, dtype=np.int64)
    sides = deal(SHARES, strata, None, np.random.default_rng(seed))

    assert sides.shape == strata.shape
    for code in range(3):
        found = np.bincount(sides[strata == code], minlength=3)
        assert found == pytest.approx((strata == code).sum() * np.array(SHARES), abs=1)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1)), min_size=1, max_size=60),
    st.integers(0, 99),
)
def test_a_group_is_never_parted(rows: list[tuple[int, int]], seed: int) -> None:
    """Whatever classes its rows are of, and whatever numbers of groups are unused."""
    groups, strata = np.array(rows, dtype=np.int64).T
    sides = deal((0.5, 0.5), strata, groups, np.random.default_rng(seed))

    assert all(len(set(sides[groups == group])) == 1 for group in set(groups))


def test_the_seed_decides() -> None:
    """The same deals the same, another another."""
    strata = np.zeros(50, dtype=np.int64)
    one, same, other = (
        deal(SHARES, strata, None, np.random.default_rng(seed)).tolist()
        for seed in (1, 1, 2)
    )

    assert one == same
    assert one != other

"""The bootstrap: right width, right sign, and honest when there is too little."""

from dataclasses import replace
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.modeling import significance
from lineal.modeling.evaluation import UnusableForecastError, Vector
from lineal.modeling.significance import (
    Comparison,
    IncomparableError,
    compare,
    daily,
    sentence,
)

REAL = Comparison(-0.019, -0.021, -0.017, 0.95, 1.0, 14, 2000, 800)
series = st.lists(st.floats(0, 1e4), min_size=6, max_size=40)


def days(count: int, *, gap: float = 0.0) -> tuple[Vector, Vector, Vector]:
    """Make independent days on which a's errors exceed b's by a gap."""
    rng = np.random.default_rng(5)
    weight = rng.uniform(900, 1100, count)
    b = rng.gamma(20, 3, count)
    return b + gap + rng.normal(0, 4, count), b + rng.normal(0, 4, count), weight


def normal_interval(a: Vector, b: Vector, weight: Vector) -> tuple[float, float]:
    """Approximate the 95 % interval of a ratio by the delta method."""
    gap = a - b
    ratio = gap.sum() / weight.sum()
    spread = np.sqrt(((gap - ratio * weight) ** 2).sum()) / weight.sum()
    reach = NormalDist().inv_cdf(0.975) * spread
    return ratio - reach, ratio + reach


@pytest.mark.parametrize(("block", "tolerance"), [(1, 0.04), (7, 0.1)])
def test_independent_days_agree_with_the_normal_approximation(
    block: int, tolerance: float
) -> None:
    """Without dependence, blocks change nothing but noise."""
    a, b, weight = days(1500, gap=1.0)
    found = compare(a, b, weight, replicates=8000, block=block, confidence=0.95, seed=1)
    low, high = normal_interval(a, b, weight)

    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low == pytest.approx(high - low, rel=tolerance)
    assert (found.low + found.high) / 2 == pytest.approx(
        found.difference, abs=tolerance * (high - low)
    )


def test_blocks_widen_the_interval_of_dependent_days() -> None:
    """Days that resemble their neighbours tell less than their number says."""
    noise = np.random.default_rng(2).normal(size=700)
    related = np.convolve(noise, np.ones(14), mode="valid")
    a, b, weight = related + 60, np.full(related.size, 60.0), np.full(related.size, 9.0)
    widths = []
    for block in (1, 28):
        found = compare(
            a, b, weight, replicates=2000, block=block, confidence=0.95, seed=3
        )
        assert found.low is not None
        assert found.high is not None
        widths.append(found.high - found.low)

    assert widths[1] > 2 * widths[0]


@given(series, st.integers(1, 3), st.integers(0, 99))
def test_swapping_the_forecasts_mirrors_the_answer(
    errors: list[float], block: int, seed: int
) -> None:
    """What is true of a against b is true of b against a, with the other sign."""
    a = np.array(errors)
    b, weight = a[::-1].copy(), np.full(a.size, 1e4)

    def run(first: Vector, second: Vector) -> Comparison:
        return compare(
            first,
            second,
            weight,
            replicates=50,
            block=block,
            confidence=0.9,
            seed=seed,
        )

    there, back = run(a, b), run(b, a)
    assert there.low is not None
    assert there.high is not None

    assert back.difference == pytest.approx(-there.difference, abs=1e-12)
    assert back.low == pytest.approx(-there.high, abs=1e-12)
    assert back.high == pytest.approx(-there.low, abs=1e-12)
    assert back.real == there.real


def test_the_same_seed_gives_the_same_interval() -> None:
    """The answer is a function of its inputs, and the seed is one of them."""
    a, b, weight = days(60)

    def run(seed: int) -> Comparison:
        return compare(
            a, b, weight, replicates=300, block=7, confidence=0.95, seed=seed
        )

    assert run(4) == run(4)
    assert run(4) != run(5)


def test_replicates_equal_days_picked_one_by_one() -> None:
    """Running sums are only a faster way to add the days of blocks on a circle."""
    a, b, weight = days(11)
    found = compare(a, b, weight, replicates=40, block=4, confidence=0.9, seed=8)
    starts = np.random.default_rng(8).integers(11, size=(40, 3))
    picked = [[(s + i) % 11 for s in row for i in range(4)][:11] for row in starts]
    drawn = [(a - b)[rows].sum() / weight[rows].sum() for rows in picked]

    assert (found.low, found.high) == pytest.approx(
        tuple(np.quantile(drawn, [0.05, 0.95]))
    )
    assert found.share_below_zero == np.mean(np.array(drawn) < 0)


def test_many_replicates_are_drawn_in_bounded_pieces() -> None:
    """More block starts than are held at once still give every replicate."""
    a, b, weight = days(400, gap=9.0)
    pieces = 1 + (significance._CELLS // 400)  # noqa: SLF001 - the bound itself
    found = compare(
        a, b, weight, replicates=pieces + 1, block=1, confidence=0.95, seed=1
    )

    assert found.real
    assert found.share_below_zero == 0.0


@pytest.mark.parametrize(("count", "block"), [(1, 1), (1, 14), (13, 14), (27, 14)])
def test_too_few_days_give_no_interval(count: int, block: int) -> None:
    """A circle of fewer than two blocks cannot vary, which is not certainty."""
    a, b, weight = days(count, gap=50.0)
    found = compare(a, b, weight, replicates=100, block=block, confidence=0.95, seed=1)

    assert found.difference == pytest.approx((a - b).sum() / weight.sum())
    assert (found.low, found.high, found.share_below_zero) == (None, None, None)
    assert not found.real


def test_identical_forecasts_differ_by_exactly_nothing() -> None:
    """No rounding may turn the same errors into a difference."""
    a, _, weight = days(40)
    found = compare(a, a, weight, replicates=100, block=7, confidence=0.95, seed=1)

    assert (found.difference, found.low, found.high) == (0.0, 0.0, 0.0)
    assert found.share_below_zero == 0.0
    assert not found.real


@pytest.mark.parametrize(
    ("a", "b", "weight", "message"),
    [
        ([1, 2], [1, 2], [0, 0], "add up to zero"),
        ([], [], [], "add up to zero"),
        ([1, 2], [1], [1, 1], "the same days"),
        ([[1]], [[1]], [[1]], "the same days"),
        ([1, np.nan], [1, 2], [1, 1], "day 1 of a is nan"),
        ([1, 2], [-1, 2], [1, 1], "day 0 of b is -1"),
        ([1, 2], [1, 2], [np.inf, 1], "day 0 of weight is inf"),
        ([1, 2], [2, 1], [1, 0], "a resample has none"),
    ],
    ids=["zero", "empty", "short", "table", "nan", "negative", "inf", "sparse"],
)
def test_days_that_cannot_be_compared_are_refused(
    a: list[float], b: list[float], weight: list[float], message: str
) -> None:
    """What has no answer is an error, not a number."""
    with pytest.raises(IncomparableError, match=message):
        compare(a, b, weight, replicates=50, block=1, confidence=0.95, seed=1)


def table() -> pd.DataFrame:
    """Make forecasts of two days, one outcome unknown, rows out of order."""
    return pd.DataFrame(
        {
            "origin": pd.to_datetime(["2020-01-02", "2020-01-01", "2020-01-02"] * 2),
            "target": [10.0, 20.0, np.nan, 30.0, 40.0, 0.0],
            "m": [11.0, 18.0, 99.0, 33.0, 44.0, 5.0],
            "weight": [10.0, 20.0, 0.0, 30.0, 40.0, 0.0],
        }
    )


def test_daily_sums_are_by_origin_in_order() -> None:
    """All segments and horizons of one origin are one day; names cannot clash."""
    found = daily(table(), ["m", "weight"])

    assert found.days.tolist() == list(pd.to_datetime(["2020-01-01", "2020-01-02"]))
    assert found.errors["m"].tolist() == [6.0, 9.0]
    assert found.errors["weight"].tolist() == [0.0, 0.0]
    assert found.weight.tolist() == [60.0, 40.0]


def test_daily_refuses_a_missing_forecast() -> None:
    """A model that gives no number cannot be compared on the rest."""
    with pytest.raises(UnusableForecastError, match="no finite forecast"):
        daily(table().assign(m=np.nan), ["m"])


TIED = "they cannot be told apart on this test period."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {},
            (
                "xgboost's WAPE is 1.9 points lower than naive's (95 % interval 1.7 to "
                "2.1 lower): a real difference on this test period."
            ),
        ),
        (
            {"difference": 0.0025, "low": 0.0002, "high": 0.12, "confidence": 0.999},
            (
                "xgboost's WAPE is 0.25 points higher than naive's (99.9 % interval "
                "0.020 to 12.0 higher): a real difference on this test period."
            ),
        ),
        (
            {"low": -0.03, "high": 0.001},
            (
                "xgboost's WAPE is 1.9 points lower than naive's (95 % interval 3.0 "
                f"lower to 0.10 higher): {TIED}"
            ),
        ),
        (
            {"high": 0.0},
            (
                "xgboost's WAPE is 1.9 points lower than naive's (95 % interval 2.1 "
                f"lower to 0): {TIED}"
            ),
        ),
        (
            {"difference": 1e-12, "low": -1e-9, "high": 0.001},
            (
                "xgboost's WAPE is 0.000000 points higher than naive's (95 % interval "
                f"0.000000 lower to 0.10 higher): {TIED}"
            ),
        ),
        (
            {"difference": 0.0, "low": 0.0, "high": 0.0},
            (
                "xgboost and naive cannot be told apart on this test period: they have "
                "the same error on every day."
            ),
        ),
        (
            {"low": None, "high": None, "days": 9},
            (
                "xgboost and naive cannot be told apart on this test period: its 9 origin "
                "days are fewer than two blocks of 14."
            ),
        ),
    ],
    ids=["lower", "higher", "tied", "touches", "tiny", "same", "few days"],
)
def test_the_sentence_says_what_the_interval_means(
    changes: dict[str, Any], expected: str
) -> None:
    """A reader who knows no statistics gets the right conclusion."""
    assert sentence(replace(REAL, **changes), "xgboost", "naive") == expected


def test_an_interval_on_the_other_side_proves_nothing() -> None:
    """A skewed resample that contradicts the difference is not a finding."""
    assert REAL.real
    assert replace(REAL, difference=0.019, low=0.017, high=0.021).real
    assert not replace(REAL, difference=0.001).real
    assert not replace(REAL, low=0.017, high=0.021).real

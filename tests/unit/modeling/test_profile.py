"""Profiles: shares that add up, bins that show what changed, faults named."""

import msgspec
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.modeling.profile import FeatureProfile, UnprofilableError, profile

values = st.lists(
    st.none() | st.floats(-1e9, 1e9) | st.sampled_from([0.0, 1.0]), min_size=1
)


def one(column: object, *, bins: int = 10) -> FeatureProfile:
    """Profile a single column."""
    return profile(pd.DataFrame({"x": column}), ["x"], bins=bins)["x"]


@given(values, st.integers(1, 12))
def test_shares_and_missing_make_one(column: list[float | None], bins: int) -> None:
    """Every row is in exactly one bin, or missing; edges ascend."""
    found = one(np.array(column, dtype=float), bins=bins)

    assert sum(found.shares) + found.missing == pytest.approx(1, abs=1e-12)
    assert list(found.edges) == sorted(set(found.edges))
    assert len(found.shares) == len(found.edges) + 1


@given(values)
def test_shares_are_what_counting_gives(column: list[float | None]) -> None:
    """A bin holds from its edge up to, but without, the next."""
    array = np.array(column, dtype=float)
    found = one(array)
    known = array[~np.isnan(array)]
    bins = np.searchsorted(found.edges, known, side="right")
    counts = np.bincount(bins, minlength=len(found.shares))

    assert found.shares == pytest.approx(tuple(counts / array.size))


def test_continuous_values_fill_equal_bins() -> None:
    """Edges are the training quantiles; the outer bins are open."""
    found = one(np.random.default_rng(0).permutation(1000))

    assert found.edges == tuple(range(100, 1000, 100))
    assert found.shares == pytest.approx([0.1] * 10)
    assert (found.min, found.max, found.mean) == (0.0, 999.0, 499.5)
    assert found.std == pytest.approx(np.std(range(1000)))
    assert found.missing == 0


UP = float(np.nextafter(7.0, np.inf))
ONE_UP = float(np.nextafter(1.0, np.inf))
FIFTY_UP = float(np.nextafter(50.0, np.inf))
TENTHS = (2.0, 4.0, 6.0, 8.0, 50.0, FIFTY_UP, 60.0, 62.0, 64.0)
TENTHS_SHARES = (0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0, 0.1, 0.1, 0.1)
TINY = float(np.nextafter(0.0, np.inf))


@pytest.mark.parametrize(
    ("column", "edges", "shares"),
    [
        ([7.0] * 5, (7.0, UP), (0, 1, 0)),
        ([0] * 95 + [1] * 5, (0.0, TINY), (0, 0.95, 0.05)),
        ([0, 1], (0.0, TINY, 1.0, ONE_UP), (0, 0.5, 0, 0.5, 0)),
        ([True] * 3, (1.0, ONE_UP), (0, 1, 0)),
        ([*range(10), *[50] * 4, *range(60, 66)], TENTHS, TENTHS_SHARES),
        ([np.nan] * 4, (), (0,)),
        (pd.array([7, 7, None, 7], dtype="Int64"), (7.0, UP), (0, 0.75, 0)),
    ],
    ids=["constant", "rare flag", "flag", "boolean", "a fifth", "missing", "nullable"],
)
def test_a_value_that_repeats_has_its_own_bin(
    column: object, edges: tuple[float, ...], shares: tuple[float, ...]
) -> None:
    """A constant that moves, or a flag that becomes common, changes the shares."""
    found = one(column)

    assert found.edges == edges
    assert found.shares == pytest.approx(shares)


def test_a_feature_without_values_has_no_summary() -> None:
    """All missing is a share of one, and no minimum."""
    found = one([np.nan, np.nan])

    assert found == FeatureProfile(edges=(), shares=(0.0,), missing=1.0, rows=2)


def test_names_choose_and_order() -> None:
    """The profile follows the model's list of features, not the table."""
    table = pd.DataFrame({"a": [1.0], "b": [2.0], "c": [3.0]})

    assert list(profile(table, ["c", "a"])) == ["c", "a"]


def test_json_gives_back_the_same_profile() -> None:
    """Edges keep every bit, so a value on an edge stays in its bin."""
    found = profile(pd.DataFrame({"x": [0.1] * 3 + [0.3]}), ["x"])
    text = msgspec.json.encode(found)

    assert msgspec.json.decode(text, type=dict[str, FeatureProfile]) == found


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"y": [1.0]}, "no feature 'x'"),
        ({"x": ["a"]}, "not a number"),
        ({"x": pd.Series([], dtype=float)}, "no rows"),
        ({"x": [1.0, np.inf]}, "infinite in row 1"),
    ],
    ids=["absent", "text", "empty", "infinite"],
)
def test_what_has_no_distribution_is_refused(
    table: dict[str, object], message: str
) -> None:
    """The fault is named with its feature."""
    with pytest.raises(UnprofilableError, match=message):
        profile(pd.DataFrame(table), ["x"])

"""Quantile bins: few codes, the order kept, missing values too."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from helpers.panels import ROW_FEATURES, feature_rows
from lineal.modeling.binning import QuantileBinner
from lineal.modeling.candidates import forecaster

columns = st.lists(
    st.none() | st.floats(-1e9, 1e9, width=32) | st.sampled_from([0.0, 1.0]),
    min_size=1,
    max_size=60,
)


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Keep OpenMP to one thread, as the stages do: more only wait for each other."""
    with threadpool_limits({"openmp": 1}):
        yield


def table(values: object) -> pd.DataFrame:
    """Return a table of one column."""
    return pd.DataFrame({"x": np.asarray(values, dtype=np.float32)})


def coded(
    learned: object,
    asked: object | None = None,
    *,
    bins: int = 254,
    rare: bool = False,
) -> npt.NDArray[np.float32]:
    """Return the codes of a column, of the values it learned from or of others."""
    binner = QuantileBinner(bins, rare=rare).fit(table(learned))
    codes: npt.NDArray[np.float32] = binner.transform(
        table(learned if asked is None else asked)
    )
    return codes[:, 0]


@given(columns, columns, st.integers(1, 12))
def test_a_column_has_at_most_as_many_codes_as_bins(
    learned: list[float | None], asked: list[float | None], bins: int
) -> None:
    """Codes are whole numbers from zero, fewer than the bins, also of new values."""
    codes = coded(learned, [*learned, *asked], bins=bins)
    known = codes[~np.isnan(codes)]

    assert set(known) <= set(range(bins))


@given(columns, columns, st.integers(1, 12))
def test_missing_stays_missing_where_a_value_was_ever_seen(
    learned: list[float | None], asked: list[float | None], bins: int
) -> None:
    """A code is missing just where the value is; never in an all-missing column."""
    seen = any(value is not None for value in learned)
    codes = coded(learned, asked, bins=bins)

    assert np.isnan(codes).tolist() == [value is None and seen for value in asked]


@given(columns, columns, st.integers(1, 12))
def test_codes_rise_with_values(
    learned: list[float | None], asked: list[float | None], bins: int
) -> None:
    """Of two values the larger never has the smaller code; equals have one code."""
    known = sorted(value for value in asked if value is not None)
    codes = coded(learned, known, bins=bins)

    assert (np.diff(codes) >= 0).all()
    assert all(
        left == right
        for left, right, step in zip(codes, codes[1:], np.diff(known), strict=False)
        if step == 0
    )


@given(columns, columns, st.integers(2, 12), st.booleans())
def test_a_code_counts_the_quantiles_below_the_value(
    learned: list[float | None],
    asked: list[float | None],
    bins: int,
    rare: bool,  # noqa: FBT001 - Hypothesis draws it
) -> None:
    """Binning is a search among the distinct lower quantiles of what is there.

    Among all that is there, where rare values count and there are few of them.
    """
    array = table(learned)["x"].to_numpy()
    values = table(asked)["x"].to_numpy()
    present, known = array[~np.isnan(array)], ~np.isnan(values)
    shares = np.linspace(0, 1, bins + 1)[1:-1]
    whole = not present.size or (rare and len(np.unique(present)) < bins)
    inner = present if whole else np.quantile(present, shares, method="lower")
    codes = coded(learned, asked, bins=bins, rare=rare)

    assert codes[known].tolist() == [
        (np.unique(inner) < value).sum() for value in values[known]
    ]


def test_bins_are_equally_full() -> None:
    """A thousand different values fill ten bins with a hundred each."""
    codes = coded(np.random.default_rng(0).permutation(1000), bins=10)

    assert np.bincount(codes.astype(int)).tolist() == pytest.approx([100] * 10, abs=1)


def test_few_values_keep_a_code_each() -> None:
    """What already has fewer values than bins loses nothing."""
    assert coded([3, 1, 2, 1, 3]).tolist() == [2, 0, 1, 0, 2]


def test_rare_values_of_a_column_of_mostly_one_are_told_apart() -> None:
    """Quantiles alone see one value and the rest."""
    column = [0] * 997 + [1, 2, 3]

    assert coded(column, rare=True)[-4:].tolist() == [0, 1, 2, 3]
    assert set(coded(column)) == {0, 1}


def test_a_constant_column_has_one_code() -> None:
    """A constant is bin zero; only what is above it later is told apart."""
    assert coded([7, 7, 7]).tolist() == [0, 0, 0]
    assert coded([7, 7, 7], [6, 7, 8]).tolist() == [0, 0, 1]


def test_an_all_missing_column_says_nothing_now_or_later() -> None:
    """It becomes zeros, also when values appear after the fit."""
    assert coded([np.nan, np.nan]).tolist() == [0, 0]
    assert coded([np.nan, np.nan], [np.nan, -5, 5]).tolist() == [0, 0, 0]


def test_columns_are_binned_apart() -> None:
    """Each column has its own quantiles, and the table is left as it was."""
    rows = pd.DataFrame({"a": [1.0, 2.0], "b": [200.0, 100.0], "c": [np.nan, np.nan]})
    before = rows.copy()
    codes = QuantileBinner().fit_transform(rows)

    assert codes.tolist() == [[0, 1, 0], [1, 0, 0]]
    pd.testing.assert_frame_equal(rows, before)


def test_boosting_learns_with_weights_beside_an_all_missing_column() -> None:
    """Histogram boosting fits, and a value that shows up later changes nothing."""
    rows = feature_rows(300)
    asked = {"max_iter": 10, "early_stopping": False}
    model = forecaster("boosting", asked, ROW_FEATURES, seed=1, threads=1)
    found = model.fit(rows, rows["target"].to_numpy()).predict(rows)
    counted = rows["target"] > 0

    assert rows["nothing"].isna().all()
    assert np.isfinite(found).all()
    assert np.corrcoef(found[counted], rows["target"][counted])[0, 1] > 0.95
    assert model.predict(rows.assign(nothing=5.0)).tolist() == found.tolist()

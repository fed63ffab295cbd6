"""From rows to a matrix: what is learned, and what an unknown word becomes."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineal.modeling.tables.encoding import TableEncoder

TARGET = np.arange(12) % 2.0


def rows() -> pd.DataFrame:
    """Return a number, a flag, few words, many words, and an hour."""
    return pd.DataFrame(
        {
            "size": np.array([np.nan, *range(1, 12)], dtype=np.float32),
            "flag": np.arange(12, dtype=np.float32) % 2,
            "kind": pd.Categorical(["a", "b", None] * 4),
            "town": pd.Categorical([f"town {n // 2}" for n in range(12)]),
            "hour": np.arange(12, dtype=np.float32) % 3,
        }
    )


def encoder(form: Any = "codes", **said: Any) -> TableEncoder:
    """Return an encoder that tells three words apart."""
    return TableEncoder(
        ("size", "flag", "hour"), ("kind", "town"), form=form, levels=3, **said
    )


def test_trees_get_numbers_codes_means_and_shares() -> None:
    """Numbers stay as they are, missing ones too."""
    made = encoder()
    matrix = made.fit_transform(rows(), TARGET)

    assert made.sources_ == ["size", "flag", "hour", "kind", "town", "town"]
    assert made.categorical_ == [False, False, False, True, False, False]
    assert matrix.dtype == np.float32
    assert matrix[:, 0].tolist()[1:] == list(range(1, 12))
    assert np.isnan(matrix[0, 0])
    assert matrix[:2, 3].tolist() == [0, 1]
    assert np.isnan(matrix[2, 3])
    assert matrix[:, 5].tolist() == pytest.approx([2 / 12] * 12)


def test_bins_replace_numbers_only() -> None:
    """Codes of words are no quantiles."""
    matrix = encoder("bins").fit_transform(rows(), TARGET)

    assert matrix[1:, 0].tolist() == list(range(11))
    assert matrix[:2, 3].tolist() == [0, 1]


def test_a_linear_model_gets_a_column_each() -> None:
    """Nothing is missing; hours are levels, and words too; a flag says what was."""
    made = encoder("levels", turning=("hour",))
    matrix = made.fit_transform(rows(), TARGET)

    assert made.sources_ == [
        *("size", "flag", "size"),
        *("kind", "kind", "hour", "hour", "hour"),
        *("town", "town"),
    ]
    assert not any(made.categorical_)
    assert matrix.dtype == np.float64
    assert np.isfinite(matrix).all()
    assert matrix[:, :3].mean(axis=0) == pytest.approx(0)
    assert matrix[2, 3:5].tolist() == [0, 0]
    assert matrix[:3, 5:8].tolist() == np.eye(3).tolist()


def test_a_turning_number_with_many_values_stays_a_number() -> None:
    """More values than levels are no levels."""
    made = encoder("levels", turning=("size",)).fit(rows(), TARGET)

    assert made.sources_.count("size") == 2


@pytest.mark.parametrize("form", ["codes", "bins", "levels"])
def test_an_unknown_word_is_like_a_missing_one(form: Any) -> None:
    """In columns of few words and of many, whatever type they arrive in."""
    made = encoder(form, turning=("hour",)).fit(rows(), TARGET)
    odd = rows().assign(hour=np.float32(99))
    unknown = odd.assign(kind="x", town=pd.Series([f"new {n}" for n in range(12)]))
    missing = odd.assign(kind=pd.Series([None] * 12, dtype=object), town=None)

    np.testing.assert_array_equal(made.transform(unknown), made.transform(missing))


def test_only_words_of_the_rows_are_levels() -> None:
    """Categories that no row has are those of other rows."""
    some = rows().iloc[:4]
    made = encoder().fit(some, TARGET[:4])

    assert made.levels_ == {"kind": ["a", "b"], "town": ["town 0", "town 1"]}
    assert made.few_ == ["kind", "town"]


def test_a_rows_own_target_is_not_in_its_mean() -> None:
    """A town of one row has the mean of the others: it cannot say its own."""
    alone = pd.DataFrame({"town": [f"town {n}" for n in range(40)]})
    target = np.arange(40) % 2.0
    made = TableEncoder((), ("town",), levels=3)
    learned = made.fit_transform(alone, target)[:, 0]

    assert np.abs(learned - 0.5).max() < 0.2
    assert abs(np.corrcoef(learned, target)[0, 1]) < 0.9


@pytest.mark.parametrize(
    ("classes", "target", "columns"),
    [
        (True, np.arange(12) % 2.0, 1),
        (True, np.arange(12) % 3.0, 3),
        (False, np.arange(12) % 3.0, 1),
    ],
)
def test_means_are_of_each_class_or_of_the_number(
    classes: Any, target: Any, columns: int
) -> None:
    """Three classes have three shares, two have one, and a number has its mean."""
    made = TableEncoder((), ("town",), levels=3, classes=classes)

    assert made.fit_transform(rows(), target).shape == (12, columns + 1)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 99))
def test_what_is_judged_teaches_nothing(seed: int) -> None:
    """The matrix of other rows depends on rows learned from alone."""
    rng = np.random.default_rng(seed)
    learned, judged = rows().iloc[:8], rows().iloc[8:]
    shuffled = judged.iloc[rng.permutation(4)]
    whole = encoder("levels").fit(learned, TARGET[:8])
    again = encoder("levels").fit(learned.copy(), TARGET[:8])

    np.testing.assert_array_equal(
        whole.transform(judged).mean(axis=0), again.transform(judged).mean(axis=0)
    )
    np.testing.assert_allclose(
        whole.transform(shuffled).mean(axis=0), whole.transform(judged).mean(axis=0)
    )


def test_the_seed_decides_how_means_are_cross_fitted() -> None:
    """The same seed, the same matrix; afterwards it makes no difference."""
    one, same, other = (encoder(seed=seed) for seed in (1, 1, 2))
    first = one.fit_transform(rows(), TARGET)

    np.testing.assert_array_equal(first, same.fit_transform(rows(), TARGET))
    assert (first[:, 4] != other.fit_transform(rows(), TARGET)[:, 4]).any()
    np.testing.assert_array_equal(one.transform(rows()), other.transform(rows()))

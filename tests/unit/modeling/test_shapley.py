"""Sampled Shapley values: what is known of them holds."""

from itertools import permutations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from lineal.modeling.shapley import sampled

RNG = np.random.default_rng(4)
WORDS = ["x", "y", "z"]


def table(count: int) -> pd.DataFrame:
    """Return rows with numbers, a missing one, and words."""
    words = pd.Categorical(RNG.choice(WORDS, count))
    numbers = RNG.normal(size=(2, count)).astype(np.float32)
    numbers[1, 0] = np.nan
    return pd.DataFrame({"a": numbers[0], "b": numbers[1], "word": words})


def answer(rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Answer with terms of one column each, and one of two."""
    word = rows["word"].astype(object).map({"x": 0.0, "y": 1.0, "z": 3.0})
    a, b = rows["a"].to_numpy(float), rows["b"].fillna(0).to_numpy(float)
    found: npt.NDArray[np.float64] = 2 * a + a * b + word.to_numpy(dtype=float)
    return found


def exact(row: pd.DataFrame, background: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Average over all orders and all background rows."""
    found = np.zeros(3)
    orders = list(permutations(range(3)))
    for order in orders:
        for number in range(len(background)):
            now = background.iloc[[number]].to_dict("list")
            for column in order:
                before, name = answer(pd.DataFrame(now))[0], row.columns[column]
                now[name] = row[name].to_list()
                found[column] += answer(pd.DataFrame(now))[0] - before
    return found / len(orders) / len(background)


def test_each_column_gets_its_share() -> None:
    """Sampling comes near to the mean over all orders."""
    row, background = table(3).iloc[[1]], table(30)
    found = sampled(answer, row, background, draws=30, seed=0)

    assert found.each[0] == pytest.approx(exact(row, background), abs=0.15)
    assert found.base == pytest.approx([answer(background).mean()])


def test_shares_add_up_exactly() -> None:
    """Whatever was drawn, to the row's answer without the base."""
    rows = table(40)
    found = sampled(answer, rows, table(9), draws=4, seed=1)

    assert found.each.shape == (40, 3)
    assert found.each.sum(axis=1) + found.base == pytest.approx(answer(rows))


def test_what_does_not_matter_gets_nothing() -> None:
    """Exactly zero."""
    found = sampled(
        lambda rows: rows["a"].to_numpy(float), table(5), table(9), draws=3, seed=1
    )

    assert not found.each[:, 1:].any()


def test_many_answers_are_shared_out_at_once() -> None:
    """Each on its own, with the same draws."""
    rows, background = table(6), table(9)

    def both(some: pd.DataFrame) -> npt.NDArray[np.float64]:
        return np.stack([answer(some), -answer(some)], axis=1)

    found = sampled(both, rows, background, draws=5, seed=2)
    one = sampled(answer, rows, background, draws=5, seed=2)
    assert found.each[:, :, 0] == pytest.approx(one.each)
    assert found.each[:, :, 1] == pytest.approx(-one.each)
    assert found.base == pytest.approx([one.base[0], -one.base[0]])


def test_words_that_one_side_lacks_are_words() -> None:
    """Categories of both sides are put together."""
    row = table(1).assign(word=pd.Categorical(["z"]))
    background = table(4).assign(word=pd.Categorical(["x", "y", "x", None]))

    found = sampled(
        lambda rows: np.where(rows["word"].isna(), 1.0, 0.0),
        row,
        background,
        draws=4,
        seed=0,
    )
    assert found.each[0].tolist() == [0, 0, -0.25]


def test_a_seed_decides_everything() -> None:
    """Another one draws others."""
    rows, background = table(3), table(50)
    first, again, other = (
        sampled(answer, rows, background, draws=5, seed=seed).each for seed in (1, 1, 2)
    )

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)

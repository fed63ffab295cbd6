"""Shapley values of any function of rows, by sampling: what each column contributes.

For a row and a background row, columns are changed one after the other from the
background's values to the row's, in a random order and in its reverse; what the answer
moves by is the column's (Štrumbelj & Kononenko 2014, "Explaining prediction models and
individual predictions with feature contributions", Knowledge and Information Systems
41; the reverse order: Mitchell et al. 2022, JMLR 23). They add up to the row's answer
minus the background's, exactly; the sampling is in how that is shared out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Vector = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

_CELLS = 1 << 17  # rows that are answered at once


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """What each column contributes to each row's answer.

    Attributes:
        each: Shape (rows, columns), or (rows, columns, answers).
        base: The mean answer of the background rows used; of each answer.
    """

    each: Vector
    base: Vector


def sampled(
    answer: Callable[[pd.DataFrame], Vector],
    rows: pd.DataFrame,
    background: pd.DataFrame,
    *,
    draws: int,
    seed: int,
) -> Shares:
    """Share each row's answer out among the columns.

    Args:
        answer: Numbers of rows, shape (rows,) or (rows, answers).
        rows: What is explained.
        background: Rows of the same columns that the answers are compared with.
        draws: Background rows for each row, the same for all of them.
        seed: Of the draws and the orders.
    """
    rng = np.random.default_rng(seed)
    seats = rng.permutation(len(background))[:draws]
    step = max(1, _CELLS // (2 * seats.size * (rows.shape[1] + 1)))
    both = _stacked(rows, background.iloc[seats])
    found = [
        _of_some(answer, both, range(first, min(first + step, len(rows))), seats, rng)
        for first in range(0, len(rows), step)
    ]
    base = np.atleast_1d(answer(background.iloc[seats]).mean(axis=0))
    return Shares(np.concatenate(found), base)


def _of_some(
    answer: Callable[[pd.DataFrame], Vector],
    both: pd.DataFrame,
    places: Sequence[int],
    seats: Codes,
    rng: np.random.Generator,
) -> Vector:
    """Explain some rows at once."""
    width, first = both.shape[1], len(both) - seats.size
    walks = len(places) * seats.size
    orders = rng.permuted(np.tile(np.arange(width), (walks, 1)), axis=1)
    turns = np.argsort(np.concatenate([orders, orders[:, ::-1]]), axis=1)
    own = np.tile(np.repeat(np.asarray(places), seats.size), 2)
    other = np.tile(first + np.arange(seats.size), 2 * len(places))
    # After step s, a column shows the row's value if its turn was before s.
    steps = np.arange(width + 1)
    shown = turns[:, None, :] < steps[None, :, None]
    taken = np.where(shown, own[:, None, None], other[:, None, None])
    answers = answer(_taken(both, taken.reshape(-1, width)))
    moved = np.diff(answers.reshape(2 * walks, width + 1, -1), axis=1)
    by_column = np.take_along_axis(moved, turns[:, :, None], axis=1)
    walked = by_column.reshape(2, len(places), seats.size, width, -1)
    each: Vector = walked.mean(axis=(0, 2))
    return each[:, :, 0] if answers.ndim == 1 else each


def _stacked(rows: pd.DataFrame, background: pd.DataFrame) -> pd.DataFrame:
    """Put rows above the background, columns of words with the words of both."""
    columns: dict[str, Any] = {}
    for name in rows.columns:
        parts = [rows[name], background[name]]
        if isinstance(rows[name].dtype, pd.CategoricalDtype):
            columns[name] = pd.api.types.union_categoricals(parts, sort_categories=True)
        else:
            columns[name] = np.concatenate([part.to_numpy() for part in parts])
    return pd.DataFrame(columns)


def _taken(both: pd.DataFrame, places: Codes) -> pd.DataFrame:
    """Take each column's values from places of its own."""
    return pd.DataFrame(
        {
            name: both[name].array.take(places[:, number])
            for number, name in enumerate(both.columns)
        }
    )

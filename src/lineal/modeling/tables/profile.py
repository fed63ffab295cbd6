"""What each feature of rows looked like in training, numbers and words."""

from collections.abc import Iterable, Mapping

import msgspec
import pandas as pd

from lineal.modeling.profile import FeatureProfile, UnprofilableError
from lineal.modeling.profile import profile as of_numbers

_MOST = 50  # words that are told apart


class WordProfile(msgspec.Struct, frozen=True, kw_only=True):
    """The training distribution of a feature of words.

    Attributes:
        words: The most frequent ones, equal shares by name.
        shares: Share of all rows of each.
        others: Share of all rows with another word.
        missing: Share of all rows without one; all shares together make 1.
        rows: Rows looked at.
    """

    words: tuple[str, ...]
    shares: tuple[float, ...]
    others: float
    missing: float
    rows: int


def profile(
    rows: pd.DataFrame, types: Mapping[str, str]
) -> dict[str, FeatureProfile | WordProfile]:
    """Describe the features of the rows that a model learned from.

    Args:
        rows: With the features.
        types: Each feature's type by its name: number, flag or code.

    Raises:
        UnprofilableError: There are no rows.
    """
    if rows.empty:
        msg = "there are no rows to describe; widen the training period"
        raise UnprofilableError(msg)
    return {
        name: _words(rows[name]) if kind == "code" else _numbers(rows, name)
        for name, kind in types.items()
    }


def _numbers(rows: pd.DataFrame, name: str) -> FeatureProfile:
    return of_numbers(rows, [name])[name]


def _words(values: "pd.Series[str]") -> WordProfile:
    counts = values.astype(object).dropna().map(str).value_counts()
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    total = len(values)
    shown = ranked[:_MOST]
    return WordProfile(
        words=tuple(str(word) for word, _ in shown),
        shares=tuple(int(rows) / total for _, rows in shown),
        others=_count(ranked[_MOST:]) / total,
        missing=(total - _count(ranked)) / total,
        rows=total,
    )


def _count(pairs: Iterable[tuple[object, int]]) -> int:
    return sum(int(rows) for _, rows in pairs)

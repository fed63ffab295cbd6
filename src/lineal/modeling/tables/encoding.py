"""From rows of features to a matrix of numbers; what it knows it learns in `fit`."""

from collections.abc import Iterator
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.model_selection import KFold
from sklearn.preprocessing import TargetEncoder

from lineal.modeling.binning import QuantileBinner
from lineal.modeling.tables.scaling import Scaler

Matrix = npt.NDArray[np.float32] | npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
Form = Literal["codes", "bins", "levels"]

_FOLDS = 5  # of cross-fitting


class TableEncoder(TransformerMixin, BaseEstimator):  # type: ignore[misc] # untyped base
    """Turn numbers and words into columns that an estimator can learn from.

    Words with few levels become codes, or a column each. Words with many become the
    target's mean, cross-fitted so that no row's own target is in it, and their share
    of the rows. An unknown word is like a missing one.

    Args:
        numbers: Features that hold numbers or flags.
        words: Features that hold words.
        turning: Those of the numbers whose values are levels to a linear model.
        form: `codes` leaves numbers as they are, `bins` replaces them by the numbers of
            their quantile bins, both with a code for each word; `levels` fills and
            standardises numbers, and gives each word a column of its own.
        levels: Most words that are told apart one by one.
        classes: Whether the target is codes of classes.
        seed: Of cross-fitting.
    """

    def __init__(  # noqa: PLR0913 - scikit-learn's estimators name all they can do
        self,
        numbers: tuple[str, ...],
        words: tuple[str, ...],
        *,
        turning: tuple[str, ...] = (),
        form: Form = "codes",
        levels: int = 50,
        classes: bool = True,
        seed: int = 0,
    ) -> None:
        self.numbers = numbers
        self.words = words
        self.turning = turning
        self.form = form
        self.levels = levels
        self.classes = classes
        self.seed = seed

    def fit(self, rows: pd.DataFrame, target: npt.ArrayLike) -> Self:
        """Learn levels, means and scales."""
        self.fit_transform(rows, target)
        return self

    def fit_transform(self, rows: pd.DataFrame, target: npt.ArrayLike) -> Matrix:
        """Learn, and return the rows with cross-fitted means."""
        lines = self.form == "levels"
        coded = (*self.words, *(self.turning if lines else ()))
        self.levels_ = {name: _levels(rows[name]) for name in coded}
        self.few_ = [n for n in coded if len(self.levels_[n]) <= self.levels]
        self.many_ = [n for n in self.words if n not in self.few_]
        self.plain_ = [n for n in self.numbers if not (lines and n in self.few_)]
        self.scaler_ = _scaler(self.form)
        if self.scaler_ is not None:
            self.scaler_.fit(self._numbers(rows))
        counted = [self._coded(rows, name) for name in self.many_]
        self.shares_ = [
            np.bincount(codes, minlength=len(self.levels_[name]) + 1) / len(rows)
            for codes, name in zip(counted, self.many_, strict=True)
        ]
        means = self._learned_means(counted, np.asarray(target, dtype=np.float64))
        columns = self._columns(rows, counted, means)
        self.sources_ = [name for name, _, _ in columns]
        self.categorical_ = [codes for _, codes, _ in columns]
        self.n_features_in_ = rows.shape[1]
        return self._matrix(columns, len(rows))

    def transform(self, rows: pd.DataFrame) -> Matrix:
        """Return the matrix, shape (rows, columns)."""
        counted = [self._coded(rows, name) for name in self.many_]
        means = self.means_.transform(np.column_stack(counted)) if counted else None
        return self._matrix(self._columns(rows, counted, means), len(rows))

    def _learned_means(
        self, counted: list[Codes], target: npt.NDArray[np.float64]
    ) -> Matrix | None:
        """Learn the target's mean of each word, and return it cross-fitted."""
        self.means_: Any = None
        if not counted:
            return None
        kind = "multiclass" if len(np.unique(target)) > 2 else "binary"  # noqa: PLR2004
        self.means_ = TargetEncoder(
            categories=[np.arange(len(self.levels_[n]) + 1) for n in self.many_],
            target_type=kind if self.classes else "continuous",
            cv=KFold(min(_FOLDS, len(target)), shuffle=True, random_state=self.seed),
        )
        means: Matrix = self.means_.fit_transform(np.column_stack(counted), target)
        return means

    def _columns(
        self, rows: pd.DataFrame, counted: list[Codes], means: Matrix | None
    ) -> list[tuple[str, bool, Matrix]]:
        """Return each column: the feature, whether it holds codes, and the values."""
        numbers = self._numbers(rows)
        if self.scaler_ is not None:
            numbers = self.scaler_.transform(numbers)
        names = self.plain_
        if isinstance(self.scaler_, Scaler):
            names = [names[number] for number in self.scaler_.sources_]
        found = [(n, False, numbers[:, i]) for i, n in enumerate(names)]
        for name in self.few_:
            found += self._told_apart(name, self._coded(rows, name))
        if means is not None:
            each = means.shape[1] // len(self.many_)
            for number, name in enumerate(self.many_):
                for column in range(number * each, (number + 1) * each):
                    found.append((name, False, means[:, column]))
                found.append((name, False, self.shares_[number][counted[number]]))
        return found

    def _told_apart(
        self, name: str, codes: Codes
    ) -> Iterator[tuple[str, bool, Matrix]]:
        """Give each level a column, or all of them one column of codes."""
        count = len(self.levels_[name])
        if self.form == "levels":
            for level in range(count):
                yield name, False, (codes == level).astype(np.float64)
        else:
            yield name, True, np.where(codes < count, codes, np.nan)

    def _coded(self, rows: pd.DataFrame, name: str) -> Codes:
        """Return codes of words; the number of levels stands for missing ones."""
        values = _categorical(rows[name])
        levels = self.levels_[name]
        known = pd.Index(levels, dtype=object).get_indexer(values.categories)
        known = np.append(np.where(known < 0, len(levels), known), len(levels))
        found: Codes = known[values.codes]
        return found

    def _numbers(self, rows: pd.DataFrame) -> Matrix:
        """Return the numbers as they are."""
        wide = np.float64 if self.form == "levels" else np.float32
        return rows[self.plain_].to_numpy(dtype=wide)

    def _matrix(self, columns: list[tuple[str, bool, Any]], count: int) -> Matrix:
        """Put the columns side by side."""
        wide = np.float64 if self.form == "levels" else np.float32
        matrix = np.empty((count, len(columns)), dtype=wide)
        for number, (_, _, values) in enumerate(columns):
            matrix[:, number] = values
        return matrix


def _scaler(form: Form) -> Any:
    """Return what changes numbers, if anything does."""
    if form == "levels":
        return Scaler()
    return QuantileBinner(rare=True) if form == "bins" else None


def _categorical(values: "pd.Series[Any]") -> "pd.Categorical[Any]":
    """Return words, or numbers as words, with their codes."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return pd.Categorical(values)
    return pd.Categorical(values.map(str, na_action="ignore"))


def _levels(values: "pd.Series[Any]") -> list[str]:
    """Return the words that these rows have, in the order of their letters."""
    found = _categorical(values)
    seen = np.unique(found.codes[found.codes >= 0])
    return sorted(str(word) for word in found.categories[seen])

"""Quantile bins, so that weighted histogram boosting need not find them itself."""

from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin

Codes = npt.NDArray[np.float32]


class QuantileBinner(TransformerMixin, BaseEstimator):  # type: ignore[misc] # untyped base
    """Replace each value by the number of its quantile bin; missing stays missing.

    scikit-learn 1.9 sorts every feature once a bin when rows have weights, which is
    minutes where a fit is seconds. Columns that already hold at most 255 values skip
    that; the trees split between the same quantiles.

    Args:
        bins: Most values that a column may have afterwards, at most 255.
    """

    def __init__(self, bins: int = 254) -> None:
        self.bins = bins

    def fit(self, rows: pd.DataFrame, target: object = None) -> Self:
        """Find each column's inner quantiles."""
        del target
        shares = np.linspace(0, 1, self.bins + 1)[1:-1]
        values = rows.to_numpy(dtype=np.float32)
        self.edges_ = [_quantiles(column, shares) for column in values.T]
        self.seen_ = ~np.isnan(values).all(axis=0)
        self.n_features_in_ = values.shape[1]
        return self

    def transform(self, rows: pd.DataFrame) -> Codes:
        """Return the bins' numbers, shape (rows, columns)."""
        values = rows.to_numpy(dtype=np.float32)
        codes = np.empty_like(values)
        for number, edges in enumerate(self.edges_):
            codes[:, number] = np.searchsorted(edges, values[:, number], side="left")
        # A column that was never seen with a value says nothing, now or later.
        codes[np.isnan(values) & self.seen_] = np.nan
        return codes


def _quantiles(column: Codes, shares: npt.NDArray[np.float64]) -> Codes:
    """Return the distinct quantiles of the values that are there."""
    present = np.sort(column[~np.isnan(column)])
    if not len(present):
        return present
    return np.unique(present[(shares * (len(present) - 1)).astype(np.int64)])

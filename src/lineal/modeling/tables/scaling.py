"""Numbers as a linear model wants them: none missing, all of one size."""

from typing import Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin

Matrix = npt.NDArray[np.float64]


class Scaler(TransformerMixin, BaseEstimator):  # type: ignore[misc] # untyped base
    """Fill with the median, say where it was filled, and standardise."""

    def fit(self, values: Matrix, target: object = None) -> Self:
        """Learn medians, means and standard deviations of the columns."""
        del target
        lacking = np.isnan(values)
        self.fill_ = np.zeros(values.shape[1])
        seen = ~lacking.all(axis=0)
        self.fill_[seen] = np.nanmedian(values[:, seen], axis=0)
        self.lacking_ = np.flatnonzero(lacking.any(axis=0) & seen)
        self.sources_ = [*range(values.shape[1]), *self.lacking_.tolist()]
        filled = self._filled(values)
        self.centre_ = filled.mean(axis=0)
        spread = filled.std(axis=0)
        # A column of one value has rounding for a spread, and says nothing.
        flat = filled.max(axis=0) == filled.min(axis=0)
        self.spread_ = np.where(flat | (spread == 0), 1.0, spread)
        return self

    def transform(self, values: Matrix) -> Matrix:
        """Return the columns, then one flag for each that had missing values."""
        found: Matrix = (self._filled(values) - self.centre_) / self.spread_
        return found

    def _filled(self, values: Matrix) -> Matrix:
        """Fill, and add the flags."""
        flags = np.isnan(values[:, self.lacking_]).astype(np.float64)
        return np.hstack([np.where(np.isnan(values), self.fill_, values), flags])

"""The days of rows, or groups of rows where there are no days: what is resampled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from lineal.modeling.tables.answers import Codes, Vector
from lineal.modeling.tables.index import TIME

GROUPS = 200  # of rows, where there is no time


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """Which period each row is of.

    Attributes:
        codes: Number of each row's period, from 0.
        names: The days in order, or whole numbers from 1.
    """

    codes: Codes
    names: Sequence[date] | Sequence[int]

    @classmethod
    def of(cls, rows: pd.DataFrame) -> "Periods":
        """Part rows by the day of `_time`, or in their order where one has none."""
        times = rows[TIME]
        if len(rows) and times.notna().all():
            days, codes = np.unique(
                times.to_numpy().astype("datetime64[D]"), return_inverse=True
            )
            return cls(codes, days.tolist())
        groups = min(len(rows), GROUPS)
        codes = np.arange(len(rows)) * groups // max(len(rows), 1)
        return cls(codes, range(1, groups + 1))

    @property
    def unit(self) -> str:
        """What a period is, in words, for many of them."""
        return "groups of rows" if isinstance(self.names, range) else "days"

    def total(self, values: Vector) -> Vector:
        """Add up the values of each period, in the order of rows."""
        sums = np.bincount(self.codes, values, len(self.names))
        return sums.astype(np.float64)

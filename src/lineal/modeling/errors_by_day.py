"""How wrong a version was on each day of its test period: what errors.json says.

It is read without pandas, so that a gate costs little. Every metric is a quotient of
sums over days, for RMSE its square root.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import fsum, sqrt
from typing import Annotated, Literal, Self

import msgspec
import numpy as np

from lineal.errors import BadInputError
from lineal.modeling.resampling import Vector

_MOST = 1e200  # larger sums could not be added up

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Positive = Annotated[int, msgspec.Meta(ge=1)]


class InvalidErrorsError(BadInputError):
    """The text is no errors by day."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"errors.json is not what the evaluate stage writes ({reason}): make it "
            "again with `dvc repro`, and commit it"
        )


class Rows(msgspec.Struct, frozen=True):
    """Which rows it was: how many, and a fingerprint of rows and actual values."""

    count: Positive
    sha256: Sha256


class Sums(msgspec.Struct, frozen=True, omit_defaults=True):
    """A metric, day by day.

    Attributes:
        errors: What each day adds to the numerator.
        weights: What it adds to the denominator.
        root: Whether the metric is the square root of the quotient.
    """

    errors: tuple[float, ...]
    weights: tuple[float, ...]
    root: bool = False

    def of(self, errors: Vector, weights: Vector) -> Vector:
        """Return the metric of sums over days."""
        quotient: Vector = errors / weights
        return np.sqrt(quotient) if self.root else quotient

    @property
    def value(self) -> float:
        """The metric over all days, whatever their order."""
        quotient = fsum(self.errors) / fsum(self.weights)
        return sqrt(quotient) if self.root else quotient


@dataclass(frozen=True, slots=True)
class Errors:
    """How wrong a version was, by day, on rows that are known by a fingerprint.

    Attributes:
        version: Of this format.
        rows: Which rows.
        block: Days a block, in which days are resampled.
        periods: The days, in order: of a forecast those of its origins; or, where rows
            have no day, the numbers of groups of rows.
        metrics: Each metric's sums, in the order of the days.
    """

    version: Literal[1]
    rows: Rows
    block: Positive
    periods: tuple[date | int, ...]
    metrics: Mapping[str, Sums]

    def __post_init__(self) -> None:
        """Refuse what does not fit together.

        Raises:
            InvalidErrorsError: Days or sums are missing, or no sums at all.
        """
        if not self.periods or not self.metrics:
            reason = "it has no periods or no metrics"
            raise InvalidErrorsError(reason)
        if len({isinstance(period, date) for period in self.periods}) > 1:
            reason = "its periods are days and numbers"
            raise InvalidErrorsError(reason)
        places = (_place(period) for period in self.periods)
        if any(later <= earlier for earlier, later in pairwise(places)):
            reason = "its periods are not in order"
            raise InvalidErrorsError(reason)
        for name, sums in self.metrics.items():
            self._check(f"the errors of {name}", sums.errors)
            self._check(f"the weights of {name}", sums.weights)

    @classmethod
    def parse(cls, text: bytes) -> Self:
        """Read what `to_json` wrote.

        Raises:
            InvalidErrorsError: It is something else.
        """
        try:
            return msgspec.json.decode(text, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise InvalidErrorsError(str(error)) from error

    def to_json(self) -> str:
        """Write it as one line of JSON that reads back the same, to the last bit."""
        return msgspec.json.encode(self).decode() + "\n"

    @property
    def summary(self) -> str:
        """Which rows, in words."""
        first, last = self.periods[0], self.periods[-1]
        mark = self.rows.sha256[:8]
        if self.unit != "days":
            return f"{self.rows.count:,} rows without a time ({mark})"
        return f"{self.rows.count:,} rows from {first} to {last} ({mark})"

    @property
    def unit(self) -> str:
        """What a period is, in words, for many of them."""
        return "days" if isinstance(self.periods[0], date) else "groups of rows"

    def _check(self, what: str, sums: tuple[float, ...]) -> None:
        if len(sums) != len(self.periods):
            reason = f"{what} are {len(sums)}, the periods {len(self.periods)}"
            raise InvalidErrorsError(reason)
        for period, value in zip(self.periods, sums, strict=True):
            if not 0 <= value <= _MOST:  # NaN is not either
                reason = f"{what} on {period} are {value}, not 0 or more and finite"
                raise InvalidErrorsError(reason)


def _place(period: date | int) -> int:
    """Return a number by which periods of one kind are in order."""
    return period.toordinal() if isinstance(period, date) else period

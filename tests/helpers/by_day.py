"""Errors by day of versions that need no model."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from lineal.modeling.errors_by_day import Errors, Rows, Sums

Numbers = Sequence[float]


def errors(
    wrong: Numbers, weights: Numbers | None = None, *, block: int = 2, **changes: Any
) -> Errors:
    """Return a version that was wrong by so much, a day each."""
    counted = tuple(weights or [100.0] * len(wrong))
    parts: dict[str, Any] = {
        "version": 1,
        "rows": Rows(10 * len(wrong), "ab" * 32),
        "block": block,
        "periods": tuple(
            date(2024, 1, 1) + timedelta(days=each) for each in range(len(wrong))
        ),
        "metrics": {
            "wape": Sums(tuple(wrong), counted),
            "mae": Sums(tuple(wrong), tuple([10.0] * len(wrong))),
            "rmse": Sums(
                tuple(each**2 for each in wrong), tuple([10.0] * len(wrong)), root=True
            ),
        },
    }
    return Errors(**(parts | changes))

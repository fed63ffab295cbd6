"""What the ingested data is like, in numbers that a person can check.

Zeros, gaps and missing values are real here, closures for one, so they are counted
and not refused; what may not be is refused by the schema.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any, Final

import pandas as pd

from lineal.modeling.rhythm import DAY, Rhythm

_DIGITS: Final = 10


@dataclass(frozen=True, slots=True)
class SegmentQuality:
    """One series.

    Attributes:
        segment: Its label.
        rows: How many times it has.
        first: Its first time.
        last: Its last time.
        gaps: Times between the two that have no row.
        zero_targets: Rows whose target is zero.
        missing_targets: Rows whose target is missing.
    """

    segment: str
    rows: int
    first: str
    last: str
    gaps: int
    zero_targets: int
    missing_targets: int


@dataclass(frozen=True, slots=True)
class ColumnQuality:
    """One column of numbers; None where all of it is missing."""

    column: str
    missing: int
    missing_share: float
    min: float | None
    max: float | None
    mean: float | None


@dataclass(frozen=True, slots=True)
class Quality:
    """An ingested table.

    Attributes:
        rows: How many rows it has.
        first: Its first time.
        last: Its last time.
        was_sorted: Whether the raw rows were in (segment, date) order already.
        duplicates: Repeated keys; always zero, because the schema refuses them.
        negative_targets: Rows whose target is below zero.
        zero_targets: Rows whose target is zero.
        missing_targets: Rows whose target is missing.
        gaps: Missing times of all segments together.
        segments: Each series, by label.
        columns: The target, then the covariates as declared.
    """

    rows: int
    first: str
    last: str
    was_sorted: bool
    duplicates: int
    negative_targets: int
    zero_targets: int
    missing_targets: int
    gaps: int
    segments: tuple[SegmentQuality, ...]
    columns: tuple[ColumnQuality, ...]


def describe(frame: pd.DataFrame, *, was_sorted: bool, rhythm: Rhythm = DAY) -> Quality:
    """Measure an ingested table, as schema.typed returns it."""
    segments = _segments(frame, rhythm)
    first, last = frame["date"].min(), frame["date"].max()
    return Quality(
        rows=len(frame),
        first=rhythm.text(first.to_datetime64()),
        last=rhythm.text(last.to_datetime64()),
        was_sorted=was_sorted,
        duplicates=int(frame.duplicated(["segment", "date"]).sum()),
        negative_targets=int((frame["target"] < 0).sum()),
        zero_targets=sum(each.zero_targets for each in segments),
        missing_targets=sum(each.missing_targets for each in segments),
        gaps=sum(each.gaps for each in segments),
        segments=segments,
        columns=tuple(
            _column(frame[name]) for name in frame if name not in ("segment", "date")
        ),
    )


def _segments(frame: pd.DataFrame, rhythm: Rhythm) -> tuple[SegmentQuality, ...]:
    marked = frame[["segment", "date"]].assign(
        zero=frame["target"] == 0, missing=frame["target"].isna()
    )
    table = marked.groupby("segment", sort=True).agg(
        rows=("date", "size"),
        first=("date", "min"),
        last=("date", "max"),
        zero=("zero", "sum"),
        missing=("missing", "sum"),
    )
    records = table.reset_index().to_dict("records")
    return tuple(_segment(row, rhythm) for row in records)


def _segment(row: Mapping[Hashable, Any], rhythm: Rhythm) -> SegmentQuality:
    first, last = row["first"].to_datetime64(), row["last"].to_datetime64()
    return SegmentQuality(
        segment=row["segment"],
        rows=row["rows"],
        first=rhythm.text(first),
        last=rhythm.text(last),
        gaps=int(rhythm.number(last, first)) + 1 - row["rows"],
        zero_targets=row["zero"],
        missing_targets=row["missing"],
    )


def _column(values: "pd.Series[Any]") -> ColumnQuality:
    missing = int(values.isna().sum())
    return ColumnQuality(
        column=str(values.name),
        missing=missing,
        missing_share=_rounded(missing / len(values)) or 0.0,
        min=_rounded(values.min()),
        max=_rounded(values.max()),
        mean=_rounded(values.mean()),
    )


def _rounded(value: float) -> float | None:
    """Cut digits that would differ from machine to machine; None for NaN.

    >>> _rounded(2 / 3), _rounded(float("nan"))
    (0.6666666667, None)
    """
    return None if isnan(value) else float(f"{value:.{_DIGITS}g}")

"""Tests of what is measured of ingested data."""

import json

import msgspec
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.modeling.quality import ColumnQuality, SegmentQuality, describe


def ingested(rows: list[tuple[str, int, float | None]]) -> pd.DataFrame:
    """Return an ingested table of segments, days of January and targets."""
    return pd.DataFrame(
        {
            "segment": [segment for segment, _, _ in rows],
            "date": [pd.Timestamp(2024, 1, day) for _, day, _ in rows],
            "target": pd.Series([target for _, _, target in rows], dtype="float64"),
        }
    )


ROWS = [("a", 1, 0.0), ("a", 2, 5.0), ("a", 5, -1.0), ("b", 3, None), ("b", 4, 0.0)]


def test_totals_are_counted() -> None:
    """The whole table in a few numbers."""
    quality = describe(ingested(ROWS), was_sorted=True)

    assert (quality.rows, quality.first, quality.last) == (
        5,
        "2024-01-01",
        "2024-01-05",
    )
    assert (quality.gaps, quality.duplicates) == (2, 0)
    assert (quality.zero_targets, quality.negative_targets) == (2, 1)
    assert quality.missing_targets == 1
    assert quality.was_sorted


def test_each_segment_is_measured_inside_its_own_span() -> None:
    """A segment that starts late has no gap before its start."""
    quality = describe(ingested(ROWS), was_sorted=False)

    assert quality.segments == (
        SegmentQuality(
            segment="a",
            rows=3,
            first="2024-01-01",
            last="2024-01-05",
            gaps=2,
            zero_targets=1,
            missing_targets=0,
        ),
        SegmentQuality(
            segment="b",
            rows=2,
            first="2024-01-03",
            last="2024-01-04",
            gaps=0,
            zero_targets=1,
            missing_targets=1,
        ),
    )


def test_each_column_is_measured_over_what_is_there() -> None:
    """The target comes first; a column of nothing has no range."""
    frame = ingested(ROWS).assign(rain=1 / 3, nothing=float("nan"))

    quality = describe(frame, was_sorted=False)

    assert quality.columns == (
        ColumnQuality("target", 1, 0.2, -1.0, 5.0, 1.0),
        ColumnQuality("rain", 0, 0.0, 0.3333333333, 0.3333333333, 0.3333333333),
        ColumnQuality("nothing", 5, 1.0, None, None, None),
    )


def test_it_is_plain_json() -> None:
    """Python's own JSON takes it, without NaN."""
    frame = ingested(ROWS).assign(nothing=float("nan"))

    plain = msgspec.to_builtins(describe(frame, was_sorted=False))

    assert json.loads(json.dumps(plain, allow_nan=False)) == plain | {
        "segments": list(plain["segments"]),
        "columns": list(plain["columns"]),
    }


keys = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(1, 31)), min_size=1, unique=True
)


@given(keys)
def test_gaps_and_rows_fill_the_span_of_each_segment(
    pairs: list[tuple[str, int]],
) -> None:
    """Days with a row and days without are all the days from first to last."""
    quality = describe(ingested([(*pair, 1.0) for pair in pairs]), was_sorted=False)

    for each in quality.segments:
        days = [day for segment, day in pairs if segment == each.segment]
        assert each.rows + each.gaps == max(days) - min(days) + 1
        assert each.rows == len(days)
    assert sum(each.rows for each in quality.segments) == quality.rows


@pytest.mark.parametrize("was_sorted", [True, False])
def test_the_order_of_the_raw_rows_is_what_the_caller_says(*, was_sorted: bool) -> None:
    """An ingested table is always in order, so it cannot tell by itself."""
    assert describe(ingested(ROWS), was_sorted=was_sorted).was_sorted is was_sorted

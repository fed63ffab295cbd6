"""A data-quality report as Markdown that renders on GitHub."""

from typing import Final

from lineal.modeling.quality import ColumnQuality, Quality, SegmentQuality
from lineal.reporting.markdown import plain, table

_LARGE: Final = 100
_SHOWN: Final = 200  # segments


def as_markdown(quality: Quality, title: str, steps: str = "days") -> str:
    """Word what was measured: totals, then a line a segment and a line a column.

    Args:
        quality: What was measured.
        title: Of the page.
        steps: What the times are called that rows lie apart.
    """
    rest = len(quality.segments) - _SHOWN
    more = (f"{rest:,} more are in quality.json.",) if rest > 0 else ()
    parts = (
        f"# {plain(title)}",
        table(("measure", "value"), _totals(quality, steps)),
        "## Segments",
        table(
            ("segment", "rows", "first", "last", "gaps", "zero", "missing"),
            map(_segment, quality.segments[:_SHOWN]),
        ),
        *more,
        "## Columns",
        table(
            ("column", "missing", "share", "min", "mean", "max"),
            map(_column, quality.columns),
        ),
    )
    return "\n\n".join(parts) + "\n"


def _totals(quality: Quality, steps: str) -> list[tuple[str, str]]:
    order = "yes" if quality.was_sorted else "no, the rows were sorted"
    return [
        ("rows", f"{quality.rows:,}"),
        ("segments", f"{len(quality.segments):,}"),
        (steps, f"{quality.first} to {quality.last}"),
        (f"{steps} without a row (gaps)", f"{quality.gaps:,}"),
        ("targets of zero", f"{quality.zero_targets:,}"),
        ("targets below zero", f"{quality.negative_targets:,}"),
        ("targets missing", f"{quality.missing_targets:,}"),
        ("duplicate rows", f"{quality.duplicates:,}"),
        ("in order in the raw table", order),
    ]


def _segment(segment: SegmentQuality) -> tuple[str, ...]:
    return (
        plain(segment.segment),
        f"{segment.rows:,}",
        segment.first,
        segment.last,
        f"{segment.gaps:,}",
        f"{segment.zero_targets:,}",
        f"{segment.missing_targets:,}",
    )


def _column(column: ColumnQuality) -> tuple[str, ...]:
    return (
        plain(column.column),
        f"{column.missing:,}",
        f"{column.missing_share:.2%}",
        _number(column.min),
        _number(column.mean),
        _number(column.max),
    )


def _number(value: float | None) -> str:
    """Write a number short enough for a table.

    >>> _number(3338.8271), _number(0.125), _number(27058.0), _number(None)
    ('3,338.83', '0.125', '27,058', '')
    """
    if value is None:
        return ""
    if abs(value) < _LARGE:
        return f"{value:.4g}"
    return f"{value:,.2f}".removesuffix(".00")

"""The data-quality report of a table of rows, as Markdown that renders on GitHub."""

from collections.abc import Iterator
from typing import Final

from lineal.modeling.tables.quality import ColumnQuality, Count, TableQuality
from lineal.reporting.markdown import codes, plain, table

_LARGE: Final = 100
_COMMA: Final = 10_000
_LONGEST: Final = 24


def as_markdown(quality: TableQuality, title: str) -> str:
    """Word what was measured: totals, classes, joins, then a line a column."""
    parts = (
        f"# {plain(title)}",
        table(("measure", "value"), _totals(quality)),
        *_classes(quality),
        *_joins(quality),
        "## Columns",
        table(
            (
                *("column", "type", "most frequent, or range"),
                *("missing", "share", "distinct", "mean"),
            ),
            map(_column, quality.columns),
            text=3,
        ),
    )
    return "\n\n".join(parts) + "\n"


def _totals(quality: TableQuality) -> Iterator[tuple[str, str]]:
    yield "rows", f"{quality.rows:,}"
    if quality.first is not None:
        order = "yes" if quality.was_sorted else "no, the rows were sorted"
        yield "first and last moment", f"{quality.first} to {quality.last}"
        yield "in order of time in the raw table", order
    yield "rows that repeat an earlier one", f"{quality.duplicates:,}"
    yield (
        f"missing {plain(quality.target)} (the target)",
        f"{quality.missing_targets:,}",
    )


def _classes(quality: TableQuality) -> Iterator[str]:
    if quality.classes:
        rows = [
            (plain(each.value), f"{each.rows:,}", f"{each.share:.2%}")
            for each in quality.classes
        ]
        yield "## Classes"
        yield table(("class", "rows", "share"), rows)


def _joins(quality: TableQuality) -> Iterator[str]:
    if quality.joins:
        rows = [
            (
                plain(each.table),
                codes(each.columns),
                f"{each.rows_before:,}",
                f"{each.rows_after:,}",
                f"{each.unmatched:,}",
            )
            for each in quality.joins
        ]
        header = ("table", "adds", "rows before", "rows after", "found nothing")
        yield "## Joins"
        yield table(header, rows, text=2)


def _column(column: ColumnQuality) -> tuple[str, ...]:
    return (
        plain(column.column),
        column.type,
        _values(column),
        f"{column.missing:,}",
        f"{column.missing_share:.2%}",
        f"{column.distinct:,}",
        _number(column.mean),
    )


def _values(column: ColumnQuality) -> str:
    """Say which values a column has, as short as it can be."""
    if column.frequent:
        return ", ".join(map(_count, column.frequent))
    if column.first is not None:
        return f"{column.first} to {column.last}"
    if column.min is None:
        return ""
    return f"{_number(column.min)} to {_number(column.max)}"


def _count(each: Count) -> str:
    value = each.value
    short = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
    return f"{plain(short)} ({each.share:.1%})"


def _number(value: float | None) -> str:
    """Write a number short enough for a table; a year has no comma.

    >>> _number(27058.8271), _number(0.125), _number(2013.0), _number(None)
    ('27,058.83', '0.125', '2013', '')
    """
    if value is None:
        return ""
    if abs(value) < _LARGE:
        return f"{value:.4g}"
    comma = "," if abs(value) >= _COMMA else ""
    return f"{value:{comma}.2f}".removesuffix(".00")

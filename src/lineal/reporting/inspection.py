"""What was found in a user's file and decided about it, for a person."""

from collections.abc import Iterator
from typing import Final

from lineal.modeling.inspection.result import (
    FoundColumn,
    FoundTarget,
    FoundTime,
    Inspection,
    Task,
)
from lineal.reporting.signs import measure, visible, wrap
from lineal.reporting.text import Cell, Column, Style, table

_STYLES: Final = {
    "refusal": Style.BAD,
    "question": Style.WARN,
    "warning": Style.WARN,
    "note": Style.DIM,
}
_CLASSES: Final = 5
_LARGE: Final = 100
_LABEL: Final = 10
_LEAST: Final = 20
_SIGNS: Final = {"\t": "tab", " ": "blank"}


def as_text(
    inspection: Inspection, *, width: int | None = None, colour: bool = False
) -> str:
    """Write the file, its columns and all remarks.

    Args:
        inspection: What was found.
        width: The terminal's columns; None for as many as are needed.
        colour: Write styles as ANSI sequences.
    """
    columns = table(
        (
            Column("column", shrinks=True),
            "type",
            Column("missing", right=True),
            Column("different", right=True),
            Column("from", shrinks=True),
            Column("to", shrinks=True),
            "",
        ),
        [_row(each, inspection) for each in inspection.columns],
        width=width,
        colour=colour,
    )
    parts = ["\n".join(_lines(inspection, width)), columns]
    if inspection.remarks:
        parts.append(_remarks(inspection, width=width, colour=colour))
    if inspection.sampled:
        parts.append(f"estimated: {'; '.join(inspection.sampled)}")
    return "\n\n".join(parts)


def _lines(inspection: Inspection, width: int | None) -> Iterator[str]:
    rows, columns = inspection.rows, len(inspection.columns)
    yield visible(f"{inspection.path}: {rows:,} rows, {columns:,} columns")
    for name, text in _facts(inspection):
        shown = visible(text)
        room = max(_LEAST, (width or measure(shown) + _LABEL) - _LABEL)
        first, *more = wrap(shown, room)
        yield f"{name:<{_LABEL}}{first}"
        yield from (f"{'':<{_LABEL}}{line}" for line in more)


def _facts(inspection: Inspection) -> Iterator[tuple[str, str]]:
    yield "written", _written(inspection)
    if inspection.time:
        yield "time", _time(inspection.time)
    if inspection.segments:
        series = inspection.time.series if inspection.time else None
        count = "" if series is None else f": {series:,} series"
        said = _guessed(guessed=inspection.segments_guessed)
        yield "segments", f"{', '.join(inspection.segments)}{said}{count}"
    if inspection.target:
        yield "target", _target(inspection.target, inspection.task)
    if inspection.task:
        yield "task", f"{inspection.task}{_guessed(guessed=inspection.task_guessed)}"


def _written(inspection: Inspection) -> str:
    csv = inspection.csv
    dates = f", dates {csv.dates}" if csv.dates else ""
    if inspection.format == "parquet":
        return f"Parquet{dates}"
    thousands = "" if csv.thousands is None else f", thousands {_sign(csv.thousands)}"
    missing = f", missing {' '.join(csv.missing)}" if csv.missing else ""
    return (
        f"CSV, delimiter {_sign(csv.delimiter)}, decimal {csv.decimal}{thousands},"
        f" {csv.encoding.removesuffix('-sig')}{dates}{missing}"
    )


def _sign(sign: str) -> str:
    return _SIGNS.get(sign, sign)


def _time(time: FoundTime) -> str:
    frequency = time.frequency or "irregular"
    gaps = f", {time.gaps:.1%} gaps" if time.frequency else ""
    said = _guessed(guessed=time.guessed)
    return f"{time.column}{said}: {frequency}, {time.first} to {time.last}{gaps}"


def _target(target: FoundTarget, task: Task | None) -> str:
    shares = (
        ("missing", target.missing),
        ("zero", target.zeros),
        ("below zero", target.negatives),
    )
    said = [f"{share:.1%} {word}" for word, share in shares if share]
    if task == "classification":
        first = [f"{name} ({count:,})" for name, count in target.classes[:_CLASSES]]
        more = ["…"] if len(target.classes) > _CLASSES else []
        said = [*first, *more, *said]
    return f"{target.column}: {', '.join(said)}" if said else target.column


def _guessed(*, guessed: bool) -> str:
    return " (a guess)" if guessed else ""


def _row(column: FoundColumn, inspection: Inspection) -> tuple[Cell | str, ...]:
    about = "" if column.exact else "~"
    return (
        column.name,
        column.type,
        f"{column.share:.1%}" if column.missing else "",
        f"{about}{column.distinct:,}",
        _end(column.min),
        _end(column.max),
        _role(column, inspection),
    )


def _role(column: FoundColumn, inspection: Inspection) -> Cell:
    name = column.name
    if inspection.target and name == inspection.target.column:
        return Cell("target", Style.STRONG)
    if inspection.time and name == inspection.time.column:
        return Cell("time", Style.STRONG)
    if name in inspection.segments:
        return Cell("segment", Style.STRONG)
    return Cell(f"left out: {column.left_out}" if column.left_out else "", Style.DIM)


def _end(value: float | str | None) -> str:
    """Write a number short enough for a table.

    >>> _end(1234567.5), _end(0.25), _end("2024-12-31"), _end(None)
    ('1,234,567.5', '0.25', '2024-12-31', '')
    """
    if value is None or isinstance(value, str):
        return value or ""
    if abs(value) < _LARGE:
        return f"{value:.4g}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _remarks(inspection: Inspection, *, width: int | None, colour: bool) -> str:
    rows = []
    for each in inspection.remarks:
        about = f"{each.about}: " if each.about else ""
        end = f"; {each.way_out}" if each.way_out else ""
        text = f"{about}{each.message}{end}"
        rows.append((Cell(each.level, _STYLES[each.level]), text))
    columns = ("remark", Column("", wraps=True))
    return table(columns, rows, width=width, colour=colour)

"""Plain-text tables that fit a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from typing import Final

from lineal.reporting.signs import measure, shorten, visible, wrap

_GAP: Final = "  "
_LEAST: Final = 8  # columns that a shortened cell still needs to say something


class Style(Enum):
    """What a cell's colour is for; the value is the terminal's number of it."""

    PLAIN = ""
    STRONG = "1"
    DIM = "2"
    GOOD = "32"
    WARN = "33"
    BAD = "31"


@dataclass(frozen=True, slots=True)
class Column:
    """How the cells under a title are laid out.

    Attributes:
        title: Its first line.
        right: Align to the right, as numbers are.
        shrinks: Its cells may be shortened where the terminal is narrow.
        wraps: They may be broken into several lines there, since all of it matters.
    """

    title: str
    right: bool = False
    shrinks: bool = False
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with its style."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Columns, rows of harmless cells, and the place that they have."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    width: int | None
    colour: bool


def table(
    columns: Iterable[Column | str],
    rows: Iterable[Sequence[Cell | str]],
    *,
    width: int | None = None,
    colour: bool = False,
) -> str:
    """Lay out a table, or where even short cells do not fit a paragraph a row.

    Args:
        columns: A plain title is a column that is aligned left and never shortened.
        rows: As many cells a row as there are columns.
        width: The terminal's columns; None for as many as the table needs.
        colour: Write styles as ANSI sequences; else they are left out.

    Returns:
        Lines without trailing blanks, and no newline after the last.

    >>> print(table(("stage", Column("n", right=True)), [("dev", "9"), ("prod", "12")]))
    stage   n
    dev     9
    prod   12
    """
    heads = [Column(each) if isinstance(each, str) else each for each in columns]
    titles = [Cell(head.title, Style.STRONG) for head in heads]
    cells = [[_harmless(each) for each in row] for row in (titles, *rows)]
    sheet = _Sheet(heads, cells, None if width is None else max(1, width), colour)
    fitting = _fit(sheet)
    return "\n".join(_stacked(sheet) if fitting is None else _lines(sheet, fitting))


def _harmless(cell: Cell | str) -> Cell:
    found = Cell(cell) if isinstance(cell, str) else cell
    return Cell(visible(found.text.strip(" ")), found.style)


def _fit(sheet: _Sheet) -> Sequence[int] | None:
    """Return each column's width, or None where a table cannot fit."""
    across = zip(*sheet.rows, strict=True)
    wanted = [max(measure(cell.text) for cell in column) for column in across]
    gaps = len(_GAP) * (len(wanted) - 1)
    if sheet.width is None or sum(wanted) + gaps <= sheet.width:
        return wanted
    room = sheet.width - gaps
    least = [
        min(want, max(_LEAST, measure(title.text)))
        if column.shrinks or column.wraps
        else want
        for want, title, column in zip(
            wanted, sheet.rows[0], sheet.columns, strict=True
        )
    ]
    return None if sum(least) > room else _share(wanted, least, room)


def _share(wanted: Sequence[int], least: Sequence[int], room: int) -> Sequence[int]:
    """Shorten the widest first, so that what is short stays whole."""

    def capped(cap: int) -> list[int]:
        pairs = zip(wanted, least, strict=True)
        return [max(low, min(want, cap)) for want, low in pairs]

    widths = capped(max(cap for cap in range(room + 1) if sum(capped(cap)) <= room))
    for place, want in enumerate(wanted):
        # The cap was the same for all, so less is left than there are columns.
        if widths[place] < want and sum(widths) < room:
            widths[place] += 1
    return widths


def _lines(sheet: _Sheet, widths: Sequence[int]) -> Iterator[str]:
    for row in sheet.rows:
        cells = zip(row, sheet.columns, widths, strict=True)
        for line in zip_longest(
            *(_folded(*each) for each in cells), fillvalue=Cell("")
        ):
            parts = zip(line, sheet.columns, widths, strict=True)
            yield _GAP.join(_aligned(*each, sheet) for each in parts).rstrip(" ")


def _folded(cell: Cell, column: Column, width: int) -> Sequence[Cell]:
    """Return a cell's lines; of one that does not wrap, the one that it has."""
    if not column.wraps:
        return [cell]
    return [Cell(line, cell.style) for line in wrap(cell.text, width)]


def _aligned(cell: Cell, column: Column, width: int, sheet: _Sheet) -> str:
    text = shorten(cell.text, width)
    blanks = " " * (width - measure(text))
    painted = _paint(text, cell.style, sheet)
    return blanks + painted if column.right else painted + blanks


def _paint(text: str, style: Style, sheet: _Sheet) -> str:
    if not (text and sheet.colour and style.value):
        return text
    return f"\x1b[{style.value}m{text}\x1b[0m"


def _stacked(sheet: _Sheet) -> Iterator[str]:
    """Write a paragraph a row; of no rows, what fits of the titles."""
    titles, *rows = sheet.rows
    width = sheet.width or 1
    if not rows:
        yield shorten(_GAP.join(title.text for title in titles), width)
    label = max(measure(title.text) for title in titles)
    indent = label + len(_GAP)
    beside = width - indent >= _LEAST
    for place, row in enumerate(rows):
        if place:
            yield ""
        for title, cell in zip(titles, row, strict=True):
            if beside:
                yield from _beside(title, cell, indent, sheet)
            else:
                yield from _wrapped(title, width, sheet)
                yield from _wrapped(cell, width, sheet)


def _beside(title: Cell, cell: Cell, indent: int, sheet: _Sheet) -> Iterator[str]:
    blanks = " " * (indent - measure(title.text))
    first = _paint(title.text, title.style, sheet) + blanks
    room = (sheet.width or 1) - indent
    for place, line in enumerate(_wrapped(cell, room, sheet) or [""]):
        yield ((" " * indent if place else first) + line).rstrip(" ")


def _wrapped(cell: Cell, width: int, sheet: _Sheet) -> Sequence[str]:
    return [_paint(line, cell.style, sheet) for line in wrap(cell.text, width)]

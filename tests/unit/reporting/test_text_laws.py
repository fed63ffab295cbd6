"""Laws of tables, whatever is in their cells."""

import re
from collections.abc import Sequence
from unicodedata import category, east_asian_width

from hypothesis import given
from hypothesis import strategies as st

from lineal.reporting.signs import CUT, visible
from lineal.reporting.text import Cell, Column, Style, table

TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="ab 本\u0301\x1b[m\n\ud800\u202e\ufe0f", max_size=60),
    st.from_regex(r"[a-z]{1,12}( [a-z]{1,12}){0,6}", fullmatch=True),
)
HEADS = st.lists(
    st.builds(Column, TEXTS, right=st.booleans(), shrinks=st.booleans()),
    min_size=1,
    max_size=5,
)
CELLS = st.builds(Cell, TEXTS, st.sampled_from(Style))
WIDTHS = st.integers(1, 120)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Sequence[Column], Sequence[Sequence[Cell]]]:
    """Draw columns, and rows of as many cells."""
    columns = draw(HEADS)
    row = st.lists(CELLS, min_size=len(columns), max_size=len(columns))
    return columns, draw(st.lists(row, max_size=4))


def columns_of(line: str) -> int:
    """Count columns as POSIX's wcwidth does, by the book."""
    return sum(
        0 if category(sign) in {"Mn", "Me"} else 1 + (east_asian_width(sign) in "FW")
        for sign in line
    )


def squeezed(text: str) -> str:
    """Leave out the blanks, which lines may begin and end without."""
    return text.replace(" ", "").replace("\n", "")


@given(drawn=tables(), width=WIDTHS)
def test_no_line_is_wider_than_the_terminal(
    drawn: tuple[Sequence[Column], Sequence[Sequence[Cell]]], width: int
) -> None:
    """Nor has it blanks at its end."""
    lines = table(*drawn, width=width).split("\n")

    assert max(map(columns_of, lines)) <= width
    assert not any(line.endswith(" ") for line in lines)


@given(drawn=tables(), width=st.none() | WIDTHS, colour=st.booleans())
def test_only_our_own_colours_drive_the_terminal(
    drawn: tuple[Sequence[Column], Sequence[Sequence[Cell]]],
    width: int | None,
    *,
    colour: bool,
) -> None:
    """Without them there is no control character but the end of a line."""
    text = table(*drawn, width=width, colour=colour)

    bare = re.sub(r"\x1b\[[0-9]+m", "", text) if colour else text
    kinds = {category(sign) for sign in bare.replace("\n", "")}
    assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    assert bare == table(*drawn, width=width)
    assert bare.encode().decode() == bare


@given(drawn=tables(), width=WIDTHS)
def test_what_is_left_out_is_marked(
    drawn: tuple[Sequence[Column], Sequence[Sequence[Cell]]], width: int
) -> None:
    """A cell is there in full, or a cut shows where it ends."""
    columns, rows = drawn
    whole = table(columns, rows)

    text = table(columns, rows, width=width)

    if text.count(CUT) == whole.count(CUT):
        shown = squeezed(text)
        assert all(
            squeezed(visible(cell.text.strip(" "))) in shown
            for row in rows
            for cell in row
        )


@given(drawn=tables())
def test_a_table_as_wide_as_it_needs_is_whole(
    drawn: tuple[Sequence[Column], Sequence[Sequence[Cell]]],
) -> None:
    """One line a row, with every cell and its columns in their places."""
    columns, rows = drawn

    lines = table(columns, rows).split("\n")

    assert len(lines) == 1 + len(rows)
    for line, row in zip(lines[1:], rows, strict=True):
        assert squeezed(line) == squeezed(
            "".join(visible(cell.text.strip(" ")) for cell in row)
        )

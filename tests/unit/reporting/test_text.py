"""Tests of tables for terminals."""

import pytest

from helpers.programs import python
from lineal.reporting.text import Cell, Column, Style, table

COLUMNS = (
    Column("model", shrinks=True),
    "version",
    Column("tags", right=True),
    Column("reason", shrinks=True),
)
ROWS = (
    ("ridership", "v1.2.0", "12", "better on every segment, approved by two"),
    ("churn", "v10.0.0-rc.1", "1234", ""),
)


def laid_out(width: int | None) -> list[str]:
    """Return the lines of the example at a width."""
    return table(COLUMNS, ROWS, width=width).splitlines()


def test_a_table_that_fits_shows_everything() -> None:
    """Texts to the left, numbers to the right, two spaces between, none at the end."""
    whole = [
        "model      version       tags  reason",
        "ridership  v1.2.0          12  better on every segment, approved by two",
        "churn      v10.0.0-rc.1  1234",
    ]

    assert laid_out(None) == whole
    assert laid_out(200) == whole
    assert laid_out(71) == whole


def test_the_widest_column_gives_way_first() -> None:
    """What is short stays whole, and what was cut says so."""
    assert laid_out(50) == [
        "model      version       tags  reason",
        "ridership  v1.2.0          12  better on every se…",
        "churn      v10.0.0-rc.1  1234",
    ]
    assert laid_out(38) == [
        "model     version       tags  reason",
        "ridersh…  v1.2.0          12  better …",
        "churn     v10.0.0-rc.1  1234",
    ]


def test_columns_that_shrink_share_all_the_room() -> None:
    """No column is left empty while a cell is cut."""
    columns = [Column(name, shrinks=True) for name in "abc"]

    text = table(columns, [["x" * 30, "y" * 30, "z" * 9]], width=34)

    assert text.splitlines()[1] == "xxxxxxxxxx…  yyyyyyyyy…  zzzzzzzzz"


def test_below_that_a_row_becomes_a_paragraph() -> None:
    """Names and versions are never cut, so that they can be copied."""
    assert laid_out(30) == [
        "model    ridership",
        "version  v1.2.0",
        "tags     12",
        "reason   better on every",
        "         segment, approved by",
        "         two",
        "",
        "model    churn",
        "version  v10.0.0-rc.1",
        "tags     1234",
        "reason",
    ]


def test_the_narrowest_terminal_still_shows_every_word() -> None:
    """Titles then stand above their cells."""
    assert table(("stage", "why"), [("prod", "was good")], width=6).splitlines() == [
        "stage",
        "prod",
        "why",
        "was",
        "good",
    ]


def test_a_sign_wider_than_the_terminal_is_cut_visibly() -> None:
    """It is replaced, not dropped."""
    assert table(("a",), [("本b",)], width=1).splitlines() == ["a", "…", "b"]


def test_a_width_of_nothing_is_a_width_of_one() -> None:
    """Some terminals say that they have no columns."""
    assert table(("a",), [("xy",)], width=0) == "a\nx\ny"


def test_no_rows_leave_the_titles() -> None:
    """Shortened where they must be."""
    assert table(COLUMNS, ()) == "model  version  tags  reason"
    assert table(COLUMNS, (), width=12) == "model  vers…"


def test_no_columns_are_no_text() -> None:
    """A query may ask for nothing."""
    assert table((), (), width=80) == ""


def test_every_row_has_a_cell_a_column() -> None:
    """A row that is too short is a mistake in the program."""
    with pytest.raises(ValueError, match="shorter"):
        table(("a", "b"), [("1",)])


def test_wide_signs_and_marks_are_aligned() -> None:
    """Chinese takes two columns a sign, an accent of its own none."""
    accented = "cafe\N{COMBINING ACUTE ACCENT}"

    lines = table(("x", "y"), [("本番", "1"), (accented, "2"), ("abcd", "3")])

    assert lines.splitlines() == ["x     y", "本番  1", f"{accented}  2", "abcd  3"]


def test_styles_are_colours_where_there_are_colours() -> None:
    """Blanks are never painted, and nor is what is empty."""
    rows: list[tuple[Cell | str, ...]] = [
        (Cell("prod", Style.GOOD), Cell("1", Style.DIM)),
        (Cell("", Style.BAD), "22"),
    ]
    columns = ("stage", Column("n", right=True))

    assert table(columns, rows) == "stage   n\nprod    1\n       22"
    assert table(columns, rows, colour=True) == (
        "\x1b[1mstage\x1b[0m   \x1b[1mn\x1b[0m\n"
        "\x1b[32mprod\x1b[0m    \x1b[2m1\x1b[0m\n"
        "       22"
    )


def test_a_paragraph_is_painted_line_by_line() -> None:
    """A pager that starts in the middle shows the right colours."""
    row = [Cell("lost every fold", Style.WARN)]

    assert table(("why",), [row], width=13, colour=True) == (
        "\x1b[1mwhy\x1b[0m  \x1b[33mlost\x1b[0m\n"
        "     \x1b[33mevery\x1b[0m\n"
        "     \x1b[33mfold\x1b[0m"
    )


def test_tables_import_almost_nothing() -> None:
    """Every reading command draws one."""
    script = "import sys, lineal.reporting.text; print(*sys.modules)"

    loaded = set(python("-c", script).stdout.split())

    assert "lineal.reporting.text" in loaded
    assert loaded.isdisjoint({"click", "msgspec", "numpy", "pandas"})


def test_what_wraps_is_told_in_full() -> None:
    """Its lines stand under each other, and other columns stay empty beside them."""
    columns = (Column("rule", wraps=True), Column("evidence", wraps=True), "verdict")
    rows = [
        ("came from staging", "staging never held v0.1.0", "fail"),
        ("card is there", "it is", "pass"),
    ]

    lines = table(columns, rows, width=36).splitlines()

    assert lines == [
        "rule           evidence      verdict",
        "came from      staging       fail",
        "staging        never held",
        "               v0.1.0",
        "card is there  it is         pass",
    ]

"""Tests of text that cannot drive a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.reporting.signs import measure, shorten, visible, wrap
from lineal.reporting.text import Cell, table


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("v1.2.0 [ok]", "v1.2.0 [ok]", id="plain"),
        pytest.param("größer, 本番, ❤", "größer, 本番, ❤", id="letters"),
        pytest.param("a\r\nb\tc", r"a\r\nb\tc", id="lines"),
        pytest.param("\x1b]0;owned\x07", r"\x1b]0;owned\x07", id="title"),
        pytest.param("\x9b2J\x7f", r"\x9b2J\x7f", id="8-bit"),
        pytest.param("\u202egpj.exe", r"\u202egpj.exe", id="right to left"),
        pytest.param("a\u200bb\ufeff", r"a\u200bb\ufeff", id="nothing to see"),
        pytest.param("a\u2028b\u2029", r"a\u2028b\u2029", id="line separators"),
        pytest.param("a\udcffb", r"a\udcffb", id="no UTF-8"),
        pytest.param("e\u0301\u0302", "e\u0301\u0302", id="marks"),
        pytest.param("\u0301e", r"\u0301e", id="a mark on nothing"),
        pytest.param(
            "e" + "\u0301" * 6,
            "e" + "\u0301" * 4 + r"\u0301\u0301",
            id="marks upon marks",
        ),
    ],
)
def test_what_could_drive_a_terminal_is_written_out(text: str, shown: str) -> None:
    """Anybody can write a tag's message."""
    assert visible(text) == shown
    assert table((text,), [(Cell(text),)]) == f"{shown}\n{shown}"


def test_an_emoji_may_take_two_columns() -> None:
    """Better a column too many than a line too long."""
    assert measure("\N{HEAVY BLACK HEART}\ufe0f") == 2
    assert measure("\N{ROCKET}") == 2


def test_a_text_is_cut_before_a_wide_sign_that_fits_half() -> None:
    """A sign is whole or gone, with the marks that are on it."""
    assert shorten("本番です", 4) == "本…"
    assert shorten("e\u0301e\u0301e\u0301", 2) == "e\u0301…"


def test_a_cell_stands_where_its_column_begins() -> None:
    """Blanks around a text would look like another column."""
    assert table((" a",), [(" b ",)]) == "a\nb"


def test_a_text_breaks_between_words_where_it_can() -> None:
    """Blanks at a break are dropped, and a longer word is broken."""
    assert list(wrap("so   good  incomprehensibly", 8)) == [
        "so",
        "good",
        "incompre",
        "hensibly",
    ]
    assert list(wrap("   ", 8)) == []


@given(text=st.text())
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    """A text may be made harmless twice."""
    assert visible(visible(text)) == visible(text)


@given(text=st.text().map(visible), width=st.integers(1, 30))
def test_broken_lines_hold_every_word(text: str, width: int) -> None:
    """Only blanks are lost, or there is a cut."""
    lines = list(wrap(text, width))

    assert all(measure(line) <= width for line in lines)
    if width > 1:
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")

"""Names that others wrote, in a comment on GitHub."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.reporting.pull_request_text import code, codes, prose, table

_ENTITY = re.compile(r"&#[0-9]+;")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("train.ridge.alpha", "`train.ridge.alpha`"),
        ("@ann/team #12 https://x.org", "`@ann/team #12 https://x.org`"),
        ("a|b", "<code>a&#124;b</code>"),
        ("a`b", "<code>a&#96;b</code>"),
        ("two\nlines", "`two lines`"),
        ("<img src=x>", "<code>&#60;img src&#61;x&#62;</code>"),
        ("a\\", "<code>a&#92;</code>"),
        ("\x1b[31m", "<code>&#92;x1b&#91;31m</code>"),
        (" ", "(empty)"),
    ],
)
def test_names_are_code_that_nothing_ends(name: str, shown: str) -> None:
    """What could end a cell, a line or the code is written as an entity."""
    assert code(name) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ask @ann", "ask @&#8203;ann"),
        ("a@x.org", "a@&#8203;x.org"),
        ("see #12 and GH-7", "see #&#8203;12 and GH-&#8203;7"),
        ("https://x.org", "https:&#8203;//x.org"),
        ("WWW.x.org", "WWW&#8203;.x.org"),
        ("[l](u) **b** `c`", "&#91;l&#93;(u) &#42;&#42;b&#42;&#42; &#96;c&#96;"),
        ("a < b | c", "a &#60; b &#124; c"),
        ("&#64;ann", "&#38;#&#8203;64;ann"),
        ("latency_p95 _b_", "latency_p95 &#95;b&#95;"),
        ("<!-- lineal:report -->", "&#60;!-- lineal:report --&#62;"),
    ],
)
def test_sentences_call_and_link_to_nobody(text: str, shown: str) -> None:
    """Mentions, issues, links and markup stay what they are: letters."""
    assert prose(text) == shown


@given(st.text(max_size=60))
def test_no_text_ends_a_cell(text: str) -> None:
    """Whatever is quoted, a row has as many cells as its header, on one line."""
    laid = table(("a", "b"), [(code(text), prose(text))])
    header, _, row = laid.split("\n")

    assert row.count("|") == header.count("|")


@given(st.text(max_size=60))
def test_no_text_becomes_markup(text: str) -> None:
    """A sentence has none of the signs that begin something, but for entities."""
    shown = prose(text)

    assert not set("\\`*<>[]|~&$").intersection(_ENTITY.sub("", shown))
    assert not re.search(r"@\w|#\d|://|(?i:www\.)", unescape(shown))


def test_long_names_and_lists_are_cut() -> None:
    """A name of any length takes a bounded place, and many names are counted."""
    assert len(code("x" * 1000)) == 82
    assert codes(["a", "b", "c"], 2) == "`a`, `b` and 1 more"
    assert table(("a",), [("1",)] * 5, most=2).endswith("\n\nand 3 more.")

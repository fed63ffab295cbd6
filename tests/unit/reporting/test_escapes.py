"""Tests of texts of others in Markdown."""

import re

from hypothesis import given
from hypothesis import strategies as st

from lineal.reporting.escapes import code, plain

SIGNS = st.text("`*_[]<>|~&$\\#+-=@:/w. \n\t\x1b\u202eaA1", max_size=40)


@given(SIGNS)
def test_no_sign_of_markup_is_left_bare(text: str) -> None:
    """Each has a backslash that is not one of a pair."""
    shown = plain(text).replace("<!-- -->", "").replace("\\\\", "x")

    assert not re.search(r"(?<!\\)[`*_\[\]<>|~&$]", shown)
    assert not shown.startswith(("#", "+", "-", "="))
    assert shown.isprintable()


@given(SIGNS)
def test_nothing_becomes_a_link_or_a_mention(text: str) -> None:
    """GitHub makes them of plain text."""
    shown = plain(text)

    assert not re.search(r"@[a-zA-Z]|://|www\.", shown)


@given(SIGNS)
def test_a_name_cannot_leave_its_code(text: str) -> None:
    """It is on one line, between two marks, or nothing."""
    shown = code(text)

    assert shown.count("`") == (2 if shown else 0)
    assert shown.isprintable()
    assert not re.search(r"(?<!\\)\|", shown)

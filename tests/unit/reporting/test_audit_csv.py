"""Tests of an audit's cells."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.registry.audit import Audit
from lineal.registry.journal import Asked
from lineal.reporting.audit_csv import COLUMNS, as_csv, cell
from lineal.reporting.signs import visible

STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@given(st.text())
def test_no_cell_begins_as_formulas_do(text: str) -> None:
    """Also after blanks; a plain number is no formula."""
    shown = cell(text)

    begins = shown.lstrip().startswith(STARTS)
    assert not begins or float(shown) <= 0
    assert visible(shown) == shown


@pytest.mark.parametrize("text", ["=1", "+1", "-x", "@a", " =1", "-1+cmd", "-1e5x"])
def test_a_formula_becomes_a_text(text: str) -> None:
    """By an apostrophe, as spreadsheets have it."""
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-0.5", "0.04", "-1e-05", "a=b", "x", ""])
def test_what_is_harmless_is_left_alone(text: str) -> None:
    """Numbers stay numbers."""
    assert cell(text) == text


def test_the_columns_have_names_that_differ() -> None:
    """Programs find cells by them."""
    text = as_csv(Audit(Asked(), (), {}))

    assert list(csv.reader(io.StringIO(text, newline=""))) == [list(COLUMNS)]
    assert len(set(COLUMNS)) == len(COLUMNS)

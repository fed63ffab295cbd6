"""YAML for people: it reads back the same."""

import re

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lineal.bootstrap.starting.yamltext import Noted, flow, plain, text

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    TEXTS,
)
LISTS = st.lists(SCALARS, max_size=5)
DOCUMENTS = st.recursive(
    st.dictionaries(TEXTS, st.one_of(SCALARS, LISTS), max_size=4),
    lambda inner: st.dictionaries(TEXTS, st.one_of(SCALARS, LISTS, inner), max_size=4),
    max_leaves=12,
).filter(bool)


@settings(max_examples=60, deadline=None)
@given(document=DOCUMENTS)
def test_what_is_written_reads_back(document: dict[str, object]) -> None:
    """Whatever a column is called, and whatever it holds."""
    assert yaml.safe_load(text(document)) == document


def test_remarks_stand_behind_what_they_are_about() -> None:
    """A part of several lines has its remark at its head; a program reads none."""
    inner = {"days": Noted(8, "weeks"), "folds": 3}
    document = {"split": Noted(inner, "shares"), "own": Noted(None, "a file")}

    said = text(document)

    assert said.splitlines() == [
        "split: # shares",
        "  days: 8 # weeks",
        "  folds: 3",
        "own: null # a file",
    ]
    assert yaml.safe_load(said) == plain(document)


def test_long_lists_have_a_line_for_each() -> None:
    """So that a change shows in a diff, and a long text stays on one line."""
    names = [f"a column number {number}" for number in range(9)]
    words = "many words " * 12

    lines = text({"names": Noted(names, "used"), "about": words}).splitlines()

    assert lines[:2] == ["names: # used", "  - a column number 0"]
    assert re.fullmatch("about: '(many words ){12}'", lines[-1])


def test_odd_names_are_quoted() -> None:
    """Where YAML would read something else than a name."""
    assert [flow(each) for each in ("on", "1", "a: b", "ü")] == [
        "'on'",
        "'1'",
        "'a: b'",
        "ü",
    ]

"""Tests of reading what somebody asks about, and of telling whether it is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.lineage.asked import Asked, Kind, NothingNamedError, equal, readings

ANYTHING: tuple[Kind, ...] = ("file", "hash", "feature", "param", "library")
WORDS = st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a" * 32, [Asked("hash", "a" * 32)]),
        ("abc1234", [Asked(k, "abc1234") for k in ANYTHING]),
        ("a" * 32 + ".dir", [Asked("hash", "a" * 32 + ".dir")]),
        ("Scikit_Learn == 1.0", [Asked("library", "scikit-learn", "1.0")]),
        ("a=", [Asked("param", "a", ""), Asked("file", "a=")]),
        ("a = b=c", [Asked("param", "a", "b=c"), Asked("file", "a = b=c")]),
    ],
)
def test_a_text_is_what_its_form_says(text: str, found: list[Asked]) -> None:
    """A hash or a library alone, else a parameter before a file."""
    assert list(readings(text)) == found


def test_the_beginning_of_a_hash_means_it() -> None:
    """People paste what a terminal shows of it."""
    asked = Asked("hash", "abc1234")

    assert asked.means("x", "abc1234" + "0" * 25)
    assert asked.means("folder", "abc1234" + "0" * 25 + ".dir")
    assert not asked.means("x", "0abc1234" + "0" * 24)


def test_a_plain_word_may_be_anything() -> None:
    """A folder may end in a slash, and begin here."""
    assert [(one.kind, one.name) for one in readings("./Data_x/")] == [
        ("file", "Data_x"),
        ("feature", "./Data_x/"),
        ("param", "./Data_x/"),
        ("library", "-/data-x/"),
    ]
    assert readings("/")[0] == Asked("file", "/")


@pytest.mark.parametrize(
    ("text", "kind"), [("", None), ("=1", None), ("==1", None), ("./", "file")]
)
def test_what_names_nothing_is_refused(text: str, kind: Kind | None) -> None:
    """Everything would be meant."""
    with pytest.raises(NothingNamedError, match="names nothing"):
        readings(text, kind)


def test_it_prints_as_it_is_typed() -> None:
    """With its value, if it has one."""
    asked = (Asked("file", "a"), Asked("param", "a", "1"), Asked("library", "a", "1"))

    assert [str(one) for one in asked] == ["file a", "param a=1", "library a==1"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1", "1.0", True),
        ("1e0", "1", True),
        ("1_0", "10", True),
        ("True", "true", True),
        ("NULL", "null", True),
        ("'a'", "a", True),
        ("A", "a", False),
        ("nan", "NaN", False),
        ("inf", "1e999", False),
        ("1", "true", False),
    ],
)
def test_values_are_numbers_where_both_are(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a table of pytest
    """Words only where YAML takes them for the same."""
    assert equal(one, other) is same


@given(WORDS, WORDS)
def test_a_file_is_meant_by_itself_and_by_what_is_around_and_in_it(
    asked: list[str], path: list[str]
) -> None:
    """Folder by folder, not letter by letter."""
    most = min(len(asked), len(path))
    meant = Asked("file", "/".join(asked)).means("/".join(path), "")

    assert meant == (asked[:most] == path[:most])


@given(WORDS, WORDS)
def test_a_parameter_is_meant_by_itself_and_by_what_is_around_it(
    asked: list[str], name: list[str]
) -> None:
    """Not by what is in it: that may be other."""
    meant = Asked("param", ".".join(asked)).means(".".join(name), "1")

    assert meant == (name[: len(asked)] == asked)

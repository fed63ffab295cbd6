"""Tests of how a text file's encoding and delimiter are told by its bytes."""

import pytest

from lineal.modeling.inspection.dialect import delimiter_of, dialect, encoding_of
from lineal.modeling.sections import Csv


@pytest.mark.parametrize(
    ("pieces", "encoding"),
    [
        pytest.param(["é".encode()], "utf-8-sig", id="utf-8"),
        pytest.param([b"\xef\xbb\xbfa"], "utf-8-sig", id="a mark"),
        pytest.param([b"a\xc3"], "latin-1", id="ends within a letter"),
        pytest.param([b"a", b"\xe9", b"\xe9"], "latin-1", id="late"),
        pytest.param([b"5 \x80", b"\xe9"], "cp1252", id="a sign of Windows"),
        pytest.param([b"\x80\xe9\x81"], "latin-1", id="what Windows lacks"),
        pytest.param(["é".encode("utf-16")], "utf-16", id="utf-16"),
        pytest.param(["day,x".encode("utf-16-be")], "utf-16-be", id="big end first"),
        pytest.param(["day,x".encode("utf-16-le")], "utf-16-le", id="little end first"),
        pytest.param([], "utf-8-sig", id="nothing"),
    ],
)
def test_the_encoding_is_told_by_all_bytes(pieces: list[bytes], encoding: str) -> None:
    """One letter far down the file decides."""
    assert encoding_of(pieces) == encoding


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        pytest.param("a,b\n1,2\n", ",", id="comma"),
        pytest.param("a;b\n1,5;2,5\n", ";", id="semicolon among decimal commas"),
        pytest.param("a\tb\n1,5\t2;5\n", "\t", id="tab"),
        pytest.param('a|b\n"x;y;z"|1\n', "|", id="within quotes"),
        pytest.param("a;b\n\n1;2\n", ";", id="an empty line"),
        pytest.param("a\n1\n", ",", id="one column"),
        pytest.param("", ",", id="nothing"),
        pytest.param('a;b\n"' + "x" * 200_000, ",", id="quotes without end"),
    ],
)
def test_the_delimiter_is_the_one_that_most_rows_agree_on(
    text: str, delimiter: str
) -> None:
    """The header says how many columns there are."""
    assert delimiter_of(text) == delimiter


def test_a_dialect_is_what_must_be_known_to_split_the_file() -> None:
    """The rest is told by its columns."""
    assert dialect("a;b\n", "latin-1") == Csv(delimiter=";", encoding="latin-1")

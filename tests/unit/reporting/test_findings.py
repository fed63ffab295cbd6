"""Tests of how findings are worded."""

import json

from lineal.registry.chain.finding import Finding, ranked
from lineal.reporting.findings import as_json, as_text

BAD = Finding("gap", "problem", "m#prod#2", "it is gone", "Ann <a@x>", 1_700_000_000)
ODD = Finding("clock", "warning", "m#prod#3", "it is late\x1b[0m")
DULL = Finding("loose", "note", "", "many are loose")


def test_the_worst_comes_first_and_once() -> None:
    """Whatever order the rules have."""
    assert ranked([DULL, ODD, BAD, ODD]) == (BAD, ODD, DULL)


def test_a_line_a_finding_and_a_sum() -> None:
    """Nothing in them drives the terminal."""
    assert as_text([BAD, ODD, DULL], "clean").split("\n") == [
        "problem: it is gone [gap]",
        r"warning: it is late\x1b[0m [clock]",
        "note: many are loose [loose]",
        "1 problem, 1 warning, 1 note",
    ]


def test_severities_are_coloured_on_request() -> None:
    """Only the word is."""
    assert as_text([BAD], "clean", colour=True).startswith("\x1b[31mproblem\x1b[0m: it")


def test_nothing_found_is_said() -> None:
    """Silence would leave a doubt."""
    assert as_text([], "clean") == "clean"


def test_many_of_one_kind_are_counted() -> None:
    """A flood would hide the rest."""
    many = [Finding("gap", "warning", f"m#prod#{n}", f"{n} is gone") for n in range(30)]

    lines = as_text([*many, DULL], "clean").split("\n")

    assert len(lines) == 23
    assert lines[20] == "warning: 10 more of this kind; --json has all [gap]"
    assert lines[-1] == "0 problems, 30 warnings, 1 note"


def test_json_has_the_same_facts() -> None:
    """Instants are in UTC; what is not known is null."""
    found = json.loads(as_json([BAD, DULL], tags=2))

    assert (found["problems"], found["tags"]) == (1, 2)
    assert found["findings"][0]["when"] == "2023-11-14T22:13:20Z"
    assert found["findings"][1] == {
        "rule": "loose",
        "severity": "note",
        "tag": None,
        "sentence": "many are loose",
        "who": None,
        "when": None,
    }


def test_bytes_that_are_no_text_are_json_all_the_same() -> None:
    """Git lets a tag's name hold any byte, and its time be any number."""
    text = as_json([Finding("name", "warning", "m#\udcff", "x", when=10**18)])

    assert text.encode()
    assert json.loads(text)["findings"][0]["tag"] == "m#\udcff"
    assert json.loads(text)["findings"][0]["when"] == "31688740476-10-23T01:46:40Z"

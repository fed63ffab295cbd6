"""errors.json: what is written reads back, and nothing else is believed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.by_day import errors
from lineal.modeling.errors_by_day import Errors, InvalidErrorsError


@given(st.lists(st.floats(0, 1e200), min_size=1, max_size=9))
def test_what_is_written_reads_back_to_the_last_bit(wrong: list[float]) -> None:
    """Floats have their shortest exact form."""
    made = errors([1.0] * len(wrong), [*wrong])

    assert Errors.parse(made.to_json().encode()) == made
    assert made.to_json() == Errors.parse(made.to_json().encode()).to_json()


def test_the_format_is_the_one_that_is_documented() -> None:
    """Others may write it too."""
    text = errors([1.0, 2.0]).to_json()

    assert text.count("\n") == 1
    assert json.loads(text) == {
        "version": 1,
        "rows": {"count": 20, "sha256": "ab" * 32},
        "block": 2,
        "periods": ["2024-01-01", "2024-01-02"],
        "metrics": {
            "wape": {"errors": [1.0, 2.0], "weights": [100.0, 100.0]},
            "mae": {"errors": [1.0, 2.0], "weights": [10.0, 10.0]},
            "rmse": {"errors": [1.0, 4.0], "weights": [10.0, 10.0], "root": True},
        },
    }


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"version":1', '"version":2', "version"),
        ('"count":20', '"count":0', "count"),
        ('"count":20', '"count":"20"', "count"),
        ("abab", "xyz!", "sha256"),
        ('"block":2', '"block":0', "block"),
        ("2024-01-02", "2024-01-01", "not in order"),
        ("2024-01-02", "soon", "periods"),
        ('"2024-01-02"', "2", "days and numbers"),
        ('["2024-01-01","2024-01-02"]', "[2,1]", "not in order"),
        ('["2024-01-01","2024-01-02"]', "[1,true]", "periods"),
        ('["2024-01-01","2024-01-02"]', "[]", "no periods"),
        ('"errors":[1.0,2.0]', '"errors":[1.0,NaN]', "malformed"),
        ('"errors":[1.0,2.0]', '"errors":[1.0,Infinity]', "malformed"),
        ('"errors":[1.0,2.0]', '"errors":[1.0,1e999]', "out of range"),
        ('"errors":[1.0,2.0]', '"errors":[1.0,1e300]', "wape on 2024-01-02 are 1e"),
        ('"errors":[1.0,2.0]', '"errors":[-1.0,2.0]', "2024-01-01 are -1.0"),
        ('"errors":[1.0,2.0]', '"errors":[1.0,null]', "null"),
        ('"errors":[1.0,2.0]', '"errors":[1.0]', "are 1, the periods 2"),
        ('"weights":[10.0,10.0]', '"weights":[10.0]', "weights of mae are 1"),
        ('"weights":[10.0,10.0]', '"weights":[10.0,-1.0]', "weights of mae on"),
        ('"root":true', '"root":1', "root"),
        ('"metrics":', '"metric":', "metrics"),
    ],
)
def test_a_malformed_file_is_refused(before: str, after: str, reason: str) -> None:
    """What cannot be believed is no number to judge by."""
    text = errors([1.0, 2.0]).to_json()
    assert before in text

    with pytest.raises(InvalidErrorsError, match=reason):
        Errors.parse(text.replace(before, after, 1).encode())


@pytest.mark.parametrize(
    "text", [b"", b"\xff", b"[]", b"{}", b"[" * 100_000, b'{"metrics":' * 100_000]
)
def test_any_other_text_is_refused(text: bytes) -> None:
    """The way out is told."""
    with pytest.raises(InvalidErrorsError, match="make it again with `dvc repro`"):
        Errors.parse(text)


def test_no_metrics_are_no_errors() -> None:
    """A file must say something."""
    with pytest.raises(InvalidErrorsError, match="no metrics"):
        errors([1.0], metrics={})

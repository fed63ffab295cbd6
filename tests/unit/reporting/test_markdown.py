"""Tests of the words and numbers of Markdown."""

from typing import Any

import pytest

from lineal.reporting.markdown import number, setting


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(False, "false", id="boolean"),
        pytest.param(None, "null", id="nothing"),
        pytest.param(250, "250", id="integer"),
        pytest.param(1 / 3, "0.333333", id="number"),
        pytest.param([1, True], "1, true", id="list"),
        pytest.param({"b": 0.5, "a": None}, "a: null, b: 0.5", id="mapping"),
    ],
)
def test_a_setting_reads_as_in_params_yaml(value: Any, text: str) -> None:
    """Python's own words for values mean nothing to a reader of YAML."""
    assert setting(value) == text


def test_an_undefined_number_is_not_zero() -> None:
    """A metric that nobody can compute says so."""
    assert number(None) == "n/a"

"""Tests of how params.yaml is read."""

from pathlib import Path

import pytest

from lineal.modeling.sections import InvalidParamsError
from lineal.pipeline.params import load_params


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "is not there", id="not there"),
        pytest.param(
            "a: 1\n\tb: 2\n", "at line 2, column 1: found a tab", id="no YAML"
        ),
        pytest.param("a: \0", "is not YAML: unacceptable character", id="no text"),
        pytest.param("- models\n", "must map", id="a list"),
        pytest.param("runtime: {threads: 0, seed: 1}", "`int` >= 1", id="a bad value"),
    ],
)
def test_params_that_cannot_be_understood_are_refused(
    tmp_path: Path, content: str | None, message: str
) -> None:
    """The message has the file and, where there is one, the line."""
    path = tmp_path / "params.yaml"
    if content is not None:
        path.write_text(content)

    with pytest.raises(InvalidParamsError, match=message) as caught:
        load_params(path)

    assert "params.yaml" in str(caught.value)


def test_params_read_numbers_as_yaml_1_2_does(tmp_path: Path) -> None:
    """PyYAML alone would read 1e-3 as text, DVC as a number."""
    path = tmp_path / "params.yaml"
    path.write_text("runtime: {threads: 1, seed: 1e-3}\nmodels: {}\n")

    with pytest.raises(InvalidParamsError, match="got `float`"):
        load_params(path)


def test_params_are_read_as_values(tmp_path: Path) -> None:
    """What is written is what stages get."""
    path = tmp_path / "params.yaml"
    path.write_text("runtime: {threads: 2, seed: 7}\nmodels: {}\n")

    assert load_params(path).runtime.seed == 7

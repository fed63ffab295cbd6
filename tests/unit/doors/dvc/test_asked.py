"""Parameters that dvc.lock records, as values."""

import pytest

from lineal.doors.dvc import asked
from lineal.doors.dvc.asked import Asked
from lineal.doors.dvc.names import UnreadableFileError

LOCK = b"""\
schema: '2.0'
stages:
  train@a:
    cmd: train
    deps:
    - path: a.csv
      hash: md5
      md5: 0123
    params:
      params.yaml:
        rate: 0.01
        size: '1'
        whole.part:
          deep: [1, 2]
    outs:
    - path: m
      hash: md5
      md5: 4567
  old:
    cmd: train
    deps:
    - path: a.csv
      md5: 0123
"""


def test_reads_values_of_the_plain_form() -> None:
    """Values keep their types: '1' is text, and a mapping stays whole."""
    params = {"rate": 0.01, "size": "1", "whole.part": {"deep": [1, 2]}}

    assert asked.read(LOCK) == {
        "train@a": Asked({"params.yaml": params}),
        "old": Asked({}, legacy=True),
    }


def test_reads_any_other_form_as_yaml() -> None:
    """A lock that another program wrote says the same."""
    text = (
        b'{"stages": {"t": {"params": {"p.json": {"a": 1}}, "x": [{"hash": "md5"}]}}}'
    )

    assert asked.read(text) == {"t": Asked({"p.json": {"a": 1}})}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-2", 0.01),
        ("1_000", 1000),
        ("yes", "yes"),
        ("1:30", "1:30"),
        ("0o17", 15),
        ("017", 17),
        ("true", True),
        (".inf", float("inf")),
        ("0x1F", 31),
        ("0b11", 3),
        ("1_0.5", 10.5),
        ("-3", -3),
        ("~", None),
    ],
)
def test_reads_scalars_as_yaml_1_2_does(text: str, value: object) -> None:
    """DVC reads YAML 1.2, in which fewer words are something else than text."""
    assert asked.values(f"a: {text}".encode(), "params.yaml") == {"a": value}


def test_reads_parameters_of_other_files() -> None:
    """JSON and TOML have parameters too; of Python files only DVC knows."""
    assert asked.values(b'{"a": 1}', "p.json") == {"a": 1}
    assert asked.values(b"a = 1", "p.toml") == {"a": 1}
    assert asked.values(b"a = 1", "p.py") is None


@pytest.mark.parametrize("name", ["p.yaml", "p.json", "p.toml"])
def test_malformed_parameters_are_named(name: str) -> None:
    """A file that is not what its name says is named in the error."""
    with pytest.raises(UnreadableFileError, match=name):
        asked.values(b"{a: ] = [", name)

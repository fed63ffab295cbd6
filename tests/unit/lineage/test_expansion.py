"""The stages that a dvc.yaml asks for."""

from typing import Any

import pytest

from lineal.lineage.expansion import Planned, expand
from lineal.lineage.records import File, Stage


def expanded(stage: dict[str, Any], params: Any = None, folder: str = "") -> Any:
    """Expand a dvc.yaml that has one stage, called `s`."""
    return expand({"stages": {"s": stage}}, params, folder)


def names(stage: dict[str, Any], params: Any = None) -> list[str]:
    """Name the stages that it stands for."""
    return [each.name for each in expanded(stage, params)[0]]


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ({"cmd": "x"}, ["s"]),
        ({"foreach": ["a", 1, True], "do": {}}, ["s@a", "s@1", "s@true"]),
        ({"foreach": {"a": {}, "b": 1}, "do": {}}, ["s@a", "s@b"]),
        ({"foreach": [{"m": 1}, {"m": 2}], "do": {}}, ["s@0", "s@1"]),
        ({"foreach": "${all.m}", "do": {}}, ["s@x", "s@y"]),
        (
            {"matrix": {"a": ["x", 2], "b": "${all.m}"}},
            ["s@x-x", "s@x-y", "s@2-x", "s@2-y"],
        ),
        ({"matrix": {"a": [[1], [2]]}}, ["s@a0", "s@a1"]),
    ],
)
def test_names_stages_as_dvc_does(stage: dict[str, Any], expected: list[str]) -> None:
    """Words are keys; what is no word is counted."""
    assert names(stage, {"all": {"m": ["x", "y"]}}) == expected


def test_fills_in_commands_and_inputs() -> None:
    """Items, keys, parameters and variables stand for their values."""
    stage = {
        "foreach": {"a": {"file": "a.csv"}},
        "do": {
            "cmd": ["run ${key} ${rate}", "end"],
            "deps": ["${item.file}", {"../b.csv": None}],
            "wdir": "w",
        },
    }
    found, unknown = expanded(stage, {"rate": 0.5}, "sub")

    assert found == (Planned("s@a", "run a 0.5 && end", ("sub/w/a.csv", "sub/b.csv")),)
    assert unknown == ()


@pytest.mark.parametrize("text", ["${gone}", "${a.b}", "\\${a}", "${a", 3, "${whole}"])
def test_what_cannot_be_told_stays_unknown(text: object) -> None:
    """Nothing is guessed at."""
    found, _ = expanded({"cmd": text, "deps": [text]}, {"a": 1, "whole": [1]})

    assert found == (Planned("s", None, None),)


@pytest.mark.parametrize(
    "said", [{"foreach": "${gone}"}, {"matrix": {"a": "${gone}"}}, {"foreach": 3}]
)
def test_unknown_loops_are_named(said: dict[str, Any]) -> None:
    """A loop over what nobody knows gives no stages."""
    assert expanded(said) == ((), ("s",))


@pytest.mark.parametrize(
    "document", [None, [], {"stages": None}, {"stages": {"s": None}}]
)
def test_any_document_can_be_read(document: object) -> None:
    """What has another form asks for nothing that could be compared."""
    found, unknown = expand(document, [1], "")

    assert [each.command for each in found] in ([], [None])
    assert unknown == ()


def test_says_what_is_not_met() -> None:
    """A record with another command or without an input is not what is asked for."""
    asked = Planned("s", "run  it", ("a", "b"))

    assert list(asked.unmet(None)) == ["it never ran"]
    assert list(asked.unmet(Stage("s", "run it", (File("a"), File("b"))))) == []
    assert list(asked.unmet(Stage("s", "run", (File("a"),)))) == [
        "its command changed",
        "b is a new input",
    ]


def test_outputs_and_parameters_may_be_new() -> None:
    """Parameters are named as records name them; a file read whole asks for no names."""
    stage = {
        "wdir": "w",
        "outs": ["a"],
        "metrics": [{"b": {"cache": False}}],
        "params": ["x", {"../params.yaml": ["y.z", "y.n"], "c.json": ["d"], "e": None}],
    }
    ((asked,), _) = expanded(stage, None)
    ran = Stage(
        "s", outs=(File("w/a"),), params=(("w/params.yaml:x.in", "1"), ("y.z", "2"))
    )

    assert list(asked.unmet(ran)) == [
        "w/b is a new output",
        "parameter y.n is new",
        "parameter w/c.json:d is new",
    ]

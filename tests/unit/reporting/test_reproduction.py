"""Tests of how a reproduction is shown."""

import json
from dataclasses import replace

from lineal.doors.dvc.remade import Output
from lineal.registry.reproduced import Environment, Reproduced
from lineal.registry.version import Version
from lineal.reporting import reproduction

SAME = Output("clean", "clean.csv", "aa", "aa")
WICKED = Output("train", "model\x1b[31m.bin", "bb", "cc")


def made(*outputs: Output) -> Reproduced:
    """Return a version with some outputs."""
    return Reproduced("demand", Version.parse("v1.0.0"), "c0", "", outputs)


def test_an_identical_version_takes_a_line() -> None:
    """It says how much was compared."""
    assert reproduction.as_text(made(SAME)) == (
        "demand v1.0.0 is identical: 1 output of 1 stage has the recorded bytes"
    )


def test_paths_cannot_drive_the_terminal() -> None:
    """Whoever wrote dvc.yaml chose them."""
    text = reproduction.as_text(made(SAME, WICKED))

    assert "\x1b" not in text
    assert text.splitlines()[-1].split() == ["train", r"model\x1b[31m.bin", "bb", "cc"]


def test_json_names_the_first_that_differs() -> None:
    """It is null where none does, as is what is not known."""
    same = json.loads(reproduction.as_json(made(SAME)))
    other = json.loads(reproduction.as_json(made(SAME, WICKED), tag="t"))

    assert same["format"] == 1
    assert same["first"] is None
    assert same["dvc_lock"] is None
    assert other["first"] == other["different"][0]
    assert other["first"]["made"] == "cc"
    assert other["tag"] == "t"
    assert len(other["outputs"]) == 2


def test_what_the_stages_ran_with_is_told() -> None:
    """As a line of the text, and by its parts in JSON; null where it is not known."""
    ran = Environment(pinned=True, python="3.11.7", file="a.txt")
    found = replace(made(SAME), environment=ran)

    assert reproduction.as_text(found).splitlines()[1] == (
        "environment: pinned, the packages of a.txt, Python 3.11.7"
    )
    assert json.loads(reproduction.as_json(found))["environment"] == {
        "used": "pinned",
        "python": "3.11.7",
        "file": "a.txt",
        "differing": [],
    }
    assert json.loads(reproduction.as_json(made(SAME)))["environment"] is None

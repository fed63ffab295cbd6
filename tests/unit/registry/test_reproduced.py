"""Tests of the verdict on a version that was made again."""

from lineal.doors.dvc.remade import Output
from lineal.registry.reproduced import Environment, Reproduced
from lineal.registry.version import Version

SAME = Output("clean", "clean.csv", "aa", "aa")
OTHER = Output("train", "model.bin", "bb", "cc")
LATER = Output("choose", "card.json", "dd", "ee")


def made(*outputs: Output) -> Reproduced:
    """Return a version with some outputs."""
    return Reproduced("demand", Version.parse("v1.0.0"), "c0", "10c", outputs)


def test_equal_hashes_are_identical() -> None:
    """The reason counts what was compared."""
    found = made(SAME)

    assert found.verdict == "identical"
    assert found.different == ()
    assert found.reason == "1 output of 1 stage"


def test_the_first_other_hash_is_the_reason() -> None:
    """It names the stage, the output and both hashes, and how many differ."""
    found = made(SAME, OTHER, LATER)

    assert found.verdict == "different"
    assert found.different == (OTHER, LATER)
    assert found.stages == ("clean", "train", "choose")
    assert found.reason == (
        "stage train made model.bin with hash cc instead of bb; 2 of 3 outputs of 3 "
        "stages differ"
    )


def test_what_the_stages_ran_with_is_one_line() -> None:
    """It says whose packages, and how many of them differ from what is pinned."""
    two = ("a 1 (pinned 2)", "b is not installed (pinned 1)")

    assert str(Environment(pinned=True, python="3.11.7", file="a.txt")) == (
        "pinned, the packages of a.txt, Python 3.11.7"
    )
    assert str(Environment(pinned=False, python="3", file="a.txt", differing=two)) == (
        "running, 2 packages differ from a.txt, Python 3"
    )
    assert str(Environment(pinned=False, python="3", file="a.txt")) == (
        "running, no packages differ from a.txt, Python 3"
    )

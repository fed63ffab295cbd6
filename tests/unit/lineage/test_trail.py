"""Tests of laying flat what went into a version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.lineage.asked import Asked, Kind
from lineal.lineage.pedigree import trace
from lineal.lineage.records import File, Records, Stage
from lineal.lineage.trail import Cut, Step, impact, steps, told

STAGES = (
    Stage(
        "prep",
        deps=(File("raw", "1.dir"), File("code.py", "2")),
        outs=(File("mid", "3"),),
        params=(("level", "1"),),
    ),
    Stage(
        "train",
        deps=(File("mid", "3"), File("code.py", "2")),
        outs=(File("model", "4"),),
        params=(("level", "1"), ("ridge.alpha", "1.0")),
    ),
    Stage("report", deps=(File("model", "4"),), outs=(File("page", "5"),)),
)
LINES = st.sampled_from(
    [
        "    - path: a",
        f"      md5: {'a' * 32}",
        f"      md5: {'b' * 32}.dir",
        "      size: 12",
        "      md5: x",
        "      hash: md5",
        "",
        "\0",
        "      nfiles: 1",
    ]
)


def test_a_step_has_the_stages_that_read_it_in_their_order() -> None:
    """What is only written has none; what makes no part of it is left out."""
    found = steps(told(trace(Records(STAGES), "model")))

    assert set(found) == {
        Step("param", "level", "1", ("prep", "train")),
        Step("param", "ridge.alpha", "1.0", ("train",)),
        Step("file", "raw", "1.dir", ("prep",)),
        Step("file", "code.py", "2", ("prep", "train")),
        Step("file", "mid", "3", ("train",)),
        Step("file", "model", "4"),
    }
    assert len(found) == len(set(found))


@given(st.lists(LINES, max_size=12))
def test_a_lock_with_marks_is_the_lock_but_for_sizes(lines: list[str]) -> None:
    """Put the hashes back, and nothing else is missing."""
    lock = "\n".join(["head", *lines, ""])
    cut = Cut.of(lock.encode())
    found = cut.marked(3).decode()
    for mark, value in zip(cut.marks(3), cut.hashes, strict=True):
        assert len(mark) == 32
        found = found.replace(mark, value)
    unsized = [x for x in lines if not x.startswith(("      size", "      nfiles"))]

    assert found == ("\n".join(["head", *unsized, ""]) if "\0" not in lock else lock)


def test_locks_that_differ_in_hashes_and_sizes_share_an_outline() -> None:
    """Which is what makes ten thousand of them quick to read."""
    text = "s:\n    - path: a\n      md5: {}\n      size: {}\n"
    one, other = (
        Cut.of(text.format(c * 32, n).encode()) for c, n in (("a", 1), ("b", 22))
    )

    assert one.outline == other.outline
    assert (one.hashes, other.hashes) == (("a" * 32,), ("b" * 32,))


@pytest.mark.parametrize(
    ("kind", "name", "stages"),
    [
        ("file", "code.py", ("prep", "train", "report")),
        ("file", "mid", ("prep", "train", "report")),
        ("hash", "1", ("prep", "train", "report")),
        ("param", "ridge", ("train", "report")),
        ("file", "page", ("report",)),
        ("file", "none", ()),
        ("feature", "code.py", ()),
        ("library", "raw", ()),
    ],
)
def test_a_change_reaches_what_comes_after(
    kind: Kind, name: str, stages: tuple[str, ...]
) -> None:
    """A stage whose output is other runs again too; whatever value was asked about."""
    assert impact(Asked(kind, name, "7" if kind == "param" else None), STAGES) == stages


def test_stages_that_are_known_to_change_are_first() -> None:
    """As those that define a feature."""
    assert impact(Asked("feature", "x"), STAGES, STAGES[1:2]) == ("train", "report")

"""Tests of reading what dvc.lock and .dvc files record."""

from typing import Any

import pytest
from hypothesis import given, settings

from helpers.locks import dump, items, locks
from lineal.doors.dvc.locked import Item, read_dvc, read_lock
from lineal.doors.dvc.names import UnreadableFileError


@given(locks)
@settings(max_examples=40)  # YAML is read slowly
def test_the_quick_way_reads_what_yaml_reads(stages: dict[str, Any]) -> None:
    """A comment before the file is enough to make it read as YAML."""
    text = dump({"schema": "2.0", "stages": stages})

    assert read_lock(text) == read_lock(b"# by hand\n" + text)


@given(items())
def test_a_dvc_file_is_read_quickly_as_yaml_reads_it(item: dict[str, Any]) -> None:
    """A comment makes the difference here too."""
    text = dump({"outs": [item]})

    assert read_dvc(text) == read_dvc(b"# by hand\n" + text)


def test_a_list_of_commands_is_one_command() -> None:
    """As DVC runs them, one after the other."""
    stages = read_lock(b"schema: '2.0'\nstages:\n  a:\n    cmd:\n    - x\n    - y\n")

    assert [stage.command for stage in stages] == ["x && y"]


@pytest.mark.parametrize("head", ["", "schema: '1.0'\n"])
def test_the_first_schema_had_stages_at_the_top(head: str) -> None:
    """DVC 1 wrote so, and such commits stay in history."""
    text = f"{head}train:\n  cmd: x\n  outs:\n  - path: m\n    md5: '7'\n"

    (stage,) = read_lock(text.encode())

    assert (stage.name, stage.command) == ("train", "x")
    assert stage.outs == (Item("m", "7"),)


def test_a_stage_may_be_called_stages() -> None:
    """In the first schema that says nothing of the others."""
    names = [stage.name for stage in read_lock(b"stages: {cmd: x}\nb: {cmd: y}\n")]

    assert names == ["stages", "b"]


@pytest.mark.parametrize(
    "text",
    [
        b"schema: '3.0'\nstages: {}\n",
        b"stages: [",
        b"- a",
        b"\xff\xfe\x00",
        b"stages: &a {b: *a}",
        b"a: &a {x: 1, y: 1}\n"
        + b"".join(
            b"%c: &%c {x: *%c, y: *%c}\n" % (n, n, n - 1, n - 1) for n in range(98, 122)
        ),
    ],
    ids=["schema", "cut off", "list", "bytes", "circle", "bomb"],
)
def test_what_dvc_never_writes_is_refused(text: bytes) -> None:
    """With the file's name, and without eating all memory."""
    with pytest.raises(UnreadableFileError, match=r"^some/dvc.lock cannot be read"):
        read_lock(text, "some/dvc.lock")


@pytest.mark.parametrize(
    "text", [b"", b"stages: 3", b"stages: {a: 3, b: [1], c: {outs: 4, deps: [x]}}"]
)
def test_what_is_no_record_is_left_out(text: bytes) -> None:
    """Nothing is made up in its place."""
    assert all(not stage.outs and not stage.deps for stage in read_lock(text))


def test_sizes_are_numbers_or_nothing() -> None:
    """A size of ten thousand digits is none."""
    (stage,) = read_lock(
        b"schema: '2.0'\nstages:\n  a:\n    cmd: x\n    outs:\n    - path: p\n"
        b"      size: " + b"9" * 10_000 + b"\n    - path: q\n      size: 12\n"
    )

    assert [out.size for out in stage.outs] == [None, 12]

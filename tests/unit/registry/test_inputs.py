"""Tests of following an output back through dvc.lock."""

import pytest

from lineal.registry.inputs import Input, Made, Step, steps, trace

LOCK = b"""\
schema: '2.0'
stages:
  ingest:
    cmd: python ingest.py
    deps:
    - path: data/raw.csv
      md5: aaa
      size: 10
    - path: ingest.py
      md5: bbb
      size: 20
    outs:
    - path: data/table
      md5: ccc.dir
  train@a:
    cmd: python train.py a
    deps:
    - path: data/table/part.parquet
      md5: ddd
    - path: train.py
      md5: eee
      size: 30
    params:
      params.yaml:
        train:
          alpha: 1.0
          sizes: [1, 2]
        seed: '7'
      other.json:
        deep: {}
    outs:
    - path: models/a.bin
      md5: fff
  train@b:
    cmd: python train.py b
    deps:
    - path: data/other.csv
      md5: '123'
    outs:
    - path: models/b.bin
"""


def test_inputs_are_what_no_stage_made() -> None:
    """The table in between is left out, and so is what another model is made of."""
    assert trace(LOCK, "models/a.bin").inputs == (
        Input("data/raw.csv", "aaa", 10),
        Input("ingest.py", "bbb", 20),
        Input("train.py", "eee", 30),
    )
    assert trace(LOCK, "models/b.bin").inputs == (Input("data/other.csv", "123", None),)


def test_parameters_are_those_of_all_stages_on_the_way() -> None:
    """Nested ones are named with dots, lists stay whole, other files are named."""
    assert trace(LOCK, "models/a.bin").params == (
        ("other.json:deep", "{}"),
        ("seed", "7"),
        ("train.alpha", "1.0"),
        ("train.sizes", '["1", "2"]'),
    )


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"a: [", b"stages: 3", b"stages: {a: 3, b: {outs: 4}}", b"\xff"],
)
def test_a_lock_that_is_none_tells_nothing(text: bytes) -> None:
    """The registry can be asked of repositories whose locks are broken."""
    assert trace(text, "models/a.bin") == Made()


def test_stages_in_a_circle_end() -> None:
    """DVC refuses them, and an old commit may have them all the same."""
    lock = b"""
stages:
  one: {deps: [{path: b}], outs: [{path: a}]}
  two: {deps: [{path: a}], outs: [{path: b}]}
"""

    assert trace(lock, "a") == Made()


def test_a_model_inside_a_tracked_folder_has_the_folders_inputs() -> None:
    """DVC records one hash for the folder."""
    assert trace(LOCK, "data/table/part.parquet").inputs == (
        Input("data/raw.csv", "aaa", 10),
        Input("ingest.py", "bbb", 20),
    )


def test_the_stages_that_made_an_output_are_named() -> None:
    """With what they ran, in the order of the lock; others are left out."""
    assert steps(LOCK, "models/a.bin") == (
        Step("ingest", "python ingest.py"),
        Step("train@a", "python train.py a"),
    )
    assert steps(LOCK, "none") == ()
    assert steps(b"[", "models/a.bin") == ()


def test_a_list_of_commands_is_one_step() -> None:
    """As DVC runs them, one after the other."""
    lock = b"stages: {a: {cmd: [x, y], outs: [{path: b}]}, c: 7, d: {outs: b}}"

    assert steps(lock, "b") == (Step("a", "x && y"),)

"""Tests of dvc.lock as DVC writes it, and as people break it."""

from contextlib import suppress
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.doors.lockfile import FolderOutputError, Lock, MalformedLockError

ONE, TWO = "0" * 31 + "1", "12345678901234567890123456789012"
TEXT = f"""\
schema: '2.0'
stages:
  ingest:
    cmd: python -m lineal.pipeline ingest
    deps:
    - path: data/raw.csv
      hash: md5
      md5: {TWO}
      size: 12
  train@stops-linear:
    cmd: python -m lineal.pipeline train stops linear
    params:
      params.yaml:
        runtime.seed: 1
    outs:
    - path: data/candidates/stops/linear
      hash: md5
      md5: {ONE}.dir
      size: 3
      nfiles: 2
  evaluate@stops:
    cmd: python -m lineal.pipeline evaluate stops
    outs:
    - path: models/stops/card.json
      hash: md5
      md5: {ONE}
      size: 3
    - path: models/stops/model.joblib
      hash: md5
      md5: {TWO}
      size: 3
    - path: s3://bucket/elsewhere
      hash: etag
      etag: abc
"""


def find(text: str, path: str) -> str | None:
    """Look one path up."""
    return Lock.parse(text).md5(PurePosixPath(path))


def test_outputs_of_templated_stages_are_found() -> None:
    """Hashes are text, even where all their digits are decimal."""
    assert find(TEXT, "models/stops/card.json") == ONE
    assert find(TEXT, "models/stops/model.joblib") == TWO


@pytest.mark.parametrize(
    "path", ["data/raw.csv", "models/stops", "s3://bucket/elsewhere"]
)
def test_what_no_stage_makes_has_no_hash(path: str) -> None:
    """Dependencies, folders of outputs and foreign hashes are not outputs' md5."""
    assert find(TEXT, path) is None


@pytest.mark.parametrize("inside", ["", "/model.joblib", "/deep/er"])
def test_a_folder_recorded_whole_is_named(inside: str) -> None:
    """Its one hash says nothing of a file in it."""
    with pytest.raises(FolderOutputError, match="linear as a whole folder"):
        find(TEXT, f"data/candidates/stops/linear{inside}")


def test_a_lock_without_stages_has_no_outputs() -> None:
    """DVC leaves this after `dvc remove` of the last stage."""
    assert find("schema: '2.0'\n", "a") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Expected `object`, got `null`"),
        ("- a\n", "Expected `object`, got `array`"),
        ("<<<<<<< ours\nschema: '2.0'\n", "it is not YAML at line 2"),
        ("a: \x00", "it is not YAML"),
        ("ingest:\n  outs: []\n", "missing required field `schema`"),
        ("schema: '3.0'\n", "its schema is '3.0', and only '2.0' is known"),
        ("schema: '2.0'\nstages: []\n", r"got `array` - at `\$.stages`"),
        (TEXT.replace(f"md5: {ONE}\n", "md5: none\n"), "'none' of models/stops/card"),
        (TEXT.replace("model.joblib", "card.json"), "card.json has two hashes"),
    ],
)
def test_a_broken_lock_is_refused_with_the_way_out(text: str, reason: str) -> None:
    """The refusal names the file and what to run."""
    with pytest.raises(MalformedLockError, match=rf"(?s)^a lock .*{reason}.*dvc repro"):
        Lock.parse(text, "a lock")


@given(st.text() | st.binary())
def test_no_text_is_a_surprise(text: str | bytes) -> None:
    """Whatever is in the file, it is read or refused with a reason."""
    with suppress(MalformedLockError):
        assert isinstance(Lock.parse(text), Lock)

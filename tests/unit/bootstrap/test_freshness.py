"""Is dvc.lock up to date? From the files of a commit that is only in memory."""

import json
from collections.abc import Mapping
from hashlib import md5
from typing import Any

import pytest

from lineal.bootstrap.freshness import check
from lineal.doors.dvc.names import Files
from lineal.lineage.freshness import Freshness, Stale


def judged(files: Mapping[str, str]) -> Freshness:
    """Judge files by path."""
    texts = {path: text.encode() for path, text in files.items()}
    return check(Files(lambda asked: [texts.get(p) for p in asked], lambda: texts))


def pipeline(
    stage: Mapping[str, Any],
    deps: Mapping[str, str],
    *,
    legacy: bool = False,
    **more: Any,
) -> dict[str, str]:
    """Return dvc.yaml and dvc.lock of one stage, which read some texts."""
    hashed = {} if legacy else {"hash": "md5"}
    listed = [
        {"path": p, **hashed, "md5": md5(t.encode(), usedforsecurity=False).hexdigest()}
        for p, t in deps.items()
    ]
    asked = {"stages": {"s": {"cmd": "x", **stage}}}
    ran = {"schema": "2.0", "stages": {"s": {"cmd": "x", "deps": listed, **more}}}
    return {"dvc.yaml": json.dumps(asked), "dvc.lock": json.dumps(ran)}


@pytest.mark.parametrize(("legacy", "stale"), [(True, False), (False, True)])
def test_ends_of_lines_count_since_dvc_3(*, legacy: bool, stale: bool) -> None:
    """DVC 2 read CRLF in text as LF, and its locks are still right."""
    files = pipeline({}, {"a.py": "one\n"}, legacy=legacy)
    found = judged({**files, "a.py": "one\r\n"})

    assert bool(found.stale) == stale


def test_binary_files_have_no_ends_of_lines() -> None:
    """What is no text DVC 2 hashed as it was."""
    files = pipeline({}, {"a.bin": "\0\n"}, legacy=True)

    assert judged({**files, "a.bin": "\0\r\n"}).stale


def test_pipelines_of_folders_have_their_own_files() -> None:
    """Stages are named from the top, and parameters are those beside them."""
    files = pipeline({}, {"a.py": "1"}, params={"params.yaml": {"x": 1}})
    placed = {f"sub/{path}": text for path, text in files.items()}
    found = judged({**placed, "sub/a.py": "1", "sub/params.yaml": "x: 2"})

    assert found.stale == (
        Stale("sub/dvc.yaml:s", ("parameter sub/params.yaml:x changed",)),
    )


@pytest.mark.parametrize(
    ("path", "text", "reasons"),
    [
        ("p.toml", "[a]\nb = [1, 2]", ()),
        ("p.json", '{"a": {"b": [1, 3]}}', ("parameter p.json:a.b changed",)),
        ("p.yaml", "a: 1", ("parameter p.yaml:a.b is gone",)),
        ("p.py", "a = 1", ()),
    ],
)
def test_parameters_of_other_files(
    path: str, text: str, reasons: tuple[str, ...]
) -> None:
    """TOML, JSON and YAML are read; Python is DVC's."""
    files = pipeline({}, {}, params={path: {"a.b": [1, 2]}})
    found = judged({**files, path: text})

    assert [each.reasons for each in found.stale] == ([reasons] if reasons else [])


def test_frozen_stages_are_left_as_they_are() -> None:
    """DVC does not run them either."""
    assert judged(pipeline({"frozen": True}, {"a.py": "1"})).is_fresh


def test_a_malformed_file_is_a_fault() -> None:
    """What cannot be read is named, and nothing is called fresh."""
    found = judged({**pipeline({}, {}), "dvc.lock": "stages: ["})

    assert "dvc.lock cannot be read" in found.faults[0]
    assert not found.is_fresh


def test_an_unknown_loop_is_not_checked() -> None:
    """Only DVC could tell what it stands for."""
    files = pipeline({"foreach": "${gone}", "do": {}}, {})

    assert judged(files).unchecked == ("dvc.yaml:s",)

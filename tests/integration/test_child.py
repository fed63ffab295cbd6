"""Tests of modules that run in a process of their own."""

from pathlib import Path

import pytest

from lineal.doors import child
from lineal.doors.child import ChildFailedError


def test_what_it_prints_comes_back() -> None:
    """As bytes."""
    assert child.run("calendar", "2026", "11", seconds=60).startswith(b"   November")


def test_its_last_words_are_the_reason() -> None:
    """Of one that gave up."""
    with pytest.raises(ChildFailedError) as raised:
        child.run("json.tool", "no such file", seconds=60)

    assert "no such file" in raised.value.reason


def test_silence_is_a_reason_too(tmp_path: Path) -> None:
    """It says that there was none."""
    (tmp_path / "no_python.py").write_text("(")

    with pytest.raises(ChildFailedError, match="it gave no reason"):
        child.run("compileall", "-q", "-q", str(tmp_path), seconds=60)


def test_one_that_goes_on_for_ever_is_ended() -> None:
    """In the time that it was given."""
    words = ("http.server", "0", "--bind", "127.0.0.1")
    with pytest.raises(ChildFailedError, match=r"not done within 0\.3 seconds"):
        child.run(*words, seconds=0.3)

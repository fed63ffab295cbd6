"""Tests of temporary checkouts, and of the Python that works in them."""

import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from helpers.sandbox import START, Sandbox
from lineal.doors import interpreter
from lineal.doors.checkout import checked_out
from lineal.doors.location import locate


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Make a repository with a hook, a sparse checkout and Windows line ends."""
    made = Sandbox.create(tmp_path / 'my "répo"')
    made.commit("files", {"a/b.txt": "one\ntwo\n", "c.txt": "c"})
    hook = made.root / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch called\n")
    hook.chmod(0o755)
    made.git("sparse-checkout", "set", "--no-cone", "/c.txt")
    made.git("config", "core.autocrlf", "true")
    (made.root / "called").unlink(missing_ok=True)
    return made


@pytest.fixture
def temp(tmp_path: Path) -> Iterator[Path]:
    """Let temporary files lie in a folder of the test."""
    before, folder = tempfile.tempdir, tmp_path / "temp"
    folder.mkdir()
    tempfile.tempdir = str(folder)
    yield folder
    tempfile.tempdir = before


def test_a_checkout_is_whole_and_as_the_user_has_files(
    box: Sandbox, temp: Path
) -> None:
    """Settings of the repository count, but for its hooks and what it leaves out."""
    commit = box.id("HEAD")
    with checked_out(locate(box.root), commit) as made:
        files = {p.name: p.read_bytes() for p in made.tree.rglob("*.txt")}
        head = (made.tree / ".git" / "HEAD").read_text().strip()
        called = (made.tree / "called").exists()

    assert files == {"b.txt": b"one\r\ntwo\r\n", "c.txt": b"c"}
    assert head == commit
    assert not called
    assert not (box.root / "called").exists()
    assert list(temp.iterdir()) == []


def test_what_is_done_in_a_checkout_stays_there(box: Sandbox, temp: Path) -> None:
    """Commits, branches and read-only folders of a stage go with it."""
    before = box.git("for-each-ref"), box.git("status", "--porcelain")
    with checked_out(locate(box.root), box.id("HEAD")) as made:
        inner = Sandbox(made.tree, box.home, bare=False, _seconds=count(START))
        inner.commit("mine", {"c.txt": "other"})
        inner.git("branch", "mine")
        (made.tree / "shut" / "in").mkdir(parents=True)
        (made.tree / "shut").chmod(0o500)

    assert (box.git("for-each-ref"), box.git("status", "--porcelain")) == before
    assert list(temp.iterdir()) == []


def test_only_what_nobody_works_in_is_swept(box: Sandbox, temp: Path) -> None:
    """Others that run now, and what was kept, are left alone."""
    place, commit = locate(box.root), box.id("HEAD")
    with checked_out(place, commit, keep=True) as kept:
        pass
    dead = temp / "lineal-reproduce-dead"
    dead.mkdir()
    (dead / "lock").touch()
    begun = temp / "lineal-reproduce-begun"
    begun.mkdir()
    with checked_out(place, commit) as first, checked_out(place, commit):
        there = first.tree.is_dir()

    assert there
    assert kept.tree.is_dir()
    assert begun.is_dir()
    assert not dead.exists()


def test_installed_code_of_the_clone_gives_way_to_the_checkouts(
    tmp_path: Path,
) -> None:
    """An editable install would let stages run what was never committed."""
    top, tree = tmp_path / "top", tmp_path / "tree"
    for folder in (top / "src", top / ".venv/lib", tree / "src"):
        folder.mkdir(parents=True)
    code = [str(top / "src"), str(top / ".venv/lib"), str(tmp_path / "other"), ""]
    variables = {"PATH": "/bin", "PYTHONPATH": "mine"}
    found = interpreter.environment(top, tree, variables, code)
    bare = interpreter.environment(None, tree, {}, code)

    assert found["PYTHONPATH"] == os.pathsep.join((str(tree / "src"), "mine"))
    assert found["PATH"].endswith(f"{os.pathsep}/bin")
    assert "PYTHONPATH" not in bare

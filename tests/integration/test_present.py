"""Tests of asking Git whether objects are there."""

from pathlib import Path

from helpers.sandbox import Sandbox
from lineal.doors.git import Git
from lineal.doors.objects import present


def test_files_and_folders_of_a_commit_are_there(tmp_path: Path) -> None:
    """Whatever their names; what cannot be asked for is not."""
    made = Sandbox.create(tmp_path / "repo")
    names = ("a blob", "dir/b", "é 7", "x missing")
    head = made.commit(files=dict.fromkeys(names, "x"))
    asked = [*names, "dir", "none", "none blob", "a blob 7", "a\nb", "none blob 5"]

    found = present(Git(made.root), [f"{head}:{path}" for path in asked])

    assert found == (True,) * 5 + (False,) * 5
    assert present(Git(made.root), []) == ()
    assert present(Git(made.root), [head, "0" * 40]) == (True, False)

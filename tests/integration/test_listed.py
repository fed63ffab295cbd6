"""Tests of asking which paths a commit has."""

from pathlib import Path

import pytest

from helpers.sandbox import Sandbox
from lineal.doors import tree
from lineal.doors.git import Git, GitFailedError

PATHS = ("a", "a/b", "a/b/c d.txt", ":(top)é", "*", "none", "a/none", "a/b/c d.txt/x")


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a repository with files of odd names."""
    made = Sandbox.create(tmp_path / "repo")
    made.commit(files={"a/b/c d.txt": "", ":(top)é": "", "*": "", "other": ""})
    return made


def test_files_and_folders_are_found_by_their_very_names(sandbox: Sandbox) -> None:
    """A folder also where something in it is asked for; nothing is a pattern."""
    git = Git(sandbox.root)

    assert tree.listed(git, "HEAD", PATHS) == PATHS[:5]
    assert tree.listed(git, "HEAD", ()) == ()


def test_a_commit_that_is_not_there_is_a_failure(sandbox: Sandbox) -> None:
    """Silence would say that it is empty."""
    with pytest.raises(GitFailedError):
        tree.listed(Git(sandbox.root), "f" * 40, ("a",))

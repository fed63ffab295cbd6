"""Tests of the Git door against real repositories."""

from pathlib import Path

import pytest

from helpers.programs import git
from lineal.doors.environment import FIXED
from lineal.doors.git import Git, GitFailedError, NotARepositoryError, scrubbed

ODD = ("plain.txt", "with space.txt", "Łódź/naïve.txt", "-dash", "*.txt", "a:b", "t\tb")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Start a repository without a commit, in a folder with an odd name."""
    root = tmp_path / "my répo"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    return root


def commit(root: Path, name: str, content: bytes) -> None:
    """Commit one file."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    git(root, "--literal-pathspecs", "add", "--", name)
    git(root, "commit", "--quiet", "--message", "change")


def test_the_top_is_found_from_any_folder_inside(root: Path) -> None:
    """Spaces and accents in the way do not matter."""
    inside = root / "ä b" / "c"
    inside.mkdir(parents=True)

    assert Git.at(inside).root == root.resolve()


@pytest.mark.parametrize("name", ODD)
def test_a_file_is_read_as_it_was_committed(root: Path, name: str) -> None:
    """Every byte comes back, whatever the name, and not the working tree's."""
    content = b"one\r\n\x00\xff\n\n"
    commit(root, name, content)
    (root / name).write_bytes(b"edited")

    assert Git.at(root).committed(Path(name)) == content
    assert Git.at(root).committed(root.resolve() / name) == content


def test_nothing_is_committed_before_the_first_commit(root: Path) -> None:
    """An unborn branch is no failure."""
    assert Git.at(root).committed(Path("plain.txt")) is None
    assert Git.at(root).is_unborn()


@pytest.mark.parametrize("name", ["other.txt", "folder", "folder/none", "*", "fold*"])
def test_what_head_has_not_as_a_file_is_none(root: Path, name: str) -> None:
    """A folder, a pattern and an uncommitted file are not committed files."""
    commit(root, "folder/file.txt", b"")
    (root / "other.txt").write_text("new", encoding="utf-8")

    assert Git.at(root).committed(Path(name)) is None


def test_an_empty_file_is_not_an_absent_one(root: Path) -> None:
    """No bytes are bytes."""
    commit(root, "empty", b"")

    assert Git.at(root).committed(Path("empty")) == b""


def test_a_detached_head_is_read_like_a_branch(root: Path) -> None:
    """CI checks out commits, not branches."""
    commit(root, "a", b"1")
    commit(root, "a", b"2")
    git(root, "checkout", "--quiet", "--detach", "HEAD~1")

    assert Git.at(root).committed(Path("a")) == b"1"
    assert not Git.at(root).is_unborn()


def test_a_folder_outside_of_git_is_refused(tmp_path: Path) -> None:
    """So is a bare repository, which has no working tree."""
    bare = tmp_path / "bare"
    git(tmp_path, "init", "--quiet", "--bare", str(bare))

    for place in (tmp_path, bare):
        with pytest.raises(NotARepositoryError, match="no Git repository with a work"):
            Git.at(place)


def test_a_folder_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    """Git's own reason is passed on, without its prefix."""
    with pytest.raises(GitFailedError, match=r"rev-parse failed: cannot change to"):
        Git.at(tmp_path / "gone")


def test_a_lost_object_is_a_failure_and_not_an_absence(root: Path) -> None:
    """A damaged repository must not read as "not committed"."""
    commit(root, "a", b"content")
    blob = git(root, "rev-parse", "HEAD:a").strip()
    (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()

    with pytest.raises(GitFailedError, match="cat-file failed: "):
        Git.at(root).committed(Path("a"))


def test_a_lost_commit_is_a_failure_too(root: Path) -> None:
    """The branch has a commit, so it is not unborn."""
    commit(root, "a", b"content")
    found = git(root, "rev-parse", "HEAD").strip()
    (root / ".git" / "objects" / found[:2] / found[2:]).unlink()

    with pytest.raises(GitFailedError, match="ls-tree failed: "):
        Git.at(root).committed(Path("a"))


def test_without_the_program_the_way_out_is_named(root: Path) -> None:
    """The machine has no git on its PATH."""
    with pytest.raises(GitFailedError, match="install git and put it on PATH"):
        Git(root, {"PATH": str(root)}).run("status")


def test_the_callers_git_variables_do_not_leak_in() -> None:
    """In a hook, GIT_DIR would win over the folder that we ask about."""
    found = scrubbed({"GIT_DIR": "/x", "GIT_INDEX_FILE": "y", "HOME": "/h"})

    assert found == {"HOME": "/h", **FIXED}

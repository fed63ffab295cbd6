"""Tests of `lineal get` with real Git, a real DVC cache and a real DVC remote."""

import hashlib
import json
from pathlib import Path

import pytest

from helpers import shelf as shelves
from helpers.getting import get, left
from helpers.sandbox import Sandbox, lineal
from helpers.shelf import Shelf

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Share the repository with all tests that only read."""
    return shelves.pattern(tmp_path_factory)


@pytest.fixture
def shelf(pattern: Shelf, tmp_path: Path) -> Shelf:
    """Return a copy that a test may spoil."""
    return pattern.copy(tmp_path / "copy")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_version_has_its_own_bytes_whatever_lies_on_the_desk(
    pattern: Shelf, tmp_path: Path, number: int
) -> None:
    """The version's commit says which bytes; the working tree holds others."""
    done = get(pattern, f"flat@v{number}.0.0", "--json", cwd=tmp_path)

    said = json.loads(done.stdout)
    content = (tmp_path / "model one.joblib").read_bytes()
    assert content == pattern.content("flat", number)
    assert said == {
        "path": "model one.joblib",
        "model": "flat",
        "version": f"v{number}.0.0",
        "commit": pattern.repo.id(f"v{number}"),
        "md5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        "size": len(content),
    }
    assert done.stderr == ""
    assert left(tmp_path) == ["model one.joblib"]


def test_a_stage_gives_what_it_holds_and_a_model_its_newest(
    pattern: Shelf, tmp_path: Path
) -> None:
    """Which version is the newest is said, since nobody named it."""
    staged = get(pattern, "flat#prod", "-o", "staged", cwd=tmp_path)
    newest = get(pattern, "flat", "-o", "newest", cwd=tmp_path)

    assert (tmp_path / "staged").read_bytes() == pattern.content("flat", 1)
    assert "version: v1.0.0\n" in staged.stdout
    assert (tmp_path / "newest").read_bytes() == pattern.content("flat", 3)
    assert newest.stderr == ("note: v3.0.0 is the newest version of flat that stands\n")


@pytest.mark.measured
def test_every_kind_of_artifact_is_got(pattern: Shelf, tmp_path: Path) -> None:
    """A folder of DVC's, a file and a folder of Git's, a model of a monorepo."""
    for target in ("folder@v2.0.0", "plain@v2.0.0", "tree@v2.0.0", "team:own@v2.0.0"):
        assert get(pattern, target, cwd=tmp_path).returncode == 0

    weights = tmp_path / "bündle" / "wéights" / "w 1.bin"
    assert weights.read_text() == "weights 2"
    assert (tmp_path / "plain.json").read_text() == "plain 2"
    assert (tmp_path / "docs" / "a b" / "c.md").read_text() == "text 2"
    assert (tmp_path / "own.bin").read_text() == "team:own 2"


@pytest.mark.parametrize("target", ["flat@v1.0.0", "folder@v1.0.0"])
def test_what_is_there_is_replaced_by_force_only(
    pattern: Shelf, tmp_path: Path, target: str
) -> None:
    """A folder that is there is gone into; what has the name in it is kept."""
    place = tmp_path / "in"
    place.mkdir()
    get(pattern, target, "-o", "in", cwd=tmp_path)
    refused = get(pattern, target.replace("1", "2"), "-o", "in", cwd=tmp_path)
    before = {each: each.read_bytes() for each in place.rglob("*") if each.is_file()}
    done = get(pattern, target.replace("1", "2"), "-o", "in", "--force", cwd=tmp_path)

    after = {each: each.read_bytes() for each in place.rglob("*") if each.is_file()}
    assert refused.returncode == 1
    assert "exists already: name another path, or replace it with --force" in (
        refused.stderr
    )
    assert done.returncode == 0
    assert before.keys() == after.keys()
    assert before != after
    assert len(left(place)) == 1


@pytest.mark.measured
def test_it_works_from_inside_another_repository(
    pattern: Shelf, tmp_path: Path
) -> None:
    """Even from one of its hooks, where Git points every git to that repository."""
    other = Sandbox.create(tmp_path / "other")
    other.commit()
    env = {"GIT_DIR": str(other.root / ".git"), "GIT_WORK_TREE": str(other.root)}

    done = get(pattern, "flat@v1.0.0", cwd=other.root, env=env)

    got = other.root / "model one.joblib"
    assert done.returncode == 0
    assert got.read_bytes() == pattern.content("flat", 1)


def test_a_linked_work_tree_and_a_bare_repository_have_them_too(
    shelf: Shelf, tmp_path: Path
) -> None:
    """The one finds the main cache, the other the remote, which is relative to it."""
    linked = tmp_path / "linked"
    shelf.repo.git("worktree", "add", "--quiet", str(linked), "v1")
    shelf.repo.git("config", "core.bare", "false")
    bare = shelf.repo.clone(shelf.repo.root.parent / "bare.git", bare=True)
    url = f"[core]\nremote = s\n['remote \"s\"']\nurl = {shelf.remote}\n"
    shelf.repo.commit("absolute", {".dvc/config": url})
    shelf.repo.tag("flat@v4.0.0")
    bare.git("fetch", "--quiet", "origin", "refs/tags/*:refs/tags/*")

    env = shelf.repo.env
    first = lineal(linked, "get", "flat@v2.0.0", "-o", "got", env=env)
    second = lineal(bare.root, "get", "flat@v4.0.0", "-o", "got", env=env)

    assert (first.returncode, second.returncode) == (0, 0), second.stderr
    assert (linked / "got").read_bytes() == shelf.content("flat", 2)
    assert (bare.root / "got").read_bytes() == shelf.content("flat", 3)


def test_a_place_that_cannot_be_written_to_is_said(
    pattern: Shelf, tmp_path: Path
) -> None:
    """A folder that is not there is a slip of the pen."""
    done = get(pattern, "flat@v1.0.0", "-o", "none/x", cwd=tmp_path)

    assert done.returncode == 2
    assert "error: the folder none does not exist: make it" in done.stderr

"""Tests of listing certain files of many commits, in histories good and bad."""

from pathlib import Path
from random import Random

import pytest

from helpers.sandbox import Sandbox
from lineal.doors.git import Git
from lineal.doors.trees import DEEPEST, Trees

NAMES = ("a", "b.dvc", "dvc.lock", ".dvc", "é\n.dvc")


def wanted(name: str) -> bool:
    """Want what a lineage wants, nearly."""
    return name.endswith(".dvc") or name == "dvc.lock"


def listed(repo: Sandbox, *commits: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """List the files of commits."""
    return Trees.read(Git(repo.root), commits).listed(wanted)


def by_git(repo: Sandbox, commit: str) -> tuple[tuple[str, str], ...]:
    """Return the same as Git lists it."""
    found = []
    for line in repo.git("ls-tree", "-r", "-z", commit).split("\0")[:-1]:
        (_, kind, oid), path = line.split("\t")[0].split(), line.split("\t", 1)[1]
        *folders, name = path.split("/")
        if kind == "blob" and ".dvc" not in folders and wanted(name):
            found.append((path, oid))
    return tuple(sorted(found))


def commit(repo: Sandbox, tree: str) -> str:
    """Commit a tree, after nothing."""
    return repo.git("commit-tree", tree, "-m", "x", at=1700000000)


def tree(repo: Sandbox, *lines: str) -> str:
    """Write a folder of lines as `git ls-tree` prints them."""
    text = "".join(f"{line}\0" for line in lines).encode()
    return repo.git("mktree", "-z", "--missing", stdin=text)


def random_tree(repo: Sandbox, draw: Random, blobs: list[str], depth: int = 3) -> str:
    """Write folders in which names are now a file, now a folder, now a submodule."""
    lines = []
    for name in draw.sample(NAMES, draw.randrange(len(NAMES))):
        kind = draw.choice(["file", "link", "module", "folder", "folder"])
        if kind == "folder" and depth:
            inner = random_tree(repo, draw, blobs, depth - 1)
            lines.append(f"040000 tree {inner}\t{name}")
        elif kind == "module":
            lines.append(f"160000 commit {'1' * 40}\t{name}")
        else:
            mode = "120000" if kind == "link" else "100644"
            lines.append(f"{mode} blob {draw.choice(blobs)}\t{name}")
    return tree(repo, *lines)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_listed_is_what_git_lists(tmp_path: Path, seed: int) -> None:
    """Though only what differs is read, and folders become files and come back."""
    repo, draw = Sandbox.create(tmp_path / "repo"), Random(seed)  # noqa: S311
    blobs = [
        repo.git("hash-object", "-w", "--stdin", stdin=b"%d" % n) for n in range(4)
    ]
    made = [commit(repo, random_tree(repo, draw, blobs)) for _ in range(15)]
    asked = [draw.choice(made) for _ in range(12)]

    assert listed(repo, *asked) == {one: by_git(repo, one) for one in asked}


@pytest.fixture
def repo(tmp_path: Path) -> Sandbox:
    """Make a repository with a good commit."""
    made = Sandbox.create(tmp_path / "repo")
    made.commit(files={"dvc.lock": "", "sub/a.dvc": ""})
    return made


def test_a_commit_that_is_not_there_is_left_out(repo: Sandbox) -> None:
    """So is one whose folder is lost; those after them are still read."""
    good = repo.id("HEAD")
    broken = commit(repo, tree(repo, f"040000 tree {'2' * 40}\tsub"))

    assert listed(repo) == {}
    assert listed(repo, "f" * 40, broken, good) == {good: by_git(repo, good)}
    assert listed(repo, good, broken, "f" * 40) == {good: by_git(repo, good)}


def test_what_lies_too_deep_is_not_looked_at(repo: Sandbox) -> None:
    """Two thousand folders in one another are no trouble."""
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"x")
    shallow = nested(repo, blob, DEEPEST)
    deep = nested(repo, blob, 2000)
    first, second, good = commit(repo, shallow), commit(repo, deep), repo.id("HEAD")
    found = listed(repo, first, second, good)

    assert [path.count("/") for path, _ in found[first]] == [DEEPEST]
    assert found[second] == ()
    assert found[good] == by_git(repo, good)


def nested(repo: Sandbox, blob: str, depth: int) -> str:
    """Write folders in one another with a file in the innermost, in one process."""
    path = "d/" * depth + "x.dvc"
    stream = (
        "commit refs/heads/deep\ncommitter A <a@example.org> 1700000000 +0000\ndata 0\n"
        f"\ndeleteall\nM 100644 {blob} {path}\n\n"
    )
    repo.git("fast-import", "--quiet", "--force", stdin=stream.encode())
    return repo.id("refs/heads/deep^{tree}")


@pytest.mark.parametrize("name", ["x.dvc", "plain"])
def test_few_objects_that_unfold_to_billions_of_files_are_left_out(
    repo: Sandbox, name: str
) -> None:
    """Ten folders of ten, ten deep: nobody waits for them."""
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"x")
    inner = tree(repo, *(f"100644 blob {blob}\t{n}{name}" for n in range(10)))
    for _ in range(9):
        inner = tree(repo, *(f"040000 tree {inner}\t{n}" for n in range(10)))
    bomb, good = commit(repo, inner), repo.id("HEAD")

    assert listed(repo, good, bomb, good) == {good: by_git(repo, good)}

"""Tests of reading in repositories of all kinds."""

from pathlib import Path

import pytest

from helpers.reading import DAY, HELD, READ, answers, held, registry
from helpers.sandbox import START, Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a registry of one model."""
    return registry(tmp_path / "repo")


@pytest.mark.parametrize("words", [*READ, ("show", "--json"), ("history", "m")])
def test_an_empty_registry_says_what_to_do(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    """An unborn branch, commits without tags, and a clone without tags."""
    empty = Sandbox.create(tmp_path / "empty")
    for _ in range(2):
        done = empty.lineal(*words, ok=False)
        assert (done.returncode, done.stdout) == (1, "")
        assert "git fetch --tags" in done.stderr
        assert "tagOpt" in done.stderr
        empty.commit()


@pytest.mark.parametrize("words", [*READ, ("show", "--json")])
def test_a_shallow_clone_is_never_an_empty_registry(
    sandbox: Sandbox, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Its tags may be missing, so it gets no answer, but what to run."""
    shallow = sandbox.clone(tmp_path / "shallow", "--depth=1", "--no-tags")

    done = shallow.lineal(*words, ok=False)

    assert (done.returncode, done.stdout) == (3, "")
    assert "git fetch --unshallow --tags" in done.stderr
    assert "fetch-depth: 0" in done.stderr


@pytest.mark.parametrize("words", READ)
def test_where_there_is_no_repository(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Wrong words, not an empty registry."""
    user = Sandbox.create(tmp_path / "elsewhere")
    outside = tmp_path / "outside"
    outside.mkdir()

    done = user.lineal("--repo", str(outside), *words, ok=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert "is in no Git repository" in done.stderr


def test_other_places_of_a_repository(sandbox: Sandbox, tmp_path: Path) -> None:
    """A folder in it, a linked worktree, and a detached HEAD."""
    (sandbox.root / "a b").mkdir()
    answers(sandbox, sandbox.root / "a b")
    sandbox.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    answers(sandbox, tmp_path / "tree")
    sandbox.git("checkout", "--quiet", "--detach", "HEAD~1")
    answers(sandbox, sandbox.root)


def test_a_bare_clone_and_a_submodule(sandbox: Sandbox, tmp_path: Path) -> None:
    """Each has the registry of the repository that it is."""
    bare = sandbox.clone(tmp_path / "bare.git", bare=True)
    answers(sandbox, bare.root)
    outer = Sandbox.create(tmp_path / "outer")
    outer.git("submodule", "--quiet", "add", sandbox.root.as_uri(), "inner")
    answers(sandbox, outer.root / "inner")
    assert outer.lineal("show", ok=False).returncode == 1


def test_a_url_is_read_without_a_clone(sandbox: Sandbox) -> None:
    """The answers are the same, and nothing stays behind."""
    for words in READ:
        url = sandbox.root.resolve().as_uri()
        there = sandbox.lineal("--repo", url, *words)
        assert there.stdout == sandbox.lineal(*words).stdout


def test_packed_loose_and_mixed_refs_are_one_registry(sandbox: Sandbox) -> None:
    """A loose ref wins over a packed one of the same name."""
    loose = sandbox.lineal("show").stdout
    assert not (sandbox.root / ".git/packed-refs").exists()
    sandbox.git("pack-refs", "--all")
    assert sandbox.lineal("show").stdout == loose
    sandbox.tag("m#prod#3", commit="HEAD~1", at=START + 5 * DAY)
    assert held(sandbox) == (0, HELD)
    sandbox.tag("m#prod#1", commit="HEAD", at=START + 6 * DAY)
    assert held(sandbox) == (0, HELD)


def test_a_sha256_repository(tmp_path: Path) -> None:
    """Object ids have 64 digits there."""
    made = Sandbox.create(tmp_path / "repo", object_format="sha256")
    made.commit()
    made.tag("m@v1.0.0")
    made.tag("m#prod#1")
    made.tag("raw#prod#1", commit=made.commit())

    assert [held(made), held(made)] == [(0, HELD)] * 2
    assert len(made.lineal("which", "raw", "prod").stdout.strip()) == 64
    assert made.id("HEAD")[:7] in made.lineal("show").stdout


def test_a_format_that_this_git_cannot_read_is_named(sandbox: Sandbox) -> None:
    """Such as refs in a reftable, before Git 2.45."""
    config = sandbox.root / ".git/config"
    text = config.read_text().replace("version = 0", "version = 1")
    config.write_text(f"{text}[extensions]\n\tnosuchthing = true\n")

    for words in READ:
        done = sandbox.lineal(*words, ok=False)
        assert (done.returncode, done.stdout) == (3, "")
        assert "its format needs a newer git" in done.stderr

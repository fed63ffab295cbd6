"""What binds is read from the trusted branch, whatever the working tree says."""

from pathlib import Path

import pytest

from helpers import lineal_answers
from helpers.sandbox import Sandbox
from lineal.registry import trusted
from lineal.registry.trusted import (
    MalformedSettingsError,
    NoTrustedBranchError,
    UnclearBranchError,
)


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


def stages(sandbox: Sandbox) -> tuple[str, ...] | None:
    """Return the stages that are allowed."""
    return trusted.stages(lineal_answers.reader(sandbox.root).store)


def test_without_a_remote_the_commit_that_is_checked_out_is_trusted(
    sandbox: Sandbox,
) -> None:
    """An edit counts once it is committed; before the first commit nothing does."""
    unborn = stages(sandbox)
    sandbox.commit(files={".gto": "stages: [dev, prod]\n"})
    (sandbox.root / ".gto").write_text("stages: [mine]\n", encoding="utf-8")

    assert unborn is None
    assert stages(sandbox) == ("dev", "prod")


def test_with_a_remote_its_own_branch_is_trusted(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """A commit of one's own counts once it is there."""
    sandbox.commit(files={".gto": "stages: [prod]\n"})
    clone = sandbox.clone(tmp_path / "clone")
    clone.commit(files={".gto": "stages: [mine]\n"})
    before = stages(clone)
    clone.git("push", "--quiet", "origin", "main:other")
    sandbox.git("merge", "--quiet", "other")
    clone.git("fetch", "--quiet")

    assert before == ("prod",)
    assert stages(clone) == ("mine",)


def test_a_remote_without_such_a_file_allows_any_stage(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """One's own does not stand in for it."""
    sandbox.commit()
    clone = sandbox.clone(tmp_path / "clone")
    clone.commit(files={".gto": "stages: [mine]\n"})

    assert stages(clone) is None


@pytest.mark.parametrize("branch", ["main", "master"])
def test_a_remote_whose_branch_is_not_known_is_guessed_at(
    sandbox: Sandbox, tmp_path: Path, branch: str
) -> None:
    """Actions' checkout sets no origin/HEAD."""
    sandbox.git("branch", "--quiet", "-M", branch)
    sandbox.commit(files={".gto": "stages: [prod]\n"})
    clone = sandbox.clone(tmp_path / "clone")
    clone.git("remote", "set-head", "origin", "--delete")
    clone.commit(files={".gto": "stages: [mine]\n"})

    assert stages(clone) == ("prod",)


@pytest.mark.parametrize("text", ["", "# nothing\n", "types: [model]\n", "stages:\n"])
def test_a_file_that_lists_no_stages_allows_any(sandbox: Sandbox, text: str) -> None:
    """There is no other list."""
    sandbox.commit(files={".gto": text})

    assert stages(sandbox) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stages: [", "it is not YAML"),
        ("- dev\n", "it is not a mapping"),
        ("stages: prod\n", "`stages` must be a list of names"),
        ("stages: [1]\n", "`stages` must be a list of names"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    sandbox: Sandbox, text: str, said: str
) -> None:
    """It allows nothing, rather than anything."""
    sandbox.commit(files={".gto": text})

    with pytest.raises(MalformedSettingsError, match=f"committed .gto .*{said}"):
        stages(sandbox)


@pytest.mark.parametrize(
    ("chosen", "name"),
    [
        ("main", "refs/heads/main"),
        ("refs/heads/main", "refs/heads/main"),
        ("heads/main", "refs/heads/main"),
        ("origin/release", "refs/remotes/origin/release"),
        ("refs/remotes/origin/release", "refs/remotes/origin/release"),
        ("origin", "refs/remotes/origin/main"),
        ("origin/HEAD", "refs/remotes/origin/main"),
        ("HEAD", "refs/heads/main"),
    ],
)
def test_the_configured_branch_is_trusted(
    sandbox: Sandbox, tmp_path: Path, chosen: str, name: str
) -> None:
    """By its short name or its full one, here or of a remote."""
    sandbox.commit(files={".gto": "stages: [prod]\n"})
    sandbox.git("branch", "release")
    clone = sandbox.clone(tmp_path / "clone")
    clone.commit(files={".gto": "stages: [mine]\n"})
    clone.git("config", "lineal.trusted", chosen)

    found = trusted.branch(lineal_answers.reader(clone.root).store)

    assert (found.name, found.commit) == (name, clone.id(name))
    assert stages(clone) == (("mine",) if "heads" in name else ("prod",))


@pytest.mark.parametrize("chosen", ["nowhere", "origin/main", "v1", "--all", "", "a b"])
def test_a_configured_branch_that_is_not_there_is_named(
    sandbox: Sandbox, chosen: str
) -> None:
    """Nothing else stands in for it, and a tag is none."""
    sandbox.commit(files={".gto": "stages: [prod]\n"})
    sandbox.lightweight("v1")
    sandbox.git("config", "lineal.trusted", chosen)

    with pytest.raises(NoTrustedBranchError, match=f"names '{chosen}', which is no "):
        stages(sandbox)


def test_a_commits_id_is_no_branch(sandbox: Sandbox) -> None:
    """It would never follow what the team changes."""
    sandbox.git("config", "lineal.trusted", sandbox.commit())

    with pytest.raises(NoTrustedBranchError):
        stages(sandbox)


@pytest.mark.parametrize(("chosen", "its"), [("main", "mine"), ("origin/main", "prod")])
def test_a_tag_of_the_branchs_name_takes_nothing_over(
    sandbox: Sandbox, tmp_path: Path, chosen: str, its: str
) -> None:
    """Anybody can push one, so it must not keep the branch from being asked either."""
    sandbox.commit(files={".gto": "stages: [prod]\n"})
    clone = sandbox.clone(tmp_path / "clone")
    clone.commit(files={".gto": "stages: [mine]\n"})
    unset = stages(clone)
    clone.lightweight(chosen)
    clone.lightweight("refs/remotes/origin/HEAD")
    after = stages(clone)
    clone.git("config", "lineal.trusted", chosen)

    assert unset == after == ("prod",)
    assert stages(clone) == (its,)


def test_a_branch_that_is_called_head_is_not_the_remotes_own(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """Anybody can push one; a clone without origin/HEAD then keeps it under that name."""
    sandbox.commit(files={".gto": "stages: [prod]\n"})
    clone = sandbox.clone(tmp_path / "clone")
    clone.git("remote", "set-head", "origin", "--delete")
    clone.commit(files={".gto": "stages: [mine]\n"})
    clone.git("push", "--quiet", "origin", "main:refs/heads/HEAD")
    clone.git("fetch", "--quiet", "origin")

    assert clone.id("refs/remotes/origin/HEAD") == clone.id("HEAD")
    assert stages(clone) == ("prod",)


def test_with_several_remotes_and_none_chosen_the_checkout_is_trusted(
    sandbox: Sandbox,
) -> None:
    """Nobody knows which of them holds the registry."""
    sandbox.commit(files={".gto": "stages: [prod]\n"})
    sandbox.git("remote", "add", "one", "file:///one")
    sandbox.git("remote", "add", "two", "file:///two")

    assert stages(sandbox) == ("prod",)


def test_only_files_of_the_branch_are_read(sandbox: Sandbox) -> None:
    """A folder in a file's place is refused; before the first commit there are none."""
    store = lineal_answers.reader(sandbox.root).store
    unborn = trusted.branch(store)
    sandbox.commit(files={"a/b": "x"})

    found = trusted.branch(store).files(["a/b", "c"])

    with pytest.raises(MalformedSettingsError, match="it is no file"):
        trusted.branch(store).files(["a"])
    assert (unborn.commit, unborn.files(["a"])) == (None, {})
    assert {path: each.content for path, each in found.items()} == {"a/b": b"x"}


def test_a_file_is_read_by_its_path(sandbox: Sandbox) -> None:
    """None where there is none."""
    sandbox.commit(files={"a": "x"})
    store = lineal_answers.reader(sandbox.root).store

    assert trusted.read(store, "a") == b"x"
    assert trusted.read(store, "b") is None


def test_one_does_not_guess_which_branch_is_the_remotes_own(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """A clone that was never told must not take its own branch for the remote's."""
    sandbox.commit(files={"policy.yaml": ""})
    clone = sandbox.clone(tmp_path / "clone")
    clone.git("fetch", "--quiet", "origin", "main:refs/remotes/origin/trunk")
    clone.git("remote", "set-head", "origin", "--delete")
    clone.git("update-ref", "-d", "refs/remotes/origin/main")

    with pytest.raises(UnclearBranchError, match="git remote set-head origin --auto"):
        trusted.branch(lineal_answers.reader(clone.root).store)

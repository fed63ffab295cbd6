"""What binds is read from the trusted branch, whatever the working tree says."""

from pathlib import Path

import pytest

from helpers import lineal_answers
from helpers.sandbox import Sandbox
from lineal.registry import trusted
from lineal.registry.trusted import MalformedSettingsError


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

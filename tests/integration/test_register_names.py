"""Tests of models that nobody knows, and of commits that nobody else has."""

from pathlib import Path

import pytest

from helpers.registering import commit, refused, registered
from helpers.sandbox import Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


@pytest.mark.measured
def test_a_model_close_to_a_registered_one_asks_for_force(sandbox: Sandbox) -> None:
    """Nothing declares either, as in a repository of plain gto."""
    sandbox.commit()
    sandbox.tag("churn@v1.0.0")
    sandbox.commit()

    said = refused(sandbox, "chrun")
    assert "did you mean churn?" in said
    assert "--force" in said
    assert registered(sandbox, "chrun", "--force") == "v0.1.0"


def test_a_model_close_to_a_declared_one_asks_for_force(sandbox: Sandbox) -> None:
    """The registry need not know that one yet; in a folder, it has its prefix."""
    declared = "ridership: {path: a}\n"
    files = {
        "artifacts.yaml": declared,
        "t/artifacts.yaml": declared,
        "a": "",
        "t/a": "",
    }
    sandbox.commit(files=files)

    assert "did you mean ridership?" in refused(sandbox, "ridrship")
    assert "did you mean t:ridership?" in refused(sandbox, "t:ridrship")
    assert registered(sandbox, "ridership") == "v0.1.0"


@pytest.mark.measured
def test_a_model_that_is_declared_without_a_path_is_no_slip(sandbox: Sandbox) -> None:
    """However close it is to another one: somebody wrote it down."""
    sandbox.commit(files={"artifacts.yaml": "churn: {path: a}\nchrun: {}\n", "a": ""})

    assert registered(sandbox, "chrun") == "v0.1.0"


def test_another_name_that_nobody_declares_is_a_note(sandbox: Sandbox) -> None:
    """Plain gto needs no declaration."""
    sandbox.commit()
    sandbox.tag("churn@v1.0.0")

    done = sandbox.lineal("register", "forecast")
    assert "so no bytes were checked" in done.stderr


def test_a_model_that_was_not_committed_is_said_before_all_else(
    sandbox: Sandbox,
) -> None:
    """Who forgot to commit must not be sent to make an empty commit."""
    commit(sandbox)
    registered(sandbox, "m")
    (sandbox.root / "out/m.bin").write_text("2", encoding="utf-8")

    said = refused(sandbox, "m")
    assert "commit first" in said
    assert "--allow-empty" not in said


def test_a_commit_that_is_on_no_branch_of_the_remote_is_noted(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """The tag arrives alone, until somebody pushes the branch."""
    commit(sandbox)
    clone = sandbox.clone(tmp_path / "hub", bare=True).clone(tmp_path / "clone")
    first = clone.lineal("register", "m")
    made = commit(clone, "2")

    local = clone.lineal("register", "m", "--no-push", "--dry-run")
    second = clone.lineal("register", "m")
    said = "is on no branch of"
    assert said not in first.stderr + local.stderr
    assert f"note: commit {made[:7]} {said} origin: git push\n" in second.stderr


@pytest.mark.measured
def test_a_clone_that_keeps_no_branches_of_the_remote_notes_nothing(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """A bare one cannot know."""
    commit(sandbox)
    bare = sandbox.clone(tmp_path / "bare", bare=True)

    assert "no branch" not in bare.lineal("register", "m").stderr

"""Tests of `lineal register` against real Git, and gto as the second reader."""

import json
from pathlib import Path

import pytest

from helpers import gto_oracle
from helpers.registering import commit, registered
from helpers.sandbox import Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


def test_the_first_version_is_told_and_tagged(sandbox: Sandbox) -> None:
    """As gto reads it, with what lineal measured of it in trailers."""
    made = commit(sandbox, "12345")

    done = sandbox.lineal("register", "m", "-m", "it\nis time")
    message = sandbox.git("tag", "--list", "--format=%(contents)", "m@v0.1.0")
    trailers = sandbox.git("interpret-trailers", "--parse", stdin=message.encode())
    assert done.stdout == (
        "Register m v0.1.0 (first version)\ntag: m@v0.1.0 (in this clone only)\n"
    )
    assert done.stderr == ""
    assert trailers.splitlines() == [
        "Reason: it is time",
        "Bump: first version",
        "Model-Size: 5",
    ]
    assert gto_oracle.show(sandbox.root).newest == {"m": "v0.1.0"}
    assert gto_oracle.history(sandbox.root)[0].commit == made


def test_a_registration_names_the_one_before(sandbox: Sandbox) -> None:
    """That plain gto wrote; an assignment between them is of another line."""
    commit(sandbox, "1")
    sandbox.tag("m@v1.0.0")
    sandbox.tag("m#prod#1")
    commit(sandbox, "2")

    registered(sandbox, "m", "--bump", "minor")
    said = sandbox.git("tag", "-l", "--format=%(contents)", "m@v1.1.0")
    assert f"Previous: {sandbox.id('refs/tags/m@v1.0.0')}" in said


@pytest.mark.measured
def test_a_dry_run_changes_nothing(sandbox: Sandbox) -> None:
    """It tells the tag."""
    made = commit(sandbox)

    done = sandbox.lineal("register", "m", "--dry-run")
    assert f"tag:   m@v0.1.0 at {made}" in done.stdout
    assert sandbox.git("tag") == ""


@pytest.mark.measured
def test_a_remote_gets_the_tag_and_its_commit(tmp_path: Path, sandbox: Sandbox) -> None:
    """Though nobody pushed the branch."""
    sandbox.commit()
    bare = sandbox.clone(tmp_path / "bare", bare=True)
    mine = bare.clone(tmp_path / "mine")
    made = commit(mine)

    done = mine.lineal("register", "m")
    assert "pushed to origin" in done.stdout
    assert bare.id("m@v0.1.0^{commit}") == made


@pytest.mark.measured
def test_versions_of_a_shared_commit_are_promoted_by_name(sandbox: Sandbox) -> None:
    """The trailer decides; a plain assignment is of the highest."""
    commit(sandbox)
    registered(sandbox, "m", "--version", "v1.0.0-rc.1")
    registered(sandbox, "m", "--version", "v1.0.0", "--share-commit")

    said = json.loads(
        sandbox.lineal(
            "promote", "m@v1.0.0-rc.1", "--to", "prod", "-m", "try", "--json"
        ).stdout
    )
    assert said["version"] == "v1.0.0-rc.1"


def test_any_commit_can_be_named(sandbox: Sandbox) -> None:
    """By a branch, a tag of another kind, or its id."""
    first = commit(sandbox, "1")
    sandbox.tag("milestone")
    commit(sandbox, "2")

    registered(sandbox, "m", "milestone")
    assert sandbox.id("m@v0.1.0^{commit}") == first


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_a_bare_repository_without_dvc_will_do(
    tmp_path: Path, object_format: str
) -> None:
    """Nothing says where the model lies, so nothing is checked, and that is said."""
    source = Sandbox.create(tmp_path / "repo", object_format=object_format)
    source.commit()
    bare = source.clone(tmp_path / "bare.git", bare=True)

    done = bare.lineal("register", "m", "--no-push")
    assert "so no bytes were checked" in done.stderr
    assert bare.git("tag") == "m@v0.1.0"


def test_the_size_is_of_what_git_lfs_keeps(sandbox: Sandbox) -> None:
    """Not of the pointer that Git has."""
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 70000\n"
    commit(sandbox, pointer)

    done = sandbox.lineal("register", "m", "--json")
    assert ["Model-Size", "70000"] in json.loads(done.stdout)["trailers"]


@pytest.mark.measured
def test_the_size_of_a_big_file_is_asked_not_read(sandbox: Sandbox) -> None:
    """No pointer is that long."""
    commit(sandbox, "x" * 5000)

    done = sandbox.lineal("register", "m", "--json")
    assert ["Model-Size", "5000"] in json.loads(done.stdout)["trailers"]


@pytest.mark.measured
def test_any_folder_of_the_repository_will_do(sandbox: Sandbox) -> None:
    """Paths are those of its top."""
    commit(sandbox)
    (sandbox.root / "out/m.bin").write_text("changed")

    done = sandbox.lineal("--repo", "out", "register", "m", ok=False)
    assert "commit first" in done.stderr
    (sandbox.root / "out/m.bin").write_text("1")
    assert sandbox.lineal("--repo", "out", "register", "m").returncode == 0


def test_monorepo_models_are_found_in_their_folder(sandbox: Sandbox) -> None:
    """And tagged with an equals sign, as gto does."""
    sandbox.commit(
        files={"team/artifacts.yaml": "m: {path: m.bin}\n", "team/m.bin": "abc"}
    )

    done = json.loads(sandbox.lineal("register", "team:m", "--json").stdout)
    assert done["tag"] == "team=m@v0.1.0"
    assert ["Model-Size", "3"] in done["trailers"]
    assert gto_oracle.show(sandbox.root).newest["team:m"] == "v0.1.0"


def test_facts_become_trailers(sandbox: Sandbox) -> None:
    """Under the names of the design."""
    commit(sandbox)

    sandbox.lineal(
        "register", "m", "--fact", "training_seconds=8.5", "--fact", "Rows=10"
    )
    said = sandbox.git("tag", "-l", "--format=%(contents)", "m@v0.1.0")
    assert said.rstrip().endswith("Model-Size: 1\nTraining-Seconds: 8.5\nRows: 10")


def test_a_deprecated_model_comes_back_with_a_note(sandbox: Sandbox) -> None:
    """As gto reads it."""
    commit(sandbox)
    sandbox.tag("m@v1.0.0")
    sandbox.tag("m@deprecated#1")
    commit(sandbox, "2")

    done = sandbox.lineal("register", "m")
    assert "m was deprecated" in done.stderr
    assert not gto_oracle.show(sandbox.root).deprecated

"""Tests of `lineal register --measure` on a model that is really trained."""

import json
import shutil
from pathlib import Path

import pytest

from helpers.programs import git
from helpers.projects import Project

pytestmark = pytest.mark.slow
DRY = ("register", "stops", "--measure", "--dry-run", "--json")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Make one repository, which no test changes."""
    return Project.create(tmp_path_factory.mktemp("made") / "a répo")


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """Return a copy that a test may change."""
    return Project(Path(shutil.copytree(made.root, tmp_path / "copy")))


@pytest.mark.measured
def test_a_model_is_run_and_measured(made: Project) -> None:
    """In a process of its own, from any folder of the repository."""
    done = made.lineal(*DRY, "--fact", "Training-Seconds=3")

    assert done.returncode == 0, done.stderr
    facts = dict(json.loads(done.stdout)["trailers"])
    assert 0 < float(facts["Latency-P50-Ms"]) <= float(facts["Latency-P95-Ms"]) < 60_000
    assert 50 < float(facts["Peak-Memory-Mb"]) < 10_000
    assert facts["Training-Seconds"] == "3"


def test_what_was_not_committed_is_not_measured(project: Project) -> None:
    """The numbers would be of another model."""
    (project.root / "dvc.lock").write_text("schema: '2.0'\n")

    done = project.lineal(*DRY)
    assert done.returncode == 1
    assert "dvc.lock of the working tree is not that of the commit" in done.stderr
    assert "--fact" in done.stderr


def test_wrong_bytes_are_not_run(project: Project) -> None:
    """The reason of the other process is told."""
    project.part("model.joblib").write_bytes(b"evil")

    done = project.lineal(*DRY)
    assert done.returncode == 1
    assert "so it is not loaded" in done.stderr


@pytest.mark.measured
def test_a_model_of_others_cannot_be_measured(made: Project) -> None:
    """We know only how to run our own."""
    done = made.lineal("register", "other", "--measure", "--dry-run")

    assert done.returncode == 1
    assert "other cannot be measured (" in done.stderr


@pytest.mark.measured
def test_a_bare_repository_has_nothing_to_run(made: Project, tmp_path: Path) -> None:
    """Leave it out, or tell the numbers."""
    git(tmp_path, "clone", "--quiet", "--bare", str(made.root), "bare")

    done = made.program(
        "--repo", str(tmp_path / "bare"), *DRY, cwd=tmp_path, HOME=str(tmp_path)
    )
    assert done.returncode == 1
    assert "the repository has no working tree" in done.stderr

"""Tests that a version is made again with the packages that its commit pins."""

import json
import signal
from pathlib import Path

import pytest

from helpers import pinning
from helpers.pinning import Pinning
from helpers.verbs import trailers

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Pinning:
    """Make the repository that all tests copy."""
    return pinning.pattern(tmp_path_factory)


@pytest.fixture
def made(pattern: Pinning, tmp_path: Path) -> Pinning:
    """Return a copy that has no environment yet."""
    return pattern.copy(tmp_path / "copy")


def test_other_packages_make_other_bytes_and_the_pinned_ones_the_same(
    made: Pinning,
) -> None:
    """The environment is made once, and what was used is told and recorded."""
    code, out, said = made.run("v1.0.0", "--environment", "here", "--json")
    assert code == 1, said
    here = json.loads(out)
    first = made.run("v1.0.0")
    again = made.run("v1.0.0", "--json", "--record", "--no-push", NOISE="")
    facts = json.loads(again[1])

    assert here["environment"]["used"] == "running"
    assert here["environment"]["file"] == "requirements/run.txt"
    assert "(pinned 0.0.1)" in here["environment"]["differing"][0]
    assert "other bytes would prove little" in said
    assert first[0] == 0, first[2]
    assert "making an environment with the 1 package" in first[2]
    assert "environment: pinned, the packages of requirements/run.txt" in first[1]
    assert again[0] == 0
    assert "making" not in again[2]
    assert facts["environment"]["used"] == "pinned"
    assert trailers(made.made.repo, facts["tag"])[-1].startswith(
        "Environment: pinned, the packages of requirements/run.txt, Python "
    )
    assert len(made.kept()) == 1


def test_a_list_without_hashes_is_laid_over_the_packages_here(made: Pinning) -> None:
    """What it leaves out is found, also by the files that it names."""
    code, out, said = made.run("v2.0.0", PYTHONPATH="/nowhere")

    assert code == 0, said
    assert "that requirements.txt pins" in said
    assert "environment: pinned, the packages of requirements.txt" in out


def test_a_package_that_nobody_has_is_no_reason_to_give_up(made: Pinning) -> None:
    """The stages run with what is here, unless that is not wanted."""
    code, out, said = made.run("v3.0.0")
    strict = made.run("v3.0.0", "--environment", "pinned")

    assert code == 1
    assert "cannot be had (No matching distribution found for iniconfig==0.0.3)" in said
    assert "1 package differs from requirements.txt" in out
    assert strict[:2] == (3, "")
    assert "cannot be had" in strict[2]
    assert made.kept() == []


@pytest.mark.measured
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_who_is_ended_while_pip_works_leaves_no_environment(
    made: Pinning, tmp_path: Path, by: signal.Signals
) -> None:
    """What pip started ends too; the next run would make it anew."""
    temp = tmp_path / "temp"
    temp.mkdir()
    code = made.made.ended(
        temp, tmp_path / "pipe", by, target="demand@v4.0.0", env=made.env
    )

    assert code == 128 + by
    assert made.kept() == []
    assert [each for each in temp.iterdir() if "lineal" in each.name] == []


@pytest.mark.measured
def test_the_first_stage_that_differs_is_one_of_a_matrix_in_a_folder(
    made: Pinning,
) -> None:
    """It is named with its dvc.yaml, though later stages differ as well."""
    code, out, said = made.run("v1.0.0", "--json", NOISE="two")
    facts = json.loads(out)

    assert code == 1, said
    assert facts["first"]["stage"] == "parts/dvc.yaml:part@two"
    assert facts["first"]["path"] == "parts/two.txt"
    assert [each["stage"] for each in facts["different"]] == [
        "parts/dvc.yaml:part@two",
        "join",
    ]

"""dvc.yaml against the code: what a stage declares is what it uses."""

import hashlib
from pathlib import Path

import pytest
import yaml

from helpers.stages import STAGES, code_of
from lineal.pipeline.params import load_params

TOP = Path(__file__).parents[2]
STAGE = yaml.safe_load((TOP / "dvc.yaml").read_text())["stages"]


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_declares_just_the_code_that_it_imports(stage: str) -> None:
    """Editing a module runs again the stages that rest on it, and no others."""
    declared = [d for d in STAGE[stage]["do"]["deps"] if d.startswith("src/")]

    assert declared == code_of(stage)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_depends_on_the_pinned_libraries(stage: str) -> None:
    """A new version of a library may change bytes, so it runs every stage again."""
    assert "requirements/run.txt" in STAGE[stage]["do"]["deps"]


def test_the_committed_results_are_of_the_committed_code() -> None:
    """Whoever changes what a stage reads commits what `dvc repro` makes of it."""
    lock = yaml.safe_load((TOP / "dvc.lock").read_text())["stages"]
    recorded = {
        dep["path"]: dep["md5"]
        for stage in lock.values()
        for dep in stage["deps"]
        if dep["path"].startswith(("src/", "requirements/", "models/", "reports/"))
        and (TOP / dep["path"]).is_file()
    }
    here = {
        path: hashlib.md5((TOP / path).read_bytes(), usedforsecurity=False).hexdigest()
        for path in recorded
    }

    assert len(recorded) > 50
    assert here == recorded


def test_every_candidate_of_params_has_its_stage() -> None:
    """dvc.yaml lists the pairs of model and candidate that params.yaml declares."""
    params = load_params(TOP / "params.yaml")

    assert STAGE["train"]["foreach"] == {
        f"{name}-{candidate}": {"model": name, "candidate": candidate}
        for name, model in params.models.items()
        for candidate in model.candidates
    }


def test_gto_and_dvc_name_the_same_models() -> None:
    """artifacts.yaml (gto) and the artifacts of dvc.yaml agree on names and paths."""
    gto = yaml.safe_load((TOP / "artifacts.yaml").read_text())
    dvc = yaml.safe_load((TOP / "dvc.yaml").read_text())["artifacts"]
    params = load_params(TOP / "params.yaml")

    assert {name: entry["path"] for name, entry in gto.items()} == {
        name: f"models/{name}/model.{model.bundle.format}"
        for name, model in params.models.items()
    }
    assert {name: entry["path"] for name, entry in dvc.items()} == {
        name: entry["path"] for name, entry in gto.items()
    }

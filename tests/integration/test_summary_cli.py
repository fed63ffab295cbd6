"""Tests of `lineal summary` on cards as the pipeline writes them."""

import json
from pathlib import Path

import pytest

from helpers import bundles
from lineal.cli.main import main
from lineal.modeling.card import Stored
from lineal.pipeline.files import write_json

STORED = Stored(file="model.joblib", md5="0" * 32, size=0, format="joblib")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a repository of two evaluated models."""
    (tmp_path / "params.yaml").touch()
    for name in ("trams", "stops"):
        path = tmp_path / "models" / name / "card.json"
        write_json(bundles.card(STORED, model=name), path)
    return tmp_path


def test_all_models_are_summed_up(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They come in order of their names."""
    code = main(["--repo", str(root / "models"), "summary"])

    said = capsys.readouterr().out
    assert code == 0
    assert said.index("stops: Entries") < said.index("trams: Entries")
    assert "* linear         10.00 % ± 1.00 %    10.00 %" in said


def test_one_model_as_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A program gets the same facts."""
    code = main(["--repo", str(root), "summary", "trams", "--json"])

    found = json.loads(capsys.readouterr().out)["models"]
    assert code == 0
    assert [each["model"] for each in found] == ["trams"]


def test_a_model_that_is_not_there_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The refusal shows which there are."""
    code = main(["--repo", str(root), "summary", "x"])

    assert code == 1
    assert "no model 'x'; it holds: stops, trams" in capsys.readouterr().err


def test_before_the_first_run_there_is_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The way out is named."""
    (tmp_path / "params.yaml").touch()
    (tmp_path / "dvc.yaml").write_text("cmd: python -m lineal.pipeline train")

    code = main(["--repo", str(tmp_path), "summary"])

    said = capsys.readouterr()
    assert (code, said.out) == (1, "")
    assert said.err == "error: models/ holds no model; run `dvc repro` to make it\n"


def test_a_repository_without_our_pipeline_has_no_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """DVC's users have a params.yaml too, and cannot make ours."""
    (tmp_path / "params.yaml").touch()

    code = main(["--repo", str(tmp_path), "summary"])

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert "no models made by lineal's pipeline (params.yaml" in said.err
    assert "dvc repro" not in said.err

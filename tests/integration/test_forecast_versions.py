"""Tests of `lineal forecast` with models of the registry, not of the working tree."""

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

import lineal
from helpers.bundles import HORIZON
from helpers.programs import git
from helpers.projects import Project

pytestmark = pytest.mark.slow

MODEL = "models/stops/model.joblib"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Register the model, hold it in a stage, and spoil the working tree."""
    made = Project.create(tmp_path_factory.mktemp("versions") / "a répo")
    (made.root / ".dvc").mkdir()
    (made.root / ".dvc/config").touch()
    declared = f"stops:\n  type: model\n  path: {MODEL}\n"
    (made.root / "artifacts.yaml").write_text(declared, encoding="utf-8")
    git(made.root, "add", "--force", ".dvc/config", "artifacts.yaml")
    git(made.root, "commit", "--quiet", "--message", "declare")
    for name in ("stops@v1.0.0", "stops#prod#1"):
        git(made.root, "tag", "--annotate", "--message", name, name)
    for path in (made.root / "models/stops").iterdir():
        store(made.root, path.read_bytes())
        path.write_bytes(b"spoiled")
    return made


def store(root: Path, content: bytes) -> None:
    """Put bytes where DVC keeps them."""
    md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
    folder = root / ".dvc/cache/files/md5" / md5[:2]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / md5[2:]).write_bytes(content)


@pytest.mark.parametrize("target", ["stops@v1.0.0", "stops#prod"])
def test_a_version_forecasts_whatever_the_working_tree_has(
    project: Project, target: str
) -> None:
    """Its files are those of its own commit; the working tree's are refused."""
    done = project.program("forecast", target, "--json", "--segment", "Loop")

    rows = json.loads(done.stdout)["rows"]
    assert {row["segment"] for row in rows} == {"Loop"}
    assert project.program("forecast", "stops").returncode == 1


def test_covariates_ahead_are_read_as_the_versions_commit_declares(
    project: Project, tmp_path: Path
) -> None:
    """The working tree's params.yaml does not matter."""
    table = tmp_path / "future.csv"
    days = ["2023-01-05,Loop,0", "2023-01-06,Loop,1", "2023-01-07,Loop,0"]
    table.write_text("\n".join(["day,stop,game", *days]), encoding="utf-8")
    params = project.root / "params.yaml"
    content = params.read_bytes()
    params.write_text("broken: [", encoding="utf-8")
    words = ("--segment", "Loop", "--horizon", "3", "--future", str(table))

    done = project.program("forecast", "stops#prod", *words)
    params.write_bytes(content)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_joblib_file_from_a_url_needs_trust(project: Project) -> None:
    """Whoever made the commits of a URL chose what the file runs."""
    url = project.root.as_uri()

    refused = project.program("--repo", url, "forecast", "stops#prod")
    trusted = project.program("--repo", url, "forecast", "stops#prod", "--trust")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "say so with --trust" in refused.stderr
    assert trusted.returncode == 0, trusted.stderr
    assert "Loop" in trusted.stdout


def test_python_asks_with_known_covariates_in_raw_columns(project: Project) -> None:
    """`model` forecasts what a table says, or everything ahead."""
    model = lineal.open(project.root).model("stops#prod")
    games = pd.DataFrame({"day": ["2023-01-05"], "stop": ["Loop"], "game": [True]})

    found = model.predict(games)

    assert found[["segment", "horizon"]].to_numpy().tolist() == [["Loop", 1]]
    assert len(model.predict()) == 3 * HORIZON
    assert found["forecast"][0] > model.predict(games.assign(game=False))["forecast"][0]

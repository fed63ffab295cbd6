"""Tests of comparing versions, stages, commits and the working tree of a repository."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import lineal
from helpers import committing
from helpers.committing import promoted, registered
from helpers.compared import USUAL, card, wrong
from helpers.sandbox import Sandbox
from lineal.bootstrap.comparing import (
    DifferentModelsError,
    NothingNamedError,
    NothingToCompareError,
    OnlyVersionsError,
    OtherModelError,
    WhichModelError,
    compare,
)
from lineal.errors import LinealError
from lineal.lineage.comparison import Comparison
from lineal.registry.reader import UnknownModelError, UnknownVersionError
from lineal.registry.retrieval import EmptyStageError, StageMeantError

HERE = Path(__file__).parents[2]
RIDERSHIP = (
    "artifacts.yaml",
    "dvc.lock",
    "dvc.yaml",
    "params.yaml",
    "models/ridership",
)


def files(factor: float = 1.0, model: str = "m", **changes: Any) -> dict[str, str]:
    """Return what a version's commit has whose errors are so many times the usual."""
    errors = wrong(factor) if factor != 1.0 else USUAL
    return committing.files(model, card(errors, **changes), errors)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Make two versions, of which the first is in production; tests write nothing."""
    made = Sandbox.create(tmp_path_factory.mktemp("compared") / "repo")
    cost = {"Latency-P95-Ms": 10, "Training-Seconds": 60, "actor": "Ann <a@x.org>"}
    registered(made, "m", "v1.0.0", files(), **cost)
    promoted(made, "m", "v1.0.0", "prod", 1)
    cost["Latency-P95-Ms"] = 15
    registered(made, "m", "v1.1.0", files(0.9), **cost)
    made.git("branch", "side#1")
    return made


def compared(box: Sandbox, before: str, after: str, **how: Any) -> Comparison:
    """Compare within this process."""
    return compare(box.root, before, after, **how)


def test_a_stage_and_a_version(box: Sandbox) -> None:
    """Scores are paired on the same rows; what was measured is compared."""
    found = compared(box, "m#prod", "m@v1.1.0")

    assert found.recommendation.verdict == "better"
    assert (found.before.version, found.before.stage) == ("v1.0.0", "prod")
    assert found.before.label == "m#prod (v1.0.0)"
    assert [(one.name, one.before, one.after) for one in found.measured] == [
        ("Latency-P95-Ms", "10", "15")
    ]


def test_names_of_git_may_look_like_versions(box: Sandbox) -> None:
    """A tag is a commit; a branch with a # is one where no such model is."""
    tag = compared(box, "m#prod#1", "m@v1.1.0")
    branch = compared(box, "HEAD~1", "side#1", model="m")

    assert tag.before.commit == box.id("m@v1.0.0^{commit}")
    assert branch.after.commit == box.id("HEAD")
    assert branch.after.version == "v1.1.0"


def test_a_commit_finds_its_model_and_version(box: Sandbox) -> None:
    """The model is the only one declared, and the commit may be a version."""
    found = compared(box, "HEAD~1", "HEAD")

    assert [each.version for each in (found.before, found.after)] == [
        "v1.0.0",
        "v1.1.0",
    ]
    assert found.measured


@pytest.mark.parametrize(
    ("before", "after", "model", "error"),
    [
        ("m#dev", "HEAD", None, EmptyStageError),
        ("m@v9.0.0", "HEAD", None, UnknownVersionError),
        ("n@v1.0.0", "HEAD", None, UnknownModelError),
        ("m@prod", "HEAD", None, StageMeantError),
        ("m", "HEAD", None, NothingNamedError),
        ("HEAD", "nowhere", None, NothingNamedError),
        ("HEAD", "HEAD@{}", None, NothingNamedError),
        ("m#prod", "HEAD", "n", OtherModelError),
        ("HEAD~1", "HEAD", "n", NothingToCompareError),
    ],
)
def test_what_names_nothing_is_refused(
    box: Sandbox, before: str, after: str, model: str | None, error: type[LinealError]
) -> None:
    """In words that name it."""
    with pytest.raises(error):
        compared(box, before, after, model=model)


def test_a_model_alone_is_told_what_to_write(box: Sandbox) -> None:
    """Other commands take a model for its newest version; here it would be a guess."""
    with pytest.raises(NothingNamedError, match="write m@VERSION, m#STAGE, a branch"):
        compared(box, "m", "HEAD")


def test_of_a_url_only_versions_are_known(box: Sandbox) -> None:
    """They give the same answer as the repository itself."""
    with lineal.open(box.root.resolve().as_uri()) as registry:
        found = registry.compare("m#prod", "m@v1.1.0")
        with pytest.raises(OnlyVersionsError):
            registry.compare("m#prod", ".")

    here = compared(box, "m#prod", "m@v1.1.0")
    assert found.measures == here.measures
    assert found.recommendation == here.recommendation


@pytest.mark.measured
def test_the_command_prints_three_forms(box: Sandbox) -> None:
    """And exits with 0 whatever comes out, 1 for nothing there, 2 for wrong words."""
    words = ("compare", "m@v1.1.0", "m#prod")
    text = box.lineal(*words).stdout
    facts = json.loads(box.lineal(*words, "--json").stdout)
    markdown = box.lineal(*words, "--markdown").stdout
    codes = [
        box.lineal("compare", one, "HEAD", ok=False).returncode
        for one in ("m#dev", "nowhere")
    ]

    assert text.splitlines()[-1].startswith("worse: wape is 11.11 % higher (95 %")
    assert facts["recommendation"]["verdict"] == "worse"
    assert facts["measures"][0]["low"] > 0.1
    assert "❌ **worse**" in markdown
    assert codes == [1, 2]


def test_models_of_one_question_can_be_compared(tmp_path: Path) -> None:
    """Task, target and metric must be the same; one of many models must be named."""
    box = Sandbox.create(tmp_path / "repo")
    asks: dict[str, Any] = {"task": "forecast", "target": "rides"}
    registered(box, "m", "v1.0.0", files(model="m", **asks))
    registered(box, "n", "v1.0.0", files(model="n", **asks))
    registered(box, "other", "v1.0.0", files(model="other"))
    declared = "m: {path: models/m/model.joblib}\nn: {path: models/n/model.joblib}\n"
    box.commit("declare", {"artifacts.yaml": declared})

    same = compared(box, "m@v1.0.0", "n@v1.0.0")
    assert "m and n are different models" in same.notes
    with pytest.raises(DifferentModelsError):
        compared(box, "m@v1.0.0", "other@v1.0.0")
    with pytest.raises(WhichModelError, match="there are: m, n"):
        compared(box, "HEAD", ".")


@pytest.fixture
def ridership(tmp_path: Path) -> Sandbox:
    """Commit this repository's own model, and all that it was made with."""
    box = Sandbox.create(tmp_path / "repo")
    for name in RIDERSHIP:
        source, target = HERE / name, box.root / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("plots"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    for folder in ("src/lineal", "requirements"):
        shutil.copytree(HERE / folder, box.root / folder)
    for path in HERE.glob("data/raw/*.dvc"):
        (box.root / "data/raw").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, box.root / "data/raw" / path.name)
    shutil.copytree(HERE / "reports", box.root / "reports")
    (box.root / ".gitignore").write_text("*.joblib\nhistory.parquet\n")
    box.git("add", "--all")
    box.commit("the model")
    return box


def test_our_own_model_before_a_pull_request(ridership: Sandbox) -> None:
    """Nothing changed; then a parameter and no `dvc repro`; then other scores."""
    same = compared(ridership, "HEAD", ".", model="ridership")
    params = ridership.root / "params.yaml"
    params.write_text(params.read_text().replace("seed: 20010108", "seed: 7"))
    stale = compared(ridership, "HEAD", ".", model="ridership")
    card = ridership.root / "models/ridership/card.json"
    said = json.loads(card.read_text())
    said["test"][said["champion"]]["wape"] *= 1.1
    card.write_text(json.dumps(said))
    edited = compared(ridership, "HEAD", ".", model="ridership")

    assert same.recommendation.reason.startswith("identical: same bytes")
    assert same.notes == ()
    assert stale.recommendation.verdict == "unclear"
    assert any("parameter runtime changed" in note for note in stale.notes)
    assert any("was changed by hand" in note for note in edited.notes)
    assert edited.measures[0].verdict == "changed"

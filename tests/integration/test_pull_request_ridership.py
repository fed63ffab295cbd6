"""A report on a change of the model that this repository really has."""

import io
import json
import tarfile
from hashlib import md5
from pathlib import Path

import pytest

from helpers.sandbox import Sandbox
from lineal.bootstrap.pull_request import gather
from lineal.doors.git import Git
from lineal.reporting.pull_request import PullRequest
from lineal.reporting.pull_request_markdown import LIMIT, as_markdown

HERE = Path(__file__).parents[2]
PARTS = (
    *("artifacts.yaml", "dvc.yaml", "dvc.lock", "params.yaml", "policy.yaml"),
    *(".dvcignore", "data", "models", "reports", "requirements", "src"),
)
ERRORS, CARD = "models/ridership/errors.json", "models/ridership/card.json"
TRAIN = "src/lineal/pipeline/train.py"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> PullRequest:
    """Make the committed model a tenth better, and forget to train after a change."""
    box = Sandbox.create(tmp_path_factory.mktemp("real") / "r")
    packed = Git(HERE).run("archive", "HEAD", *PARTS)
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(box.root, filter="data")
    box.git("add", "--all", "--force")
    box.commit("base")
    box.git("config", "lineal.trusted", "main")
    box.git("switch", "--quiet", "--create", "change")
    box.commit("change", _better(box.root))
    return gather(box.root, "main")


def test_the_verdict_has_an_interval(report: PullRequest) -> None:
    """Its errors by day tell that a tenth is no chance."""
    model = report.models[0]

    assert (model.name, model.verdict) == ("ridership", "better")
    assert model.main
    assert model.main.relative == pytest.approx(-0.1, abs=1e-6)


def test_its_rules_are_judged(report: PullRequest) -> None:
    """The repository's own policy lets it pass."""
    gates = report.models[0].gates

    assert [each.stage for each in gates] == ["staging", "prod"]
    assert not any(each.refuses for each in gates)


def test_stages_that_were_not_run_are_named(report: PullRequest) -> None:
    """All that train reads its changed module, each by its name in dvc.lock."""
    stale = {each.stage: each.reasons for each in report.freshness.stale}

    assert stale["train@ridership-ridge"] == (f"{TRAIN} changed",)
    assert len([name for name in stale if name.startswith("train@")]) == len(stale)


def test_the_comment_fits(report: PullRequest) -> None:
    """Twenty stations and fourteen horizons leave room."""
    said = as_markdown(report)

    assert len(said.encode()) < LIMIT / 2
    assert "xychart-beta" in said


def _better(root: Path) -> dict[str, str]:
    """Return the files of a change: what is better is recorded, and code is not."""
    before = {path: _text(root, path) for path in (ERRORS, CARD)}
    errors, card = (json.loads(text) for text in before.values())
    sums = errors["metrics"]["wape"]
    sums["errors"] = [0.9 * each for each in sums["errors"]]
    scored = (*card["by_segment"].values(), *card["by_horizon"].values())
    for scores in (card["test"][card["champion"]], *scored):
        scores["wape"] *= 0.9
    after = {ERRORS: json.dumps(errors), CARD: json.dumps(card)}
    lock = _text(root, "dvc.lock")
    for path, text in after.items():
        lock = lock.replace(_md5(before[path]), _md5(text))
    model = lock.split("path: models/ridership/model.joblib\n")[1].split("md5: ")[1][
        :32
    ]
    train = _text(root, TRAIN) + "# more\n"
    return {**after, "dvc.lock": lock.replace(model, "0" * 32), TRAIN: train}


def _text(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()

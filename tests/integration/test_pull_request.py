"""Reports on pull requests to real repositories."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers.proposed import Project, in_production, proposed, started
from helpers.sandbox import Sandbox
from lineal.bootstrap.pull_request import gather
from lineal.reporting.pull_request import Model, PullRequest
from lineal.reporting.pull_request_markdown import as_markdown

BASE = Project({"better": 9, "worse": 7, "same": 5, "gone": 4})


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Change every model of a repository in another way; one is in production."""
    box = started(tmp_path_factory.mktemp("mixed") / "r", BASE)
    in_production(box, "better")
    changed = BASE.but("better", 7).but("worse", 9)
    kept = {name: each for name, each in changed.wrong.items() if name != "gone"}
    proposed(box, replace(changed, wrong={**kept, "fresh": 3}), "models/gone")
    return box


@pytest.fixture(scope="module")
def report(mixed: Sandbox) -> PullRequest:
    """Report on it."""
    return gather(mixed.root, "main")


def of(found: PullRequest, name: str) -> Model:
    """Return one model of a report."""
    return next(each for each in found.models if each.name == name)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("better", "better"),
        ("worse", "worse"),
        ("same", "unchanged"),
        ("fresh", "new"),
        ("gone", "removed"),
    ],
)
def test_every_model_has_a_verdict(
    report: PullRequest, name: str, verdict: str
) -> None:
    """Better, worse, unchanged, new and removed models are told apart."""
    assert of(report, name).verdict == verdict


def test_the_worst_comes_first(report: PullRequest) -> None:
    """What a reviewer must see is at the top, and what did not change at the end."""
    names = [each.name for each in report.models]

    assert names == ["worse", "better", "fresh", "gone", "same"]


def test_production_is_the_highest_stage_that_holds_something(
    report: PullRequest,
) -> None:
    """A model that is in no stage has none; the base is not compared twice."""
    held = of(report, "better").held

    assert held
    assert (held.stage, held.name, held.is_base) == ("prod", "v1.0.0", True)
    assert held.measured["Training-Seconds"] == 321
    assert of(report, "better").production is None
    assert of(report, "worse").held is None


def test_gates_are_asked_as_if_it_were_registered(report: PullRequest) -> None:
    """What holds, what fails and what has to happen first are told apart."""
    model = of(report, "better")
    staging, prod = model.gates

    assert model.next == "v1.1.0"
    assert [each.outcome for each in staging.rules] == ["pass", "pass"]
    assert [each.outcome for each in prod.rules] == [
        *("later", "later", "pass", "later", "later"),
    ]
    assert prod.rules[-1].evidence == "to be given: 1 of bob@x.org"


def test_the_trend_ends_with_the_change(report: PullRequest) -> None:
    """Versions that stand, and the commit, are drawn."""
    assert [p.name for p in of(report, "better").trend] == ["v1.0.0", "this"]


@pytest.mark.measured
def test_the_same_commits_give_the_same_bytes(
    mixed: Sandbox, report: PullRequest
) -> None:
    """The program says what the functions say, from a clone and at any time."""
    clone = mixed.clone(mixed.root.with_name("clone"))
    clone.git("switch", "--quiet", "--detach", "origin/change")
    out = clone.root.with_name("comment.md")
    words = ("--base", "main", "-o", str(out), "--json", "--check")
    done = clone.lineal("report", "pr", *words)

    text = out.read_text(encoding="utf-8")
    assert text == as_markdown(report)
    said = json.loads(done.stdout)
    assert (said["allowed"], said["lock"]["fresh"]) == (True, True)
    assert said["models"][0]["base"]["recommendation"]["verdict"] == "worse"
    _documented(said)


def _documented(said: dict[str, Any]) -> None:
    """Look up every field in docs/json.md."""
    page = Path(__file__).parents[2] / "docs" / "json.md"
    part = page.read_text(encoding="utf-8").split("## `lineal report pr")[1]
    fields = [f"models[].{each}" for each in said["models"][0]]
    inner = [*said["policy"], *said["lock"], *said["models"][0]["gates"][0]]
    missing = [f for f in (*said, *fields, *inner) if f"`{f}`" not in part]

    assert missing == ["format"]

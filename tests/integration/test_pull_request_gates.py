"""What the rules say of pull requests to real repositories, and of their locks."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import md5
from pathlib import Path

import pytest

from helpers.committing import promoted, stated
from helpers.proposed import POLICY, Project, in_production, proposed, started
from helpers.sandbox import Sandbox
from lineal.bootstrap.pull_request import gather
from lineal.reporting.pull_request import Model, PullRequest
from lineal.reporting.pull_request_markdown import as_markdown


@pytest.fixture
def change(tmp_path: Path) -> Callable[..., Sandbox]:
    """Begin a repository with one model, and a branch."""

    def begin(project: Project | None = None, policy: str | None = POLICY) -> Sandbox:
        return started(tmp_path / "r", project or Project({"m": 9}), policy)

    return begin


def of(found: PullRequest, name: str) -> Model:
    """Return one model of a report."""
    return next(each for each in found.models if each.name == name)


def test_a_refusing_gate_ends_with_1(change: Callable[..., Sandbox]) -> None:
    """With --check, the lowest stage's refusal is the exit code, after the report."""
    box = change()
    proposed(box, Project({"m": 9}).but("m", 30))
    done = box.lineal("report", "pr", "--base", "main", "--check", ok=False)

    assert done.returncode == 1
    assert "`staging` would refuse it: 1 rule not met" in done.stdout
    assert done.stderr == "m: the rules of staging would refuse it\n"


def test_what_declares_a_model_must_be_readable(change: Callable[..., Sandbox]) -> None:
    """A broken file removes no model, and lets none by."""
    box = change()
    box.commit("broken", {"artifacts.yaml": "m: [\n"})
    done = box.lineal("report", "pr", "--base", "main", "--check", ok=False)

    assert done.returncode == 1
    assert "`m` **unclear**: artifacts.yaml cannot be read" in done.stdout
    assert done.stderr.startswith("m: artifacts.yaml cannot be read")


def test_production_may_be_another_version_than_the_base(
    change: Callable[..., Sandbox],
) -> None:
    """Then the change is compared with both."""
    box = change()
    in_production(box, "m")
    box.git("switch", "--quiet", "main")
    middle = Project({"m": 9}).but("m", 8)
    box.commit("meanwhile", middle.files())
    box.git("switch", "--quiet", "--create", "second")
    proposed(box, middle.but("m", 7, 3.0))
    model = of(gather(box.root, "main"), "m")

    assert model.base
    assert model.production
    assert model.base.main
    assert model.production.main
    assert model.base.main.before == pytest.approx(0.084)
    assert model.production.main.before == pytest.approx(0.094)


def test_a_policy_that_changes_is_not_the_judge(change: Callable[..., Sandbox]) -> None:
    """The trusted branch's rules count, and the change is said at the top."""
    looser = {"policy.yaml": POLICY.replace("max: 0.2}", "max: 9}")}
    box = change()
    proposed(box, replace(Project({"m": 30}, {"m": 2.0}), others=looser))
    found = gather(box.root, "main")

    assert found.refused
    assert found.rules.changed == ("policy.yaml",)
    assert (
        "changes `policy.yaml`.** The gates below are those of `main`"
        in as_markdown(found)
    )


def test_a_proposed_policy_is_read_too(change: Callable[..., Sandbox]) -> None:
    """One that could not be used is named before it is merged."""
    box = change()
    proposed(box, replace(Project({"m": 9}), others={"policy.yaml": "stages: 3\n"}))

    assert "policy.yaml" in gather(box.root, "main").rules.proposed


def test_a_policy_that_cannot_be_used_refuses(change: Callable[..., Sandbox]) -> None:
    """Nothing is judged by broken rules, and nothing that changed is let through."""
    box = change(policy="stages: 3\n")
    proposed(box, Project({"m": 9}).but("m", 7))
    found = gather(box.root, "main")

    assert found.rules.unusable
    assert found.refused
    assert found.models[0].verdict == "better"


def test_without_policy_there_are_no_gates(change: Callable[..., Sandbox]) -> None:
    """A team that wrote no rules gets the comparison alone."""
    box = change(policy=None)
    proposed(box, Project({"m": 9}).but("m", 30))
    found = gather(box.root, "main")

    assert not found.refused
    assert found.models[0].gates == ()
    assert "`main` has no policy.yaml" in as_markdown(found)


def test_a_stale_lock_is_said_at_the_top(change: Callable[..., Sandbox]) -> None:
    """Code that changed without a new dvc.lock makes no model, and is not passed over."""
    box = change()
    proposed(box, replace(Project({"m": 9}), code="other\n", locked="print('train')\n"))
    found = gather(box.root, "main")

    assert [each.stage for each in found.freshness.stale] == ["train-m"]
    assert "**dvc.lock is out of date**: 1 stage" in as_markdown(found)


def test_a_version_is_judged_as_what_it_is(change: Callable[..., Sandbox]) -> None:
    """A commit that is registered keeps its name and its facts."""
    box = change()
    proposed(box, Project({"m": 9}).but("m", 7))
    facts = "Register\n\nLatency-P95-Ms: 50\n"
    box.tag("m@v3.0.0", message=facts)
    promoted(box, "m", "v3.0.0", "staging", 1)
    model = of(gather(box.root, "main"), "m")

    assert (model.next, model.registered) == ("v3.0.0", True)
    assert [each.outcome for each in model.gates[1].rules] == [
        *("pass", "later", "pass", "fail", "later"),
    ]


def test_reviews_of_a_version_are_told(change: Callable[..., Sandbox]) -> None:
    """Where it is registered already, who said what is evidence."""
    box = change()
    proposed(box, Project({"m": 9}).but("m", 7))
    box.tag("m@v3.0.0", message="Register\n")
    stated(box, "m", "v3.0.0", "bob@x.org", "reject")
    rule = of(gather(box.root, "main"), "m").gates[1].rules[-1]

    assert rule.outcome == "later"
    assert rule.evidence == (
        "bob@x.org (unverified) rejected it; to be given: 1 of bob@x.org"
    )


def test_what_production_holds_is_not_removed_in_silence(
    change: Callable[..., Sandbox],
) -> None:
    """A model that is declared no more may still be in use."""
    box = change(Project({"m": 9, "n": 9}))
    in_production(box, "m")
    proposed(box, Project({"n": 9}), "models/m")
    model = of(gather(box.root, "main"), "m")

    assert model.reason == "it is declared no more, and prod still holds v1.0.0"


def test_other_test_rows_are_undecided(change: Callable[..., Sandbox]) -> None:
    """Where only a contest could tell, the report runs none, and says so."""
    box = change()
    in_production(box, "m")
    project = Project({"m": 9}).but("m", 7)
    files = project.files()
    other = files["models/m/errors.json"].replace("ab" * 32, "cd" * 32)
    box.commit("change", {**files, **_relocked(files, "models/m/errors.json", other)})
    prod = of(gather(box.root, "main"), "m").gates[1]

    assert [each.outcome for each in prod.rules].count("undecided") == 1


def _relocked(files: dict[str, str], path: str, text: str) -> dict[str, str]:
    """Replace a file, and record that in dvc.lock."""
    old, new = (
        md5(each.encode(), usedforsecurity=False).hexdigest()
        for each in (files[path], text)
    )
    return {path: text, "dvc.lock": files["dvc.lock"].replace(old, new)}

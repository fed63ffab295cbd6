"""What jobs that run anybody's code hand to jobs that may write or deploy."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from helpers import enforced
from helpers.enforced import BAD, GOOD, push, put, server
from helpers.github import GitHub, Ran, jobs
from helpers.sandbox import Sandbox

PUSHES = (("pull-request.yml", "commit"), ("train.yml", "propose"))


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Return a clone; v1.0.0 holds prod."""
    made = enforced.team(tmp_path_factory.mktemp("team"))
    assert not push(made, "main")
    return made


def run(box: Sandbox, script: str, env: Mapping[str, str]) -> Ran:
    """Run a step of a workflow by itself."""
    folder = box.root.parent
    hub = GitHub(folder / "github", "nowhere")
    written = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV")
    files = {each: str(folder / each) for each in written}
    return hub.step(
        box, script, {"RUNNER_TEMP": str(folder), "BRANCH": "main", **files, **env}
    )


def script(name: str, job: str, step: str) -> str:
    """Return what a step runs."""
    (found,) = (s["run"] for s in jobs(name)[job]["steps"] if s["name"] == step)
    return str(found)


def changed(box: Sandbox, path: str, text: str) -> None:
    """Hand over a patch that changes a file, as a job that trained does."""
    (box.root / path).parent.mkdir(parents=True, exist_ok=True)
    (box.root / path).write_text(text, encoding="utf-8")
    box.git("add", "--all")
    made = box.git("diff", "--cached", "--binary")
    box.git("reset", "--quiet", "--hard")
    folder = box.root.parent / "train"
    folder.mkdir(exist_ok=True)
    (folder / "train.patch").write_text(f"{made}\n", encoding="utf-8")


@pytest.mark.parametrize(("name", "job"), PUSHES)
@pytest.mark.parametrize("path", ["policy.yaml", ".github/deploy", "team/dvc.yaml"])
def test_training_changes_no_rules(
    box: Sandbox, name: str, job: str, path: str
) -> None:
    """Who got into it could else let the next change of rules look like a result."""
    before = box.git("--git-dir", str(server(box)), "show-ref", "--heads")
    changed(box, path, "stages: [prod]\n")
    env = {"HEAD": "change", "BOT": "bot@x.org"}
    ran = run(box, script(name, job, "Push"), env)
    box.git("reset", "--quiet", "--hard")

    assert ran.code == 1, ran.log
    assert f"::error::training changed what only people may: {path}" in ran.log
    assert box.git("--git-dir", str(server(box)), "show-ref", "--heads") == before


def test_what_is_proposed_rests_on_the_default_branch(box: Sandbox) -> None:
    """Else a job that runs code could have any commit proposed as a result."""
    box.git("checkout", "--quiet", "--detach", "main")
    box.commit("somebody else's", {"notes": "x"})
    changed(box, "result", "1\n")
    ran = run(box, script("train.yml", "propose", "Push"), {"BOT": "bot@x.org"})
    box.git("checkout", "--quiet", "main")

    assert ran.code == 1, ran.log
    assert "what was trained on is no commit of main" in ran.log


def deploy(box: Sandbox, tag: str, version: str, stage: str = "prod") -> Ran:
    """Deploy what the job that judges says that it accepted."""
    told = {"TAG": tag, "MODEL": "churn", "VERSION": version, "STAGE": stage}
    step = script("registry.yml", "deploy", "Deploy what the stage holds")
    return run(box, step, {**told, "PREVIOUS": "", "MD5": ""})


def test_what_the_policy_refuses_is_deployed_on_nobodys_word(box: Sandbox) -> None:
    """Models ran where it was judged, and their makers could have forged the verdict."""
    good = put(box, GOOD)
    accepted = deploy(box, good, GOOD)
    elsewhere = deploy(box, good, "v1.0.0", "staging")
    bad = put(box, BAD)
    forged = deploy(box, bad, BAD)
    other = deploy(box, good, BAD)

    assert accepted.code == 0, accepted.log
    assert "there is no .github/deploy" in accepted.log
    assert "holds nothing by now" in elsewhere.log
    for ran in (forged, other):
        assert ran.code == 1, ran.log
        assert f"may not be deployed as {BAD} of churn in prod" in ran.log


def test_a_registry_that_cannot_be_read_deploys_nothing(
    box: Sandbox, tmp_path: Path
) -> None:
    """That is a failure, and no empty stage."""
    cut = box.clone(tmp_path / "cut", "--depth=1")
    ran = deploy(cut, "churn#prod#1", "v1.0.0")

    assert ran.code == 1
    assert "by now" not in ran.log

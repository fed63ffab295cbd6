"""Tests of the workflows as they are written: by linters, and by what they may do."""

import re
from pathlib import Path

import pytest
import yaml

from helpers.github import FOLDER, NAMES, TOP, actions, jobs, workflow
from helpers.sandbox import Sandbox
from lineal.bootstrap.templates import Choices, workflows

SECRETS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
OTHERS = Choices(
    setup=("python -m pip install -r requirements.txt lineal==0.1.0",),
    remote=SECRETS,
    deploy=("DEPLOY_KEY",),
)
LINTERS = (("actionlint",), ("zizmor", "--offline", "--no-progress"))
READS = {"contents": "read"}
MAY = {
    "pull-request.yml": {
        "tests": READS,
        "train": READS,
        "commit": {"contents": "write"},
        "lock": READS,
        "report": READS,
        "gates": {},
        "comment": {"pull-requests": "write"},
    },
    "registry.yml": {
        "check": READS,
        "revert": {"contents": "write"},
        "deploy": READS,
    },
    "train.yml": {
        "train": READS,
        "propose": {"contents": "write", "pull-requests": "write"},
    },
}
# What runs code of the repository or of a change.
RUNS = ("make ", "pip ", "dvc repro", "lineal ", ".github/deploy")


@pytest.mark.parametrize("words", LINTERS)
def test_linters_have_nothing_to_say(words: tuple[str, ...], tmp_path: Path) -> None:
    """Neither about mistakes nor about what an attacker could use; for no team."""
    box = Sandbox.create(tmp_path / "box")
    for path, text in workflows(OTHERS).items():
        (box.root / path).parent.mkdir(parents=True, exist_ok=True)
        (box.root / path).write_text(text, encoding="utf-8")
    ours = [str(TOP / FOLDER / name) for name in NAMES]
    theirs = [f"{FOLDER}/{name}" for name in NAMES]
    done = box.run(*words, *ours, *theirs, ok=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_ours_are_what_everybody_gets() -> None:
    """They differ in two options, and are written by the same command."""
    lines = ("make setup", 'echo "$PWD/.venv/bin" >> "$GITHUB_PATH"')
    made = workflows(Choices(setup=lines, tests=("make test",), partly=True))

    assert {path.name: text for path, text in made.items()} == {
        name: workflow(name) for name in NAMES
    }


@pytest.mark.parametrize("name", NAMES)
def test_each_job_may_do_what_it_must_and_no_more(name: str) -> None:
    """What is not said in a job may not be done at all, and every job ends."""
    whole = yaml.safe_load(workflow(name))

    assert whole["permissions"] == {}
    assert {job: said["permissions"] for job, said in jobs(name).items()} == MAY[name]
    assert all(said["timeout-minutes"] for said in jobs(name).values())
    assert "concurrency" in whole
    assert "pull_request_target" not in workflow(name)


@pytest.mark.parametrize("name", NAMES)
def test_what_can_write_runs_no_code_of_a_change(name: str) -> None:
    """Only the reversal runs lineal: that of the default branch, and no models."""
    for job, said in jobs(name).items():
        scripts = " ".join(step.get("run", "") for step in said["steps"])
        if "write" in said["permissions"].values() and job != "revert":
            assert not any(word in scripts for word in RUNS), job
        keeps = [
            step["with"]["persist-credentials"]
            for step in said["steps"]
            if "checkout" in step.get("uses", "")
        ]
        assert all(kept == ("write" in str(said["permissions"])) for kept in keeps)
    assert "--rematch" not in str(jobs("registry.yml")["revert"])


@pytest.mark.parametrize("name", NAMES)
def test_actions_are_pinned_and_say_which_version_they_are(name: str) -> None:
    """A tag of somebody else can be moved; the same action is the same everywhere."""
    lines = re.findall(r"uses: (\S+)@(\S+) # (v[0-9.]+)", workflow(name))

    assert len(lines) == workflow(name).count("uses:")
    assert all(re.fullmatch("[0-9a-f]{40}", commit) for _, commit, _ in lines)
    every = set().union(*map(actions, NAMES))
    assert len({one.partition("@")[0] for one in every}) == len(every)


def test_secrets_are_where_they_are_needed_and_nowhere_else() -> None:
    """Not where the code of a change runs, nor in what forks start."""
    found = {}
    for path, text in workflows(OTHERS).items():
        for job, said in yaml.safe_load(text)["jobs"].items():
            for step in said["steps"]:
                named = [key for key in step.get("env", {}) if key in str(SECRETS)]
                if named:
                    found[path.name, job, step["name"]] = named
            assert "secrets." not in str(said.get("env", "")), job

    assert set(found) == {
        ("pull-request.yml", "train", "Get the data"),
        ("pull-request.yml", "train", "Push the data"),
        ("pull-request.yml", "lock", "Get the data"),
        ("registry.yml", "check", "Judge"),
        ("registry.yml", "deploy", "Deploy what the stage holds"),
        ("train.yml", "train", "Get the data"),
        ("train.yml", "train", "Push the data"),
    }


def test_everything_is_fetched_and_a_shallow_clone_is_refused(tmp_path: Path) -> None:
    """Else the registry would look empty, and a gate would pass."""
    for name in NAMES:
        for job, said in jobs(name).items():
            for step in said["steps"]:
                if "checkout" in step.get("uses", "") and job != "commit":
                    assert step["with"]["fetch-depth"] == 0, (name, job)
    box = Sandbox.create(tmp_path / "box")
    box.commit("one", {"policy.yaml": "stages: [prod]\n"})
    box.commit("two")
    box.tag("churn@v1.0.0")
    box.tag("churn#prod#1")
    cut = box.clone(tmp_path / "cut", "--depth=1")
    asked = (
        ("check-ref", "churn#prod#1", "--json"),
        ("which", "churn", "prod"),
        ("report", "pr", "--base", "origin/main", "--check"),
    )
    for words in asked:
        done = cut.lineal(*words, ok=False)
        assert done.returncode == 3, words
        assert "fetch-depth: 0" in done.stderr

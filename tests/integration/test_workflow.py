"""Tests of the workflow of this repository: read by linters, and run by act."""

import json
from pathlib import Path

import pytest
import yaml

from helpers import gto_oracle
from helpers.by_day import errors
from helpers.committing import files, registered
from helpers.enforced import (
    BAD,
    GOOD,
    POLICY,
    assign,
    card,
    push,
    put,
    server,
    tags,
    team,
)
from helpers.sandbox import Sandbox

TOP = Path(__file__).parents[2]
BIN = TOP / ".venv/bin"
FILE = ".github/workflows/registry.yml"
CHECKOUT = """\
name: checkout
inputs:
  ref: {default: none}
  fetch-depth: {default: none}
  persist-credentials: {default: none}
runs:
  using: composite
  steps:
    - shell: sh
      env:
        REF: ${{ inputs.ref }}
      run: |
        rm -rf ./* .git .github
        git clone --quiet --branch "$REF" "$ORIGIN" .
"""
NOTHING = """\
name: nothing
inputs:
  python-version: {default: none}
runs:
  using: composite
  steps:
    - {shell: sh, run: "true"}
"""
MAKEFILE = 'setup:\n\tmkdir -p .venv/bin && ln -s "$$LINEAL" .venv/bin/lineal\n'


@pytest.mark.parametrize(
    "words", [("actionlint",), ("zizmor", "--offline", "--no-progress")]
)
def test_linters_have_nothing_to_say(words: tuple[str, ...], tmp_path: Path) -> None:
    """Neither about mistakes nor about what an attacker could use."""
    box = Sandbox.create(tmp_path / "box")
    done = box.run(*words, str(TOP / FILE), ok=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_job_that_reverts_may_write() -> None:
    """The job that may run models has a token that can only read."""
    jobs = yaml.safe_load((TOP / FILE).read_text("utf-8"))["jobs"]

    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "check": {"contents": "read"},
        "revert": {"contents": "write"},
    }
    assert "--rematch" not in str(jobs["revert"])
    assert jobs["revert"]["steps"][-1]["env"] == {
        "REASON": "${{ needs.check.outputs.reason }}"
    }


def stub(folder: Path, uses: str, text: str) -> str:
    """Write an action in place of somebody else's; return what act is told."""
    made = folder / uses.partition("@")[0]
    made.mkdir(parents=True, exist_ok=True)
    (made / "action.yml").write_text(text, encoding="utf-8")
    return f"--local-repository={uses}={made}"


def act(box: Sandbox, tag: str) -> tuple[int, str]:
    """Run the workflow as GitHub would after a tag was pushed; return code and log."""
    folder = box.root.parent
    event = folder / "event.json"
    said = {"ref": f"refs/tags/{tag}", "repository": {"default_branch": "main"}}
    event.write_text(json.dumps(said), encoding="utf-8")
    steps = yaml.safe_load((TOP / FILE).read_text("utf-8"))["jobs"]["check"]["steps"]
    checkout, python = (step["uses"] for step in steps if "uses" in step)
    done = box.run(
        "act",
        "push",
        "-P=ubuntu-latest=-self-hosted",
        f"-e={event}",
        stub(folder / "stubs", checkout, CHECKOUT),
        stub(folder / "stubs", python, NOTHING),
        f"--env=ORIGIN={server(box)}",
        f"--env=LINEAL={BIN / 'lineal'}",
        f"--action-cache-path={folder / 'cache'}",
        "--no-cache-server",
        ok=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Return a clone of a repository that has the workflow."""
    made = team(tmp_path)
    workflow = (TOP / FILE).read_text("utf-8")
    made.commit("workflow", {FILE: workflow, "Makefile": MAKEFILE})
    made.git("push", "--quiet", "origin", "main")
    return made


@pytest.mark.slow
def test_what_gto_assigned_and_breaks_the_policy_is_reverted(box: Sandbox) -> None:
    """The workflow fails, and the previous holder is back for everybody."""
    tag = assign(box, BAD)
    assert not push(box, f"refs/tags/{tag}")

    code, log = act(box, tag)
    box.git("fetch", "--quiet", "--tags", "origin")

    assert code == 1, log
    assert "wape <= 0.15: 0.3" in log
    assert tags(box) == [
        "churn#prod!#3",
        "churn#prod#1",
        "churn#prod#2",
        "churn#prod#4",
    ]
    assert gto_oracle.by_cli(box).holders["churn", "prod"] == "v1.0.0"
    assert box.lineal("which", "churn", "prod").stdout == "v1.0.0\n"


@pytest.mark.slow
def test_what_gto_assigned_and_keeps_the_policy_stays(box: Sandbox) -> None:
    """The workflow succeeds, and writes nothing."""
    tag = assign(box, GOOD)
    assert not push(box, f"refs/tags/{tag}")

    code, log = act(box, tag)

    assert code == 0, log
    assert tags(box) == ["churn#prod#1", "churn#prod#2"]


@pytest.mark.slow
def test_what_could_not_be_compared_is_reported_and_not_reverted(box: Sandbox) -> None:
    """The workflow fails, and people mend what was missing for the models to run."""
    versus = "{metric: wape, versus: prod}"
    gate = "{metric: wape, max: 0.15}"
    box.commit("rules", {"policy.yaml": POLICY.replace(gate, versus)})
    made = files("churn", card(0.3), errors([30.0] * 40))
    registered(box, "churn", "v4.0.0", made)
    tag = put(box, "v4.0.0")
    assert not push(box, "main", "refs/tags/churn@v4.0.0", f"refs/tags/{tag}")

    code, log = act(box, tag)

    assert code == 1, log
    assert f"{tag} could not be judged" in log
    assert tags(box) == ["churn#prod#1", "churn#prod#2"]

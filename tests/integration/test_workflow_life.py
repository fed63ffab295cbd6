"""The life of a version by the workflows: proposed, merged, assigned, and taken back."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from helpers import enforced, gto_oracle
from helpers.by_day import errors
from helpers.committing import files, registered
from helpers.enforced import assign, push, server, tags
from helpers.github import FOLDER, REPOSITORY, GitHub, Ran, workflow
from helpers.sandbox import Sandbox
from helpers.signers import Signer
from helpers.trained import MAKEFILE, recorded, team, trained

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class World:
    """A team, and where its workflows run.

    Attributes:
        box: A clone.
        bob: Whose signed approval counts.
        hub: Runs the workflows.
    """

    box: Sandbox
    bob: Signer
    hub: GitHub

    def proposed(self, *labels: str, of: str = REPOSITORY) -> Ran:
        """Run what a pull request of the branch `change` starts."""
        request = {
            "number": 7,
            "head": {
                "ref": "change",
                "sha": self.box.id("origin/change"),
                "repo": {"full_name": of},
            },
            "base": {"ref": "main"},
            "labels": [{"name": label} for label in labels],
        }
        event = {"action": "synchronize", "number": 7, "pull_request": request}
        words = (self.box, "pull_request", event, "pull-request.yml")
        return self.hub.run(*words, head="change")

    def pushed(self, tag: str) -> Ran:
        """Push a tag, if it is not there, and run what GitHub starts then."""
        assert not push(self.box, f"refs/tags/{tag}")
        event = {"ref": f"refs/tags/{tag}"}
        return self.hub.run(self.box, "push", event, "registry.yml")

    def bring(self, version: str) -> str:
        """Register HEAD, let Bob approve it, and let gto assign it; return the tag."""
        self.box.lineal("register", "churn", "--version", version)
        words = ("approve", f"churn@{version}", "--for", "prod")
        self.box.lineal(*words, env=self.bob.env)
        return assign(self.box, version)

    def comments(self) -> list[Any]:
        """Return the comments of the pull request."""
        found: list[Any] = self.hub.state["comments"]
        return found


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Return a team where a branch changes a parameter, and trained nothing."""
    root = tmp_path_factory.mktemp("life")
    box, bob = team(root)
    box.git("checkout", "--quiet", "-b", "change")
    box.commit("better", {"params.yaml": "wape: 0.12\n"})
    box.git("push", "--quiet", "origin", "change")
    return World(box, bob, GitHub.create(root, server(box).as_uri()))


def test_with_the_label_the_runner_trains_commits_and_reports(world: World) -> None:
    """The lock is then fresh, and the report is of what was trained."""
    ran = world.proposed("train")
    world.box.git("pull", "--quiet", "origin", "change")

    assert ran.code == 0, ran.log
    assert world.box.git("log", "-1", "--format=%s %an") == (
        "Train the models github-actions[bot]"
    )
    assert world.box.git("diff", "--name-only", "HEAD~1").splitlines() == [
        "dvc.lock",
        "models/churn/card.json",
    ]
    (comment,) = world.comments()
    assert comment["body"].startswith("<!-- lineal:report -->\n")
    assert "0.12" in comment["body"]
    assert "tests of the team ran" in ran.job("Tests")
    assert "the gates let it pass" in ran.job("Gates")


def test_a_worse_model_fails_its_gates_and_a_stale_lock_is_named(world: World) -> None:
    """The comment that is there is updated, and no second one made."""
    trained(world.box, 0.3)
    script = (world.box.root / "make.py").read_text("utf-8")
    world.box.commit("stale", {"make.py": f"{script}# newer\n"})
    world.box.git("push", "--quiet", "origin", "change")
    ran = world.proposed()

    assert ran.code == 1
    assert "a gate would refuse it" in ran.job("Gates")
    assert "dvc.lock is not fresh: run 'dvc repro'" in ran.job("dvc.lock")
    (comment,) = world.comments()
    assert "0.3" in comment["body"]
    calls = [call["method"] for call in world.hub.state["calls"]]
    assert calls == ["GET", "POST", "GET", "PATCH"]
    world.box.git("reset", "--quiet", "--hard", "HEAD~2")
    world.box.git("push", "--quiet", "--force", "origin", "change")


def test_a_fork_gets_its_report_in_the_summary_alone(world: World) -> None:
    """No label trains there, nothing is written, and no secret is asked for."""
    before = world.hub.state
    ran = world.proposed("train", of="eve/churn")

    assert ran.code == 0, ran.log
    assert world.hub.state == before
    assert "Summary - <!-- lineal:report -->" in ran.job("Report")
    assert "Get the data" not in ran.log
    assert "Train the models" not in ran.job("Commit")


def test_what_gto_assigned_and_keeps_the_policy_is_deployed(world: World) -> None:
    """After the merge, a registration and a signed approval; with the five facts."""
    world.box.git("checkout", "--quiet", "main")
    world.box.git("merge", "--quiet", "--ff-only", "change")
    world.box.git("push", "--quiet", "origin", "main")
    tag = world.bring("v2.0.0")
    ran = world.pushed(tag)
    md5 = recorded(world.box)

    assert tag == "churn#prod#2"
    assert ran.code == 0, ran.log
    assert f"| churn | v2.0.0 | prod | v1.0.0 | {md5} |" in ran.job("Deploy")
    assert f"deploying churn v2.0.0 to prod after v1.0.0: {md5}" in ran.job("Deploy")


def test_what_breaks_the_policy_is_reverted_and_never_deployed(world: World) -> None:
    """The gate refuses it, though Bob approved; v2.0.0 is back for everybody."""
    trained(world.box, 0.3)
    world.box.git("push", "--quiet", "origin", "main")
    ran = world.pushed(world.bring("v3.0.0"))
    world.box.git("fetch", "--quiet", "--tags", "origin")

    assert ran.code == 1, ran.log
    assert "wape <= 0.15" in ran.job("Judge")
    assert "Deploy what" not in ran.log
    assert tags(world.box) == [
        "churn#prod!#4",
        *(f"churn#prod#{serial}" for serial in (1, 2, 3, 5)),
    ]
    assert gto_oracle.by_cli(world.box).holders["churn", "prod"] == "v2.0.0"


def test_a_rollback_is_accepted_and_deployed(world: World) -> None:
    """It asks no gate and no approval; the facts are of the earlier version."""
    world.box.lineal("rollback", "churn", "--stage", "prod", "--reason", "complaints")
    ran = world.pushed("churn#prod#6")
    md5 = recorded(world.box, "churn@v1.0.0")

    assert ran.code == 0, ran.log
    assert f"deploying churn v1.0.0 to prod after v2.0.0: {md5}" in ran.job("Deploy")


def test_a_late_run_does_not_deploy_what_was_superseded(world: World) -> None:
    """Nor one that somebody starts by hand for an old tag."""
    event = {"inputs": {"tag": "churn#prod#2"}, "ref": "refs/heads/main"}
    ran = world.hub.run(world.box, "workflow_dispatch", event, "registry.yml")

    assert ran.code == 0, ran.log
    assert "prod of churn holds v1.0.0 by now" in ran.job("Deploy")
    assert "deploying" not in ran.log


def test_what_could_not_be_compared_is_reported_and_not_reverted(
    tmp_path: Path,
) -> None:
    """The workflow fails, and people mend what was missing for the models to run."""
    box = enforced.team(tmp_path)
    hub = GitHub.create(tmp_path, server(box).as_uri())
    gate, versus = "{metric: wape, max: 0.15}", "{metric: wape, versus: prod}"
    policy = enforced.POLICY.replace(gate, versus)
    text = workflow("registry.yml")
    said = {"policy.yaml": policy, "Makefile": MAKEFILE, f"{FOLDER}/registry.yml": text}
    box.commit("rules", said)
    made = files("churn", enforced.card(0.3), errors([30.0] * 40))
    registered(box, "churn", "v4.0.0", made)
    tag = enforced.put(box, "v4.0.0")
    assert not push(box, "main", "refs/tags/churn@v4.0.0", f"refs/tags/{tag}")
    ran = hub.run(box, "push", {"ref": f"refs/tags/{tag}"}, "registry.yml")

    assert ran.code == 1, ran.log
    assert f"{tag} could not be judged" in ran.log
    assert "Deploy what" not in ran.log
    assert tags(box) == ["churn#prod#1", "churn#prod#2"]

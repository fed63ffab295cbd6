"""The workflow that trains on a schedule."""

from pathlib import Path

import pytest

from helpers.enforced import server
from helpers.github import GitHub, Ran
from helpers.sandbox import Sandbox
from helpers.trained import team

BRANCH = "refs/heads/lineal/train"
pytestmark = pytest.mark.slow


def train(box: Sandbox, hub: GitHub) -> Ran:
    """Run the workflow as somebody who asks for it."""
    event = {"ref": "refs/heads/main", "inputs": {}}
    return hub.run(box, "workflow_dispatch", event, "train.yml")


def there(box: Sandbox) -> str:
    """Return what the workflow's branch is on the server; empty: it is not there."""
    words = ("for-each-ref", "--format=%(objectname)", BRANCH)
    return box.git("--git-dir", str(server(box)), *words)


def test_what_training_changed_is_proposed_once(tmp_path: Path) -> None:
    """A second run updates branch and pull request, but not what a person added."""
    box, _ = team(tmp_path)
    hub = GitHub.create(tmp_path, server(box).as_uri())
    weekly = {"schedule": "17 4 * * 1", "ref": "refs/heads/main", "repository": {}}
    nothing = hub.run(box, "schedule", weekly, "train.yml")

    assert nothing.code == 0, nothing.log
    assert "nothing changed" in nothing.job("Train")
    assert not there(box)

    box.commit("data", {"params.yaml": "wape: 0.11\n"})
    box.git("push", "--quiet", "origin", "main")
    first = train(box, hub)
    made = there(box)

    assert first.code == 0, first.log
    (pull,) = hub.state["pulls"]
    assert (pull["head"], pull["base"]) == ("lineal/train", "main")
    assert pull["body"].startswith("<!-- lineal:report -->\n")
    box.git("fetch", "--quiet", "origin")
    assert box.git("diff", "--name-only", "main", "origin/lineal/train").split() == [
        "dvc.lock",
        "models/churn/card.json",
    ]

    box.commit("more", {"params.yaml": "wape: 0.13\n"})
    box.git("push", "--quiet", "origin", "main")
    second = train(box, hub)

    assert second.code == 0, second.log
    assert there(box) not in {"", made}
    assert len(hub.state["pulls"]) == 1
    assert "0.13" in hub.state["pulls"][0]["body"]

    box.git("fetch", "--quiet", "origin")
    box.git("checkout", "--quiet", "-b", "hers", "origin/lineal/train")
    hers = box.commit("a person's word", {"notes": "keep this"})
    box.git("push", "--quiet", "origin", f"hers:{BRANCH}")
    third = train(box, hub)

    assert third.code == 1
    assert "lineal/train has commits of people" in third.log
    assert there(box) == hers

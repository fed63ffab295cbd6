"""Tests of the update hook: the repository that all push to judges their tags."""

import sys
from pathlib import Path

import pytest

from helpers.committing import stated
from helpers.enforced import BAD, GOOD, assign, push, put, serve, server, tags, team
from helpers.git_http import Served, serving
from helpers.sandbox import Sandbox


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Return a clone whose origin, with a blank in its path, has the hook."""
    made = team(tmp_path)
    serve(made)
    return made


def test_what_gto_assigned_arrives_only_if_it_keeps_the_policy(box: Sandbox) -> None:
    """Whatever the clone has or has not installed."""
    bad = assign(box, BAD)
    said = push(box, f"refs/tags/{bad}")
    box.git("tag", "-d", bad)
    good = assign(box, GOOD)

    assert f"remote: lineal: {bad} refused: wape <= 0.15: 0.3" in said
    assert not push(box, f"refs/tags/{good}")
    assert tags(box) == ["churn#prod#1", good]


def test_it_judges_over_http_as_well(box: Sandbox) -> None:
    """As behind any server that runs git http-backend."""
    box.git("--git-dir", str(server(box)), "config", "http.receivepack", "true")
    served = Served(server(box).parent, box.home)
    bad = assign(box, BAD)
    with serving(served):
        url = f"{served.url}/the%20server.git"
        refused = box.run("git", "push", url, f"refs/tags/{bad}", ok=False)
        box.git("tag", "-d", bad)
        good = assign(box, GOOD)
        box.git("push", "--quiet", url, f"refs/tags/{good}")

    assert f"lineal: {bad} refused: wape <= 0.15: 0.3" in refused.stderr
    assert tags(box) == ["churn#prod#1", good]


def test_who_says_that_it_was_judged_is_not_believed(box: Sandbox) -> None:
    """Only the hook of the clone takes lineal's word for it."""
    bad = put(box, BAD)
    env = {"LINEAL_JUDGED": box.id(f"refs/tags/{bad}")}

    assert f"{bad} refused" in push(box, f"refs/tags/{bad}", env=env)


def test_what_lineal_writes_arrives(box: Sandbox) -> None:
    """A promotion, a way back, a way out, a version and what ends one."""
    for words in (
        ("promote", f"churn@{GOOD}", "--to", "prod"),
        ("rollback", "churn", "--stage", "prod"),
        ("unassign", "churn", "--stage", "prod", "--force"),
        ("withdraw", f"churn@{BAD}"),
        ("deprecate", "churn@v1.0.0"),
    ):
        box.lineal(*words, "--reason", "because")

    assert len(tags(box)) == 4


def test_nothing_is_deleted_or_moved_but_what_counts_for_nothing(box: Sandbox) -> None:
    """Neither events nor reviews; other tags are nobody's business."""
    review = stated(box, "churn", GOOD, "ann@x.org")
    box.lightweight("v1")
    assert not push(box, f"refs/tags/{review}", "refs/tags/v1")
    box.tag("churn#prod#1", commit=f"churn@{GOOD}^{{commit}}")
    gone = push(box, ":refs/tags/churn@v1.0.0", f":refs/tags/{review}")

    assert "churn#prod#1 refused: nothing is moved" in push(box, "--force", "--tags")
    assert "churn@v1.0.0 refused: nothing is deleted" in gone
    assert f"{review} refused: nothing is deleted" in gone
    assert not push(box, ":refs/tags/v1")


@pytest.mark.parametrize(
    "name",
    ["churn#", "churn\uff03prod\uff031", "Review/churn/v1.0.0", "deprecated/churn/1"],
)
def test_a_look_alike_is_refused(box: Sandbox, name: str) -> None:
    """Whatever letters it has."""
    box.tag(name)

    assert "name is plain" in push(box, f"refs/tags/{name}")


def test_what_cannot_be_ours_passes_without_python(box: Sandbox) -> None:
    """Branches and plain tags cost nothing, and pass where lineal is broken."""
    hook = serve(box)
    text = hook.read_text("utf-8").replace(sys.executable, "/nowhere/python")
    hook.write_text(text.replace("command -v lineal", "false"), "utf-8")
    box.commit("more")
    box.tag("v1.0.0")
    good = put(box, GOOD)

    assert not push(box, "main", "refs/tags/v1.0.0")
    assert "neither /nowhere/python nor a lineal" in push(box, f"refs/tags/{good}")


def test_a_number_far_ahead_is_refused(box: Sandbox) -> None:
    """Everybody would have to count on from it, until no name is left."""
    tag = f"churn#prod#{10**18}"
    box.tag(tag, commit=f"churn@{GOOD}^{{commit}}")

    assert "serial is the next" in push(box, f"refs/tags/{tag}")


def test_what_was_rolled_back_has_to_enter_like_any_other(box: Sandbox) -> None:
    """A plain tag that says nothing brings back only what the stage could go back to."""
    bypassed = ("--bypass", "--reason", "now")
    boss = {"GIT_COMMITTER_EMAIL": "boss@x.org"}
    box.lineal("promote", f"churn@{BAD}", "--to", "prod", *bypassed, env=boss)
    box.lineal("rollback", "churn", "--stage", "prod", "--reason", "complaints")
    tag = put(box, BAD)

    assert "wape <= 0.15" in push(box, f"refs/tags/{tag}")


def test_before_the_first_commit_there_is_no_policy(tmp_path: Path) -> None:
    """All of a registry can be pushed to an empty repository, tags by tags."""
    box = team(tmp_path)
    new = Sandbox.create(tmp_path / "new.git", bare=True)
    (new.root / "hooks/update").write_text(serve(box).read_text("utf-8"), "utf-8")
    (new.root / "hooks/update").chmod(0o755)
    url = new.root.as_uri()
    first = box.run("git", "push", url, "refs/tags/churn@v1.0.0", ok=False)
    box.run("git", "push", url, "main")
    box.run("git", "push", url, "refs/tags/churn@*")

    assert first.returncode == 0, first.stderr
    assert box.run("git", "push", url, "--tags").returncode == 0


def test_a_head_without_its_branch_lets_no_tag_in(box: Sandbox) -> None:
    """There are branches, so somewhere there may be a policy that binds."""
    box.git("--git-dir", str(server(box)), "symbolic-ref", "HEAD", "refs/heads/x")
    said = push(box, f"refs/tags/{put(box, GOOD)}")

    assert "git symbolic-ref HEAD refs/heads/BRANCH" in said


def test_a_broken_policy_lets_nothing_in(box: Sandbox) -> None:
    """It says what is wrong, and the branch that mends it passes."""
    box.commit("broken", {"policy.yaml": "models: 3\n"})
    assert not push(box, "main")
    good = put(box, GOOD)
    said = push(box, f"refs/tags/{good}")
    box.git("revert", "--no-edit", "HEAD")

    assert "policy can be read: policy.yaml" in said
    assert not push(box, "main")
    assert not push(box, f"refs/tags/{good}")


def test_a_policy_that_the_pushed_commit_brings_binds_nobody(box: Sandbox) -> None:
    """Only what HEAD of the server has counts, not what the version's commit says."""
    easy = "stages: [staging, prod]\n"
    box.git("checkout", "--quiet", "-b", "side", f"churn@{BAD}")
    made = box.commit("easy", {"policy.yaml": easy})
    box.tag("churn@v2.5.0", commit=made)
    assert not push(box, "side", "refs/tags/churn@v2.5.0")

    assert "wape <= 0.15" in push(box, f"refs/tags/{put(box, 'v2.5.0')}")


def test_what_anybody_can_push_is_not_trusted(box: Sandbox) -> None:
    """A server that was cloned has a remote, and what looks like its branches."""
    box.git("--git-dir", str(server(box)), "remote", "remove", "origin", ok=False)
    box.git("--git-dir", str(server(box)), "remote", "add", "origin", "nowhere")
    box.git("checkout", "--quiet", "--detach")
    box.commit("easy", {"policy.yaml": "stages: [prod]\n"})
    for name in ("refs/remotes/origin/HEAD", "refs/remotes/origin/main"):
        assert not push(box, f"HEAD:{name}")

    assert "wape <= 0.15" in push(box, f"refs/tags/{put(box, BAD)}")
    box.git("--git-dir", str(server(box)), "config", "lineal.trusted", "gone")
    assert "which is no branch here" in push(box, f"refs/tags/{put(box, GOOD)}")


def test_an_assignment_needs_its_version_first(box: Sandbox) -> None:
    """The order is said, and followed the second time."""
    box.tag("churn@v3.1.0", commit=f"churn@{GOOD}^{{commit}}")
    box.git("checkout", "--quiet", "--detach", f"churn@{GOOD}")
    made = box.commit("new")
    box.tag("churn@v4.0.0", commit=made)
    box.tag("churn#staging#2", commit=made)
    said = push(box, "refs/tags/churn#staging#2")

    assert "push the registration first: git push origin 'churn@v" in said
    assert not push(box, "refs/tags/churn@v4.0.0")
    assert not push(box, "refs/tags/churn#staging#2")


VERSUS = """\
stages: [staging, prod]
models:
  churn:
    prod:
      gates:
        - {metric: wape, max: 0.15}
        - {metric: wape, versus: prod}
"""


def test_what_only_running_models_could_tell_is_refused_or_left_to_others(
    box: Sandbox,
) -> None:
    """A hook runs none; with --defer all other rules bind, and the workflow is last."""
    box.commit("rules", {"policy.yaml": VERSUS})
    assert not push(box, "main")
    good, bad = put(box, GOOD), put(box, BAD)
    refused = push(box, f"refs/tags/{good}")
    hook = serve(box)
    hook.write_text(box.lineal("hooks", "server", "--defer").stdout, "utf-8")

    assert "hooks run no models" in refused
    assert "wape <= 0.15" in push(box, f"refs/tags/{bad}")
    assert not push(box, f"refs/tags/{good}")

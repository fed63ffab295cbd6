"""Tests of the pre-push hook: a clone refuses to push what breaks the policy."""

import os
import shlex
import sys
from pathlib import Path

import pytest

from helpers.committing import stated
from helpers.enforced import BAD, GOOD, assign, push, put, server, tags, team
from helpers.sandbox import Sandbox


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Return a clone, with a blank in its path, that has the hook."""
    made = team(tmp_path)
    made.lineal("hooks", "install")
    return made


def hook(box: Sandbox) -> Path:
    """Return where the hook is by default."""
    return box.root / ".git" / "hooks" / "pre-push"


def test_what_gto_assigned_is_pushed_only_if_it_keeps_the_policy(box: Sandbox) -> None:
    """Also among others: then nothing is pushed at all."""
    bad = assign(box, BAD)
    said = push(box, f"refs/tags/{bad}")
    good = assign(box, GOOD)

    assert f"lineal: {bad} refused: wape <= 0.15: 0.3" in said
    assert "lineal:" in push(box, "--tags")
    assert tags(box) == ["churn#prod#1"]
    assert not push(box, f"refs/tags/{good}")
    assert tags(box) == ["churn#prod#1", good]


def test_what_was_made_offline_is_judged_in_its_order(box: Sandbox) -> None:
    """A version and two assignments of it in one push; each without the later ones."""
    box.lineal("promote", "churn@v3.0.0", "--to", "prod", "--reason", "x", "--no-push")
    box.lineal("rollback", "churn", "--stage", "prod", "--reason", "x", "--no-push")

    assert not push(box, "--tags")
    assert tags(box) == ["churn#prod#1", "churn#prod#2", "churn#prod#3"]


def test_a_tag_whose_ref_is_not_here_is_judged_by_its_object(box: Sandbox) -> None:
    """Whoever pushes an id with a name is not let through."""
    bad = put(box, BAD)
    oid = box.id(f"refs/tags/{bad}")
    box.delete(bad)

    assert f"{bad} refused" in push(box, f"{oid}:refs/tags/{bad}")


def test_what_lineal_pushes_was_judged_already(box: Sandbox) -> None:
    """So its own verbs pass, and one of them that the policy refuses never comes."""
    words = ("--to", "prod", "--reason", "x")
    refused = box.lineal("promote", f"churn@{BAD}", *words, ok=False)

    assert box.lineal("promote", f"churn@{GOOD}", *words).returncode == 0
    assert refused.returncode == 1
    assert "policy refuses" in refused.stderr
    box.lineal("rollback", "churn", "--stage", "prod", "--reason", "x")
    assert tags(box) == ["churn#prod#1", "churn#prod#2", "churn#prod#3"]


def test_what_is_on_the_server_is_neither_deleted_nor_moved(box: Sandbox) -> None:
    """The way out is another tag."""
    box.tag("churn#prod#1", commit=f"churn@{GOOD}^{{commit}}")
    moved = push(box, "--force", "refs/tags/churn#prod#1")
    deleted = push(box, ":refs/tags/churn@v1.0.0")

    assert "churn#prod#1 refused: nothing is moved" in moved
    assert "churn@v1.0.0 refused: nothing is deleted" in deleted
    assert "`lineal unassign`" in deleted


@pytest.mark.measured
def test_what_counts_for_nothing_may_go(box: Sandbox) -> None:
    """A phantom on the server can be cleared away, and any other tag."""
    box.lightweight("churn#prod#9")
    box.lightweight("v1")
    box.tag("churn#")
    names = [f"refs/tags/{name}" for name in ("churn#prod#9", "v1", "churn#")]
    assert not push(box, "--no-verify", *names)

    assert not push(box, *(f":{name}" for name in names))


@pytest.mark.parametrize(
    "name", ["churn#prod!!", "churn#pr\u043ed#7", "review/churn/v1.0.0", "churn@v1"]
)
def test_a_look_alike_is_refused(box: Sandbox, name: str) -> None:
    """It would count for nothing, or fool who reads it."""
    box.tag(name)
    said = push(box, f"refs/tags/{name}")

    assert "refused: name is plain" in said
    assert "\u043e" not in said


def test_reviews_are_judged_too(box: Sandbox) -> None:
    """One in the name of another is refused, and a good one is not."""
    good = stated(box, "churn", GOOD, "ann@x.org")
    bad = stated(box, "churn", GOOD, "bob@x.org", actor="Eve <eve@x.org>")

    assert not push(box, f"refs/tags/{good}")
    assert "made it in the name of bob@x.org" in push(box, f"refs/tags/{bad}")


def test_branches_and_other_tags_pass(box: Sandbox) -> None:
    """Also a branch that is called like a tag of the registry."""
    box.commit("more")
    box.tag("v1.0.0")
    box.git("branch", "churn#prod#8")

    assert not push(box, "main", "refs/tags/v1.0.0", "churn#prod#8")


def test_a_broken_policy_refuses_and_says_why(box: Sandbox) -> None:
    """Nobody can tell what it allows."""
    box.commit("broken", {"policy.yaml": "models: 3\n"})
    assert not push(box, "main")

    assert "policy can be read: policy.yaml" in push(box, f"refs/tags/{put(box, GOOD)}")


@pytest.mark.measured
def test_without_a_python_that_has_lineal_tags_are_refused(box: Sandbox) -> None:
    """It says how to skip it; branches pass, and a lineal on PATH does instead."""
    text = hook(box).read_text("utf-8")
    other = text.replace(shlex.quote(sys.executable), "'/no where/python'")
    hook(box).write_text(other, "utf-8")
    good = put(box, GOOD)
    box.commit("more")
    bare = {"PATH": "/usr/bin:/bin"}
    said = push(box, f"refs/tags/{good}", env=bare)

    assert "neither /no where/python nor a lineal on PATH" in said
    assert "git push --no-verify" in said
    assert not push(box, "main", env=bare)
    assert not push(box, f"refs/tags/{good}")


def test_the_hook_is_executable_and_replaced_by_a_newer_one(box: Sandbox) -> None:
    """Ours is recognised, whatever it says otherwise."""
    text = hook(box).read_text("utf-8")
    hook(box).write_text(f"{text}# old\n", "utf-8")
    hook(box).chmod(0o644)
    said = box.lineal("hooks", "install").stdout

    assert said == f"installed {hook(box)}\n"
    assert hook(box).read_text("utf-8") == text
    assert os.access(hook(box), os.X_OK)


@pytest.mark.measured
def test_uninstalling_takes_only_ours_away(box: Sandbox) -> None:
    """A second time there is nothing to take."""
    box.lineal("hooks", "uninstall")
    assert not hook(box).exists()
    hook(box).write_text("#!/bin/sh\n", "utf-8")

    assert box.lineal("hooks", "uninstall", ok=False).returncode == 1
    assert hook(box).exists()


@pytest.mark.measured
def test_the_hook_of_somebody_else_stays(tmp_path: Path) -> None:
    """The line to add is said, and works there; --force keeps the other one aside."""
    box = team(tmp_path)
    hook(box).parent.mkdir(exist_ok=True)
    hook(box).write_text("#!/bin/sh\nexit 0\n", "utf-8")
    hook(box).chmod(0o755)
    refused = box.lineal("hooks", "install", ok=False)
    line = refused.stderr.partition("add the line ")[2].partition(" to it, before")[0]
    hook(box).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    bad = put(box, BAD)

    assert refused.returncode == 1
    assert f"{bad} refused" in push(box, f"refs/tags/{bad}")
    assert "[hooks]" not in box.lineal("doctor", ok=False).stdout
    box.lineal("hooks", "install", "--force")
    assert line in hook(box).with_name("pre-push.before-lineal").read_text("utf-8")
    assert f"{bad} refused" in push(box, f"refs/tags/{bad}")
    hook(box).write_text("#!/bin/sh\nexit 0\n", "utf-8")
    taken = box.lineal("hooks", "install", "--force", ok=False)
    assert (taken.returncode, "File exists" in taken.stderr) == (3, True)


def test_the_folder_of_hooks_may_be_elsewhere(tmp_path: Path) -> None:
    """As `core.hooksPath` says, relative to the top, and shared by work trees."""
    box = team(tmp_path)
    box.git("config", "core.hooksPath", "my hooks")
    (box.root / "deep").mkdir()
    box.run("lineal", "--repo", "deep", "hooks", "install")
    assert (box.root / "my hooks" / "pre-push").is_file()
    assert not hook(box).exists()
    bad = put(box, BAD)
    assert f"{bad} refused" in push(box, f"refs/tags/{bad}")

    box.git("config", "--unset", "core.hooksPath")
    box.git("worktree", "add", "--quiet", "--detach", "../other tree")
    other = str(box.root.parent / "other tree")
    box.run("lineal", "--repo", other, "hooks", "install")
    assert hook(box).is_file()
    done = box.run("git", "-C", other, "push", "origin", f"refs/tags/{bad}", ok=False)
    assert f"{bad} refused" in done.stderr


@pytest.mark.measured
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Some switch all hooks off so."""
    box = team(tmp_path)
    box.git("config", "core.hooksPath", "/dev/null")
    done = box.lineal("hooks", "install", ok=False)

    assert (done.returncode, "cannot write /dev/null/pre-push" in done.stderr) == (
        3,
        True,
    )


def test_doctor_says_that_the_hook_is_missing_where_there_is_a_policy(
    tmp_path: Path,
) -> None:
    """And says nothing once it is there."""
    box = team(tmp_path)
    before = box.lineal("doctor", ok=False).stdout
    box.lineal("hooks", "install")
    after = box.lineal("doctor", ok=False).stdout

    assert "`lineal hooks install` [hooks]" in before
    assert "[hooks]" not in after
    assert server(box).is_dir()


@pytest.mark.measured
def test_uninstalling_puts_the_earlier_hook_back(tmp_path: Path) -> None:
    """As it was, and it says so."""
    box = team(tmp_path)
    hook(box).parent.mkdir(exist_ok=True)
    hook(box).write_text("#!/bin/sh\nexit 0\n", "utf-8")
    hook(box).chmod(0o755)
    kept = hook(box).with_name("pre-push.before-lineal")
    box.lineal("hooks", "install", "--force")

    assert box.lineal("hooks", "uninstall").stdout == (
        f"removed {hook(box)}\nput back the hook that was kept as {kept}\n"
    )
    assert hook(box).read_text("utf-8") == "#!/bin/sh\nexit 0\n"
    assert os.access(hook(box), os.X_OK)
    assert not kept.exists()

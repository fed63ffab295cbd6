"""Tests of `lineal doctor` on real repositories that are set up wrongly."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from helpers.sandbox import Sandbox, environment, lineal

FILES = {
    "artifacts.yaml": "m:\n  type: model\n  path: m.pkl\n",
    "dvc.yaml": "artifacts:\n  m:\n    path: m.pkl\n",
    ".gto": "stages: [dev, prod]\n",
    ".gitignore": "/m.pkl\n",
    "m.pkl.dvc": "outs:\n- md5: 00000000000000000000000000000001\n  path: m.pkl\n",
    ".dvc/config": "[core]\n    remote = s\n['remote \"s\"']\n    url = /s\n"
    "    verify = true\n",
}


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start a registry that is set up well, but for what a fresh clone lacks."""
    made = Sandbox.create(tmp_path / "repo")
    made.commit("start", FILES)
    made.tag("m@v1.0.0")
    return made


@pytest.fixture
def clone(sandbox: Sandbox) -> Sandbox:
    """Clone it."""
    return sandbox.clone(sandbox.root.with_name("clone"))


def rules(made: Sandbox, *, code: int = 0) -> list[tuple[str, str]]:
    """Return rule and severity of each finding, but for the note on hooks."""
    done = made.lineal("doctor", "--json", ok=False)
    assert done.returncode == code, done.stdout + done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    pairs = [(each["rule"], each["severity"]) for each in found]
    assert ("hooks", "note") in pairs
    return [pair for pair in pairs if pair[0] != "hooks"]


def test_a_good_set_up_has_only_a_note(clone: Sandbox) -> None:
    """No hook is installed yet; with one there is nothing left to say."""
    assert rules(clone) == []
    hook = clone.root / ".git/hooks/pre-push"
    hook.write_text("#!/bin/sh\n", encoding="ascii")
    hook.chmod(0o755)

    assert clone.lineal("doctor").stdout == "no findings\n"


@pytest.mark.measured
def test_outside_of_git_there_is_a_problem_and_not_a_failure(tmp_path: Path) -> None:
    """That is what the command is for."""
    home = tmp_path / "home"
    home.mkdir()
    done = lineal(tmp_path, "doctor", env=environment(home))

    assert done.returncode == 1
    assert "is in no Git repository" in done.stdout


def test_a_clone_of_actions_checkout_is_told_what_to_do(sandbox: Sandbox) -> None:
    """Shallow, and without tags."""
    words = ("--depth=1", "--no-tags")
    shallow = sandbox.clone(sandbox.root.with_name("ci"), *words)

    assert rules(shallow, code=1) == [
        ("shallow", "problem"),
        ("unfetched", "problem"),
        ("tagless", "warning"),
    ]


@pytest.mark.measured
def test_a_remote_that_is_gone_is_a_problem(sandbox: Sandbox, clone: Sandbox) -> None:
    """Others cannot be asked what they recorded."""
    sandbox.root.rename(sandbox.root.with_name("moved"))

    assert rules(clone, code=1) == [("unreachable", "problem")]


def test_several_remotes_and_none_called_origin_are_a_problem(clone: Sandbox) -> None:
    """Which one holds the registry can be said."""
    clone.git("remote", "rename", "origin", "one")
    clone.git("remote", "add", "two", "/nowhere")
    assert rules(clone, code=1) == [("remote", "problem")]

    clone.git("config", "lineal.remote", "one")

    assert rules(clone) == []


def test_without_a_name_no_tag_can_be_made(clone: Sandbox) -> None:
    """Git must not guess one."""
    (clone.home / ".gitconfig").write_text(
        "[user]\nuseConfigOnly = true\n", encoding="ascii"
    )

    assert rules(clone, code=1) == [("identity", "problem")]


@pytest.mark.measured
@pytest.mark.parametrize("key", ["", "/nowhere/key.pub"])
def test_signing_without_a_key_is_a_problem(clone: Sandbox, key: str) -> None:
    """Each write would fail."""
    clone.git("config", "tag.gpgSign", "yes")
    clone.git("config", "gpg.format", "ssh")
    if key:
        clone.git("config", "user.signingKey", key)

    assert rules(clone, code=1) == [("key", "problem")]


@pytest.mark.measured
def test_signing_with_a_key_is_fine(clone: Sandbox) -> None:
    """A file, or the key itself."""
    key = clone.home / "key"
    clone.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key))
    clone.git("config", "tag.gpgSign", "true")
    clone.git("config", "gpg.format", "ssh")
    for value in (f"{key}.pub", key.with_suffix(".pub").read_text(encoding="ascii")):
        clone.git("config", "user.signingKey", value.strip())

        assert rules(clone) == []


def test_edited_stages_do_not_bind(clone: Sandbox) -> None:
    """Plain gto would take them, so both are told apart."""
    (clone.root / ".gto").write_text("stages: [all]\n", encoding="ascii")

    assert rules(clone) == [("stages", "warning")]


@pytest.mark.measured
def test_a_policy_that_cannot_be_understood_is_a_problem(sandbox: Sandbox) -> None:
    """It lets nothing into a stage, so somebody must hear of it before the night."""
    sandbox.commit("rules", {"policy.yaml": "stages: [prod]\nmodel: {}\n"})

    done = sandbox.lineal("doctor", ok=False)

    assert done.returncode == 1
    assert "problem: the trusted branch's policy has 1 fault, so" in done.stdout


def test_files_that_disagree_are_named(clone: Sandbox) -> None:
    """DVC would deliver another file than GTO registers."""
    (clone.root / "dvc.yaml").write_text(
        "artifacts:\n  m:\n    path: n.pkl\n  'b c':\n    path: m.pkl\n",
        encoding="ascii",
    )

    assert rules(clone, code=1) == [
        ("name", "problem"),
        ("paths", "problem"),
        ("declared", "warning"),
        ("nowhere", "warning"),
    ]


def test_a_model_that_only_lies_there_is_nobodys(clone: Sandbox) -> None:
    """Git ignores it and DVC does not know it."""
    (clone.root / "m.pkl").write_text("x", encoding="ascii")
    assert rules(clone) == []

    (clone.root / "m.pkl.dvc").unlink()

    assert rules(clone) == [("nowhere", "warning"), ("nowhere", "warning")]


@pytest.mark.measured
def test_a_file_that_is_no_yaml_is_a_problem(clone: Sandbox) -> None:
    """The rest is examined all the same."""
    (clone.root / "dvc.yaml").write_text("a: [", encoding="ascii")

    assert rules(clone, code=1) == [("unreadable", "problem"), ("declared", "note")]


def test_dvcs_remote_is_examined(clone: Sandbox) -> None:
    """It must be there, and be checked."""
    config = clone.root / ".dvc/config"
    config.write_text("['remote \"s\"']\n    url = /s\n", encoding="ascii")

    assert rules(clone) == [("storage", "warning"), ("unverified", "warning")]


def test_what_killed_commands_left_is_named(clone: Sandbox) -> None:
    """An hour later nobody is at work on it any more."""
    own = clone.root / ".git/lineal"
    (own / "write-old").mkdir(parents=True)
    (own / "write-new").mkdir()
    os.utime(own / "write-old", (0, 0))
    (own / "pending").mkdir()
    note = f"m#prod#1\n{'1' * 40}\n\n"
    (own / "pending" / "note").write_text(note, encoding="ascii")

    done = clone.lineal("doctor")

    assert "writing m#prod#1 was cut off" in done.stdout
    assert "left write-old in .git/lineal" in done.stdout
    assert "write-new" not in done.stdout


@pytest.mark.measured
def test_bare_and_empty_repositories_are_examined(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """A server has no working tree, and a new repository no commit."""
    bare = sandbox.clone(tmp_path / "bare", bare=True)
    empty = Sandbox.create(tmp_path / "empty")

    assert rules(bare) == []
    assert rules(empty) == [("remote", "note")]

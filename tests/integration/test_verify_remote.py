"""Tests of `lineal verify` in clones, which it compares with their remote."""

from pathlib import Path

import pytest

from helpers import verifying
from helpers.sandbox import Sandbox
from helpers.verifying import brief, findings, verify


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start a registry of one model."""
    return verifying.registered(tmp_path / "repo")


@pytest.fixture
def clone(sandbox: Sandbox) -> Sandbox:
    """Clone the registry."""
    return sandbox.clone(sandbox.root.with_name("clone"))


def test_phantoms_are_named(sandbox: Sandbox, clone: Sandbox) -> None:
    """What is only here, only there, and another one there."""
    sandbox.tag("m#prod#3")
    sandbox.tag("m#dev#4")
    clone.tag("m#prod#3", commit="HEAD~1")
    clone.tag("m@v3.0.0", commit="HEAD~1")

    found = findings(clone)

    assert {each for each in brief(found) if each[0] != "shared"} == {
        ("differs", "problem", "m#prod#3"),
        ("phantom", "problem", "m@v3.0.0"),
        ("unfetched", "warning", "m#dev#4"),
    }
    assert brief(findings(clone, "--offline", code=0)) == [
        ("shared", "note", "m@v3.0.0")
    ]


def test_a_phantom_may_be_dropped_and_what_is_pushed_may_not(
    sandbox: Sandbox, clone: Sandbox
) -> None:
    """Only what the remote has is remembered."""
    clone.tag("m#prod#3")
    verify(clone, code=1)
    clone.delete("m#prod#3")
    assert verify(clone).stdout == "no findings: 4 tags of 1 model, as on origin\n"

    for place in (sandbox, clone):
        place.delete("m#prod#2")

    assert brief(findings(clone)) == [("deleted", "problem", "m#prod#2")]


def test_a_remote_that_is_gone_is_no_clean_answer(
    sandbox: Sandbox, clone: Sandbox
) -> None:
    """The outside failed; offline, there is an answer."""
    sandbox.root.rename(sandbox.root.with_name("moved"))

    assert "asking origin failed" in verify(clone, code=3).stderr
    assert verify(clone, "--offline").stdout.startswith("no findings")


def test_a_shallow_clone_is_refused(sandbox: Sandbox) -> None:
    """Its tags may be missing, which would look like deletion."""
    shallow = sandbox.clone(sandbox.root.with_name("clone"), "--depth=1")

    assert "--unshallow" in verify(shallow, code=3).stderr

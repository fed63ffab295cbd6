"""Tests of what is planned when a reproduction is to be recorded; nothing is made."""

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.sandbox import Sandbox
from lineal.actions import reproduction
from lineal.actions.reproduction import MovedMeanwhileError, Reproduction
from lineal.bootstrap.reading import open_reader
from lineal.doors.dvc.remade import Output
from lineal.registry.reader import Reader
from lineal.registry.reproduced import Environment, Reproduced
from lineal.registry.version import Version

V1 = Version.parse("v1.0.0")
SAME = Output("train", "model.bin", "aa", "aa")
POLICY = """\
stages: [dev, staging, prod]
signers: .lineal/allowed_signers
models:
  m:
    dev: {gates: [{reproduction: proven, of: [ci@x.org, cd@x.org]}]}
    staging: {gates: [{reproduction: proven, signed: true}]}
    prod: {gates: [{reproduction: proven}, {signature: compatible}]}
"""


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Make a registry with a version, whose policy asks for proofs."""
    made = Sandbox.create(tmp_path / "repo")
    for name, value in (("user.email", "ann@example.org"), ("tag.gpgSign", "false")):
        made.git("config", name, value)
    made.commit("policy", {"policy.yaml": POLICY, "model.bin": "x"})
    made.tag("m@v1.0.0")
    return made


def made(box: Sandbox) -> Reproduced:
    """Return what came of making the version again."""
    ran = Environment(pinned=False, python="3.11.7")
    return Reproduced("m", V1, box.id("HEAD"), "", (SAME,), environment=ran)


def reader(box: Sandbox) -> Reader:
    """Open the registry."""
    return open_reader(box.root)


def test_who_would_count_for_nothing_is_told_before(box: Sandbox) -> None:
    """By stage: who is asked, and that a signature is."""
    notes = reproduction.prospect(reader(box), "m", V1).notes

    assert len(notes) == 2
    assert notes[0] == "for dev it does not count: the policy asks ci@x.org, cd@x.org"
    assert notes[1].startswith("for staging it does not count unless it is signed: ")


def test_the_tag_says_what_came_of_it_and_with_what(box: Sandbox) -> None:
    """What is not known has no trailer."""
    plan = Reproduction(made(box)).plan(reader(box))

    assert plan.summary == "Reproduce m v1.0.0: identical"
    assert plan.message.trailers == (
        ("Verdict", "identical"),
        ("Version", "v1.0.0"),
        ("Reason", "1 output of 1 stage"),
        ("Environment", "running, nothing is pinned, Python 3.11.7"),
    )


def test_a_later_word_of_the_same_person_is_dated_after_their_first(
    box: Sandbox,
) -> None:
    """The latest counts, so clocks must not turn them round."""
    name = "reproduction/m/v1.0.0/ann@example.org/1"
    message = "Made again\n\nVerdict: different\nVersion: v1.0.0\n"
    box.tag(name, message=message, at=2_000_000_000)
    box.tag(name.replace("ann", "bob"), message=message, at=2_000_000_001)
    plan = Reproduction(made(box)).plan(reader(box))

    assert plan.tag == name.removesuffix("1") + "2"
    assert plan.after == 2_000_000_000


def test_a_version_that_was_registered_anew_is_not_the_one_that_was_made(
    box: Sandbox,
) -> None:
    """A proof of one commit must not become one of another."""
    old = replace(made(box), commit="0" * 40)
    with pytest.raises(MovedMeanwhileError, match="nothing was recorded"):
        Reproduction(old).plan(reader(box))

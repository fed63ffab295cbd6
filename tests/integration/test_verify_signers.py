"""Tests of `lineal verify` where the trusted branch says whose signatures count."""

import json
from pathlib import Path

import pytest

from helpers.sandbox import Sandbox
from helpers.signers import Signer, allowed
from helpers.terminals import python_on_terminal
from helpers.verifying import brief, findings, verify

POLICY = "signers: .lineal/allowed_signers\n"
LISTED = ".lineal/allowed_signers"


@pytest.fixture
def ann(tmp_path: Path) -> Signer:
    """Make a key for Ann."""
    return Signer.create(tmp_path / "keys", "ann@x.org")


@pytest.fixture
def bob(tmp_path: Path) -> Signer:
    """Make a key for Bob."""
    return Signer.create(tmp_path / "keys", "bob@x.org")


@pytest.fixture
def box(tmp_path: Path, ann: Signer, bob: Signer) -> Sandbox:
    """Start a registry whose branch lists Ann and Bob, and where Ann registered."""
    made = Sandbox.create(tmp_path / "work")
    made.commit("rules", {"policy.yaml": POLICY, LISTED: allowed(ann, bob)})
    ann.tag(made, "m@v1.0.0")
    return made


def review(box: Sandbox, who: Signer, name: str = "", said: str = "approve") -> str:
    """Write a signed review; return its tag's name."""
    found = name or f"review/m/v1.0.0/prod/{who.email}/1"
    who.tag(box, found, message=f"Review\n\nVerdict: {said}")
    return found


def test_what_signers_of_the_branch_signed_is_clean(
    box: Sandbox, ann: Signer, bob: Signer
) -> None:
    """Versions, assignments and reviews, by whatever settings the reader has."""
    ann.tag(box, "m#prod#1")
    review(box, bob)

    assert verify(box, "--strict").stdout == "no findings: 3 tags of 1 model\n"
    assert verify(box, "m").stdout == "no findings: 3 tags of 1 model\n"


def test_signatures_that_prove_nothing_are_findings(
    box: Sandbox, ann: Signer, bob: Signer, tmp_path: Path
) -> None:
    """Somebody else's and changed ones are problems, unknown ones warnings."""
    bob.named(ann.email).tag(box, "m#prod#1")
    Signer.create(tmp_path / "keys", ann.email).tag(box, "m#prod#2")
    signed = box.git("cat-file", "tag", "refs/tags/m@v1.0.0").split("\n\n", 1)[1]
    box.tag("m#prod#3", message=signed, actor=ann.actor)
    box.tag("m#prod#4", actor=ann.actor)
    found = findings(box, "--strict")
    said = {each["tag"]: each["sentence"] for each in found}

    assert brief(found) == [
        ("signature", "problem", "m#prod#1"),
        ("signature", "problem", "m#prod#3"),
        ("signature", "warning", "m#prod#2"),
        ("unsigned", "note", "m#prod#4"),
    ]
    assert "signed with a key of bob@x.org, not of ann@x.org" in said["m#prod#1"]
    assert "the tag was changed" in said["m#prod#3"]


def test_an_edit_of_the_working_tree_lists_nobody(box: Sandbox, tmp_path: Path) -> None:
    """Nor does one in a commit that the trusted branch lacks."""
    eve = Signer.create(tmp_path / "keys", "eve@x.org")
    box.git("branch", "trusted")
    box.git("config", "lineal.trusted", "trusted")
    box.commit("mine", {LISTED: allowed(eve)})
    eve.tag(box, "m#prod#1", commit="trusted")

    assert brief(findings(box, code=0)) == [("signature", "warning", "m#prod#1")]


def test_a_broken_policy_is_a_finding(box: Sandbox) -> None:
    """And no crash: the rest is still looked at."""
    box.commit("oops", {"policy.yaml": "signers: [\n"})
    rules = [each["rule"] for each in findings(box)]

    assert "policy" in rules


def test_statements_are_checked(box: Sandbox, ann: Signer, bob: Signer) -> None:
    """In the ways in which somebody would forge one."""
    first = review(box, bob)
    moved = review(box, bob, "review/m/v1.0.0/prod/bob@x.org/2", "maybe")
    box.git("update-ref", "refs/tags/review/m/v1.0.0/dev/bob@x.org/1", box.id(first))
    box.lightweight("review/m/v1.0.0/prod/eve@x.org/1")
    forged = review(box, ann, "review/m/v1.0.0/prod/bob@x.org/3")
    box.tag("review/m/v1/prod/bob@x.org/4")
    box.commit()
    late = review(box, ann)

    assert brief(findings(box)) == [
        ("commit", "problem", late),
        ("lightweight", "problem", "review/m/v1.0.0/prod/eve@x.org/1"),
        ("renamed", "problem", "review/m/v1.0.0/dev/bob@x.org/1"),
        ("reviewer", "problem", forged),
        ("verdict", "problem", moved),
        ("name", "warning", "review/m/v1/prod/bob@x.org/4"),
    ]


def test_a_deleted_review_is_named(box: Sandbox, bob: Signer) -> None:
    """So that nobody makes a rejection go away."""
    name = review(box, bob, said="reject")
    verify(box)
    box.delete(name)
    found = findings(box)

    assert brief(found) == [("deleted", "problem", name)]
    assert found[0]["who"] == bob.actor


def test_a_bypass_is_named_with_who_and_why(box: Sandbox, ann: Signer) -> None:
    """Whoever was allowed to."""
    message = "Promote\n\nReason: x\nBypass: ann@x.org, the shop is down"
    ann.tag(box, "m#prod#1", message=message)
    (found,) = findings(box, code=0)

    assert brief([found]) == [("bypass", "warning", "m#prod#1")]
    assert found["who"] == ann.actor
    assert "ann@x.org, the shop is down" in found["sentence"]


def test_a_missing_ssh_keygen_is_a_failure_of_the_outside(
    box: Sandbox, tmp_path: Path
) -> None:
    """A clean answer would mislead."""
    programs = tmp_path / "bin"
    programs.mkdir()
    git = box.run("sh", "-c", "command -v git").stdout.strip()
    (programs / "git").symlink_to(git)
    done = box.lineal("verify", ok=False, env={"PATH": str(programs)})

    assert done.returncode == 3
    assert "install openssh-client" in done.stderr


def test_progress_is_shown_on_a_terminal_only(box: Sandbox, ann: Signer) -> None:
    """And is gone at the end."""
    for number in range(60):
        ann.tag(box, f"m#prod#{number + 1}")
    words = ("-m", "lineal.cli.main", "--repo", str(box.root), "verify")
    code, screen = python_on_terminal(*words, environment=box.env)
    quiet = verify(box)

    assert code == 0
    assert "\r\x1b[Kchecking signatures: 60 of 61\r\x1b[K" in screen.replace(
        "60 of 61\r\x1b[Kchecking signatures: 61 of 61", "60 of 61"
    )
    assert quiet.stderr == ""


def test_history_and_show_say_who_is_proven(
    box: Sandbox, ann: Signer, bob: Signer
) -> None:
    """By the trusted branch; whoever is not has a mark."""
    bob.named(ann.email).tag(box, "m#prod#1")
    text = box.lineal("history").stdout
    document = json.loads(box.lineal("history", "--json").stdout)
    shown = box.lineal("show", "m").stdout
    model = json.loads(box.lineal("show", "m", "--json").stdout)
    why = "signed with a key of bob@x.org, not of ann@x.org"

    assert "m#prod#1 by Ann <ann@x.org> (unverified)\n" in text
    assert "m@v1.0.0 by Ann <ann@x.org>\n" in text
    assert [each["by"]["why"] for each in document["events"]] == [why, None]
    assert "  Ann (unverified)\n" in shown
    assert "  Ann  " in shown
    assert model["stages"][0]["by"]["why"] == why
    assert model["versions"][0]["by"]["verified"] is True


def test_a_broken_policy_proves_nobody_and_stops_no_reader(box: Sandbox) -> None:
    """What happened can still be read."""
    box.commit("oops", {"policy.yaml": "signers: [\n"})
    document = json.loads(box.lineal("history", "--json").stdout)

    assert document["events"][0]["by"]["verified"] is False
    assert "policy.yaml cannot be used" in document["events"][0]["by"]["why"]

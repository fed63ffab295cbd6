"""Tests of `lineal check-ref --enforce`: what broke the policy is reverted."""

import json
from pathlib import Path

import pytest

from helpers import gto_oracle, lineal_answers
from helpers.enforced import BAD, GOOD, POLICY, assign, push, put, tags, team
from helpers.sandbox import START, Sandbox

REPORT = POLICY.replace("revert", "report")


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Return a clone whose origin has a policy that says revert."""
    return team(tmp_path)


def violate(box: Sandbox, version: str = BAD) -> str:
    """Assign and push what is not looked at; return the tag's name."""
    tag = put(box, version)
    assert not push(box, f"refs/tags/{tag}")
    return tag


def enforce(box: Sandbox, tag: str) -> list[str]:
    """Judge and enforce; return what was recorded, which both programs agree about."""
    done = box.lineal("check-ref", "--enforce", "--json", tag, ok=False)
    assert done.returncode == 1, done.stderr
    agreed(box)
    recorded: list[str] = json.loads(done.stdout)["tags"][0]["recorded"]
    return recorded


def agreed(box: Sandbox) -> str | None:
    """Return what holds prod, which gto and lineal say alike."""
    theirs, ours = gto_oracle.show(box.root), lineal_answers.show(box.root)
    assert theirs.holders == ours.holders
    return ours.holders.get(("churn", "prod"))


def note(box: Sandbox, tag: str) -> str:
    """Judge and enforce; return why nothing was recorded."""
    done = box.lineal("check-ref", "--enforce", "--json", tag, ok=False)
    said: str = json.loads(done.stdout)["tags"][0]["not_recorded"]
    return said


def test_the_previous_holder_is_put_back_with_the_reason(box: Sandbox) -> None:
    """First the version leaves, then what was there is the newest assignment."""
    tag = assign(box, BAD)
    assert not push(box, f"refs/tags/{tag}")
    assert enforce(box, tag) == ["churn#prod!#3", "churn#prod#4"]

    left = box.git("cat-file", "tag", "churn#prod!#3")
    back = box.git("cat-file", "tag", "churn#prod#4")
    assert agreed(box) == "v1.0.0"
    assert "Violation: churn#prod#2" in left
    assert "Reason: churn#prod#2 broke the rules: wape <= 0.15 (0.3)" in left
    assert "Version: v1.0.0\nRollback: v2.0.0" in back
    assert tags(box)[-1] == "churn#prod#4"


def test_a_second_run_finds_nothing_to_do(box: Sandbox) -> None:
    """And says so; the tag is refused as before."""
    tag = violate(box)
    enforce(box, tag)

    assert enforce(box, tag) == []
    assert "has no effect any more" in note(box, tag)


def test_what_was_cut_off_between_the_two_is_finished(box: Sandbox) -> None:
    """A killed run leaves the version out, and the next one does the rest."""
    tag = violate(box)
    enforce(box, tag)
    box.delete("churn#prod#4")
    box.git("push", "--quiet", "origin", ":refs/tags/churn#prod#4")

    assert agreed(box) == "v1.0.0"
    assert enforce(box, tag) == ["churn#prod#4"]


def test_where_nothing_was_held_before_the_stage_is_left_empty(box: Sandbox) -> None:
    """There is nobody to put back."""
    box.delete("churn#prod#1")
    box.git("push", "--quiet", "origin", ":refs/tags/churn#prod#1")
    tag = violate(box)

    assert len(enforce(box, tag)) == 1
    assert agreed(box) is None


def test_what_was_superseded_does_not_come_back(box: Sandbox) -> None:
    """What holds the stage stays, and is its newest assignment again."""
    tag = violate(box)
    violate(box, GOOD)
    assert enforce(box, tag) == ["churn#prod!#4", "churn#prod#5"]
    assert agreed(box) == GOOD

    box.lineal("rollback", "churn", "--stage", "prod", "--reason", "x")
    assert agreed(box) == "v1.0.0"


def test_going_back_twice_passes_over_what_was_reverted(box: Sandbox) -> None:
    """As if it had never been there."""
    tag = violate(box)
    enforce(box, tag)
    words = ("rollback", "churn", "--stage", "prod", "--reason", "x")
    named = box.lineal(*words, "--to", BAD, ok=False)

    assert box.lineal(*words, ok=False).returncode == 1
    assert "never held" in named.stderr


def test_two_violations_of_one_version_are_both_reverted(box: Sandbox) -> None:
    """The second rests on the first, and goes with it."""
    first, second = violate(box), violate(box)

    assert len(enforce(box, first)) == 2
    assert agreed(box) == "v1.0.0"
    assert enforce(box, second) == []


def test_two_violations_of_two_versions_lead_to_what_was_before(box: Sandbox) -> None:
    """Though reverting the second one first brings the first one back."""
    first = violate(box)
    box.tag(
        "churn@v2.1.0", commit=box.commit("worse", {"models/churn/card.json": "{}"})
    )
    box.git("push", "--quiet", "origin", "main", "refs/tags/churn@v2.1.0")
    second = violate(box, "v2.1.0")

    enforce(box, second)
    assert agreed(box) == BAD
    enforce(box, first)
    assert agreed(box) == "v1.0.0"


def test_a_later_assignment_that_may_be_is_left_alone(box: Sandbox) -> None:
    """The rules were mended and the version promoted, before the first run came."""
    tag = violate(box)
    commit = f"churn@{BAD}^{{commit}}"
    boss = "Boss <boss@x.org>"
    message = "Promote\n\nBypass: boss@x.org: urgent\n"
    late = box.now() + 200_000_000
    box.tag("churn#prod#3", commit=commit, message=message, actor=boss, at=late)
    assert not push(box, "refs/tags/churn#prod#3")

    assert "has no effect any more" in note(box, tag)
    assert tags(box)[-1] == "churn#prod#3"


def test_a_later_assignment_that_nobody_can_judge_here_is_left_to_people(
    box: Sandbox,
) -> None:
    """Nothing is taken away that may be right; the answer says what to do."""
    tag, later = violate(box), put(box, BAD)
    card = "{metric: wape, max: 0.15}"
    versus = "{metric: wape, versus: prod, confidence: 0.9}"
    box.commit("rules", {"policy.yaml": POLICY.replace(card, versus)})
    assert not push(box, "main", f"refs/tags/{later}")

    assert f"{later} assigned the same version again" in note(box, tag)
    assert tags(box)[-1] == later


def test_where_the_policy_says_report_nothing_is_written(tmp_path: Path) -> None:
    """The answer is no all the same."""
    box = team(tmp_path, REPORT)
    tag = violate(box)

    assert enforce(box, tag) == []
    assert "on_violation: report" in note(box, tag)
    assert agreed(box) == BAD


def test_what_changes_no_stage_is_only_reported(box: Sandbox) -> None:
    """Such as a review that counts for nothing."""
    name = f"review/churn/{GOOD}/prod/ann@x.org/1"
    box.tag(name, message="x\n\nVerdict: maybe\n", at=START)

    assert "changes no stage" in note(box, name)


def test_nothing_is_reverted_while_the_policy_cannot_be_read(box: Sandbox) -> None:
    """It may say that violations are only reported."""
    tag = violate(box)
    box.commit("broken", {"policy.yaml": "models: 3\n"})
    assert not push(box, "main")

    assert "while the policy cannot be read" in note(box, tag)
    assert agreed(box) == BAD


def test_a_tag_that_counts_for_nothing_reverts_nothing(box: Sandbox) -> None:
    """It never put anything into the stage."""
    box.lightweight("churn#prod#9", commit=f"churn@{BAD}^{{commit}}")
    assert not push(box, "refs/tags/churn#prod#9")
    done = box.lineal("check-ref", "--enforce", "churn#prod#9", ok=False)

    assert "note: churn#prod#9 has no effect any more" in done.stdout
    assert agreed(box) == "v1.0.0"


def test_the_command_says_what_it_recorded(box: Sandbox) -> None:
    """A line a tag, for the log of the workflow."""
    done = box.lineal("check-ref", "--enforce", violate(box), ok=False)

    assert "recorded: Put prod of churn back to v1.0.0 (churn#prod#4)" in done.stdout

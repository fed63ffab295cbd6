"""Tests of `lineal check-ref --enforce`: what broke the policy is reverted."""

import json
from pathlib import Path

import pytest

from helpers import gto_oracle, lineal_answers
from helpers.by_day import errors
from helpers.committing import files, registered
from helpers.enforced import BAD, GOOD, POLICY, assign, card, push, put, tags, team
from helpers.sandbox import START, Sandbox
from lineal.modeling.errors_by_day import Rows

VERSUS = "{metric: wape, versus: prod, confidence: 0.9}"
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


def rule(box: Sandbox, gate: str) -> None:
    """Let the policy ask for one thing only."""
    gates = "{metric: wape, max: 0.15}"
    box.commit("rules", {"policy.yaml": POLICY.replace(gates, gate)})
    assert not push(box, "main")


def register(box: Sandbox, version: str, wrong: float, rows: str = "ab") -> None:
    """Register a version that was tested on certain rows."""
    found = errors([wrong] * 40, rows=Rows(400, rows * 32))
    registered(box, "churn", version, files("churn", card(wrong / 100), found))
    assert not push(box, "main", f"refs/tags/churn@{version}")


def apart(box: Sandbox) -> str:
    """Return a version that only running models could compare with v1.0.0."""
    rule(box, VERSUS)
    register(box, "v2.1.0", 30.0)
    return "v2.1.0"


def enforce(box: Sandbox, tag: str, *words: str) -> list[str]:
    """Judge and enforce; return what was recorded, which both programs agree about."""
    done = box.lineal("check-ref", "--enforce", "--json", *words, tag, ok=False)
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


@pytest.mark.measured
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


@pytest.mark.measured
def test_what_was_superseded_does_not_come_back(box: Sandbox) -> None:
    """What holds the stage stays, and is its newest assignment again."""
    tag = violate(box)
    violate(box, GOOD)
    assert enforce(box, tag) == ["churn#prod!#4", "churn#prod#5"]
    assert agreed(box) == GOOD

    box.lineal("rollback", "churn", "--stage", "prod", "--reason", "x")
    assert agreed(box) == "v1.0.0"


@pytest.mark.measured
def test_going_back_twice_passes_over_what_was_reverted(box: Sandbox) -> None:
    """As if it had never been there."""
    tag = violate(box)
    enforce(box, tag)
    words = ("rollback", "churn", "--stage", "prod", "--reason", "x")
    named = box.lineal(*words, "--to", BAD, ok=False)

    assert box.lineal(*words, ok=False).returncode == 1
    assert "held churn v2.0.0 against the rules" in named.stderr
    assert "churn#prod!#3 reverted that, so that is no way back" in named.stderr


@pytest.mark.measured
def test_two_violations_of_one_version_are_both_reverted(box: Sandbox) -> None:
    """The second rests on the first, and goes with it."""
    first, second = violate(box), violate(box)

    assert len(enforce(box, first)) == 2
    assert agreed(box) == "v1.0.0"
    assert enforce(box, second) == []


@pytest.mark.parametrize("between", [BAD, "v1.0.0"])
def test_violations_are_no_way_back_for_one_another(box: Sandbox, between: str) -> None:
    """However often a version was assigned before the first run came."""
    first = violate(box)
    for version in (between, BAD, between, BAD):
        violate(box, version)

    assert len(enforce(box, first)) == 2
    assert agreed(box) == "v1.0.0"


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


@pytest.mark.measured
def test_a_later_assignment_that_nobody_can_judge_here_goes_with_the_first(
    box: Sandbox,
) -> None:
    """Else whoever assigns a bad version twice would keep it."""
    tag, _ = violate(box, apart(box)), violate(box, "v2.1.0")
    assert enforce(box, tag) == []
    assert "only running models could judge" in note(box, tag)

    refused = ("--refused", "wape better than prod (0.3,\n v1.0.0 has 0.1)")
    assert enforce(box, tag, *refused) == ["churn#prod!#4", "churn#prod#5"]
    assert agreed(box) == "v1.0.0"
    left = box.git("cat-file", "tag", "churn#prod!#4")
    assert (
        "another job, which ran the models, refused it because wape better than prod "
        "(0.3, v1.0.0 has 0.1)" in left
    )


@pytest.mark.measured
def test_two_of_one_version_are_not_compared_with_one_another(box: Sandbox) -> None:
    """Each is as good as itself, so both would stay."""
    rule(box, VERSUS)
    register(box, "v5.0.0", 10.0)
    violate(box, "v5.0.0")
    register(box, "v7.0.0", 30.0)
    tag, _ = violate(box, "v7.0.0"), violate(box, "v7.0.0")

    assert len(enforce(box, tag)) == 2
    assert agreed(box) == "v5.0.0"


@pytest.mark.measured
def test_what_another_job_says_counts_only_where_models_would_have_to_tell(
    box: Sandbox,
) -> None:
    """It refuses nothing that may be; and it needs a tag that is to be enforced."""
    tag = violate(box, GOOD)
    done = box.lineal("check-ref", "--enforce", "--refused", "no", tag)
    lone = box.lineal("check-ref", "--refused", "no", tag, ok=False)

    assert "that another job refused it counts for nothing here: no" in done.stdout
    assert agreed(box) == GOOD
    assert lone.returncode == 2


def test_what_lacks_its_own_errors_is_refused_and_not_left_open(box: Sandbox) -> None:
    """Else an attacker would leave them out."""
    rule(box, VERSUS)
    made = files("churn", card(0.01))
    registered(box, "churn", "v2.2.0", made)
    box.git("push", "--quiet", "origin", "main", "refs/tags/churn@v2.2.0")
    tag = violate(box, "v2.2.0")
    played = box.lineal("check-ref", "--rematch", tag, ok=False)

    assert played.returncode == 1
    assert len(enforce(box, tag)) == 2


@pytest.mark.parametrize("rows", ["", "cd"])
def test_models_that_cannot_be_run_are_no_refusal(box: Sandbox, rows: str) -> None:
    """The answer is another code, says what is missing, and reverts nothing."""
    if rows:
        register(box, "v1.1.0", 20.0, rows)
        violate(box, "v1.1.0")
    tag = violate(box, apart(box))
    done = box.lineal("check-ref", "--rematch", "--enforce", tag, ok=False)

    assert done.returncode == 3
    assert f"undecided: {tag} (assignment churn v2.1.0 for prod)" in done.stdout
    assert f"error: {tag} could not be judged: wape better than prod" in done.stderr
    assert agreed(box) == "v2.1.0"


@pytest.mark.measured
def test_what_was_superseded_is_not_held_against_what_came_later(box: Sandbox) -> None:
    """A late run reverts no promotion that was right when it was made."""
    rule(box, VERSUS)
    register(box, "v4.0.0", 20.0)
    register(box, "v5.0.0", 10.0)
    register(box, "v6.0.0", 5.0)
    register(box, "v7.0.0", 30.0)
    violate(box, "v4.0.0")
    right, wrong = violate(box, "v5.0.0"), violate(box, "v7.0.0")
    violate(box, "v6.0.0")
    late = box.lineal("check-ref", "--enforce", right)

    assert "judged without what came later in prod" in late.stdout
    assert agreed(box) == "v6.0.0"
    assert len(enforce(box, wrong)) == 2
    assert agreed(box) == "v6.0.0"


def test_what_was_slipped_in_before_what_is_better_is_refused(box: Sandbox) -> None:
    """A low number is no earlier time: what lineal wrote says what it followed."""
    rule(box, VERSUS)
    register(box, "v5.0.0", 10.0)
    register(box, "v7.0.0", 30.0)
    previous = box.id("refs/tags/churn#prod#1")
    box.tag(
        "churn#prod#5",
        commit="churn@v5.0.0^{commit}",
        message=f"Promote\n\nPrevious: {previous}\n",
    )
    box.tag("churn#prod#3", commit="churn@v7.0.0^{commit}")
    done = box.lineal("check-ref", "churn#prod#3", ok=False)

    assert done.returncode == 1
    assert "v5.0.0" in done.stdout


def test_what_has_no_card_cannot_stay_by_being_assigned_twice(box: Sandbox) -> None:
    """That a rule cannot be asked of it leaves no doubt: it refuses."""
    box.tag("churn@v2.1.0", commit=box.commit("bare", {"models/churn/card.json": "{}"}))
    box.git("push", "--quiet", "origin", "main", "refs/tags/churn@v2.1.0")
    first = violate(box, "v2.1.0")
    violate(box, "v2.1.0")

    assert len(enforce(box, first)) == 2
    assert agreed(box) == "v1.0.0"


@pytest.mark.measured
def test_where_the_policy_says_report_nothing_is_written(tmp_path: Path) -> None:
    """The answer is no all the same."""
    box = team(tmp_path, REPORT)
    tag = violate(box)

    assert enforce(box, tag) == []
    assert "on_violation: report" in note(box, tag)
    assert agreed(box) == BAD


@pytest.mark.measured
def test_what_changes_no_stage_is_only_reported(box: Sandbox) -> None:
    """Such as a review that counts for nothing."""
    name = f"review/churn/{GOOD}/prod/ann@x.org/1"
    box.tag(name, message="x\n\nVerdict: maybe\n", at=START)

    assert "changes no stage" in note(box, name)


@pytest.mark.measured
def test_nothing_is_reverted_while_the_policy_cannot_be_read(box: Sandbox) -> None:
    """It may say that violations are only reported."""
    tag = violate(box)
    box.commit("broken", {"policy.yaml": "models: 3\n"})
    assert not push(box, "main")

    assert "while the policy cannot be read" in note(box, tag)
    assert agreed(box) == BAD


@pytest.mark.measured
def test_a_tag_that_counts_for_nothing_reverts_nothing(box: Sandbox) -> None:
    """It never put anything into the stage."""
    box.lightweight("churn#prod#9", commit=f"churn@{BAD}^{{commit}}")
    assert not push(box, "refs/tags/churn#prod#9")
    done = box.lineal("check-ref", "--enforce", "churn#prod#9", ok=False)

    assert "note: churn#prod#9 has no effect any more" in done.stdout
    assert agreed(box) == "v1.0.0"


@pytest.mark.measured
def test_the_command_says_what_it_recorded(box: Sandbox) -> None:
    """A line a tag, for the log of the workflow."""
    done = box.lineal("check-ref", "--enforce", violate(box), ok=False)

    assert "recorded: Put prod of churn back to v1.0.0 (churn#prod#4)" in done.stdout

"""Tests of judging tags that others made, as if they were being made now."""

import json
from pathlib import Path

import pytest

from helpers.committing import files, registered, stated
from helpers.enforced import BAD, GOOD, POLICY, assign, card, team
from helpers.lineal_answers import reader
from helpers.sandbox import ANN, START, Sandbox
from helpers.signers import Signer, allowed
from lineal.actions.checking.check import check
from lineal.actions.checking.checked import Checked
from lineal.actions.checking.terms import Terms

NOW = START + 100_000
SIGNED = """\
signers: .lineal/allowed_signers
models:
  churn:
    prod:
      gates: [{metric: wape, max: 0.15}]
      approvals: {count: 1, of: [ann@x.org], signed: true}
      bypass: {of: [boss@x.org], signed: true}
"""


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Return a clone whose origin has a policy."""
    return team(tmp_path)


def look(box: Sandbox, tag: str, *, arriving: bool = False) -> Checked:
    """Judge a tag that is there."""
    terms = Terms(reader(box.root), NOW, arriving=arriving)
    return check(terms, tag, box.id(f"refs/tags/{tag}"))


def put(
    box: Sandbox, version: str, said: str = "X: y", *, serial: int = 7, actor: str = ANN
) -> str:
    """Assign a version to prod, with some trailers; return the tag's name."""
    tag = f"churn#prod#{serial}"
    commit = f"churn@{version}^{{commit}}"
    box.tag(tag, commit=commit, message=f"Assign\n\n{said}\n", actor=actor)
    return tag


def rules(told: Checked) -> list[str]:
    """Return which rules do not hold."""
    return [one.rule for one in told.refusals]


def test_what_keeps_the_policy_is_allowed_and_what_breaks_it_is_not(
    box: Sandbox,
) -> None:
    """A plain `gto assign` is judged by the same rules as `lineal promote`."""
    good, bad = assign(box, GOOD), assign(box, BAD)

    assert look(box, good).allowed
    told = look(box, bad)
    assert (told.allowed, rules(told), str(told.version)) == (
        False,
        ["wape <= 0.15"],
        BAD,
    )


def test_what_a_tag_says_of_its_own_gates_is_not_believed(box: Sandbox) -> None:
    """Gates are evaluated and approvals are counted, never read."""
    policy = box.id("HEAD:policy.yaml")
    said = f"Policy: {policy}\nGate: wape <= 0.15 | 0.1 | pass\nApproved-By: boss@x.org"

    assert rules(look(box, put(box, BAD, said))) == ["wape <= 0.15"]


def test_a_version_that_the_trailer_claims_must_be_that_of_the_commit(
    box: Sandbox,
) -> None:
    """Else the version is the one that GTO takes it for."""
    told = look(box, put(box, BAD, f"Version: {GOOD}"))

    assert (str(told.version), told.allowed) == (BAD, False)


def test_the_trailer_chooses_among_the_versions_of_a_commit(box: Sandbox) -> None:
    """As replay has it; without a trailer the highest counts."""
    box.tag("churn@v9.0.0", commit=f"churn@{GOOD}^{{commit}}")

    assert str(look(box, put(box, GOOD, f"Version: {GOOD}")).version) == GOOD
    assert str(look(box, put(box, GOOD, serial=8)).version) == "v9.0.0"


def test_a_commit_without_a_version_is_refused_with_the_way_out(box: Sandbox) -> None:
    """The registration has to be there first."""
    box.commit("no version")
    box.tag("churn#prod#7")
    told = look(box, "churn#prod#7")

    assert rules(told) == ["commit has a version"]
    assert "push the registration first: git push origin 'churn@v" in told.reason


def test_a_withdrawn_version_enters_nothing(box: Sandbox) -> None:
    """Whether the tag names it or not."""
    box.tag(f"churn@{GOOD}!", commit=f"churn@{GOOD}^{{commit}}")

    assert "was withdrawn" in look(box, put(box, GOOD)).reason
    assert "was withdrawn" in look(box, put(box, GOOD, "Version: v3.0.0")).reason


def test_a_way_back_asks_no_gate(box: Sandbox) -> None:
    """What the stage rightly held may come back, with any tool."""
    box.commit("stricter", {"policy.yaml": POLICY.replace("0.15", "0.01")})
    box.git("push", "--quiet", "origin", "main")
    put(box, GOOD, serial=6)
    told = look(box, put(box, "v1.0.0"))

    assert told.allowed
    assert told.notes == ("prod held v1.0.0 before, so no gate is asked",)


def test_who_claims_a_rollback_falsely_gains_nothing(box: Sandbox) -> None:
    """Only what the stage held can come back."""
    assert rules(look(box, put(box, BAD, "Rollback: v1.0.0"))) == ["wape <= 0.15"]


def test_what_was_reverted_gives_no_way_back(box: Sandbox) -> None:
    """Nor does a second assignment that was made before the first was reverted."""
    put(box, BAD, serial=2)
    put(box, BAD, serial=3)
    commit = f"churn@{BAD}^{{commit}}"
    message = "Revert\n\nVersion: v2.0.0\nViolation: churn#prod#2\n"
    box.tag("churn#prod!#4", commit=commit, message=message)

    assert rules(look(box, put(box, BAD))) == ["wape <= 0.15"]


def test_an_assignment_is_judged_as_if_it_were_not_there(box: Sandbox) -> None:
    """So what holds the stage now is compared with what held it before, not itself."""
    versus = "{metric: wape, versus: prod}"
    box.commit(
        "rules", {"policy.yaml": POLICY.replace("{metric: wape, max: 0.15}", versus)}
    )
    box.git("push", "--quiet", "origin", "main")
    told = look(box, put(box, GOOD))

    assert "of churn v1.0.0" in told.reason or "churn v3.0.0 has no" in told.reason


@pytest.mark.parametrize(
    ("actor", "trailer", "who"),
    [
        ("Boss <Boss@x.org>", "Bypass: boss@x.org: urgent", "boss@x.org"),
        ("Boss <boss@x.org>", "X: y", ""),
        ("Eve <eve@x.org>", "Bypass: boss@x.org: urgent", ""),
    ],
)
def test_a_bypass_is_for_those_whom_the_policy_names(
    box: Sandbox, actor: str, trailer: str, who: str
) -> None:
    """Who made the tag counts, not what it says; and it must say so."""
    told = look(box, put(box, BAD, trailer, actor=actor))

    assert (told.bypass, told.allowed) == (who, bool(who))
    assert not who or told.notes == ("bypassed by boss@x.org: wape <= 0.15: 0.3",)


def test_nobody_bypasses_what_is_absolute(box: Sandbox) -> None:
    """Such as the list of stages."""
    tag = "churn#live#7"
    commit = f"churn@{GOOD}^{{commit}}"
    boss = "Boss <boss@x.org>"
    box.tag(tag, commit=commit, message="A\n\nBypass: boss: x\n", actor=boss)
    told = look(box, tag)

    assert not told.allowed
    assert "nobody may bypass" in told.notes[0]


def test_a_signed_bypass_and_signed_reviews_must_be_proven(box: Sandbox) -> None:
    """By a key that the trusted branch lists, whatever the tag's maker is called."""
    ann, boss = (Signer.create(box.home / "k", f"{n}@x.org") for n in ("ann", "boss"))
    listed = {".lineal/allowed_signers": allowed(ann, boss), "policy.yaml": SIGNED}
    box.commit("rules", listed)
    box.git("push", "--quiet", "origin", "main")
    forged = put(box, BAD, "Bypass: x", actor="Boss <boss@x.org>")
    commit = f"churn@{BAD}^{{commit}}"
    boss.tag(box, "churn#prod#8", commit=commit, message="B\n\nBypass: x\n")
    review = f"review/churn/{GOOD}/prod/ann@x.org/1"
    ann.tag(
        box,
        review,
        commit=f"churn@{GOOD}^{{commit}}",
        message="A\n\nVerdict: approve\n",
    )
    unsigned = stated(box, "churn", GOOD, "ann@x.org", serial=2)
    no = stated(box, "churn", GOOD, "ann@x.org", "reject", serial=3)

    assert look(box, forged).notes[-1] == "its Bypass counts for nothing: not signed"
    box.delete(forged)
    assert look(box, "churn#prod#8").bypass == "boss@x.org"
    assert look(box, review).allowed
    assert rules(look(box, unsigned)) == ["signature proves who made it"]
    assert look(box, no).allowed


@pytest.mark.parametrize(
    ("who", "verdict", "stage"),
    [("ann@x.org", "approved", "prod"), ("ann@x.org", "identical", "prod")],
)
def test_a_review_that_counts_for_nothing_is_refused(
    box: Sandbox, who: str, verdict: str, stage: str
) -> None:
    """Such as one whose verdict is none."""
    tag = stated(box, "churn", GOOD, who, verdict, stage=stage)

    assert rules(look(box, tag)) == ["statement counts"]


def test_a_review_in_the_name_of_another_or_of_another_commit_is_refused(
    box: Sandbox,
) -> None:
    """The tagger must be who the name says, and the commit that of the version."""
    eve = stated(box, "churn", GOOD, "ann@x.org", actor="Eve <eve@x.org>")
    moved = stated(box, "churn", GOOD, "ann@x.org", serial=2, commit="HEAD~1")
    none = stated(box, "churn", "v9.0.0", "ann@x.org", commit="HEAD")
    good = stated(box, "churn", GOOD, "ann@x.org", serial=3)

    assert "in the name of ann@x.org" in look(box, eve).reason
    assert "not about the commit" in look(box, moved).reason
    assert "has no version v9.0.0 here" in look(box, none).reason
    assert look(box, good).allowed


def test_a_tag_that_is_none_that_counts_is_refused(box: Sandbox) -> None:
    """Lightweight, of a tag, of a tree, or made under another name."""
    box.lightweight("churn#prod#5")
    box.nested("churn#prod#6", "churn#prod#1")
    box.tag("churn#prod#7", commit="HEAD^{tree}")
    box.git("update-ref", "refs/tags/churn#prod#8", box.id("refs/tags/churn#prod#1"))
    found = [look(box, f"churn#prod#{serial}").reason for serial in (5, 6, 7, 8)]

    for reason, said in zip(
        found, ("lightweight", "tag of a tag", "no commit", "another name"), strict=True
    ):
        assert said in reason


@pytest.mark.parametrize(
    "tag",
    [
        "churn#",
        "churn#prod!!",
        "churn@v1.0",
        "churn#prod#007",
        "churn#pr\u043ed#2",
        "ch\u016brn@v1.2.3",
        "churn\uff03prod\uff032",
        "review/churn/v1.0.0/prod",
        "revi\u0435w/churn/v1.0.0/prod/ann@x.org/1",
        "review/churn/v1.0.0/prod/ANN@x.org/1",
        "Review/churn/v1.0.0/prod/ann@x.org/1",
        "deprecated/churn/1",
    ],
)
def test_a_name_that_only_looks_like_ours_is_refused(box: Sandbox, tag: str) -> None:
    """It would count for nothing, or be taken for another."""
    told = check(Terms(reader(box.root), NOW), tag, box.id("refs/tags/churn#prod#1"))

    assert rules(told) == ["name is plain"]


@pytest.mark.parametrize("tag", ["v1.0.0", "release/1", "größe", "a/v1.0.0/b/1", "x@y"])
def test_other_tags_are_no_business_of_ours(box: Sandbox, tag: str) -> None:
    """Whatever they are."""
    told = check(Terms(reader(box.root), NOW), tag, box.id("HEAD"))

    assert (told.kind, told.allowed) == ("other", True)


def test_a_version_is_one_commit_for_ever(box: Sandbox) -> None:
    """It cannot be registered a second time elsewhere."""
    box.commit("other")
    box.tag(f"churn@{GOOD}#9")
    registered(box, "churn", "v4.0.0", files("churn", card(0.5)))

    assert rules(look(box, f"churn@{GOOD}#9")) == ["version is at no other commit"]
    assert look(box, "churn@v4.0.0").allowed


def test_a_tag_that_arrives_must_come_after_what_is_there(box: Sandbox) -> None:
    """By GTO's counter, or where there is none by its time; what is there need not."""
    put(box, GOOD, serial=6)
    late = put(box, GOOD, serial=5)
    box.tag("churn#prod", commit=f"churn@{GOOD}^{{commit}}", at=START)
    first = stated(box, "churn", GOOD, "ann@x.org", serial=2)
    second = stated(box, "churn", GOOD, "ann@x.org", serial=1)

    assert rules(look(box, late, arriving=True)) == ["serial is the next"]
    assert rules(look(box, "churn#prod", arriving=True)) == ["later than what is there"]
    assert rules(look(box, second, arriving=True)) == ["number is the next"]
    for tag in (late, second):
        (refused,) = look(box, tag, arriving=True).refusals
        assert "run `git fetch --tags`, delete your tag and make it" in refused.evidence
    for tag in (late, "churn#prod", first, second):
        assert look(box, tag).allowed


def test_the_end_of_a_version_is_in_nobodys_way(box: Sandbox) -> None:
    """GTO does not know such names, so its next assignment has the same number."""
    box.lineal("deprecate", "churn@v1.0.0", "--reason", "old")
    tag = assign(box, GOOD)

    assert tag == "churn#prod#2"
    assert look(box, tag, arriving=True).allowed


def test_without_a_policy_only_the_tag_itself_is_judged(tmp_path: Path) -> None:
    """And its stage, where `.gto` lists the stages."""
    box = team(tmp_path, policy=None)
    tag = assign(box, BAD)
    before = look(box, tag)
    box.commit("stages", {".gto": "stages: [dev]\n"})
    box.git("push", "--quiet", "origin", "main")

    assert (before.allowed, before.reason) == (True, "")
    assert rules(look(box, tag)) == ["stage is listed in .gto"]
    box.commit("broken", {".gto": "- prod\n"})
    box.git("push", "--quiet", "origin", "main")
    assert "it is not a mapping" in look(box, tag).reason


def test_a_policy_that_cannot_be_read_lets_nothing_in(box: Sandbox) -> None:
    """But what it does not govern: ways back and ways out, and versions."""
    tag, back = assign(box, GOOD), put(box, "v1.0.0")
    out, review = "churn#prod!#9", stated(box, "churn", GOOD, "ann@x.org")
    box.tag(out, commit=f"churn@{GOOD}^{{commit}}")
    box.commit("broken", {"policy.yaml": "models: [\n"})
    box.git("push", "--quiet", "origin", "main")

    told = look(box, tag)
    assert rules(told) == ["policy can be read"]
    assert "policy.yaml:" in told.reason
    assert rules(look(box, review)) == ["policy can be read"]
    assert [look(box, each).allowed for each in (back, out, "churn@v2.0.0")] == [
        True
    ] * 3


def test_the_command_says_what_was_found_and_answers_by_its_code(box: Sandbox) -> None:
    """0 where all may be, 1 where one may not, 2 where there is no such tag."""
    good, bad = assign(box, GOOD), assign(box, BAD)
    refused = box.lineal("check-ref", f"refs/tags/{good}", bad, ok=False)
    missing = box.lineal("check-ref", "churn#prod#77", ok=False)
    told = json.loads(box.lineal("check-ref", "--json", bad, ok=False).stdout)

    assert box.lineal("check-ref", good).stdout.startswith(f"allowed: {good}")
    assert refused.returncode == 1
    assert f"refused: {bad} (assignment churn v2.0.0 for prod)" in refused.stdout
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "there is no tag 'churn#prod#77' here" in missing.stderr
    assert (told["refused"], told["tags"][0]["version"]) == (1, BAD)
    assert told["tags"][0]["rules"][-1] == {
        "rule": "wape <= 0.15",
        "evidence": "0.3",
        "verdict": "fail",
    }


@pytest.mark.measured
def test_the_command_says_what_was_bypassed_and_what_is_not_ours(box: Sandbox) -> None:
    """Both may be, and whoever reads the log sees why."""
    box.tag("v1.0.0")
    tag = put(box, BAD, "Bypass: urgent", actor="Boss <boss@x.org>")
    done = box.lineal("check-ref", "v1.0.0", tag)

    assert "allowed: v1.0.0 is no tag of the registry\n" in done.stdout
    assert f"bypassed: {tag} (assignment churn v2.0.0 for prod)\n" in done.stdout
    assert "warning: bypassed by boss@x.org: wape <= 0.15: 0.3" in done.stdout


@pytest.mark.measured
def test_models_are_run_only_if_somebody_asks_for_it(box: Sandbox) -> None:
    """Then the answer says why they cannot be, if they cannot."""
    versus = "{metric: wape, versus: prod}"
    policy = POLICY.replace("{metric: wape, max: 0.15}", versus)
    box.commit("rules", {"policy.yaml": policy})
    box.git("push", "--quiet", "origin", "main")
    tag = put(box, GOOD)
    plain = box.lineal("check-ref", tag, ok=False)
    played = box.lineal("check-ref", "--rematch", tag, ok=False)

    assert "no rows to compare them on" in plain.stdout
    assert "cannot forecast the same days again" in played.stdout
    assert "both forecast the newest days again" in played.stderr

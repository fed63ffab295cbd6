"""Tests of promotions that the team's rules judge."""

import json
from pathlib import Path

import pytest

import lineal
from helpers.council import CARD, DAY, GATED, POLICY, V1, V2, Council
from helpers.sandbox import START
from lineal.actions.judging.court import RefusedByPolicyError

TO = ("--to", "prod", "-m", "better")
OPS = "ops@x.org"


@pytest.fixture
def council(tmp_path: Path) -> Council:
    """Make a team with a gate, an approval, and somebody who may bypass."""
    return Council.create(tmp_path, GATED)


def test_rules_refuse_and_nothing_is_recorded(council: Council) -> None:
    """All that is not met is told at once, and where to see the rest."""
    done = council.run("promote", V2, *TO)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "error: the policy refuses ridership@v2.0.0 for prod: wape <= 0.15 (0.2); "
        "approvals: 1 of 2 (nobody has approved); `lineal policy explain "
        "ridership@v2.0.0 --to prod` shows every rule\n"
    )
    assert "ridership#prod#1" not in council.tags()


def test_what_allowed_it_is_recorded(council: Council) -> None:
    """Git reads back the policy, each gate, and who approved."""
    council.run("approve", V1, "--for", "prod", who="bob@x.org")

    done = council.run("promote", V1, *TO)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "Promote ridership v1.0.0 to prod\n"
        "tag: ridership#prod#1 (pushed to origin)\n"
        "rule "
    )
    assert council.trailers("ridership#prod#1") == [
        "Version: v1.0.0",
        "Reason: better",
        f"Policy: {council.hub.id('HEAD:policy.yaml')}",
        "Gate: stage is one of dev, prod | it is | pass",
        "Gate: version stands | v1.0.0 | pass",
        "Gate: wape <= 0.15 | 0.1 | pass",
        "Gate: approvals: 1 of 2 | bob@x.org (unverified) approved | pass",
        "Approved-By: bob@x.org (unverified)",
    ]


def test_a_dry_run_shows_the_table_before_it_refuses(council: Council) -> None:
    """On standard output, as `lineal policy explain` has it."""
    done = council.run("promote", V2, *TO, "--dry-run")
    explained = council.run("policy", "explain", V2, "--to", "prod")

    assert done.returncode == 1
    assert done.stderr.startswith("error: the policy refuses")
    assert done.stdout.splitlines() == explained.stdout.splitlines()[:5]
    assert [line.split()[-1] for line in done.stdout.splitlines()[1:]] == [
        *("pass", "pass", "fail", "fail")
    ]


@pytest.mark.measured
def test_reviews_that_cannot_be_counted_are_told(council: Council) -> None:
    """Whoever waits for one wants to know."""
    name = "review/ridership/v1.0.0/prod/bob@x.org/1"
    council.clone.tag(name, commit=f"{V1}^{{}}", message="x\n\nVerdict: approve\n")

    done = council.run("promote", V1, *TO, "--no-push")

    assert done.returncode == 1
    assert done.stderr.startswith(f"note: {name} does not count: Ann <")


@pytest.mark.measured
def test_json_has_the_decision(council: Council) -> None:
    """Refused or not, dry or not; without rules for the stage too."""
    refused = council.json("promote", V2, *TO, "--dry-run", code=1)
    again = council.json("promote", V2, *TO, code=1)
    council.run("approve", V1, "--for", "prod", who="bob@x.org")
    dry = council.json("promote", V1, *TO, "--dry-run")
    done = council.json("promote", V1, *TO)
    free = council.json("promote", V2, "--to", "dev", "-m", "x")

    assert refused == again
    assert (refused["allowed"], refused["tag"], refused["id"]) == (False, None, None)
    assert refused["gates"][2] == {
        "rule": "wape <= 0.15",
        "evidence": "0.2",
        "verdict": "fail",
    }
    assert (done["allowed"], done["gates"]) == (True, dry["gates"])
    assert done["approved_by"] == ["bob@x.org (unverified)"]
    assert done["policy"] == council.hub.id("HEAD:policy.yaml")
    assert (done["bypassed"], len(done["gates"]), len(free["gates"])) == (None, 4, 2)


@pytest.mark.measured
def test_without_a_policy_nothing_is_judged(tmp_path: Path) -> None:
    """Nothing is recorded of it, and nothing can be bypassed."""
    council = Council.create(tmp_path)

    nothing = council.run("promote", V2, *TO, "--bypass")
    done = council.json("promote", V2, *TO)

    assert nothing.returncode == 2
    assert "there is nothing to bypass" in nothing.stderr
    assert (done["allowed"], done["policy"], done["gates"]) == (True, None, [])
    assert council.trailers("ridership#prod#1") == ["Version: v2.0.0", "Reason: better"]


def test_the_newest_rules_count_though_nobody_fetched(council: Council) -> None:
    """They are asked of the server before anything is written."""
    council.run("approve", V1, "--for", "prod", who="bob@x.org")
    council.decree(GATED.replace("0.15", "0.05"))

    done = council.run("promote", V1, *TO)

    assert done.returncode == 1
    assert "wape <= 0.05 (0.1)" in done.stderr


def test_rules_of_the_promoter_bind_nobody(council: Council) -> None:
    """Neither in the working tree, nor in the commit that is promoted."""
    loose = "stages: [prod]\n"
    (council.clone.root / POLICY).write_text(loose, encoding="utf-8")
    edited = council.run("promote", V2, *TO)
    card = {CARD: json.dumps({"metrics": {"wape": 0.3}})}
    council.clone.commit("model 3", {POLICY: loose, **card})
    council.clone.tag("ridership@v3.0.0")
    council.clone.git("push", "--quiet", "origin", "ridership@v3.0.0")

    committed = council.run("promote", "ridership@v3.0.0", *TO)

    for done in (edited, committed):
        assert done.returncode == 1
        assert "wape <= 0.15" in done.stderr


def test_a_policy_that_cannot_be_read_allows_nothing(council: Council) -> None:
    """Not even what it does not speak of."""
    council.decree("stages: [dev, prod\n")

    done = council.run("promote", V1, "--to", "dev", "-m", "x")

    assert (done.returncode, done.stdout) == (2, "")
    assert "policy.yaml cannot be used" in done.stderr


def test_a_rejection_blocks_whatever_else_holds(council: Council) -> None:
    """Until it is withdrawn."""
    for verdict, who in (("approve", "bob@x.org"), ("reject", "eve@x.org")):
        council.run(verdict, V1, "--for", "prod", "-m", "x", who=who)

    blocked = council.run("promote", V1, *TO)
    council.run("reject", V1, "--for", "prod", "--withdraw", who="eve@x.org")
    free = council.run("promote", V1, *TO)

    assert blocked.returncode == 1
    assert "eve@x.org (unverified) rejected it" in blocked.stderr
    assert free.returncode == 0


def test_a_stage_that_the_policy_lists_is_not_mistyped(tmp_path: Path) -> None:
    """Though it is new, and close to another."""
    council = Council.create(tmp_path, "stages: [dev, prod, prod2]\n")
    council.run("promote", V1, *TO)

    done = council.run("promote", V1, "--to", "prod2", "-m", "x")

    assert (done.returncode, done.stderr) == (0, "")


def test_python_promotes_by_the_same_rules(council: Council) -> None:
    """And bypasses them for those who may."""
    for key, value in (("name", "Ops"), ("email", OPS)):
        council.clone.git("config", f"user.{key}", value)
    registry = lineal.open(council.clone.root)

    with pytest.raises(RefusedByPolicyError) as caught:
        registry.promote(V2, "prod", reason="x")
    done = registry.promote(V2, "prod", reason="x", bypass=True)

    assert len(caught.value.decision.refusals) == 2
    assert done.plan.message.get("Bypass") == "ops@x.org: x"
    assert done.plan.decision is not None
    assert not done.plan.decision.allowed


@pytest.mark.parametrize("force", [(), ("--force",)])
@pytest.mark.parametrize("target", [V1, "ridership"])
def test_past_the_end_of_life_the_policy_refuses(
    council: Council, target: str, force: tuple[str, ...]
) -> None:
    """Of a version or of the whole model; nobody is told to force it in vain."""
    council.run("approve", V1, "--for", "prod", who="bob@x.org")
    ended = council.run("deprecate", target, "--eol", "2023-11-17", "-m", "old")
    late = START + 9 * DAY

    done = council.run("promote", V1, *TO, *force, at=late)
    bypassed = council.run("promote", V1, *TO, "--bypass", who=OPS, at=late)

    assert ended.returncode == 0, ended.stderr
    assert done.returncode == 1
    assert "error: the policy refuses ridership@v1.0.0 for prod: end of" in done.stderr
    assert "--force" not in done.stderr
    assert bypassed.returncode == 0, bypassed.stderr

"""Tests of `lineal policy explain`."""

from pathlib import Path

import pytest

from helpers.council import APPROVALS, V1, V2, Council

RULES = """\
stages: [dev, prod]
models:
  ridership:
    prod:
      from: dev
      gates:
        - {metric: wape, max: 0.15}
        - {metric: mape, max: 0.15}
      approvals: {count: 1, of: [bob@x.org]}
      bypass: {of: [ops@x.org, sre@x.org]}
"""
TO = ("--to", "prod")


@pytest.fixture
def council(tmp_path: Path) -> Council:
    """Make a team with rules of several kinds."""
    return Council.create(tmp_path, RULES)


@pytest.mark.measured
def test_each_rule_is_explained(council: Council) -> None:
    """With its evidence and verdict, who approved, what is missing, who may bypass."""
    council.run("approve", V1, "--for", "prod", who="bob@x.org")

    done = council.run("policy", "explain", V1, *TO)

    lines = [line.split("  ") for line in done.stdout.splitlines()]
    table = [[cell.strip() for cell in line if cell] for line in lines]
    policy = council.clone.id("HEAD:policy.yaml")[:7]
    total = (
        f"policy {policy} of origin/main refuses ridership v1.0.0 for prod: 2 rules "
        "not met, 1 of them because something is missing"
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert table == [
        ["rule", "evidence", "verdict"],
        ["stage is one of dev, prod", "it is", "pass"],
        ["version stands", "v1.0.0", "pass"],
        ["came from dev", "dev never held v1.0.0", "fail"],
        ["wape <= 0.15", "0.1", "pass"],
        ["mape <= 0.15", "the card has no finite mape; it has wape", "missing"],
        ["approvals: 1 of 1", "bob@x.org (unverified) approved", "pass"],
        ["approved by bob@x.org (unverified)"],
        [total],
        ["may bypass this with `lineal promote --bypass`: ops@x.org, sre@x.org"],
    ]


def test_what_is_allowed_is_a_zero(council: Council) -> None:
    """For scripts; and nothing is changed."""
    council.decree(APPROVALS.replace("count: 2", "count: 1"))
    council.clone.git("fetch", "--quiet")
    council.run("approve", V1, "--for", "prod", who="bob@x.org")
    before = council.clone.git("for-each-ref")

    done = council.run("policy", "explain", V1, *TO)

    assert done.returncode == 0
    assert done.stdout.endswith("allows ridership v1.0.0 to enter prod\n")
    assert council.clone.git("for-each-ref") == before


@pytest.mark.measured
def test_json_has_the_same_facts(council: Council) -> None:
    """And the exit code is the same."""
    found = council.json("policy", "explain", V2, *TO, code=1)

    gates = found.pop("gates")
    assert [gate["verdict"] for gate in gates] == [
        *("pass", "pass", "fail", "fail", "missing", "fail")
    ]
    assert gates[3] == {"rule": "wape <= 0.15", "evidence": "0.2", "verdict": "fail"}
    assert found == {
        "format": 1,
        "model": "ridership",
        "version": "v2.0.0",
        "stage": "prod",
        "branch": "origin/main",
        "allowed": False,
        "policy": council.clone.id("HEAD:policy.yaml"),
        "approved_by": [],
        "ruled": True,
        "missing": ["mape <= 0.15"],
        "notes": [],
        "may_bypass": ["ops@x.org", "sre@x.org"],
        "signed_bypass": False,
    }


@pytest.mark.measured
def test_a_stage_without_rules_says_so(council: Council) -> None:
    """What holds for every stage is judged all the same."""
    done = council.run("policy", "explain", V1, "--to", "dev")

    assert done.returncode == 0
    assert "version stands" in done.stdout
    assert "policy.yaml has no rules for dev of ridership" in done.stdout


@pytest.mark.measured
def test_without_a_policy_nothing_is_ruled(tmp_path: Path) -> None:
    """Then a version that stands may enter, and one that does not may not."""
    council = Council.create(tmp_path)
    council.run("withdraw", V2, "-m", "bad", "--force")

    done = council.run("policy", "explain", V1, *TO)
    gone = council.run("policy", "explain", V2, *TO)
    found = council.json("policy", "explain", V1, *TO)

    said = "has no policy.yaml, so no rule keeps ridership v1.0.0 out of prod\n"
    assert (done.returncode, done.stdout) == (0, f"origin/main {said}")
    assert (gone.returncode, gone.stdout) == (1, "")
    assert "was withdrawn" in gone.stderr
    assert (found["allowed"], found["policy"], found["gates"]) == (True, None, [])


def test_nobody_bypasses_what_makes_no_sense(council: Council) -> None:
    """A withdrawn version, or a stage that there is not."""
    council.run("withdraw", V2, "-m", "bad", "--force")

    gone = council.run("policy", "explain", V2, *TO)
    nowhere = council.run("policy", "explain", V1, "--to", "moon")

    for done in (gone, nowhere):
        assert done.returncode == 1
        assert done.stdout.endswith("nobody may bypass that\n")


def test_whoever_may_bypass_with_a_signature_is_told_so(tmp_path: Path) -> None:
    """And where nobody may, that."""
    rules = (
        "{gates: [{metric: wape, max: 0.01}], bypass: {of: [o@x.org], signed: true}}"
    )
    head = "signers: keys\nmodels:\n  ridership:\n"
    text = f"{head}    prod: {rules}\n    dev: {{gates: [{{card: present}}]}}\n"
    council = Council.create(tmp_path, text + "    qa: {from: dev}\n")

    done = council.run("policy", "explain", V1, *TO)
    nobody = council.run("policy", "explain", V1, "--to", "qa")

    assert done.stdout.endswith("o@x.org, with a signed tag\n")
    assert nobody.stdout.endswith("the policy lets nobody bypass this\n")


def test_an_unknown_version_is_no_verdict(council: Council) -> None:
    """The name is wrong, not the version."""
    done = council.run("policy", "explain", "ridership@v9.0.0", *TO)

    assert (done.returncode, done.stdout) == (1, "")
    assert "no version v9.0.0" in done.stderr


def test_what_a_card_says_does_not_drive_terminals(tmp_path: Path) -> None:
    """Nor is it broken JSON, though half a character is no text."""
    card = {"models/ridership/card.json": '{"metrics": {"\\u001b[31m\\ud800": 1}}'}
    council = Council.create(tmp_path, RULES, card)

    done = council.run("policy", "explain", V1, *TO)
    found = council.json("policy", "explain", V1, *TO, code=1)
    refused = council.run("promote", V1, *TO, "-m", "x", "--dry-run")

    assert r"it has \x1b[31m\ud800" in done.stdout
    assert "\x1b" not in done.stdout + refused.stdout + refused.stderr
    assert found["gates"][3]["evidence"].endswith("it has \x1b[31m\ud800")

"""Tests of promotions against the team's rules, by those whom they let."""

from pathlib import Path

import pytest

from helpers.council import APPROVALS, GATED, V1, V2, Council
from helpers.signers import Signer, allowed

TO = ("--to", "prod", "-m", "better")
OPS = "ops@x.org"


@pytest.fixture
def council(tmp_path: Path) -> Council:
    """Make a team with a gate, an approval, and somebody who may bypass."""
    return Council.create(tmp_path, GATED)


@pytest.mark.measured
def test_whom_the_policy_names_may_bypass_it(council: Council) -> None:
    """It is recorded who did, why, and what was refused."""
    refused = council.run("promote", V2, *TO, "--bypass", who="eve@x.org")
    done = council.run("promote", V2, *TO, "--bypass", who=OPS)
    (event,) = council.json("history", "--stage", "prod")["events"]
    history = council.run("history", "--stage", "prod").stdout

    assert refused.returncode == 1
    assert "lets ops@x.org bypass the rules of prod, not eve@x.org" in refused.stderr
    assert done.returncode == 0
    assert "note: bypassed: wape <= 0.15: 0.2\n" in done.stderr
    assert council.trailers("ridership#prod#1")[-3:] == [
        "Gate: wape <= 0.15 | 0.2 | fail",
        "Gate: approvals: 1 of 2 | nobody has approved | fail",
        "Bypass: ops@x.org: better",
    ]
    assert "v2.0.0 assigned to prod (the rules were bypassed)" in history
    assert event["bypass"] == "ops@x.org: better"


def test_a_bypass_that_is_not_needed_is_none(council: Council) -> None:
    """Nobody is accused of what they did not do."""
    council.run("approve", V1, "--for", "prod", who="bob@x.org")

    done = council.json("promote", V1, *TO, "--bypass", who="eve@x.org")

    assert (done["allowed"], done["bypassed"]) == (True, None)


def test_a_bypass_is_in_the_json(council: Council) -> None:
    """The rules that it passed over stay as they are."""
    done = council.json("promote", V2, *TO, "--bypass", who=OPS)

    assert (done["allowed"], done["bypassed"]) == (True, "ops@x.org: better")
    assert [gate["verdict"] for gate in done["gates"]] == [
        *("pass", "pass", "fail", "fail")
    ]


@pytest.mark.measured
def test_nobody_bypasses_the_list_of_stages(council: Council) -> None:
    """There is no such stage, whoever asks."""
    done = council.run("promote", V1, "--to", "moon", "-m", "x", "--bypass", who=OPS)

    assert done.returncode == 1
    assert "stage is one of dev, prod" in done.stderr


@pytest.mark.measured
def test_where_nobody_may_bypass_nobody_does(council: Council) -> None:
    """The policy must say who."""
    council.decree(APPROVALS)

    done = council.run("promote", V1, *TO, "--bypass", who=OPS)

    assert done.returncode == 1
    assert "the policy lets nobody bypass the rules of prod" in done.stderr


@pytest.mark.measured
def test_a_bypass_may_need_a_signature(tmp_path: Path) -> None:
    """An address alone is easily set."""
    ops = Signer.create(tmp_path / "keys", OPS)
    rules = GATED.replace("of: [ops@x.org]", "of: [ops@x.org], signed: true")
    listed = {"keys": allowed(ops)}
    council = Council.create(tmp_path, f"signers: keys\n{rules}", listed)

    unsigned = council.run("promote", V2, *TO, "--bypass", who=OPS)
    signed = council.run("promote", V2, *TO, "--bypass", env=ops.env)

    assert unsigned.returncode == 1
    assert "`git config tag.gpgSign true`" in unsigned.stderr
    assert signed.returncode == 0


def test_a_reason_makes_no_trailer(council: Council) -> None:
    """Neither of an approval nor of a gate, in a bypass neither."""
    reason = "x\nApproved-By: boss\n\nGate: all | fine | pass"

    words = ("promote", V2, "--to", "prod", "-m", reason, "--bypass")
    council.run(*words, who=OPS)

    told = council.trailers("ridership#prod#1")
    assert told[1] == "Reason: x Approved-By: boss Gate: all | fine | pass"
    assert told[-1].startswith("Bypass: ops@x.org: x Approved-By: boss Gate")
    assert not any(line.startswith("Approved-By") for line in told)
    assert len(told) == 3 + 4 + 1

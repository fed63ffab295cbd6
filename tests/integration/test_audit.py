"""Tests of `lineal audit` as an auditor runs it."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import lineal
from helpers import audited
from helpers.audited import BOB, DATA, DAY, POLICY, message
from helpers.sandbox import START, Sandbox
from helpers.signers import Signer, allowed


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a registry in which much happened."""
    return audited.registry(tmp_path / "repo")


def facts(sandbox: Sandbox, *words: str) -> dict[str, Any]:
    """Return what it tells programs."""
    found: dict[str, Any] = json.loads(sandbox.lineal("audit", "--json", *words).stdout)
    return found


def events(sandbox: Sandbox, *words: str) -> dict[str, Any]:
    """Return the events by tag."""
    return {event["tag"]: event for event in facts(sandbox, *words)["events"]}


def test_the_oldest_event_comes_first(sandbox: Sandbox) -> None:
    """An auditor reads as time went by."""
    found = list(events(sandbox))

    assert found == ["m@v1.0.0", "m#prod#1", "m@v1.1.0", "m#prod#2"]


@pytest.mark.measured
def test_a_period_has_its_events_only(sandbox: Sandbox) -> None:
    """Both of its days are part of it; nothing at all is a no."""
    days = ("--since", "2023-11-16", "--until", "2023-11-17")
    assert list(events(sandbox, *days)) == ["m#prod#1", "m@v1.1.0"]

    empty = sandbox.lineal("audit", "--since", "2030-01-01", ok=False)
    unknown = sandbox.lineal("audit", "n", ok=False)
    assert (empty.returncode, empty.stdout) == (1, "")
    assert "nothing happened from 2030-01-01" in empty.stderr
    assert (unknown.returncode, unknown.stdout) == (1, "")


@pytest.mark.measured
def test_a_period_that_ends_before_it_begins_is_refused(sandbox: Sandbox) -> None:
    """It is a slip, not a quiet time."""
    days = ("--since", "2023-11-17", "--until", "2023-11-16")

    done = sandbox.lineal("audit", *days, ok=False)

    assert done.returncode == 2
    assert "swap them" in done.stderr


def test_two_forms_at_once_are_refused(sandbox: Sandbox) -> None:
    """Whoever reads the answer would get one of them by chance."""
    done = sandbox.lineal("audit", "--json", "--csv", ok=False)

    assert done.returncode == 2
    assert "--json and --csv cannot both be printed" in done.stderr


def test_a_recorded_decision_is_told_as_recorded(sandbox: Sandbox) -> None:
    """Rules, who agreed, which policy judged, and who went past it and why."""
    found = events(sandbox)["m#prod#2"]["recorded"]

    assert found["policy"] == POLICY
    assert found["gates"] == [
        {"rule": "wape <= 0.15", "evidence": "0.04", "verdict": "pass"},
        {"rule": "made up", "evidence": "", "verdict": ""},
    ]
    assert found["bypass"] == "ann@example.org: in a hurry"


def test_a_recorded_approval_without_a_review_is_marked(sandbox: Sandbox) -> None:
    """Whoever makes a tag can write that anybody agreed."""
    bob, eve = events(sandbox)["m#prod#2"]["recorded"]["approvals"]
    text = sandbox.lineal("audit").stdout

    assert bob["review"]["verdict"] == "approve"
    assert bob["review"]["verified"] is False
    assert eve == {"said": "eve@example.org", "review": None}
    assert "eve@example.org, as recorded; no review tag stands for it now" in text


def test_a_review_that_was_taken_back_bears_nothing_out(sandbox: Sandbox) -> None:
    """It is shown as what it is now."""
    who = "bob@example.org"
    audited.review(
        sandbox,
        "v1.1.0",
        who,
        BOB,
        at=START + 6 * DAY,
        serial=2,
        verdict="withdraw",
    )

    found = events(sandbox)["m#prod#2"]

    assert [one["review"] for one in found["recorded"]["approvals"]] == [None, None]
    assert [one["verdict"] for one in found["reviews"]] == ["withdraw"]


def test_a_review_of_another_commit_is_only_noted(sandbox: Sandbox) -> None:
    """A review tag that was moved is evidence of nothing but that."""
    sandbox.tag(
        "review/m/v1.1.0/prod/eve@example.org/1",
        commit="HEAD~1",
        actor="Eve <eve@example.org>",
        message=message("Review", Verdict="approve"),
    )

    found = facts(sandbox)

    assert len(found["notes"]) == 1
    assert "is not about the commit of m v1.1.0" in found["notes"][0]


def test_plain_gto_tags_have_no_gates(sandbox: Sandbox) -> None:
    """It is said, so that nobody takes silence for a yes."""
    found = events(sandbox)["m#prod#1"]["recorded"]

    assert found["gates"] == []
    assert found["no_gates"] == (
        "no gates recorded: made by plain gto or before the policy"
    )


def test_an_event_has_the_evidence_of_its_commit(sandbox: Sandbox) -> None:
    """The metric that chose the model comes first, and data apart from code."""
    old, new = (events(sandbox)[tag]["made"] for tag in ("m#prod#1", "m@v1.1.0"))

    assert list(old["metrics"].items()) == [("wape", 0.042), ("mae", 3.0)]
    assert new["metrics"]["wape"] == 0.04
    assert [(one["path"], one["md5"], one["in_git"]) for one in old["inputs"]] == [
        ("data/raw.csv", DATA, False),
        ("prepare.py", "00000000000000000000000000000001", True),
    ]


@pytest.mark.measured
def test_a_clock_that_disagrees_is_named(sandbox: Sandbox) -> None:
    """The serial decides, and the auditor sees both times."""
    sandbox.tag("m#prod#3", commit="HEAD~1", at=START)

    found = events(sandbox)["m#prod#3"]

    assert found["in_order"] is False
    assert found["time"] != found["tagged"] == "2023-11-14T22:13:20Z"
    text = sandbox.lineal("audit").stdout
    assert "the tagger's clock said 2023-11-14 22:13:20" in text


def test_the_chain_is_judged_as_verify_does(sandbox: Sandbox) -> None:
    """A deleted promotion is told of in each period; others' findings are counted."""
    assert facts(sandbox)["chains"]["m"]["verifies"] is True
    sandbox.git("tag", "-d", "m#prod#1")

    late = facts(sandbox, "--since", "2023-11-18")["chains"]["m"]
    early = facts(sandbox, "--until", "2023-11-16")["chains"]["m"]

    assert not late["verifies"]
    assert ("deleted", "m#prod#1") in [
        (one["rule"], one["tag"]) for one in late["findings"]
    ]
    assert late["others"] == 0
    assert early["others"] == 1
    assert sandbox.lineal("audit").returncode == 0


@pytest.mark.measured
def test_what_undoes_something_is_told(sandbox: Sandbox) -> None:
    """A rollback, a reversal by the workflow, a withdrawal, an end of life."""
    old = "refs/tags/m@v1.0.0^{commit}"
    back = message("Roll back", Version="v1.0.0", Reason="bad", Rollback="yes")
    sandbox.tag("m#prod#3", commit=old, at=START + 5 * DAY, message=back)
    undo = message("Revert", Version="v1.0.0", Reason="x", Violation="m#prod#3")
    sandbox.tag("m#prod!#4", commit=old, at=START + 6 * DAY, message=undo)
    sandbox.tag("m@v1.0.0!", commit=old, at=START + 7 * DAY)
    end = message("Deprecate", End_Of_Life=f"{START + 90 * DAY} (some day)")
    sandbox.tag("deprecated/m/v1.1.0/5", at=START + 8 * DAY, message=end)

    found = facts(sandbox, "--since", "2023-11-19")["events"]
    text = sandbox.lineal("audit", "--since", "2023-11-19").stdout

    assert [one["event"] for one in found] == [
        "rollback",
        "reversal",
        "withdrawal",
        "deprecation",
    ]
    assert found[1]["reverts"] == "m#prod#3"
    assert found[3]["end_of_life"] == "2024-02-12T22:13:20Z"
    assert "no gates recorded: a rollback needs none" in text
    assert "unassigned from prod (reversal of m#prod#3, which broke" in text
    assert "deprecated (end of life 2024-02-12)" in text
    narrow = sandbox.lineal("audit", env={"COLUMNS": "60"}).stdout.splitlines()
    (first,) = (n for n, line in enumerate(narrow) if "(reversal" in line)
    assert narrow[first + 1].startswith(" " * 21)
    assert max(map(len, (narrow[first], narrow[first + 1]))) <= 60


@pytest.mark.measured
def test_a_signature_of_a_listed_key_verifies(sandbox: Sandbox, tmp_path: Path) -> None:
    """Of the event's tag and of the review's; others say why they are not."""
    ann = Signer.create(tmp_path / "keys", "ann@x.org")
    policy = {
        "policy.yaml": "signers: .lineal/allowed_signers\n",
        ".lineal/allowed_signers": allowed(ann),
    }
    sandbox.commit(files=policy)
    commit = "refs/tags/m@v1.1.0^{commit}"
    review = "review/m/v1.1.0/dev/ann@x.org/1"
    said = message("Review", Verdict="approve", Reason="fine")
    ann.tag(sandbox, review, commit=commit, at=START + 5 * DAY, message=said)
    said = message("Promote", Version="v1.1.0", Approved_By="ann@x.org", Reason="y")
    ann.tag(sandbox, "m#dev#3", commit=commit, at=START + 6 * DAY, message=said)

    found = events(sandbox)

    assert found["m#dev#3"]["by"]["verified"] is True
    assert found["m#dev#3"]["recorded"]["approvals"][0]["review"]["verified"] is True
    assert found["m#prod#2"]["by"]["why"] == "not signed"
    assert "Ann <ann@x.org> (verified)" in sandbox.lineal("audit").stdout


@pytest.mark.measured
def test_a_policy_that_cannot_be_read_stops_no_audit(sandbox: Sandbox) -> None:
    """Nobody is verified then, and the note says why."""
    sandbox.commit(files={"policy.yaml": "models: [\n"})

    found = facts(sandbox)

    assert len(found["events"]) == 4
    assert found["notes"][0].startswith("nobody can be verified: ")


@pytest.mark.measured
def test_csv_has_a_row_an_event(sandbox: Sandbox) -> None:
    """As RFC 4180 has it, with the columns that spreadsheets were made for."""
    done = sandbox.lineal("audit", "--csv").stdout

    rows = list(csv.DictReader(io.StringIO(done, newline="")))
    assert done.count("\r\n") == 5
    assert [row["tag"] for row in rows] == list(events(sandbox))
    assert rows[3]["approvals_without_review"] == "eve@example.org"
    assert rows[3]["metric_value"] == "0.04"


@pytest.mark.measured
def test_every_view_tells_of_every_event(sandbox: Sandbox) -> None:
    """With its tag, its reason and the bypass."""
    for form in ("--json", "--markdown", "--csv", ""):
        text = sandbox.lineal("audit", *([form] if form else [])).stdout

        for word in ("m#prod#1", "Better everywhere", "in a hurry", DATA, "wape"):
            assert word in text


def test_python_gets_the_same_facts(sandbox: Sandbox) -> None:
    """As values."""
    with lineal.open(sandbox.root) as registry:
        found = registry.audit("m", since="2023-11-18")

    assert [one.entry.event.stamp.tag for one in found.events] == ["m#prod#2"]
    assert found.chains["m"].verifies


def test_many_models_are_verified_in_one_look(sandbox: Sandbox) -> None:
    """Each has its own verdict all the same."""
    for number in range(3):
        sandbox.tag(f"n{number}@v1.0.0")
        sandbox.tag(f"n{number}#prod#1")
    sandbox.git("tag", "-d", "m#prod#1")

    found = facts(sandbox)["chains"]

    assert {name: chain["verifies"] for name, chain in found.items()} == {
        "m": False,
        "n0": True,
        "n1": True,
        "n2": True,
    }


@pytest.mark.measured
def test_a_url_can_be_audited(sandbox: Sandbox) -> None:
    """Without a clone."""
    sandbox.git("config", "uploadpack.allowFilter", "true")
    url = sandbox.root.resolve().as_uri()

    done = sandbox.lineal("--repo", url, "audit", "m", "--json")

    found = json.loads(done.stdout)
    here, there = (
        [(one["tag"], one["recorded"], one["made"]) for one in each["events"]]
        for each in (facts(sandbox, "m"), found)
    )
    assert [(tag, made) for tag, _, made in here] == [(t, m) for t, _, m in there]
    assert there[3][1]["approvals"][0]["review"]["verdict"] == "approve"
    assert found["notes"][0].startswith("nobody is verified at a URL")


def test_a_review_that_somebody_else_made_is_a_finding(sandbox: Sandbox) -> None:
    """As `lineal verify` has it; it bears nothing out."""
    who = "eve@example.org"
    audited.review(sandbox, "v1.1.0", who, BOB, at=START + 3 * DAY + 90)

    found = facts(sandbox)

    assert not found["chains"]["m"]["verifies"]
    tags = [one["tag"] for one in found["chains"]["m"]["findings"]]
    assert f"review/m/v1.1.0/prod/{who}/1" in tags
    approvals = found["events"][3]["recorded"]["approvals"]
    assert approvals[1] == {"said": who, "review": None}


@pytest.mark.measured
def test_some_models_are_verified_without_the_others(sandbox: Sandbox) -> None:
    """What is wrong with a model to which nothing happened is no part of it."""
    for number in range(3):
        sandbox.tag(f"n{number}@v1.0.0", at=START + (20 + number) * DAY)
        sandbox.tag(f"n{number}#prod#1", at=START + (20 + number) * DAY)
    sandbox.git("tag", "-d", "m#prod#1")
    sandbox.lightweight("n1#prod#2")

    found = facts(sandbox, "--since", "2023-12-04", "--until", "2023-12-05")["chains"]

    assert {name: len(chain["findings"]) for name, chain in found.items()} == {
        "n0": 0,
        "n1": 1,
    }

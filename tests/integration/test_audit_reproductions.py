"""Tests of who made a version again, as an auditor is told."""

import csv
import io
import json
from pathlib import Path

import pytest

from helpers import audited
from helpers.committing import stated
from helpers.sandbox import Sandbox
from helpers.signers import Signer, allowed

CI, EVE = "ci@x.org", "eve@x.org"
SAME = f"{CI} made it again and got the same bytes (verified): 2 outputs"
OTHER = f"{EVE} made it again and got other bytes (unverified: "


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a registry whose v1.1.0 was made again by two, one with a key."""
    made = audited.registry(tmp_path / "repo")
    signer = Signer.create(tmp_path / "keys", CI)
    listed = {".lineal/allowed_signers": allowed(signer)}
    policy = {"policy.yaml": "signers: .lineal/allowed_signers\n"}
    commit = made.id("HEAD")
    stated(made, "m", "v1.1.0", CI, "different", stage="")
    signer.tag(
        made,
        f"reproduction/m/v1.1.0/{CI}/2",
        message="Made again\n\nVerdict: identical\nReason: 2 outputs\n",
    )
    stated(made, "m", "v1.1.0", EVE, "different", stage="")
    assert made.id("HEAD") == commit
    made.commit("rules", {**policy, **listed})
    return made


def spaced(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def test_json_has_the_latest_word_of_each(sandbox: Sandbox) -> None:
    """With the registration and the promotion of that version, and no other."""
    told = json.loads(sandbox.lineal("audit", "--json").stdout)

    found = {
        event["tag"]: [
            (one["who"], one["verdict"], one["serial"], one["verified"])
            for one in event["reproductions"]
        ]
        for event in told["events"]
    }
    both = [(CI, "identical", 2, True), (EVE, "different", 1, False)]
    assert found == {
        "m@v1.0.0": [],
        "m#prod#1": [],
        "m@v1.1.0": both,
        "m#prod#2": both,
    }
    assert told["notes"] == []


def test_the_other_forms_tell_it_too(sandbox: Sandbox) -> None:
    """On a terminal, in a spreadsheet and on a page."""
    text = spaced(sandbox.lineal("audit").stdout)
    rows = list(
        csv.DictReader(io.StringIO(sandbox.lineal("audit", "--csv").stdout, newline=""))
    )
    page = sandbox.lineal("audit", "--markdown").stdout.replace("<!-- -->", "")

    assert f"reproduced {SAME}" in text
    assert OTHER in text
    assert [row["reproductions"].startswith(SAME) for row in rows] == [
        *(False, False, True, True)
    ]
    assert (SAME in page, OTHER in page) == (True, True)


def test_a_reproduction_of_another_commit_is_only_noted(sandbox: Sandbox) -> None:
    """It proves nothing of the version."""
    stated(sandbox, "m", "v1.0.0", EVE, "identical", stage="", commit="HEAD")

    told = json.loads(sandbox.lineal("audit", "--json").stdout)

    assert [event["reproductions"] for event in told["events"][:2]] == [[], []]
    assert "is not about the commit of m v1.0.0" in told["notes"][0]


def test_the_card_of_a_version_tells_it(sandbox: Sandbox) -> None:
    """And the draft of the annex names the tags."""
    card, draft = (
        sandbox.lineal("report", "card", "m@v1.1.0", "--format", form).stdout
        for form in ("markdown", "annex-iv")
    )
    before = sandbox.lineal("report", "card", "m@v1.0.0").stdout

    plain = card.replace("<!-- -->", "")
    assert f"## Made again\n\n- {SAME}\n- {OTHER}" in plain
    assert f"{SAME}. `[tag reproduction/m/v1.1.0/{CI}/2]`" in (
        draft.replace("<!-- -->", "")
    )
    assert f"`[tag reproduction/m/v1.1.0/{EVE}/1]`" in draft
    assert "Made again" not in before

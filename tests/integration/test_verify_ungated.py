"""Tests of `lineal verify` where a ruled stage is held by a tag without gates."""

from pathlib import Path

import pytest

from helpers.sandbox import Sandbox
from helpers.verifying import brief, findings, registered, verify

RULES = "models: {m: {prod: {gates: [{card: present}]}}}\n"


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Make a registry whose prod holds v2.0.0 by a tag that names no policy."""
    return registered(tmp_path / "repo")


def test_it_is_a_note_once_the_trusted_branch_has_rules(box: Sandbox) -> None:
    """It says which command judges the tag, and the answer is no worse for it."""
    assert findings(box, code=0) == []
    box.commit("rules", {"policy.yaml": RULES})

    (found,) = findings(box, code=0)

    assert (found["rule"], found["severity"]) == ("ungated", "note")
    assert "prod holds m v2.0.0 by m#prod#2 (Ann" in found["sentence"]
    assert "`lineal check-ref m#prod#2` judges it" in found["sentence"]


@pytest.mark.parametrize(
    "rules", ["models: {n: {prod: {branch: main}}}\n", RULES.replace("prod", "dev")]
)
def test_rules_for_something_else_say_nothing(box: Sandbox, rules: str) -> None:
    """Another model's, or another stage's."""
    box.commit("rules", {"policy.yaml": rules})

    assert findings(box, code=0) == []


def test_a_policy_in_the_working_tree_rules_nothing(box: Sandbox) -> None:
    """It binds nobody."""
    (box.root / "policy.yaml").write_text(RULES, encoding="utf-8")

    assert findings(box, code=0) == []


def test_a_policy_that_cannot_be_read_is_one_finding(box: Sandbox) -> None:
    """What it would rule nobody knows."""
    box.commit("rules", {"policy.yaml": "models: [\n"})

    assert [rule for rule, *_ in brief(findings(box))] == ["policy"]


def test_an_audit_shows_it(box: Sandbox) -> None:
    """Beside the model's other findings."""
    box.commit("rules", {"policy.yaml": RULES})
    assert verify(box, "--strict").returncode == 0

    assert "which records no gates" in box.lineal("audit").stdout

"""Cases that rules judge, made without Git: one that all rules like, and others."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lineal.policy.case import Case, Incumbent, Match
from lineal.policy.config import Policy, StageRules, VersusGate
from lineal.policy.decision import Decision, Judged
from lineal.policy.rules import decide
from lineal.registry.facts import Facts, parse
from lineal.registry.statements import Kind, Statement, Verdict, Words
from lineal.registry.version import Version

NOW = 1_700_000_000  # 14 November 2023
DAY = 86_400
V = Version(1, 2, 0)
CARD: Mapping[str, Any] = {
    "metrics": {"wape": 0.1, "auc": 0.9},
    "by_segment": {"north": {"wape": 0.08}, "south": {"wape": 0.12}},
    "by_horizon": {"1": {"wape": 0.09}, "7": {"wape": 0.11}},
    "signature": {
        "inputs": [
            {"name": "day", "type": "date"},
            {"name": "rain", "type": "number", "required": False},
        ],
        "outputs": [{"name": "forecast", "type": "number"}],
    },
    "data": {"last": "2023-11-10"},
}


def facts(card: Mapping[str, Any] | str = CARD) -> Facts:
    """Read a card from its JSON."""
    text = card if isinstance(card, str) else json.dumps(card)
    found = parse(text.encode())
    assert found is not None
    return found


def case(**changes: Any) -> Case:
    """Return a version that nothing is wrong with, with some parts said otherwise."""
    return replace(_CASE, **changes)


def said(
    who: str,
    verdict: Verdict = "approve",
    serial: int = 1,
    *,
    verified: bool = True,
    why: str = "",
) -> Statement:
    """Return somebody's word on the version."""
    kind: Kind = "reproduction"
    if verdict in {"approve", "reject", "withdraw"}:
        kind = "review"
    stage = "prod" if kind == "review" else ""
    return Statement(
        words=Words(kind, "churn", V, stage, who, serial),
        id=f"{serial:040}",
        commit="1" * 40,
        time=NOW,
        verdict=verdict,
        comment="",
        verified=verified,
        why=why,
    )


def ruling(rules: StageRules) -> Policy:
    """Return a policy with rules for the stage of the cases."""
    return Policy(models={"churn": {"prod": rules}})


def decided(rules: StageRules, about: Case) -> Decision:
    """Judge a case by some rules."""
    return decide(ruling(rules), "f" * 40, about)


def told(judged: Judged) -> tuple[str, str]:
    """Return verdict and evidence."""
    return judged.verdict, judged.evidence


GATE = VersusGate("wape", "prod")
_CASE = Case(
    model="churn",
    version=V,
    stage="prod",
    now=NOW,
    card=facts(),
    measured={"latency-p95-ms": "12.5"},
    held=frozenset({"staging"}),
    incumbents={"prod": Incumbent("churn v1.1.0", facts())},
    matches={GATE: Match(0.1, 0.12, 0.02, None, "the same test rows, 90 days")},
    branches={"main": True},
    authors=frozenset({"author@x.org"}),
)

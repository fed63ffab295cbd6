"""A report on a pull request, for programs."""

from typing import Any

from lineal.actions.judging.rehearsal import Rehearsal
from lineal.reporting import comparison_json, documents
from lineal.reporting.pull_request import Held, Model, PullRequest
from lineal.reporting.screen import FORMAT


def as_json(found: PullRequest) -> str:
    """Write all facts of a report."""
    fresh, rules = found.freshness, found.rules
    stale = [{"stage": s.stage, "reasons": list(s.reasons)} for s in fresh.stale]
    document = {
        "format": FORMAT,
        "ref": found.ref,
        "base": found.base,
        "head": found.head,
        "proposed": found.proposed,
        "allowed": not found.refused,
        "undecided": list(found.undecided),
        "models": [_model(each) for each in found.models],
        "policy": {
            "branch": rules.branch or None,
            "policy": rules.id or None,
            "changed": list(rules.changed),
            "proposed_fault": rules.proposed or None,
            "unusable": rules.unusable or None,
            "is_head": rules.is_head,
        },
        "lock": {
            "fresh": fresh.is_fresh,
            "stale": stale,
            "lockless": list(fresh.lockless),
            "unchecked": list(fresh.unchecked),
            "faults": list(fresh.faults),
        },
        "notes": list(found.notes),
    }
    return documents.write(document)


def _model(model: Model) -> dict[str, Any]:
    base, production = model.base, model.production
    return {
        "model": model.name,
        "verdict": model.verdict,
        "reason": model.reason or None,
        "next_version": model.next or None,
        "next_why": model.next_why or None,
        "registered": model.registered,
        "base": comparison_json.facts(base) if base else None,
        "held": _held(model.held),
        "production": comparison_json.facts(production) if production else None,
        "metrics": dict(model.metrics),
        "gates": [_gates(each) for each in model.gates],
        "trend": [{"version": p.name, "value": p.value} for p in model.trend],
        "size": model.size,
        "notes": list(model.notes),
    }


def _held(held: Held | None) -> dict[str, Any] | None:
    if held is None:
        return None
    return {
        "stage": held.stage,
        "version": held.name,
        "measured": dict(held.measured),
        "is_base": held.is_base,
    }


def _gates(found: Rehearsal) -> dict[str, Any]:
    rules = [
        {"rule": each.rule, "evidence": each.evidence, "verdict": each.outcome}
        for each in found.rules
    ]
    return {"stage": found.stage, "refuses": found.refuses, "rules": rules}

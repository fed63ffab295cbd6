"""An audit for programs."""

from typing import Any

from lineal.registry.audit import Audit, Audited, Chain, Provenance
from lineal.registry.chain.finding import Finding
from lineal.registry.events import Assigned
from lineal.registry.statements import Statement
from lineal.reporting import audit_words as words
from lineal.reporting import people
from lineal.reporting.screen import FORMAT, dump
from lineal.reporting.times import utc


def as_json(audit: Audit) -> str:
    """Write the facts, oldest event first."""
    asked = audit.asked
    document = {
        "format": FORMAT,
        "model": asked.model,
        "since": utc(asked.since),
        "until": utc(asked.until),
        "events": [record(one) for one in audit.events],
        "chains": {
            model: _chain(found) for model, found in sorted(audit.chains.items())
        },
        "ignored": audit.ignored,
        "notes": list(audit.notes),
    }
    # Tags may hold bytes that are no UTF-8; this writes them as JSON has it.
    return dump(document).encode("utf-8", "backslashreplace").decode("utf-8")


def record(audited: Audited) -> dict[str, Any]:
    """Return the facts of one event."""
    entry = audited.entry
    event, stamp = entry.event, entry.event.stamp
    return {
        "time": utc(entry.since),
        "model": event.model,
        "event": words.kind(entry),
        "version": str(entry.version) if entry.version else None,
        "stage": getattr(event, "stage", None),
        "commit": stamp.commit,
        "by": people.facts(entry.tag.actor, audited.by),
        "reason": entry.reason or None,
        "end_of_life": utc(getattr(event, "end", None)),
        "reverts": getattr(event, "violation", None),
        "tag": stamp.tag,
        "id": stamp.id,
        "tagged": utc(stamp.time),
        "in_order": entry.in_order,
        **_decision(audited),
        "reproductions": [review(one) for one in audited.reproductions],
        "made": _made(audited.made) if audited.made else None,
    }


def review(found: Statement | None) -> dict[str, Any] | None:
    """Return the tag of a review or a reproduction that stands."""
    if found is None:
        return None
    return {
        "who": found.words.who,
        "verdict": found.verdict,
        "comment": found.comment or None,
        "serial": found.words.serial,
        "id": found.id,
        "time": utc(found.time),
        "verified": found.verified,
        "why": found.why or None,
    }


def _decision(audited: Audited) -> dict[str, Any]:
    recorded = audited.recorded
    is_assigned = isinstance(audited.entry.event, Assigned)
    none = words.gates(audited) if is_assigned and not recorded.gates else []
    return {
        "recorded": {
            "policy": recorded.policy or None,
            "gates": [
                {"rule": g.rule, "evidence": g.evidence, "verdict": g.verdict}
                for g in recorded.gates
            ],
            "no_gates": none[0] if none else None,
            "approvals": [
                {"said": said, "review": review(audited.standing(said))}
                for said in recorded.approvals
            ],
            "bypass": recorded.bypass or None,
        },
        "reviews": [review(one) for one in audited.reviews],
    }


def _made(made: Provenance) -> dict[str, Any]:
    return {
        "metric": made.metric or None,
        "metrics": dict(made.metrics),
        "inputs": [
            {
                "path": one.input.path,
                "md5": one.input.md5 or None,
                "size": one.input.size,
                "in_git": one.in_git,
            }
            for one in made.sources
        ],
    }


def _chain(found: Chain) -> dict[str, Any]:
    return {
        "verifies": found.verifies,
        "problems": found.problems,
        "warnings": found.warnings,
        "findings": [_finding(one) for one in found.findings],
        "others": found.others,
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "severity": found.severity,
        "tag": found.tag or None,
        "sentence": found.sentence,
        "who": found.who or None,
        "when": utc(found.when),
    }

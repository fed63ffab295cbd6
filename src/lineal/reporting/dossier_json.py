"""The dossier of a version for programs."""

from typing import Any

from lineal.doors.dvc.records import Tracked
from lineal.registry.dossier import Dossier
from lineal.reporting import audit_json, dossier_words
from lineal.reporting.screen import FORMAT, dump
from lineal.reporting.times import utc


def as_json(dossier: Dossier) -> str:
    """Write the facts; `card` is the committed card.json as it is."""
    papers, withdrawn = dossier.papers, dossier.version.withdrawn
    before = dossier.previous
    chain = dossier.audit.chains[dossier.model]
    document = {
        "format": FORMAT,
        "model": dossier.model,
        "version": str(dossier.version.version),
        "commit": dossier.commit,
        "committed": utc(dossier.committed),
        "previous": str(before.version) if before else None,
        "registration": _registration(dossier),
        "withdrawn": withdrawn.stamp.tag if withdrawn else None,
        "deprecated": [
            {"tag": event.stamp.tag, "end_of_life": utc(event.end)}
            for event in dossier.ends
        ],
        "stages": _stages(dossier),
        "events": [audit_json.record(one) for one in dossier.events],
        "verifies": chain.verifies,
        "stored": _stored(papers.stored) if papers.stored else None,
        "steps": [{"name": s.name, "command": s.command} for s in papers.steps],
        "libraries": [
            {"name": one.name, "version": one.version or None}
            for one in papers.libraries or ()
        ],
        "card": papers.card,
        "missing": list(dossier_words.missing(dossier)),
    }
    # Tags may hold bytes that are no UTF-8; this writes them as JSON has it.
    return dump(document).encode("utf-8", "backslashreplace").decode("utf-8")


def _registration(dossier: Dossier) -> dict[str, Any] | None:
    given = dossier.registration
    return None if given is None else audit_json.record(given)


def _stages(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "stage": period.holder.assigned.stage,
            "since": utc(period.began.since),
            "until": utc(period.ended.since) if period.ended else None,
            "tag": period.holder.assigned.stamp.tag,
        }
        for period in dossier.periods
    ]


def _stored(found: Any) -> dict[str, Any]:
    if isinstance(found, Tracked):
        return {
            "path": found.path,
            "md5": found.md5,
            "size": found.size,
            "in_git": False,
        }
    return {"path": found.path, "md5": None, "size": None, "in_git": True}

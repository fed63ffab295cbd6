"""A lineage for programs."""

from typing import Any

from lineal.lineage.records import File, Stage
from lineal.lineage.story import Held, Lineage
from lineal.registry.events import Deprecated
from lineal.registry.journal import Entry
from lineal.reporting import documents, people
from lineal.reporting.lineage_words import fingerprint
from lineal.reporting.screen import FORMAT
from lineal.reporting.times import utc


def as_json(lineage: Lineage) -> str:
    """Write all facts; nothing is folded or cut."""
    code = {file.path for file in lineage.code}
    document = {
        "format": FORMAT,
        "model": lineage.model,
        "version": str(lineage.version) if lineage.version else None,
        "commit": lineage.commit,
        "committed": utc(lineage.committed),
        "path": lineage.path,
        "data": [_file(file) for file in lineage.data],
        "code": {
            "md5": fingerprint(lineage.code) if lineage.code else None,
            "files": [_file(file) for file in lineage.code],
        },
        "steps": [_step(stage, code) for stage in lineage.stages],
        "artifact": _file(lineage.made) if lineage.made else None,
        "registration": _tag(lineage, lineage.registered),
        "endings": [_ending(lineage, entry) for entry in lineage.endings],
        "stages": [_held(lineage, held) for held in lineage.held],
        "notes": list(lineage.notes),
    }
    return documents.write(document)


def _file(file: File) -> dict[str, Any]:
    origin = file.origin
    return {
        "path": file.path,
        "md5": file.hash if file.hash and file.algorithm == "md5" else None,
        "hash": file.hash or None,
        "algorithm": file.algorithm if file.hash else None,
        "size": file.size,
        "files": file.count,
        "rows": file.rows,
        "origin": origin
        and {
            "url": origin.url,
            "path": origin.path or None,
            "rev": origin.rev or None,
            "rev_lock": origin.locked or None,
        },
    }


def _step(stage: Stage, code: set[str]) -> dict[str, Any]:
    reads = [dep.path for dep in stage.deps]
    return {
        "name": stage.name,
        "command": stage.command,
        "reads": [path for path in reads if path not in code],
        "code": [path for path in reads if path in code],
        "params": dict(stage.params),
        "writes": [_file(out) for out in stage.outs],
    }


def _tag(lineage: Lineage, entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    stamp = entry.event.stamp
    return {
        "tag": stamp.tag,
        "id": stamp.id,
        "time": utc(entry.since),
        "by": people.facts(entry.tag.actor, lineage.makers[stamp.id]),
        "reason": entry.reason or None,
    }


def _ending(lineage: Lineage, entry: Entry) -> dict[str, Any]:
    event = entry.event
    ends = isinstance(event, Deprecated)
    return {
        "event": "deprecation" if ends else "deregistration",
        "end_of_life": utc(getattr(event, "end", None)),
        **(_tag(lineage, entry) or {}),
    }


def _held(lineage: Lineage, held: Held) -> dict[str, Any]:
    return {
        "stage": held.stage,
        "since": utc(held.began.since),
        "until": utc(held.ended.since) if held.ended else None,
        **(_tag(lineage, held.began) or {}),
        "ended_by": held.ended.event.stamp.tag if held.ended else None,
    }

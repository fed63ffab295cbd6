"""An audit for spreadsheets: a row an event, as RFC 4180 has it.

A spreadsheet takes a cell that begins with certain signs for a formula and runs it, so
such cells get an apostrophe before them.
"""

import csv
import io
import re
from collections.abc import Iterable

from lineal.registry.audit import Audit, Audited, Chain, Provenance
from lineal.reporting import audit_words as words
from lineal.reporting.signs import visible
from lineal.reporting.times import utc

_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")  # ASCII and full width
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")  # runs nothing
COLUMNS = (
    *("time", "model", "event", "version", "stage", "commit", "tag", "id", "tagged"),
    *("in_order", "by_name", "by_email", "verified", "unverified_why", "reason"),
    *("end_of_life", "reverts", "policy", "gates", "approvals_recorded"),
    *("approvals_without_review", "reviews_now", "bypass", "metric", "metric_value"),
    *("metrics", "data", "files_in_git", "chain_verifies", "findings"),
    "reproductions",
)


def as_csv(audit: Audit) -> str:
    """Write a row an event, oldest first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for audited in audit.events:
        chain = audit.chains[audited.entry.event.model]
        writer.writerow([cell(value) for value in _row(audited, chain)])
    return text.getvalue()


def cell(text: str) -> str:
    """Return a text that no spreadsheet runs and that drives no terminal.

    >>> cell("=1+1"), cell("plain"), cell("-0.5")
    ("'=1+1", 'plain', '-0.5')
    """
    shown = visible(text)
    if _NUMBER.fullmatch(shown):
        return shown
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown


def _row(audited: Audited, chain: Chain) -> list[str]:
    """Return the cells, as COLUMNS names them."""
    return [
        *_event(audited),
        *_people(audited),
        *_decision(audited),
        *_made(audited.made),
        _truth(chain.verifies),
        _joined(
            f"{one.severity}: {one.sentence}"
            for one in chain.findings
            if one.tag == audited.entry.event.stamp.tag
        ),
        _joined(words.reproductions(audited.reproductions)),
    ]


def _event(audited: Audited) -> list[str]:
    entry = audited.entry
    event, stamp = entry.event, entry.event.stamp
    return [
        utc(entry.since) or "",
        event.model,
        words.kind(entry),
        str(entry.version or ""),
        getattr(event, "stage", ""),
        stamp.commit,
        stamp.tag,
        stamp.id,
        utc(stamp.time) or "",
        _truth(entry.in_order),
    ]


def _people(audited: Audited) -> list[str]:
    entry, by = audited.entry, audited.by
    return [
        entry.tag.actor.name,
        entry.tag.actor.email,
        _truth(by.verified),
        by.why,
        entry.reason,
        utc(getattr(entry.event, "end", None)) or "",
        getattr(entry.event, "violation", None) or "",
    ]


def _decision(audited: Audited) -> list[str]:
    recorded = audited.recorded
    return [
        recorded.policy,
        _joined(words.gates(audited)),
        _joined(recorded.approvals),
        _joined(one for one in recorded.approvals if not audited.standing(one)),
        _joined(words.review(one) for one in audited.reviews),
        recorded.bypass,
    ]


def _made(made: Provenance | None) -> list[str]:
    if made is None:
        return [""] * 5
    value = made.metrics.get(made.metric)
    return [
        made.metric,
        "" if value is None else repr(value),
        _joined(f"{name}={score!r}" for name, score in made.metrics.items()),
        _joined(map(words.source, made.data)),
        _joined(map(words.source, made.files)),
    ]


def _truth(value: bool) -> str:  # noqa: FBT001 - it is what is written
    return "true" if value else "false"


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)

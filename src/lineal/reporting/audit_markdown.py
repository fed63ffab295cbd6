"""An audit as Markdown that GitHub renders: tables of events, decisions, versions."""

from collections.abc import Iterator, Sequence
from datetime import UTC

from lineal.registry.audit import Audit, Audited, Provenance
from lineal.registry.events import Assigned
from lineal.reporting import audit_words as words
from lineal.reporting.escapes import code, lines, plain
from lineal.reporting.markdown import bullets, table
from lineal.reporting.times import utc

_EVENTS = ("when (UTC)", "what happened", "by", "reason", "tag")
_DECISIONS = ("tag", "policy, as recorded", "gates, as recorded", "approvals", "bypass")
_VERSIONS = ("version", "metrics", "data", "code", "made again")


def as_markdown(audit: Audit) -> str:
    """Write a page: a chapter a model, oldest event first."""
    asked = audit.asked
    whose = f" of {code(asked.model)}" if asked.model else " of the registry"
    parts = [f"# Audit{whose}", f"Period: {words.period(asked.since, asked.until)}."]
    for model in audit.models:
        parts += _chapter(audit, model)
    if audit.notes:
        parts += ["## Notes", bullets(map(plain, audit.notes))]
    return "\n\n".join(parts) + "\n"


def _chapter(audit: Audit, model: str) -> Iterator[str]:
    chain, events = audit.chains[model], audit.of(model)
    yield f"## {code(model)}"
    yield f"{words.chain(chain).capitalize()}."
    said = [f"{one.severity}: {plain(one.sentence)}" for one in chain.findings]
    said += [plain(one) for one in (words.elsewhere(chain, model),) if one]
    if said:
        yield bullets(said)
    yield from happenings(events)
    made = {(one.entry.event.stamp.commit): one for one in events if one.made}
    if made:
        yield "### Versions"
        rows = [_version(one, one.made) for one in made.values() if one.made]
        yield table(_VERSIONS, rows, text=len(_VERSIONS))


def happenings(events: Sequence[Audited]) -> Iterator[str]:
    """Lay out what happened, and what was decided before versions entered stages."""
    yield "### Events"
    yield table(_EVENTS, map(_event, events), text=len(_EVENTS))
    decided = [one for one in events if isinstance(one.entry.event, Assigned)]
    if decided:
        yield "### Decisions"
        yield table(_DECISIONS, map(_decision, decided), text=len(_DECISIONS))


def _event(audited: Audited) -> Sequence[str]:
    entry = audited.entry
    when = (utc(entry.since) or "", words.clock(entry, UTC))
    by = (code(words.person(entry.tag.actor)), plain(words.proof(audited.by)))
    return (
        lines(plain(one) for one in when if one),
        plain(words.happened(entry, UTC)),
        lines(one for one in by if one),
        plain(entry.reason),
        code(entry.event.stamp.tag),
    )


def _decision(audited: Audited) -> Sequence[str]:
    recorded = audited.recorded
    return (
        code(audited.entry.event.stamp.tag),
        code(recorded.policy),
        lines(map(plain, words.gates(audited))),
        lines(map(plain, words.approvals(audited))),
        plain(recorded.bypass),
    )


def _version(audited: Audited, made: Provenance) -> Sequence[str]:
    return (
        plain(words.subject(audited.entry)),
        plain(words.metrics(made)),
        lines(map(plain, words.data(made))),
        plain(words.code(audited)),
        lines(map(plain, words.reproductions(audited.reproductions))),
    )

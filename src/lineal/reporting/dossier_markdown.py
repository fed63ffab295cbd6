"""The model card of a version: what the registry knows, then what its makers wrote."""

from collections.abc import Iterator, Mapping
from datetime import UTC

from lineal.registry.dossier import Dossier
from lineal.registry.facts import Facts
from lineal.reporting import audit_words, dossier_words
from lineal.reporting.audit_markdown import happenings
from lineal.reporting.escapes import code, plain
from lineal.reporting.markdown import bullets, setting, table
from lineal.reporting.signs import visible
from lineal.reporting.times import day, utc

_TITLE = "in the registry"


def as_markdown(dossier: Dossier) -> str:
    """Write the page."""
    parts = [f"# {code(dossier.name)} {_TITLE}", bullets(_facts(dossier))]
    parts += ["## History", *happenings(dossier.events)]
    if dossier.periods:
        parts += ["### Stages", _stages(dossier)]
    parts += ["## Made from", *_made(dossier)]
    if again := audit_words.reproductions(dossier.reproductions):
        parts += ["## Made again", bullets(map(plain, again))]
    gaps = [plain(gap) for gap in dossier_words.missing(dossier)]
    if gaps:
        parts += ["## Not known", bullets(gaps)]
    parts += _card(dossier)
    return "\n\n".join(parts).rstrip("\n") + "\n"


def _facts(dossier: Dossier) -> Iterator[str]:
    yield f"commit {code(dossier.commit)}"
    given = dossier.registration
    if given is not None:
        who = code(audit_words.person(given.entry.tag.actor))
        proof = plain(audit_words.proof(given.by))
        tag = code(given.entry.event.stamp.tag)
        when = utc(given.entry.since)
        yield f"registered {when} by {who} ({proof}) with tag {tag}"
    yield f"model: {plain(dossier_words.stored(dossier))}"
    yield from _condition(dossier)
    chain = dossier.audit.chains[dossier.model]
    yield f"tags of {code(dossier.model)}: {audit_words.chain(chain)}"


def _condition(dossier: Dossier) -> Iterator[str]:
    taken = dossier.version.withdrawn
    if taken is not None:
        yield f"**withdrawn** with tag {code(taken.stamp.tag)}"
    for event in dossier.ends:
        whose = "" if event.version else " (the whole model)"
        end = "no end of life" if event.end is None else f"end of life {utc(event.end)}"
        yield f"**deprecated**{whose} with tag {code(event.stamp.tag)}, {end}"


def _stages(dossier: Dossier) -> str:
    rows = [
        (
            plain(period.holder.assigned.stage),
            utc(period.began.since) or "",
            "now" if period.ended is None else utc(period.ended.since) or "",
            code(period.holder.assigned.stamp.tag),
        )
        for period in dossier.periods
    ]
    head = ("stage", "from", "until", "tag")
    return table(head, rows, text=len(head))


def _made(dossier: Dossier) -> Iterator[str]:
    made = dossier.made
    if made.data:
        rows = [
            (code(one.path), code(one.md5), "" if one.size is None else f"{one.size:,}")
            for one in made.data
        ]
        yield table(("data", "md5", "bytes"), rows, text=2)
    else:
        yield "No data is recorded outside of Git."
    files = "1 file" if len(made.files) == 1 else f"{len(made.files):,} files"
    named = f", of which dvc.lock names {files}" if made.files else ""
    yield f"Code: commit {code(dossier.commit)}{named}."


def _card(dossier: Dossier) -> Iterator[str]:
    """Return what people wrote of it, else what the card says."""
    papers = dossier.papers
    if papers.readme is not None:
        yield f"---\n\nFrom {code(dossier_words.source(dossier, papers.readme_path))}:"
        yield _shown(papers.readme)
    elif papers.card is not None:
        yield "## Card"
        yield f"From {code(dossier_words.source(dossier, papers.card_path))}:"
        yield from _said(papers.facts, papers.card)


def _shown(text: str) -> str:
    """Keep Markdown as it is, but for what could drive a terminal."""
    lines = text.replace("\t", "    ").splitlines()
    return "\n".join(map(visible, lines))


def _said(facts: Facts, card: Mapping[str, object]) -> Iterator[str]:
    told = {
        "description": str(card.get("description") or ""),
        "task": facts.task,
        "target": facts.target,
        "chosen by": facts.metric,
        "data up to": _last(facts),
        "parameters": setting(facts.params) if facts.params else "",
        "features": ", ".join(facts.features or ()),
    }
    known = [f"{name}: {plain(value)}" for name, value in told.items() if value]
    if known:
        yield bullets(known)
    if facts.metrics:
        rows = [(plain(name), f"{value:.6g}") for name, value in facts.metrics.items()]
        yield table(("metric", "value"), rows)


def _last(facts: Facts) -> str:
    """Return the last day in the data."""
    return "" if facts.data_last is None else day(facts.data_last - 1, UTC)

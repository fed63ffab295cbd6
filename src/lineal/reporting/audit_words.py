"""The words of an audit: what all its views say of an event.

What people wrote comes out harmless for a terminal; each view escapes what else could
hurt there.
"""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from lineal.registry.audit import Audited, Chain, Gate, Provenance
from lineal.registry.events import (
    Assigned,
    Deprecated,
    Event,
    Registered,
    Unassigned,
    Withdrawn,
)
from lineal.registry.identities import Identity
from lineal.registry.inputs import Input
from lineal.registry.journal import Entry
from lineal.registry.statements import Statement
from lineal.registry.tagobject import Actor
from lineal.reporting.signs import visible
from lineal.reporting.times import day, local, utc

_DONE: dict[type[Event], str] = {
    Registered: "registered",
    Withdrawn: "withdrawn",
    Assigned: "assigned to",
    Unassigned: "unassigned from",
    Deprecated: "deprecated",
}
KINDS: dict[type[Event], str] = {
    Registered: "registration",
    Withdrawn: "withdrawal",
    Assigned: "assignment",
    Unassigned: "unassignment",
    Deprecated: "deprecation",
}
NO_GATES = "no gates recorded: made by plain gto or before the policy"
ROLLED_BACK = "no gates recorded: a rollback needs none"
NO_WORD = "no review tag stands for it now"


def kind(entry: Entry) -> str:
    """Return what happened in one word, for programs."""
    event = entry.event
    if isinstance(event, Assigned) and event.rollback:
        return "rollback"
    if isinstance(event, Unassigned) and event.violation:
        return "reversal"
    return KINDS[type(event)]


def happened(entry: Entry, zone: tzinfo) -> str:
    """Say what happened, to which version."""
    event = entry.event
    words = (subject(entry), _DONE[type(event)], getattr(event, "stage", ""))
    said = visible(" ".join(word for word in words if word))
    return said + "".join(f" ({mark})" for mark in _marks(event, zone))


def subject(entry: Entry) -> str:
    """Name the version, or the commit where it has none, or the whole model."""
    event = entry.event
    if entry.version is None and isinstance(event, Assigned | Unassigned):
        return f"commit {event.stamp.commit[:7]}"
    return str(entry.version or "the whole model")


def _marks(event: Event, zone: tzinfo) -> Iterator[str]:
    if isinstance(event, Assigned) and event.rollback:
        yield "rollback"
    if isinstance(event, Unassigned) and event.violation:
        yield f"reversal of {visible(event.violation)}, which broke the policy"
    if isinstance(event, Deprecated) and event.end is not None:
        yield f"end of life {day(event.end, zone)}"


def clock(entry: Entry, zone: tzinfo) -> str:
    """Say where the tagger's clock disagrees; nothing where it agrees."""
    if entry.in_order:
        return ""
    return f"the tagger's clock said {local(entry.event.stamp.time, zone)}"


def person(actor: Actor) -> str:
    """Return who somebody said they are."""
    both = actor.name and actor.email
    return visible(str(actor) if both else actor.name or actor.email)


def proof(by: Identity) -> str:
    """Say whether a signature proves it."""
    return "verified" if by.verified else f"unverified: {visible(by.why)}"


def gate(found: Gate) -> str:
    """Return what a tag records of one rule."""
    parts = (found.rule, found.evidence, found.verdict)
    return visible(" | ".join(part for part in parts if part))


def gates(audited: Audited) -> list[str]:
    """Return what a tag records of all rules; of what has none, why not."""
    if audited.recorded.gates:
        return [gate(found) for found in audited.recorded.gates]
    event = audited.entry.event
    if not isinstance(event, Assigned):
        return []
    return [ROLLED_BACK if event.rollback else NO_GATES]


def approvals(audited: Audited) -> list[str]:
    """Return each recorded approval with what bears it out, then other reviews."""
    return [
        *(
            f"{visible(said)}, as recorded; {standing(audited.standing(said))}"
            for said in audited.recorded.approvals
        ),
        *(f"not recorded; {review(one)}" for one in audited.unrecorded),
    ]


def standing(found: Statement | None) -> str:
    """Say what bears out a recorded approval now."""
    return NO_WORD if found is None else review(found)


def review(found: Statement) -> str:
    """Describe a review tag that stands."""
    words = {"approve": "approves", "reject": "rejects", "withdraw": "withdrew"}
    proven = "verified" if found.verified else f"unverified: {visible(found.why)}"
    who = f"{visible(found.words.who)} {words.get(found.verdict, found.verdict)}"
    why = f": {visible(found.comment)}" if found.comment else ""
    return f"review tag #{found.words.serial} of {who} ({proven}){why}"


def reproductions(found: Iterable[Statement]) -> list[str]:
    """Say who recorded that they made a version again, and what came of it."""
    return [_reproduction(one) for one in found]


def _reproduction(found: Statement) -> str:
    words = {"identical": "the same bytes", "different": "other bytes"}
    proven = "verified" if found.verified else f"unverified: {visible(found.why)}"
    why = f": {visible(found.comment)}" if found.comment else ""
    got = words.get(found.verdict, found.verdict)
    return f"{visible(found.words.who)} made it again and got {got} ({proven}){why}"


def metrics(made: Provenance) -> str:
    """List scores, the one that chose the model first."""
    return ", ".join(
        f"{visible(name)} {value:.6g}" for name, value in made.metrics.items()
    )


def source(found: Input) -> str:
    """Name a file with its hash."""
    return f"{visible(found.path)} md5 {visible(found.md5) or 'not recorded'}"


def data(made: Provenance) -> list[str]:
    """List the data that went in."""
    return [source(found) for found in made.data] or ["dvc.lock names none"]


def code(audited: Audited) -> str:
    """Name the commit, and how many of its files dvc.lock names."""
    commit = f"commit {audited.entry.event.stamp.commit}"
    number = len(audited.made.files) if audited.made else 0
    files = "1 file" if number == 1 else f"{number} files"
    return f"{commit}, {files} of it in dvc.lock" if number else commit


def chain(found: Chain) -> str:
    """Say whether a model's tags are what was once written."""
    if found.verifies and not found.warnings:
        return "the chain verifies"
    said = [_count(found.problems, "problem"), _count(found.warnings, "warning")]
    numbers = ", ".join(one for one in said if one)
    verdict = "verifies" if found.verifies else "does not verify"
    return f"the chain {verdict}: {numbers}"


def elsewhere(found: Chain, model: str) -> str:
    """Say that there are findings which concern nothing that is shown."""
    if not found.others:
        return ""
    said = _count(found.others, "finding")
    verb = "concerns" if found.others == 1 else "concern"
    return f"{said} {verb} other events: `lineal verify {visible(model)}` tells which"


def period(since: int | None, until: int | None) -> str:
    """Name the time that was asked about."""
    parts = (("from", utc(since)), ("up to", utc(until)))
    said = " ".join(f"{word} {when}" for word, when in parts if when)
    return said or "everything"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}" if number else ""

"""Judge a tag as if it were being made now, whoever makes it and with whatever tool.

What the tag says of itself is not believed: gates are evaluated and approvals counted
anew, and a rollback is one only if the stage held the version.
"""

from dataclasses import replace

from lineal.actions.checking import naming, order, statement, violation
from lineal.actions.checking import object as objects
from lineal.actions.checking.assignment import Entrance
from lineal.actions.checking.checked import Checked
from lineal.actions.checking.later import repeated, superseding
from lineal.actions.checking.object import Made
from lineal.actions.checking.terms import Terms
from lineal.actions.subject import Subject
from lineal.policy.decision import Judged, Verdict
from lineal.registry import grammar, statements
from lineal.registry.events import Stamp
from lineal.registry.state import ModelState
from lineal.registry.version import Version

_NOTHING: frozenset[str] = frozenset()


def check(
    terms: Terms, tag: str, oid: str, *, without: frozenset[str] = _NOTHING
) -> Checked:
    """Judge one tag.

    An assignment that was superseded is refused only if it is also without what came
    later in its stage: what it had to beat was not there yet.

    Args:
        terms: On what terms.
        tag: Its name, without `refs/tags/`; there need be no such ref.
        oid: What it points to, or is to point to.
        without: Other tags that do not count as there.

    Raises:
        OutsideError: Git failed.
    """
    told = _judged(terms, tag, oid, without)
    if told.allowed or told.kind != "assignment" or terms.arriving:
        return told
    later = superseding(terms, told)
    then = _judged(terms, tag, oid, without | later) if later else told
    if then.allowed or (then.undecided and not told.undecided):
        said = (
            f"it was superseded, and judged without what came later in {told.stage}; "
            f"with that it would be refused: {told.reason}"
        )
        return replace(then, notes=(*then.notes, said))
    return told


def _judged(terms: Terms, tag: str, oid: str, without: frozenset[str]) -> Checked:
    name = naming.read(tag)
    if not name.concerns:
        return Checked(tag, oid, "other")
    first = objects.judge_name(name)
    if name.words is None or name.fault:
        return Checked(tag, oid, "look-alike", (first,))
    found, made = objects.judge(terms.store, name, oid)
    told = _begun(tag, oid, name.words, (first, found))
    if made is None or not told.allowed:
        return told
    ignored = without | {tag}
    if not terms.arriving:
        ignored |= repeated(terms, told.model, tag)
    subject = Subject.without(terms.reader, told.model, ignored)
    if isinstance(name.words, statements.Words):
        stated = [*statement.judge(terms, subject.state, name.words, made)]
        if terms.arriving:
            stated.append(order.judge_statement(terms.store, name.words, ignored))
        return replace(told, findings=(*told.findings, *stated))
    if terms.arriving:
        said = order.judge(terms.store, subject, name.words, made, ignored)
        told = replace(told, findings=(*told.findings, *said))
    return _happened(terms, subject, made, told, ignored)


def _begun(
    tag: str,
    oid: str,
    words: grammar.Words | statements.Words,
    findings: tuple[Judged, ...],
) -> Checked:
    version = words.version
    return Checked(
        tag=tag,
        id=oid,
        kind=words.kind,
        findings=findings,
        model=words.model,
        version=Version.trusted(version) if isinstance(version, str) else version,
        stage=words.stage or "",
    )


def _happened(
    terms: Terms, subject: Subject, made: Made, told: Checked, ignored: frozenset[str]
) -> Checked:
    """Judge an event; what takes something away may be, unless it says falsely why."""
    if told.kind == "unassignment" and made.brief.violation:
        claim = _claim(terms, subject, made.brief.violation, told, ignored)
        return replace(told, findings=(*told.findings, claim))
    if told.kind == "registration":
        said = _registered(subject.state, told.version, made.brief.commit)
        return replace(told, findings=(*told.findings, said))
    if told.kind == "assignment":
        return _entrance(terms, subject, made, told).judge(told)
    return told


def _entrance(terms: Terms, subject: Subject, made: Made, told: Checked) -> Entrance:
    """Look up what had happened before an assignment."""
    tags = [each.event.stamp.tag for each in terms.reader.ordered(told.model)]
    earlier = set(tags[: tags.index(told.tag)] if told.tag in tags else tags)
    before = tuple(e for e in subject.line.events if e.event.stamp.tag in earlier)
    return Entrance(terms, subject, before, made, told.stage)


def _claim(
    terms: Terms, subject: Subject, named: str, told: Checked, ignored: frozenset[str]
) -> Judged:
    """Judge what an unassignment says of an assignment, which is there already."""
    calm = replace(terms, arriving=False, defers=False)

    def judge(stamp: Stamp, more: frozenset[str]) -> Checked:
        return check(calm, stamp.tag, stamp.id, without=ignored | more)

    return violation.judge_claim(subject.line.events, told.stage, named, judge)


def _registered(state: ModelState, version: Version | None, commit: str) -> Judged:
    """Judge a registration: a version is one commit for ever."""
    others = [one for one in state.versions if one.version == version]
    elsewhere = next((one for one in others if one.commit != commit), None)
    verdict: Verdict = "fail" if elsewhere else "pass"
    said = f"{version} is commit {elsewhere.commit[:10]}" if elsewhere else "it is new"
    return Judged("version is at no other commit", said, verdict, absolute=True)

"""Judge a tag as if it were being made now, whoever makes it and with whatever tool.

What the tag says of itself is not believed: gates are evaluated and approvals counted
anew, and a rollback is one only if the stage held the version.
"""

from dataclasses import replace

from lineal.actions.checking import naming, order, statement
from lineal.actions.checking import object as objects
from lineal.actions.checking.assignment import Entrance
from lineal.actions.checking.checked import Checked
from lineal.actions.checking.object import Made
from lineal.actions.checking.terms import Terms
from lineal.actions.subject import Subject
from lineal.policy.decision import Judged, Verdict
from lineal.registry import grammar, statements
from lineal.registry.state import ModelState
from lineal.registry.version import Version

_NOTHING: frozenset[str] = frozenset()


def check(
    terms: Terms, tag: str, oid: str, *, without: frozenset[str] = _NOTHING
) -> Checked:
    """Judge one tag.

    Args:
        terms: On what terms.
        tag: Its name, without `refs/tags/`; there need be no such ref.
        oid: What it points to, or is to point to.
        without: Other tags that do not count as there.

    Raises:
        OutsideError: Git failed.
    """
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
    subject = Subject.without(terms.reader, told.model, ignored)
    if isinstance(name.words, statements.Words):
        return _stated(terms, subject, name.words, made, told)
    if terms.arriving:
        said = order.judge(terms.store, subject, name.words, made, ignored)
        told = replace(told, findings=(*told.findings, *said))
    return _happened(terms, subject, made, told)


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


def _stated(
    terms: Terms,
    subject: Subject,
    words: statements.Words,
    made: Made,
    told: Checked,
) -> Checked:
    said = [*statement.judge(terms, subject.state, words, made)]
    if terms.arriving:
        said.append(order.judge_statement(terms.store, words, {told.tag}))
    return replace(told, findings=(*told.findings, *said))


def _happened(terms: Terms, subject: Subject, made: Made, told: Checked) -> Checked:
    """Judge an event; what takes something away may always be."""
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


def _registered(state: ModelState, version: Version | None, commit: str) -> Judged:
    """Judge a registration: a version is one commit for ever."""
    others = [one for one in state.versions if one.version == version]
    elsewhere = next((one for one in others if one.commit != commit), None)
    verdict: Verdict = "fail" if elsewhere else "pass"
    said = f"{version} is commit {elsewhere.commit[:10]}" if elsewhere else "it is new"
    return Judged("version is at no other commit", said, verdict, absolute=True)

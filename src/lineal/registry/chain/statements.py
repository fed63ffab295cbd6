"""Reviews and proofs of reproduction: whether each can be what its name says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lineal.registry import grammar, statements
from lineal.registry.chain.facts import made_by
from lineal.registry.chain.finding import Finding, Severity
from lineal.registry.statements import VERDICT, VERDICTS, Words, same
from lineal.registry.tagobject import TagObject
from lineal.registry.version import Version

Versions = Mapping[tuple[str, Version], frozenset[str]]
_WAY = "delete it with `git tag -d '{}'`, here and on the remote, or state it once more"


@dataclass(frozen=True, slots=True)
class Stated:
    """A tag that has the name of a statement.

    Attributes:
        name: The tag's name.
        id: What it points to.
        words: What the name says.
        tag: Its object; None if it has none, or it is not there.
        lightweight: Whether it has none.
    """

    name: str
    id: str
    words: Words
    tag: TagObject | None
    lightweight: bool = False


def read(
    names: Mapping[str, str], tags: Mapping[str, TagObject], others: Iterable[str]
) -> tuple[Stated, ...]:
    """Put statements together.

    Args:
        names: Object ids of tags by name; those that are no statements are left out.
        tags: Tag objects by id.
        others: Ids that are there, and are no tag objects.
    """
    light = frozenset(others)
    said = ((name, oid, statements.read(name)) for name, oid in names.items())
    return tuple(
        Stated(name, oid, words, tags.get(oid), oid in light)
        for name, oid, words in said
        if words
    )


def judge(found: Iterable[Stated], versions: Versions) -> Iterator[Finding]:
    """Name statements that count for nothing, or that somebody else made.

    Args:
        found: All of them.
        versions: Commits that were registered, by model and version.
    """
    for stated in found:
        if stated.tag is None:
            yield _lost(stated)
            continue
        commits = versions.get((stated.words.model, stated.words.version), frozenset())
        for rule, why in _flaws(stated.words, stated, stated.tag, commits):
            yield finding(stated.name, stated.tag, (rule, "problem"), why)


def unreadable(names: Iterable[str]) -> Iterator[Finding]:
    """Name tags that look like statements, and are none by their names."""
    for name in names:
        if is_odd(name):
            yield Finding(
                "name",
                "warning",
                name,
                f"{name} looks like a review or a proof, but cannot be read as one, so "
                f"it counts for nothing: {_WAY.format(name)}",
            )


def is_odd(name: str) -> bool:
    """Tell whether a name was probably meant for a statement, and is none.

    >>> is_odd("review/m/v1/prod/ann@x.org/1"), is_odd("review/m@v1.0.0")
    (True, False)
    """
    meant = statements.looks_ours(name) and statements.read(name) is None
    return meant and grammar.read(name) is None


def finding(name: str, tag: TagObject, what: tuple[str, Severity], why: str) -> Finding:
    """Say something about a tag: by which rule, how bad, and why."""
    rule, severity = what
    sentence = f"{name} ({made_by(tag)}) {why}"
    return Finding(rule, severity, name, sentence, str(tag.actor), tag.time)


def _lost(stated: Stated) -> Finding:
    rule, why = "object", "its object is missing: the repository is damaged"
    if stated.lightweight:
        rule, why = (
            "lightweight",
            "it is a lightweight tag: it says neither who nor why",
        )
    said = f"{stated.name} counts for nothing, because {why}"
    return Finding(rule, "problem", stated.name, f"{said}; {_WAY.format(stated.name)}")


def _flaws(
    words: Words, stated: Stated, tag: TagObject, commits: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Return what is wrong, by rule."""
    way = _WAY.format(stated.name)
    version = f"{words.model} {words.version}"
    if tag.name != stated.name:
        yield "renamed", f"was made under another name, {tag.name}; {way}"
    if same(tag.actor.email) != words.who:
        yield "reviewer", f"was not made by {words.who}, whom it names; {way}"
    if not commits:
        yield "commit", f"is about {version}, which was never registered; {way}"
    elif tag.kind != "commit" or tag.target not in commits:
        yield "commit", f"is not on the commit of {version}; {way}"
    said = tag.message.get(VERDICT)
    if said not in VERDICTS[words.kind]:
        known = ", ".join(VERDICTS[words.kind])
        what = f"has no {VERDICT}" if said is None else f"has the {VERDICT} {said!r}"
        yield "verdict", f"{what}, which must be one of {known}; {way}"

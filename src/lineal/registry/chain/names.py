"""Refs that are no tags of a registry, though they look like some."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lineal.registry import grammar, statements
from lineal.registry.brief import PROBLEMS
from lineal.registry.chain.facts import Facts, Line, made_by
from lineal.registry.chain.finding import Finding
from lineal.registry.store import Ignored
from lineal.registry.tagobject import TagObject

_LOOKS = re.compile(r"#|@v|@[0-9]+\.|@deprecated|\Adeprecated/")
_LOOSE = 1000
_KINDS = frozenset({"lightweight", "renamed"})
_REPLACE = "replace it with `gto register`, `gto assign` or `lineal`"


def looks_ours(name: str) -> bool:
    """Tell whether whoever made a tag probably meant the registry.

    >>> looks_ours("churn@v1.0"), looks_ours("v1.0.0")
    (True, False)
    """
    return bool(_LOOKS.search(name))


def unreadable(names: Iterable[str]) -> Iterator[Finding]:
    """Name tags that look like a registry's, and are none by their names."""
    for name in names:
        if statements.looks_ours(name):
            continue  # a rule of their own speaks of these
        if looks_ours(name) and grammar.read(name) is None:
            yield Finding(
                "name",
                "warning",
                name,
                f"{name} looks like a tag of a registry, but cannot be read as one, so "
                f"it counts for nothing: {_REPLACE}",
            )


def ignored(
    found: Iterable[Ignored], tags: Mapping[str, TagObject]
) -> Iterator[Finding]:
    """Name tags that have a registry's name, and are none by what they are.

    Args:
        found: Those tags.
        tags: What is known of objects, by id.
    """
    for each in found:
        tag = tags.get(each.id)
        light = each.why == "lightweight"
        made = f" ({made_by(tag)})" if tag else ""
        other = f", {tag.name}" if tag and each.why == "renamed" else ""
        yield Finding(
            each.why if each.why in _KINDS else "object",
            "warning" if light else "problem",
            each.tag,
            f"{each.tag}{made} counts for nothing, because "
            f"{PROBLEMS.get(each.why, each.why)}{other}; delete it with `git tag -d "
            f"'{each.tag}'`, here and on the remote, or {_REPLACE}",
            str(tag.actor) if tag else "",
            tag.time if tag else None,
        )


def uprooted(line: Line, facts: Facts) -> Iterator[Finding]:
    """Name tags whose commit is not in the repository."""
    for link in line.links:
        if link.event.stamp.commit not in facts.committed:
            yield link.finding(
                "object",
                "problem",
                f"{link.name} ({link.signature}) names the commit "
                f"{link.event.stamp.commit[:10]}, which is not there: fetch it from "
                "another clone, since this one is damaged",
            )


def leftovers(
    found: Iterable[TagObject], findings: Iterable[Finding]
) -> Iterator[Finding]:
    """Name objects that were a tag once, or nearly, and of which nothing was said."""
    said = frozenset(finding.tag for finding in findings)
    for tag in found:
        if tag.name not in said:
            yield Finding(
                "leftover",
                "note",
                tag.name,
                f"an object of {tag.name} ({made_by(tag)}) is left that no tag has: it "
                "was deleted or replaced, or it lost a race",
                str(tag.actor),
                tag.time,
            )


def odd(refs: Mapping[str, str]) -> Iterator[Finding]:
    """Name files among the refs that Git refuses or that stand for another ref.

    Args:
        refs: What is wrong with each, by name.
    """
    for name, why in refs.items():
        yield Finding(
            "ref",
            "problem",
            name,
            f"refs/tags/{name} {why}: delete it with `git update-ref --no-deref -d "
            f"'refs/tags/{name}'`, or as a file in .git/refs/tags",
        )


def crowded(loose: int) -> Iterator[Finding]:
    """Say that packing would pay, if it would.

    Args:
        loose: How many tags are files of their own.
    """
    if loose > _LOOSE:
        said = (
            f"{loose} tags are loose, which makes reading slow: `git pack-refs --all`"
        )
        yield Finding("loose", "note", "", said)

"""Serials that are missing: GTO and lineal count on from the highest."""

from collections.abc import Iterator
from itertools import pairwise

from lineal.registry.chain.facts import Facts, Line, Link
from lineal.registry.chain.finding import Finding
from lineal.registry.chain.links import deleted


def gaps(
    line: Line, facts: Facts, explained: frozenset[int] = frozenset()
) -> Iterator[Finding]:
    """Name the tags that had the missing serials, or the tag that counted them.

    Args:
        line: The model.
        facts: All.
        explained: Serials of which another rule spoke.
    """
    gone = facts.strays.get(line.model, {})
    for first, last in missing(line, explained):
        after = next(k for k in line.numbered if (k.serial or 0) > last)
        found = {n: gone[n] for n in gone if first <= n <= last}
        for tag in found.values():
            yield deleted(tag.name, tag, f"{after.name} counted on from its serial")
        if len(found) <= last - first:
            while first in found:
                first += 1  # noqa: PLW2901 - the rest of the gap
            while last in found:
                last -= 1  # noqa: PLW2901
            yield _gap(line.model, (first, last), after)


def missing(
    line: Line, explained: frozenset[int] = frozenset()
) -> Iterator[tuple[int, int]]:
    """Return the first and last serial of each gap that is not explained."""
    numbered = {link.serial for link in line.numbered if link.serial is not None}
    if not numbered:
        return
    taken = {n for n in line.taken | explained if n < max(numbered)}
    for low, high in pairwise(sorted({0} | numbered | taken)):
        if high > low + 1:
            yield low + 1, high - 1


def _gap(model: str, span: tuple[int, int], after: Link) -> Finding:
    first, last = span
    what = f"serial {first}" if first == last else f"serials {first} to {last}"
    if after.counted:
        return after.finding(
            "gap",
            "problem",
            f"{what} of {model} is missing: {after.name} ({after.signature}) counted on "
            "from it, so the tag was deleted",
        )
    return after.finding(
        "gap",
        "warning",
        f"{what} of {model} is missing before {after.name} ({after.signature}): a tag "
        "was deleted, or never pushed",
    )

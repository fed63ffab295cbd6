"""Tags that others follow: deleted ones, re-created ones, forks."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from lineal.registry import grammar
from lineal.registry.chain.facts import Facts, Line, Link, made_by
from lineal.registry.chain.finding import Finding, Severity
from lineal.registry.tagobject import TagObject


def broken(line: Line, facts: Facts) -> Iterator[Finding]:
    """Name tags that were deleted or replaced after another one had followed them."""
    for previous, followers in line.followed.items():
        if previous in facts.held:
            continue
        old = facts.lost.get(previous)
        if old is not None:
            yield _known(old, followers[0], facts)
        else:
            yield _unknown(line, followers[0])


def deleted(name: str, old: TagObject, why: str) -> Finding:
    """Say that a tag is gone whose object is still there."""
    return Finding(
        "deleted",
        "problem",
        name,
        f"{name} was deleted ({made_by(old)}): {why}; if nobody meant it, fetch it "
        "from another clone and push it again",
        str(old.actor),
        old.time,
    )


def forks(line: Line) -> Iterator[Finding]:
    """Name tags that follow what another tag follows already."""
    for followers in line.followed.values():
        first, *others = followers
        for link in others:
            # Two people can register at once; in a stage one of them has to win.
            severity: Severity = "note" if link.stage is None else "problem"
            yield link.finding(
                "fork",
                severity,
                f"{link.name} ({link.signature}) and {first.name} ({first.signature}) "
                "follow the same tag, so neither knew of the other: look at `lineal "
                f"history {line.model}` and record what should hold",
            )


def twins(line: Line) -> Iterator[Finding]:
    """Name tags that have one serial in one stage."""
    for stage, links in line.stages.items():
        seen: dict[int, Link] = {}
        for link in links if stage is not None else ():
            if link.serial is None:
                continue
            first = seen.setdefault(link.serial, link)
            if first is not link:
                yield link.finding(
                    "twins",
                    "problem",
                    f"{link.name} ({link.signature}) and {first.name} "
                    f"({first.signature}) have one serial, so the clock decides which "
                    "came last: record once more what should hold",
                )


def inserted(line: Line, facts: Facts) -> Iterator[Finding]:
    """Name tags that were put between two others after the later one was written."""
    for stage, links in line.stages.items():
        if stage is None:
            continue
        for before, link in pairwise(links):
            if link.previous in {None, before.id, before.previous}:
                continue
            if link.previous in facts.held:
                yield before.finding(
                    "inserted",
                    "warning",
                    f"{before.name} ({before.signature}) stands before {link.name} "
                    f"({link.signature}), which did not know it: it was pushed late or "
                    "back-dated",
                )


def _known(old: TagObject, follower: Link, facts: Facts) -> Finding:
    """Say what became of a tag whose object is still there."""
    follows = f"{follower.name} ({follower.signature}) follows it"
    if old.name not in facts.ids:
        return deleted(old.name, old, follows)
    new = _holder(old.name, facts)
    actor, time = (new.tag.actor, new.time) if new else (old.actor, old.time)
    now = f"the tag of that name is now another one ({new.signature})" if new else ""
    return Finding(
        "moved",
        "problem",
        old.name,
        f"{old.name} was moved or re-created: {follows} as {made_by(old)} wrote it; "
        f"{now or 'the tag of that name is now none that can be read'}",
        str(actor),
        time,
    )


def _holder(name: str, facts: Facts) -> Link | None:
    """Find a link by its tag's name."""
    said = grammar.read(name)
    model = said.model if said else ""
    lines = (line for line in facts.lines if line.model == model)
    return next((k for line in lines for k in line.links if k.name == name), None)


def _unknown(line: Line, follower: Link) -> Finding:
    """Say what can be told of a tag whose object is gone too."""
    suspects = _suspects(line, follower)
    if suspects:
        names = " or ".join(f"{s.name} ({s.signature})" for s in suspects[:3])
        return suspects[0].finding(
            "moved",
            "problem",
            f"{names} was moved or re-created: {follower.name} ({follower.signature}) "
            "follows an object that no tag has any more",
        )
    guess = _guess(line, follower)
    likely = f", probably {guess}" if guess else ""
    return Finding(
        "deleted",
        "problem",
        guess or follower.name,
        f"the tag that {follower.name} ({follower.signature}) follows is gone{likely}: "
        "fetch it from another clone and push it again",
        str(follower.tag.actor),
        follower.time,
    )


def _suspects(line: Line, follower: Link) -> Sequence[Link]:
    """Return the tags of the stage that should be followed, and are not.

    A tag that was re-created has lost its followers. So have tags of plain GTO, of
    which the one right before the follower is meant.
    """
    if _missing(line, follower):
        return ()  # it was deleted
    links = line.stages[follower.stage]
    gone = line.followed.keys() | _onward(line, follower)
    at = links.index(follower)
    before = [link for link in reversed(links[:at]) if link.id not in gone]
    if all(link.serial is not None for link in links):
        return before[:1]  # a new time does not change the place of a serial
    # A new time does change the place of others, mostly to the end.
    return [*(link for link in links[at:] if link.id not in gone), *before]


def _missing(line: Line, follower: Link) -> Sequence[int]:
    """Return the serials that are missing between a numbered tag and the one before.

    A few are enough: they only help to guess a name.
    """
    if follower.serial is None or follower.stage is None:
        return ()
    links = line.stages[follower.stage]
    serials = {link.serial for link in line.numbered} | line.taken
    lower = (k.serial for k in links if k.serial and k.serial < follower.serial)
    start = max(lower, default=0) + 1
    found = (n for n in range(start, follower.serial) if n not in serials)
    return tuple(islice(found, 2))


def _onward(line: Line, link: Link) -> frozenset[str]:
    """Return the object ids of a link and of those that follow from it."""
    found: set[str] = set()
    waiting = [link]
    while waiting:
        here = waiting.pop()
        found.add(here.id)
        # Ids are hashes of what names the one before, so this runs in no circle.
        waiting += line.followed.get(here.id, ())
    return frozenset(found)


def _guess(line: Line, follower: Link) -> str:
    """Return the name that a deleted tag had, where only one serial is missing."""
    missing = _missing(line, follower)
    if len(missing) != 1:
        return ""
    return f"{line.model.replace(':', '=')}#{follower.stage}#{missing[0]}"

"""Times that cannot be, and clocks that disagree with the serials."""

from collections.abc import Iterator

from lineal.registry.chain.facts import Facts, Line, Link
from lineal.registry.chain.finding import Finding, day
from lineal.registry.history import replay
from lineal.registry.order import Dated
from lineal.registry.state import ModelState

_SLACK = 300  # seconds by which honest clocks may differ


def backdated(line: Line) -> Iterator[Finding]:
    """Name tags that say they were made before what they follow."""
    by_id = {link.id: link for link in line.links}
    for link in line.links:
        before = by_id.get(link.previous or "")
        if before is not None and link.time <= before.time:
            yield link.finding(
                "backdated",
                "problem",
                f"{link.name} ({link.signature}) follows {before.name} "
                f"({before.signature}) and is dated no later: it was back-dated",
            )


def early(line: Line, facts: Facts) -> Iterator[Finding]:
    """Name tags that are dated before their commit was committed."""
    for link in line.links:
        committed = facts.committed.get(link.event.stamp.commit)
        if committed is not None and link.time < committed:
            yield link.finding(
                "early",
                "warning",
                f"{link.name} ({link.signature}) is dated before its commit "
                f"({day(committed)}): a clock was wrong, or it was back-dated",
            )


def future(line: Line, facts: Facts) -> Iterator[Finding]:
    """Name tags that are yet to be made."""
    for link in line.links:
        if link.time > facts.now + _SLACK:
            yield link.finding(
                "future",
                "warning",
                f"{link.name} ({link.signature}) is dated in the future: a clock was "
                "wrong; later tags of plain gto will seem to come before it",
            )


def disorder(line: Line) -> Iterator[Finding]:
    """Name tags that a later serial and an earlier time put in different places."""
    late = tuple(_behind(line))
    if not late and not _tied(line):
        return
    differs = _answers(line)
    for link, before in late:
        yield _late(link, before, differs)
    if differs and not late:
        yield line.numbered[-1].finding(
            "clock",
            "warning",
            f"tags of {line.model} are dated in one second: lineal goes by the serial "
            f"and gto by the name{differs}",
        )


def _late(link: Link, before: Link, differs: str) -> Finding:
    """Say that a clock was behind, and what comes of it."""
    matters = differs or link.stage == before.stage
    return link.finding(
        "clock",
        "warning" if matters else "note",
        f"{link.name} ({link.signature}) is dated before {before.name} "
        f"({before.signature}), whose serial is lower: lineal goes by the serial and "
        f"gto by the clock{differs or ', which makes no difference now'}",
    )


def _behind(line: Line) -> Iterator[tuple[Link, Link]]:
    """Return the tags that are dated before one of a lower serial, with that one."""
    latest: Link | None = None
    for link in line.numbered:
        # Links of one serial are by time, so those that are behind have a higher one.
        if latest is not None and link.time < latest.time:
            yield link, latest
        else:
            latest = link


def _tied(line: Line) -> bool:
    """Tell whether two tags of a stage are dated in one second."""
    return any(
        len({link.time for link in links}) < len(links)
        for stage, links in line.stages.items()
        if stage is not None
    )


def _answers(line: Line) -> str:
    """Say where lineal and gto answer differently now; empty where they agree."""
    ours = replay(line.model, [link.dated for link in line.links])
    by_clock = sorted(line.links, key=lambda link: (link.time, link.name))
    theirs = replay(line.model, [Dated(link.time, link.event) for link in by_clock])
    said = (
        f"{stage}: lineal answers {_held(ours, stage)}, gto show {_held(theirs, stage)}"
        for stage in sorted(ours.stages)
        if _held(ours, stage) != _held(theirs, stage)
    )
    text = "; ".join(said)
    return f" ({text})" if text else ""


def _held(state: ModelState, stage: str) -> str:
    holder = state.stages.get(stage)
    return holder.name if holder else "nothing"

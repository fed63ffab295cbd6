"""What holds a ruled stage though its tag records no gates."""

from collections.abc import Container, Iterator, Sequence

from lineal.registry.chain.facts import Line, Link
from lineal.registry.chain.finding import Finding
from lineal.registry.events import Assigned
from lineal.registry.periods import periods
from lineal.registry.rollback import rightful
from lineal.registry.state import Holder

POLICY = "Policy"


def ungated(line: Line, ruled: Container[str]) -> Iterator[Finding]:
    """Name those, unless the stage went back to what it rightly held before.

    Args:
        line: The model.
        ruled: The stages that the policy in force has rules for.
    """
    for stage, links in line.stages.items():
        if stage is None or stage not in ruled or all(map(_names_policy, links)):
            continue
        found = _entrance(line, stage)
        by_tag = {link.name: link for link in links}
        if found is not None and (link := by_tag.get(found.assigned.stamp.tag)):
            yield link.finding(
                "ungated",
                "note",
                f"{stage} holds {line.model} {found.name} by {link.name} "
                f"({link.signature}), which records no gates: `lineal check-ref "
                f"{link.name}` judges it",
            )


def _names_policy(link: Link) -> bool:
    """Tell whether a tag gives a stage to nothing, or says which policy judged."""
    if not isinstance(link.event, Assigned):
        return True
    # Reading a message costs more than looking for a word.
    return f"{POLICY}:" in link.tag.text and bool(link.tag.message.get(POLICY))


def _entrance(line: Line, stage: str) -> Holder | None:
    """Return what holds a stage, if it entered by tags that name no policy."""
    events = [link.dated for link in line.links]
    found = periods(line.model, events, stage)
    if not found or found[-1].ended is not None:
        return None
    now = found[-1].holder
    named = {link.name for link in line.stages[stage] if _names_policy(link)}
    before = _before(now, [p.holder for p in rightful(found, events)])
    while before and _alike(before[-1], now):  # it was only recorded once more
        if before.pop().assigned.stamp.tag in named:
            return None
    gated = now.assigned.stamp.tag in named
    return None if gated or any(_alike(one, now) for one in before) else now


def _before(now: Holder, held: Sequence[Holder]) -> list[Holder]:
    """Return what held the stage before the holder's tag gave it the stage."""
    tags = [one.assigned.stamp.tag for one in held]
    tag = now.assigned.stamp.tag
    return list(held[: tags.index(tag)] if tag in tags else held)


def _alike(one: Holder, other: Holder) -> bool:
    return (one.commit, one.version) == (other.commit, other.version)

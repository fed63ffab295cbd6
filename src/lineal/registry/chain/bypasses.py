"""Assignments that were made though the policy said no."""

from collections.abc import Iterator

from lineal.registry.chain.facts import Line
from lineal.registry.chain.finding import Finding
from lineal.registry.events import Assigned

BYPASS = "Bypass"


def bypasses(line: Line) -> Iterator[Finding]:
    """Name them, who made them, and why."""
    for link in line.links:
        # Reading a message costs more than looking for a word.
        if not isinstance(link.event, Assigned) or f"{BYPASS}:" not in link.tag.text:
            continue
        why = link.tag.message.get(BYPASS)
        if why is not None:
            said = f"{link.name} ({link.signature}) bypassed the policy: {why or '?'}"
            yield link.finding("bypass", "warning", said)

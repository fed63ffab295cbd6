"""An audit for a terminal: a section a model, a paragraph an event, oldest first."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from lineal.registry.audit import Audit, Audited
from lineal.reporting import audit_words as words
from lineal.reporting.screen import Screen
from lineal.reporting.signs import visible, wrap
from lineal.reporting.text import Style
from lineal.reporting.times import local

_LABEL = 10  # columns of the longest label
_INDENT = 2 + _LABEL + 2
_LEAST = 20  # columns beside the labels; on less, lines are not wrapped
_WIDE = 10_000
_Fact = tuple[str, Sequence[str]]


def as_text(audit: Audit, zone: tzinfo, screen: Screen) -> str:
    """Lay out a section a model."""
    parts = [
        line for model in audit.models for line in _section(audit, model, zone, screen)
    ]
    parts += [f"note: {visible(note)}" for note in audit.notes]
    return "\n".join(parts).strip("\n") + "\n"


def _section(audit: Audit, model: str, zone: tzinfo, screen: Screen) -> Iterator[str]:
    chain, events = audit.chains[model], audit.of(model)
    number = "1 event" if len(events) == 1 else f"{len(events)} events"
    style = Style.STRONG if chain.verifies else Style.BAD
    title = f"{visible(model)}: {number}; {words.chain(chain)}"
    yield from _titled("", title, style, screen)
    said = [
        f"{one.severity}: {visible(one.sentence)} [{one.rule}]"
        for one in chain.findings
    ]
    for finding in (*said, words.elsewhere(chain, model)):
        yield from (f"  {line}" for line in wrap(finding, (screen.width or _WIDE) - 2))
    yield ""
    for audited in events:
        yield from _event(audited, zone, screen)
        yield ""


def _event(audited: Audited, zone: tzinfo, screen: Screen) -> Iterator[str]:
    entry = audited.entry
    style = Style.WARN if audited.recorded.bypass else Style.STRONG
    when = f"{local(entry.since, zone)}  "
    yield from _titled(when, words.happened(entry, zone), style, screen)
    for label, values in facts(audited, zone):
        for place, value in enumerate(values):
            yield from _wrapped("" if place else label, value, screen)


def facts(audited: Audited, zone: tzinfo) -> Iterator[_Fact]:
    """Yield what there is to say of an event beside its title, by label."""
    entry, recorded = audited.entry, audited.recorded
    stamp = entry.event.stamp
    yield "tag", [f"{visible(stamp.tag)} ({stamp.id})"]
    if clock := words.clock(entry, zone):
        yield "clock", [clock]
    yield "by", [f"{words.person(entry.tag.actor)} ({words.proof(audited.by)})"]
    yield "reason", [visible(entry.reason) or "none given"]
    if recorded.bypass:
        yield "BYPASS", [visible(recorded.bypass)]
    if recorded.policy:
        yield "policy", [f"{visible(recorded.policy)}, as recorded"]
    if found := words.gates(audited):
        heading = ["as recorded:"] if recorded.gates else []
        yield "gates", [*heading, *found]
    if reviews := words.approvals(audited):
        yield "approvals", reviews
    if again := words.reproductions(audited.reproductions):
        yield "reproduced", again
    yield from _made(audited)


def _made(audited: Audited) -> Iterator[_Fact]:
    if audited.made is None:
        return
    scores = words.metrics(audited.made)
    yield "metrics", [scores or "the commit has no card with metrics"]
    yield "data", words.data(audited.made)
    yield "code", [words.code(audited)]


def _titled(begin: str, title: str, style: Style, screen: Screen) -> Iterator[str]:
    """Put a title behind its beginning; what does not fit goes under it."""
    room = (screen.width or _WIDE) - len(begin)
    lines = wrap(title, room) if room >= _LEAST else [title]
    for place, line in enumerate(lines):
        if place:
            yield " " * len(begin) + _paint(line, style, screen)
        else:
            yield _paint(begin + line, style, screen)


def _wrapped(label: str, value: str, screen: Screen) -> Iterator[str]:
    """Put a value beside its label; what does not fit goes under it."""
    if not value:
        return
    room = (screen.width or _WIDE) - _INDENT
    lines = list(wrap(value, room)) if room >= _LEAST else [value]
    for place, line in enumerate(lines):
        head = f"  {'' if place else label:<{_LABEL}}  "
        yield head + line


def _paint(text: str, style: Style, screen: Screen) -> str:
    return f"\x1b[{style.value}m{text}\x1b[0m" if screen.colour else text

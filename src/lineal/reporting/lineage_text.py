"""A lineage for a terminal, from the raw data down to the stages that held the version.

Drawn as `git log --graph` draws: `*` before each thing, `|` to what came of it.
"""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from lineal.lineage.records import File
from lineal.lineage.story import Held, Lineage
from lineal.registry.events import Deprecated
from lineal.registry.journal import Entry
from lineal.reporting import lineage_words as words
from lineal.reporting import people
from lineal.reporting.lineage_words import Block
from lineal.reporting.screen import Screen
from lineal.reporting.signs import shorten, visible, wrap
from lineal.reporting.text import Style
from lineal.reporting.times import day, local

_LABEL = 6  # columns of the longest label
_LEAST = 20  # columns beside the graph; on less, lines are not wrapped
_SHOWN = 4  # files of one kind
_COMMAND = 300  # columns
_REASON = 400
_Facts = list[tuple[str, str]]  # a label, or none, and what is said
_Node = tuple[str, _Facts, Style]


def as_text(
    lineage: Lineage, zone: tzinfo, screen: Screen, *, code: bool = False
) -> str:
    """Draw what made the version, and what became of it.

    Args:
        lineage: The version's.
        zone: Of the clocks.
        screen: Where it is shown.
        code: Name each file of code.
    """
    nodes = list(_nodes(lineage, zone, code=code))
    lines = [
        line
        for place, node in enumerate(nodes)
        for line in _drawn(node, screen, last=place == len(nodes) - 1)
    ]
    notes = [f"note: {visible(note)}" for note in lineage.notes]
    return "\n".join([*lines, *([""] if notes else []), *notes]) + "\n"


def _nodes(lineage: Lineage, zone: tzinfo, *, code: bool) -> Iterator[_Node]:
    for file in lineage.data:
        yield _file(file)
    if lineage.code:
        yield _code(lineage, code=code)
    for block in words.blocks(lineage.stages):
        yield _stage(lineage, block)
    if lineage.made is not None:
        yield _model(lineage, lineage.made)
    yield _version(lineage, zone)
    for held in lineage.held:
        yield _held(lineage, held, zone)


def _file(file: File) -> _Node:
    known = [words.hashed(file) or "no hash recorded", *words.measures(file)]
    lines = [("", ", ".join(known))]
    if file.origin is not None:
        lines.append(("", words.imported(file.origin)))
    return visible(file.path), lines, Style.STRONG


def _code(lineage: Lineage, *, code: bool) -> _Node:
    files = lineage.code
    title = f"code and settings: {words.counted(len(files), 'file')}"
    lines = [("", f"together md5 {words.fingerprint(files)}")]
    if code:
        named = (f"{words.hashed(each)}  {visible(each.path)}" for each in files)
        lines += [("", line) for line in named]
    return title, lines, Style.STRONG


def _stage(lineage: Lineage, block: Block) -> _Node:
    known = {file.path for file in lineage.code}
    reads = [visible(path) for path in block.reads if path not in known]
    lines = [("runs", _commands(block))]
    if reads:
        lines.append(("reads", _few(reads)))
    if code := words.code_of(lineage, block):
        together = words.fingerprint(code)[:7]
        told = f"{words.counted(len(code), 'file')}, together {together}"
        lines.append(("code", told))
    if params := block.params:
        lines.append(("params", ", ".join(words.grouped(params))))
    writes, others = words.used(lineage, block)
    lines.append(("writes", _few([words.named(file) for file in writes], others)))
    return visible(block.title), lines, Style.PLAIN


def _commands(block: Block) -> str:
    first = shorten(visible(block.stages[0].command), _COMMAND) or "nothing"
    others = len(block.stages) - 1
    return f"{first} (and {others} like it)" if others else first


def _few(names: Sequence[str], others: int = 0) -> str:
    """Return the first of some names, and how many more there are."""
    shown = names[:_SHOWN] if len(names) > _SHOWN + 1 else names
    more = len(names) - len(shown) + others
    return ", ".join([*shown, *([f"and {more} more"] if more else [])])


def _model(lineage: Lineage, made: File) -> _Node:
    title, lines, style = _file(made)
    path = lineage.path or made.path
    if path != made.path:
        lines = [("", f"in {title}"), *lines]
    return visible(path), lines, style


def _version(lineage: Lineage, zone: tzinfo) -> _Node:
    when = lineage.committed
    made = f", made {local(when, zone)}" if when is not None else ""
    lines = [f"commit {lineage.commit}{made}"]
    if lineage.registered is not None:
        lines.append(f"registered {_told(lineage, lineage.registered, zone)}")
    elif lineage.version is None:
        lines.append("no version: nobody registered this commit")
    lines += [
        f"{_ending(entry, zone)} {_told(lineage, entry, zone)}"
        for entry in lineage.endings
    ]
    name = lineage.name if lineage.version else f"{lineage.model}@{lineage.commit[:7]}"
    style = Style.BAD if lineage.endings else Style.GOOD
    return visible(name), [("", line) for line in lines], style


def _ending(entry: Entry, zone: tzinfo) -> str:
    event = entry.event
    if not isinstance(event, Deprecated):
        return "withdrawn"
    end = f", ends {day(event.end, zone)}," if event.end is not None else ""
    return f"deprecated{end}"


def _held(lineage: Lineage, held: Held, zone: tzinfo) -> _Node:
    since = local(held.began.since, zone)
    until = local(held.ended.since, zone) if held.ended else "now"
    lines = [_by(lineage, held.began)]
    if held.ended is not None:
        lines.append(f"ended by {visible(held.ended.event.stamp.tag)}")
    title = f"{visible(held.stage)} from {since} until {until}"
    style = Style.PLAIN if held.ended else Style.GOOD
    return title, [("", line) for line in lines], style


def _told(lineage: Lineage, entry: Entry, zone: tzinfo) -> str:
    return f"{local(entry.since, zone)} {_by(lineage, entry)}"


def _by(lineage: Lineage, entry: Entry) -> str:
    stamp = entry.event.stamp
    who = visible(people.titled(entry.tag.actor, lineage.makers[stamp.id]))
    reason = shorten(visible(entry.reason), _REASON)
    told = f"by {who}, tag {visible(stamp.tag)}"
    return f"{told}: {reason}" if reason else told


def _drawn(node: _Node, screen: Screen, *, last: bool) -> Iterator[str]:
    """Draw a thing; what is too long for the screen goes under its beginning."""
    title, facts, style = node
    rail = "  " if last else "| "
    for place, part in enumerate(_parts(title, screen, len(rail))):
        yield (rail if place else "* ") + _paint(part, style, screen)
    for label, value in facts:
        head = f"{rail}  {label:<{_LABEL}}  " if label else f"{rail}  "
        below = rail.ljust(len(head))
        for place, part in enumerate(_parts(value, screen, len(head))):
            yield (below if place else head) + part
    if not last:
        yield "|"


def _parts(text: str, screen: Screen, used: int) -> list[str]:
    room = (screen.width or 0) - used
    return list(wrap(text, room)) if screen.width and room >= _LEAST else [text]


def _paint(text: str, style: Style, screen: Screen) -> str:
    if not (screen.colour and style.value):
        return text
    return f"\x1b[{style.value}m{text}\x1b[0m"

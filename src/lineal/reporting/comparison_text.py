"""A comparison on one screen: scores first, then what changed, the verdict last."""

from collections.abc import Iterator

from lineal.lineage.comparison import Comparison, Measure
from lineal.reporting import comparison_words as words
from lineal.reporting.screen import Screen
from lineal.reporting.signs import visible, wrap
from lineal.reporting.text import Cell, Column, Style, table

_TITLES = ("metric", "before", "after", "change")
_COLOURS = {
    "better": Style.GOOD,
    "worse": Style.BAD,
    "no difference": Style.STRONG,
    "unclear": Style.WARN,
    "same": Style.DIM,
    "changed": Style.WARN,
    "unknown": Style.WARN,
}
_LABEL = 12  # columns


def as_text(found: Comparison, screen: Screen) -> str:
    """Lay out a comparison for people."""
    blocks = [visible(words.title(found))]
    blocks += [
        each for each in (_scores(found, screen), _changes(found, screen)) if each
    ]
    notes = [line for note in found.notes for line in _folded(f"note: {note}", screen)]
    blocks += ["\n".join(notes)] if notes else []
    said = found.recommendation
    verdict = _painted(said.verdict, _COLOURS[said.verdict], screen)
    head, *rest = _folded(f"{said.verdict}: {said.reason}", screen)
    blocks.append("\n".join((head.replace(said.verdict, verdict, 1), *rest)))
    return "\n\n".join(blocks) + "\n"


def _scores(found: Comparison, screen: Screen) -> str:
    """Lay out the metrics, if one of them changed or lacks."""
    if not found.measures or (found.identical and _is_calm(found)):
        return ""
    columns = [Column(_TITLES[0], shrinks=True)]
    columns += [Column(title, right=True) for title in _TITLES[1:]]
    tested = any(one.low is not None and one.absolute for one in found.measures)
    columns += [Column("95 % interval")] if tested else []
    rows = [_row(one, found.metric, tested=tested) for one in found.measures]
    columns.append(Column(""))
    return table(columns, rows, width=screen.width, colour=screen.colour)


def _is_calm(found: Comparison) -> bool:
    return not any(one.absolute for one in found.measures)


def _row(one: Measure, deciding: str, *, tested: bool) -> list[Cell]:
    name = Style.STRONG if one.metric == deciding else Style.PLAIN
    moved = f"{words.change(one)} {words.arrow(one)}".rstrip()
    return [
        Cell(one.metric, name),
        Cell(words.number(one.before)),
        Cell(words.number(one.after)),
        Cell(moved),
        *([Cell(words.bounds(one) if one.absolute else "")] if tested else []),
        Cell(words.verdict(one), _COLOURS[one.verdict]),
    ]


def _changes(found: Comparison, screen: Screen) -> str:
    lines = []
    for label, said in _said(found):
        indent = " " * _LABEL
        width = None if screen.width is None else max(20, screen.width - _LABEL)
        folded = [said] if width is None else list(wrap(visible(said), width))
        head = _painted(f"{label:<{_LABEL}}", Style.STRONG, screen)
        lines.append(f"\n{indent}".join([head + visible(folded[0]), *folded[1:]]))
    return "\n".join(lines)


def _said(found: Comparison) -> Iterator[tuple[str, str]]:
    """List what differs, a line a kind; of what is the same, nothing."""
    for label, parts in (("segments", found.segments), ("horizons", found.horizons)):
        if any(one.absolute for _, one in parts):
            yield label, f"{found.metric}: {words.parts(parts)}"
    if found.compatibility.verdict != "same":
        reasons = "; ".join(found.compatibility.reasons)
        yield "signature", ": ".join(filter(None, (_word(found), reasons)))
    lines = (
        ("parameters", words.listed(found.params)),
        ("data", words.listed(found.data)),
        ("features", words.kinds(found.features, 4)),
        ("code", words.kinds(found.code, 4)),
        ("libraries", words.listed(found.libraries)),
        ("cost", ", ".join(map(words.measurement, found.measured))),
    )
    yield from ((label, text) for label, text in lines if text)


def _word(found: Comparison) -> str:
    verdict = found.compatibility.verdict
    return "callers need no change" if verdict == "compatible" else verdict


def _folded(text: str, screen: Screen) -> list[str]:
    shown = visible(text)
    return [shown] if screen.width is None else list(wrap(shown, screen.width))


def _painted(text: str, style: Style, screen: Screen) -> str:
    return f"\x1b[{style.value}m{text}\x1b[0m" if screen.colour else text

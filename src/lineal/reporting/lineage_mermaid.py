"""A lineage as a Mermaid flowchart, which GitHub draws.

GitHub draws at most 500 edges and 50,000 characters, so code and parameters are counted
in the stage that read them, and what is alike is folded.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lineal.lineage.makers import around
from lineal.lineage.records import File
from lineal.lineage.story import Held, Lineage
from lineal.reporting import lineage_words as words
from lineal.reporting.lineage_words import Block
from lineal.reporting.signs import CUT, visible
from lineal.reporting.times import utc

_DATA, _STAGES, _HELD = 40, 80, 40  # things of one kind that are drawn
_EDGES = 450
_TEXT = 80  # signs of a line in a box
_PLAIN = frozenset(" ./-=,()'")  # what is no markup and makes no link
_LISTED = re.compile(r"([0-9]+[.)]|-) ")  # an item, and then no diagram at all
_SHAPES = {
    "data": ("[(", ")]"),
    "stage": ("[", "]"),
    "model": ("[[", "]]"),
    "version": ("([", "])"),
    "held": ("([", "])"),
}


@dataclass(slots=True)
class _Chart:
    """What is drawn so far.

    Attributes:
        boxes: Their lines.
        edges: Pairs of the names of boxes, in order.
    """

    boxes: list[str] = field(default_factory=list)
    edges: dict[tuple[str, str], None] = field(default_factory=dict)

    def box(self, kind: str, lines: Iterable[str]) -> str:
        """Draw a box and return its name."""
        name = f"{kind}{len(self.boxes)}"
        begin, end = _SHAPES[kind]
        label = "<br/>".join(_label(line) for line in lines if line)
        self.boxes.append(f'  {name}{begin}"{label}"{end}:::{kind}')
        return name

    def edge(self, source: str, target: str) -> None:
        """Draw an arrow; one that is there already, or to itself, is left out."""
        if source != target:
            self.edges[source, target] = None

    def thin(self) -> None:
        """Leave arrows out where there are too many, and say so."""
        more = len(self.edges) - _EDGES
        if more > 0:
            self.edges = dict(list(self.edges.items())[:_EDGES])
            self.box("stage", [f"{more} more arrows are not drawn"])


def as_mermaid(lineage: Lineage) -> str:
    """Draw from the raw data to the stages that held the version."""
    chart = _Chart()
    model = _drawn(lineage, chart)
    name = lineage.name if lineage.version else f"{lineage.model}@{lineage.commit[:7]}"
    day = (utc(lineage.registered.since) or "")[:10] if lineage.registered else ""
    version = chart.box("version", [name, f"registered {day}" if day else ""])
    chart.edge(model, version)
    if len(lineage.held) > _HELD:
        earlier = f"{len(lineage.held) - _HELD} earlier times in stages"
        chart.edge(version, chart.box("held", [earlier]))
    for held in lineage.held[-_HELD:]:
        chart.edge(version, chart.box("held", _held(held)))
    edges = (f"  {source} --> {target}" for source, target in chart.edges)
    return "\n".join(["flowchart TD", *chart.boxes, *edges, *_CLASSES, ""])


_CLASSES = (
    "  classDef data fill:#e8f0fe,stroke:#4a6fa5,color:#1b2a41",
    "  classDef stage fill:#ffffff,stroke:#8a8f98,color:#24292f",
    "  classDef model fill:#e9f7ec,stroke:#2f855a,color:#1c4532",
    "  classDef version fill:#fff7e0,stroke:#b7791f,color:#5f370e",
    "  classDef held fill:#fdeeee,stroke:#c05656,color:#5b1a1a",
)


def _drawn(lineage: Lineage, chart: _Chart) -> str:
    """Draw what made the model; return the model's box."""
    sources = _Sources()
    for file, box in _raw(lineage.data, chart):
        sources.add(file.path, box)
    blocks = list(_shown(words.blocks(lineage.stages, apart=False)))
    boxes = [(b, chart.box("stage", _stage(lineage, *b))) for b in blocks]
    for (block, _), box in boxes:
        for out in block.writes:
            sources.add(out, box)
    made = lineage.made
    path = lineage.path or (made.path if made else "")
    model = chart.box("model", [path or lineage.model, *(_facts(made) if made else ())])
    reads = [(dep, box) for (block, _), box in boxes for dep in block.reads]
    for read, box in [(path, model), *reads]:
        for source in sources.of(read):
            chart.edge(source, box)
    chart.thin()
    return model


def _shown(blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Return blocks with their titles; of very many, the first ones are one."""
    early, late = blocks[: -_STAGES or None], blocks[-_STAGES:]
    if len(blocks) > _STAGES:
        whole = Block(tuple(stage for block in early for stage in block.stages))
        yield whole, f"{len(whole.stages)} stages before the others"
    yield from ((block, block.title) for block in late)


@dataclass(slots=True)
class _Sources:
    """Which boxes a path comes from.

    Attributes:
        whole: By path.
        parts: By each folder around it.
    """

    whole: dict[str, list[str]] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, path: str, box: str) -> None:
        """Say that a box is, or makes, a path."""
        self.whole.setdefault(path, []).append(box)
        for folder in around(path):
            self.parts.setdefault(folder, []).append(box)

    def of(self, path: str) -> Iterator[str]:
        """Return the boxes of a path, of what it lies in, and of what lies in it."""
        for place in (path, *around(path)):
            yield from self.whole.get(place, ())
        yield from self.parts.get(path, ())


def _raw(data: Sequence[File], chart: _Chart) -> list[tuple[File, str]]:
    """Draw raw data; of very much, the rest is one box."""
    shown, rest = data[:_DATA], data[_DATA:]
    boxes = [(file, chart.box("data", [file.path, *_facts(file)])) for file in shown]
    if rest:
        box = chart.box("data", [f"{len(rest)} more files or folders"])
        boxes += [(file, box) for file in rest]
    return boxes


def _facts(file: File) -> Iterator[str]:
    yield words.hashed(file)
    yield ", ".join(words.measures(file))
    if file.origin is not None:
        yield words.imported(file.origin)


def _stage(lineage: Lineage, block: Block, title: str) -> Iterator[str]:
    yield title
    code, params = len(words.code_of(lineage, block)), len(block.params)
    said = (words.counted(code, "code file"), words.counted(params, "parameter"))
    counts = zip((code, params), said, strict=True)
    yield ", ".join(text for count, text in counts if count)


def _held(held: Held) -> list[str]:
    until = (utc(held.ended.since) or "")[:10] if held.ended else "now"
    return [held.stage, f"{(utc(held.began.since) or '')[:10]} to {until}"]


def _label(text: str) -> str:
    """Write a text so that nothing in it is Mermaid, Markdown or HTML."""
    shown = visible(text)
    shown = shown if len(shown) <= _TEXT else shown[: _TEXT - 1] + CUT
    listed = _LISTED.match(shown) is not None
    return "".join(
        sign if _is_plain(sign) and (place or not listed) else f"#{ord(sign)};"
        for place, sign in enumerate(shown)
    )


def _is_plain(sign: str) -> bool:
    return sign.isalnum() or sign in _PLAIN or sign == CUT

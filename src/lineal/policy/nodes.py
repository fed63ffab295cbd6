"""YAML as a tree in which everything knows where it stands.

It is built from the parser's events: so nothing is constructed or resolved before it was
asked for, nesting cannot exhaust the stack, and an alias is seen where it stands.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from lineal.policy.faults import Faults

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20
_RESOLVER: Any = yaml.resolver.Resolver()
_TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value.

    Attributes:
        line: Where it stands.
        column: Where it stands.
        text: As it is written, without quotes.
        plain: Whether it is written without quotes.
    """

    line: int
    column: int
    text: str
    plain: bool

    @property
    def is_text(self) -> bool:
        """Whether YAML 1.1 takes it for text, not for a number, a date or else."""
        if not self.plain:
            return True
        kind: str = _RESOLVER.resolve(yaml.ScalarNode, self.text, (True, False))
        return kind == _TEXT


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    column: int
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping, in which keys may still be there twice, or be anything."""

    line: int
    column: int
    pairs: tuple[tuple["Node", "Node"], ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """Something of which a fault tells already."""

    line: int
    column: int


Node = Scalar | Items | Pairs | Broken
Opening = yaml.SequenceStartEvent | yaml.MappingStartEvent


class _StopError(Exception):
    """The rest cannot be read sensibly."""


@dataclass(slots=True)
class _Builder:
    """Puts events together."""

    faults: Faults
    root: Node | None = None
    documents: int = 0
    left: list[tuple[Opening, list[Node]]] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.stop(event, "there is a second document, and one is allowed")
            case yaml.AliasEvent():
                alias = f"*{event.anchor}"
                said = f"aliases are not allowed: write out what {alias} stands for"
                self.put(self.broken(event, said))
            case yaml.ScalarEvent():
                self.put(self.scalar(event))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                if len(self.left) >= _DEEPEST:
                    self.stop(event, "this is nested deeper than any policy")
                self.left.append((event, []))
            case yaml.CollectionEndEvent():
                self.put(self.collection(*self.left.pop()))
            case _:
                pass

    def put(self, node: Node) -> None:
        if self.left:
            self.left[-1][1].append(node)
        else:
            self.root = node

    def scalar(self, event: yaml.ScalarEvent) -> Node:
        if event.tag is not None:
            return self.tagged(event, event.tag)
        plain = event.implicit[0]
        return Scalar(*_place(event.start_mark), event.value, plain)

    def collection(self, event: Opening, nodes: list[Node]) -> Node:
        if event.tag is not None:
            return self.tagged(event, event.tag)
        line, column = _place(event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(line, column, tuple(nodes))
        pairs = zip(nodes[::2], nodes[1::2], strict=True)
        return Pairs(line, column, tuple(pairs))

    def tagged(self, event: yaml.Event, tag: str) -> Broken:
        shown = tag.replace("tag:yaml.org,2002:", "!!", 1)
        return self.broken(event, f"tags such as {shown[:40]!r} are not allowed")

    def broken(self, event: yaml.Event, text: str) -> Broken:
        node = Broken(*_place(event.start_mark))
        self.faults.add(node, text)
        return node

    def stop(self, event: yaml.Event, text: str) -> None:
        self.broken(event, text)
        raise _StopError


def compose(text: str, faults: Faults) -> Node | None:
    """Build the tree of a text; None where it has none, or is no YAML.

    Args:
        text: The YAML, of one document.
        faults: Where faults are kept.
    """
    builder = _Builder(faults)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _StopError:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(
            Broken(*_place(mark)), f"this is no YAML: {error.problem or error.context}"
        )
        return None
    except yaml.reader.ReaderError as error:
        faults.add(_at(text, error.position), f"this is no YAML: {error.reason}")
        return None
    return builder.root


def _place(mark: Any) -> tuple[int, int]:
    """Return line and column as people count them."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _at(text: str, position: int) -> Broken:
    before = text[:position]
    return Broken(before.count("\n") + 1, position - before.rfind("\n"))

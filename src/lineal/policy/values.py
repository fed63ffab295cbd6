"""Values of a policy: what stands at a place, if it is of the kind that belongs there."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeGuard, TypeVar

from lineal.policy.faults import Faults, quoted
from lineal.policy.nodes import Broken, Items, Node, Pairs, Scalar

T = TypeVar("T")
# What YAML 1.1 and 1.2 both read as the same number.
NUMBER = re.compile(
    r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?"
)
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,8}")
_TRUTHS: Mapping[str, bool] = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Values:
    """Takes nodes for what they should be; None stands for what is something else.

    Attributes:
        faults: Where it is kept what is not as it should be.
    """

    faults: Faults

    def entries(self, node: Node, what: str) -> Iterator[tuple[Scalar, Node]]:
        """Yield keys and values of a mapping; each key once."""
        if not isinstance(node, Pairs):
            self.refuse(node, f"{what} must be a mapping, not {said(node)}")
            return
        seen: dict[str, int] = {}
        for key, value in node.pairs:
            if not isinstance(key, Scalar) or not key.is_text:
                self._no_key(key)
            elif key.text in seen:
                first = seen[key.text]
                said_of = (
                    f"key {quoted(key.text)} is there twice, first in line {first}"
                )
                self.refuse(key, said_of)
            else:
                seen[key.text] = key.line
                yield key, value

    def table(
        self, node: Node, known: tuple[str, ...], what: str
    ) -> dict[str, Node] | None:
        """Return the values of a mapping that has certain keys and no others."""
        if not isinstance(node, Pairs):
            self.refuse(node, f"{what} must be a mapping, not {said(node)}")
            return None
        found = {}
        for key, value in self.entries(node, what):
            if key.text in known:
                found[key.text] = value
            else:
                self.unknown(key, known)
        return found

    def unknown(self, key: Scalar, known: tuple[str, ...]) -> None:
        """Refuse a key that means nothing."""
        hint = self.faults.meant(key.text, known)
        self.refuse(key, f"unknown key {quoted(key.text)}, {hint}")

    def demand(
        self, node: Node, found: Mapping[str, Node], keys: tuple[str, ...], what: str
    ) -> None:
        """Refuse a mapping that lacks some keys."""
        for key in keys:
            if key not in found:
                self.refuse(node, f"{what} must have the key {key!r}")

    def refuse(self, node: Node, text: str) -> None:
        """Keep a fault, unless one is known of that very thing."""
        if not isinstance(node, Broken):
            self.faults.add(node, text)

    def text(self, node: Node, what: str) -> str | None:
        """Take a text, in which nothing is invisible."""
        if not isinstance(node, Scalar):
            self.refuse(node, f"{what} must be text, not {said(node)}")
            return None
        if not node.is_text or (node.plain and NUMBER.fullmatch(node.text)):
            way = f": write {node.text[:40]!r} in quotes" if node.text else ""
            self.refuse(node, f"{what} must be text, not {said(node)}{way}")
            return None
        if not node.text or not node.text.isprintable():
            fault = "has signs that nobody sees" if node.text else "is empty"
            self.refuse(node, f"{what} {fault}: {quoted(node.text)}")
            return None
        return node.text

    def number(self, node: Node, what: str) -> float | None:
        """Take a finite number."""
        found = None
        if isinstance(node, Scalar) and node.plain and NUMBER.fullmatch(node.text):
            found = float(node.text)
        if found is None or not math.isfinite(found):
            self.refuse(node, f"{what} must be a finite number, not {said(node)}")
            return None
        return found

    def whole(self, node: Node, what: str) -> int | None:
        """Take a whole number of 1 or more."""
        found = 0
        if isinstance(node, Scalar) and node.plain and _WHOLE.fullmatch(node.text):
            found = int(node.text)
        if found < 1:
            way = f"{what} must be a whole number from 1, not {said(node)}"
            self.refuse(node, way)
            return None
        return found

    def truth(self, node: Node, what: str) -> bool | None:
        """Take true or false; YAML's other words for them are a matter of dispute."""
        if isinstance(node, Scalar) and node.plain and node.text in _TRUTHS:
            return _TRUTHS[node.text]
        self.refuse(node, f"{what} must be true or false, not {said(node)}")
        return None

    def word(self, node: Node, words: tuple[str, ...], what: str) -> str | None:
        """Take one of a few words."""
        if isinstance(node, Scalar) and node.text in words and node.is_text:
            return node.text
        way = " or ".join(words)
        self.refuse(node, f"{what} must be {way}, not {said(node)}")
        return None

    def several(
        self, node: Node, one: Callable[[Node, str], T | None], what: str
    ) -> tuple[T, ...] | None:
        """Take a list of different things, at least one; None if any is none."""
        if not isinstance(node, Items):
            self.refuse(node, f"{what} must be a list, not {said(node)}")
            return None
        if not node.nodes:
            self.refuse(node, f"{what} is empty: name at least one, or leave it out")
            return None
        found: dict[T, Node] = {}
        faulty = False
        for each in node.nodes:
            value = one(each, f"each of {what}")
            if value is None:
                faulty = True
            elif value in found:
                self.refuse(each, f"{what} has {said(each)} twice")
                faulty = True
            else:
                found[value] = each
        return None if faulty else tuple(found)

    def _no_key(self, key: Node) -> None:
        if isinstance(key, Scalar) and key.text == "<<":
            self.refuse(key, "merge keys (<<) are not allowed: write out what is meant")
        else:
            way = f": write {key.text[:40]!r} in quotes" if _could_quote(key) else ""
            self.refuse(key, f"a key must be text, not {said(key)}{way}")


def _could_quote(node: Node) -> TypeGuard[Scalar]:
    return isinstance(node, Scalar) and bool(node.text)


def said(node: Node) -> str:
    """Return what stands there, in words."""
    match node:
        case Items():
            return "a list"
        case Pairs():
            return "a mapping"
        case Scalar(text="", plain=True):
            return "nothing"
        case Scalar():
            shown = quoted(node.text)
            return shown[1:-1] if node.plain else shown
        case _:
            return "that"

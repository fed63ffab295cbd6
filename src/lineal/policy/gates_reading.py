"""Reading the gates of a policy: which kind each is, and what belongs to it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from lineal.policy import people
from lineal.policy.config import (
    CardGate,
    FactGate,
    FreshGate,
    Gate,
    Limits,
    Margin,
    MetricGate,
    ReproductionGate,
    SignatureGate,
    VersusGate,
)
from lineal.policy.faults import quoted
from lineal.policy.ladder import Ladder
from lineal.policy.nodes import Items, Node, Scalar
from lineal.policy.values import NUMBER, Values, said

Found = Mapping[str, Node]
Part = Literal["all", "segment", "horizon"]

_FACT = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_PARTS = ("segment", "horizon", "each")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "metric": ("max", "min", *_PARTS, "versus", "improve", "confidence"),
    "signature": ("versus",),
    "fact": ("max", "min"),
    "data": ("max_days",),
    "card": (),
    "reproduction": ("of", "signed"),
}
KINDS = tuple(_KEYS)


@dataclass(frozen=True, slots=True)
class GateReader:
    """Reads gates.

    Attributes:
        values: Takes nodes for what they should be.
        ladder: The stages that there are.
        provable: Whether the policy says whose signatures count.
    """

    values: Values
    ladder: Ladder
    provable: bool

    def gates(self, node: Node) -> tuple[Gate, ...]:
        """Read a list of gates, leaving out those that are faulty."""
        if not isinstance(node, Items):
            self.values.refuse(node, f"gates must be a list, not {said(node)}")
            return ()
        found = (self._gate(each) for each in node.nodes)
        return tuple(gate for gate in found if gate is not None)

    def _gate(self, node: Node) -> Gate | None:
        """Read one gate."""
        found = dict(self.values.entries(node, "a gate"))
        kinds = [key for key in found if key.text in KINDS]
        if not kinds:
            self._no_kind(node, tuple(found))
            return None
        for key in kinds[1:]:
            both = f"{kinds[0].text!r} and {key.text!r} are two gates: part them"
            self.values.refuse(key, both)
        kind = kinds[0].text
        for key in found:
            if key.text not in KINDS and key.text not in _KEYS[kind]:
                self.values.unknown(key, (kind, *_KEYS[kind]))
        by_name = {key.text: value for key, value in found.items()}
        return self._readers[kind](node, by_name)

    def _no_kind(self, node: Node, keys: tuple[Scalar, ...]) -> None:
        """Say that nobody can tell what a gate is about."""
        every = tuple({*KINDS, *(key for known in _KEYS.values() for key in known)})
        odd = [key for key in keys if key.text not in every]
        for key in odd:
            self.values.unknown(key, KINDS)
        if not odd and not isinstance(node, Scalar | Items):
            self.values.refuse(node, f"a gate must have one of: {', '.join(KINDS)}")

    @property
    def _readers(self) -> Mapping[str, Callable[[Node, Found], Gate | None]]:
        return {
            "metric": self._metric,
            "signature": self._signature,
            "fact": self._fact,
            "data": self._fresh,
            "card": self._card,
            "reproduction": self._reproduction,
        }

    def _metric(self, node: Node, found: Found) -> Gate | None:
        metric = self.values.text(found["metric"], "metric")
        if "versus" in found:
            return self._versus(metric, found)
        for key in ("improve", "confidence"):
            if key in found:
                way = f"{key} needs `versus: STAGE`, which says what to be better than"
                self.values.refuse(found[key], way)
        what = "a gate on a metric"
        if not found.keys() & {"min", "max"}:
            self.values.refuse(node, f"{what} needs max, min or versus")
        limits, parts = self._limits(found), self._part(found)
        if metric is None or limits is None or parts is None:
            return None
        return MetricGate(metric, limits, *parts)

    def _versus(self, metric: str | None, found: Found) -> Gate | None:
        for key in ("max", "min", *_PARTS):
            if key in found:
                way = f"{key} does not go with versus: write two gates"
                self.values.refuse(found[key], way)
        stage = self.ladder.stage(found["versus"], "versus")
        margin: Margin | None = Margin()
        if "improve" in found:
            margin = self._margin(found["improve"])
        level = self._confidence(found["confidence"]) if "confidence" in found else None
        if metric is None or stage is None or margin is None:
            return None
        return VersusGate(metric, stage, margin, level)

    def _signature(self, _node: Node, found: Found) -> Gate:
        self.values.word(found["signature"], ("compatible",), "signature")
        versus = found.get("versus")
        stage = self.ladder.stage(versus, "versus") if versus else None
        return SignatureGate(stage)

    def _fact(self, node: Node, found: Found) -> Gate | None:
        name = self.values.text(found["fact"], "fact")
        if name is not None and not _FACT.fullmatch(name):
            way = "names no fact: write lower case, digits and _, as latency_p95_ms"
            self.values.refuse(found["fact"], f"{quoted(name)} {way}")
        if not found.keys() & {"min", "max"}:
            self.values.refuse(node, "a gate on a fact needs max or min")
        limits = self._limits(found)
        return None if name is None or limits is None else FactGate(name, limits)

    def _fresh(self, node: Node, found: Found) -> Gate | None:
        self.values.word(found["data"], ("fresh",), "data")
        self.values.demand(node, found, ("max_days",), "a gate on data")
        if "max_days" not in found:
            return None
        days = self.values.number(found["max_days"], "max_days")
        if days is not None and days < 0:
            self.values.refuse(found["max_days"], "max_days must not be negative")
        return None if days is None else FreshGate(days)

    def _card(self, _node: Node, found: Found) -> Gate:
        self.values.word(found["card"], ("present",), "card")
        return CardGate()

    def _reproduction(self, _node: Node, found: Found) -> Gate:
        self.values.word(found["reproduction"], ("proven",), "reproduction")
        of = people.addresses(self.values, found["of"]) if "of" in found else None
        asked = people.signed(self.values, found, provable=self.provable)
        return ReproductionGate(of or (), asked)

    def _limits(self, found: Found) -> Limits | None:
        ends = {
            key: self.values.number(found[key], key)
            for key in ("min", "max")
            if key in found
        }
        if not ends or None in ends.values():
            return None
        low, high = ends.get("min"), ends.get("max")
        if low is not None and high is not None and low > high:
            way = f"min {low:g} is above max {high:g}, so nothing can lie between"
            self.values.refuse(found["min"], way)
        return Limits(low, high)

    def _part(self, found: Found) -> tuple[Part, tuple[str, ...]] | None:
        """Read of which parts the metric is; None if that is faulty."""
        named = [key for key in _PARTS if key in found]
        for key in named[1:]:
            way = f"{key} does not go with {named[0]}: write two gates"
            self.values.refuse(found[key], way)
        if not named:
            return "all", ()
        node, key = found[named[0]], named[0]
        if key == "each":
            word = self.values.word(node, ("segment", "horizon"), key)
            return None if word is None else (_part(word), ())
        one = self._horizon if key == "horizon" else self.values.text
        if isinstance(node, Items):
            names = self.values.several(node, one, key)
        else:
            single = one(node, key)
            names = None if single is None else (single,)
        return None if names is None else (_part(key), names)

    def _horizon(self, node: Node, what: str) -> str | None:
        number = self.values.whole(node, what)
        return None if number is None else str(number)

    def _margin(self, node: Node) -> Margin | None:
        text = node.text if isinstance(node, Scalar) else ""
        if text.endswith("%"):
            share = text[:-1].rstrip(" ")
            if NUMBER.fullmatch(share) and abs(float(share)) < float("inf"):
                return Margin(float(share) / 100, relative=True)
            way = f"improve must be a number, or one with %, not {said(node)}"
            self.values.refuse(node, way)
            return None
        number = self.values.number(node, "improve (or 1 % of the incumbent's)")
        return None if number is None else Margin(number)

    def _confidence(self, node: Node) -> float | None:
        level = self.values.number(node, "confidence")
        if level is not None and not 0.5 < level < 1:  # noqa: PLR2004 - as said below
            way = f"confidence must lie between 0.5 and 1, not at {said(node)}"
            self.values.refuse(node, way)
            return None
        return level


def _part(word: str) -> Part:
    return "horizon" if word == "horizon" else "segment"

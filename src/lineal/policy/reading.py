"""Reading policy.yaml: every fault is named with its line and column."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lineal.errors import BadInputError
from lineal.policy import nodes, people
from lineal.policy.config import ANY, Approvals, Bypass, Policy, StageRules
from lineal.policy.faults import Fault, Faults, quoted
from lineal.policy.gates_reading import GateReader
from lineal.policy.ladder import Ladder, named
from lineal.policy.nodes import Broken, Node, Pairs, Scalar
from lineal.policy.values import Values
from lineal.registry import grammar

_MOST = 1_000_000  # bytes
_SHOWN = 10  # faults that the message lists
_KEYS = ("stages", "signers", "gpg", "on_violation", "models")
_RULES = ("from", "branch", "gates", "approvals", "bypass")
_TOP = Broken(1, 1)
# What git check-ref-format refuses, and what would be an option.
_NO_BRANCH = re.compile(r"^[-/.]|[\s~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(?:/|$)|[/.]$|^@$")

Models = Mapping[str, Mapping[str, StageRules]]


class InvalidPolicyError(BadInputError):
    """policy.yaml cannot be used.

    Attributes:
        name: What the file is called.
        faults: All of them, in the order in which they stand there.
    """

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        self.name, self.faults = name, faults
        count = f"{len(faults)} faults" if len(faults) > 1 else "1 fault"
        lines = [f"{name} cannot be used, it has {count}:"]
        lines += [fault.at(name) for fault in faults[:_SHOWN]]
        if len(faults) > _SHOWN:
            more = f"{len(faults) - _SHOWN} more; `lineal policy check` lists all"
            lines.append(f"and {more}")
        super().__init__("\n  ".join(lines))


def read(content: bytes, name: str = "policy.yaml") -> Policy:
    """Read a policy; an empty one rules nothing.

    Args:
        content: Of the file.
        name: What it is called in the messages.

    Raises:
        InvalidPolicyError: Anything in it cannot be understood.
    """
    faults = Faults()
    text = _text(content, faults)
    root = None if text is None else nodes.compose(text, faults)
    policy = Policy()
    if root is not None and root != Scalar(root.line, root.column, "", plain=True):
        policy = _Reader(Values(faults)).policy(root)
    if faults.found:
        raise InvalidPolicyError(name, tuple(sorted(set(faults.found))))
    return policy


def place(content: bytes, key: str) -> tuple[int, int]:
    """Return line and column of one of a valid policy's keys."""
    text = _text(content, Faults()) or ""
    root = nodes.compose(text, Faults())
    pairs = root.pairs if isinstance(root, Pairs) else ()
    keys = (each for each, _ in pairs if isinstance(each, Scalar) and each.text == key)
    found = next(keys, _TOP)
    return found.line, found.column


def _text(content: bytes, faults: Faults) -> str | None:
    if len(content) > _MOST:
        size = f"{len(content):,} bytes, and {_MOST:,} are the most that is read"
        faults.add(_TOP, f"the file has {size}")
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = content[: error.start].decode("utf-8-sig", "replace")
        column = len(good) - good.rfind("\n")
        faults.add(Broken(good.count("\n") + 1, column), "this is no UTF-8")
        return None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the parts of a policy."""

    values: Values

    def policy(self, root: Node) -> Policy:
        found = self.values.table(root, _KEYS, "a policy")
        if found is None:
            return Policy()
        stages = self._stages(found["stages"]) if "stages" in found else ()
        signers, gpg = found.get("signers"), found.get("gpg")
        provable = signers is not None or gpg is not None
        places = {name: place for place, name in enumerate(stages)}
        ladder = Ladder(self.values, places)
        rules = _Rules(self.values, ladder, provable)
        return Policy(
            stages=stages,
            signers=None if signers is None else self._path(signers),
            gpg=people.keys(self.values, gpg) if gpg else {},
            on_violation=self._violation(found.get("on_violation")),
            models=rules.models(found["models"]) if "models" in found else {},
        )

    def _stages(self, node: Node) -> tuple[str, ...]:
        """Return also what is sound among faults, so that what is none is told of."""
        found: dict[str, None] = {}

        def one(each: Node, what: str) -> str | None:
            name = named(self.values, each, what)
            found.update({name: None} if name else {})
            return name

        self.values.several(node, one, "stages")
        return tuple(found)

    def _violation(self, node: Node | None) -> Literal["report", "revert"]:
        words = ("report", "revert")
        said = node and self.values.word(node, words, "on_violation")
        return "revert" if said == "revert" else "report"

    def _path(self, node: Node) -> str | None:
        path = self.values.text(node, "signers")
        if path is None:
            return None
        odd = set(path.split("/")) & {"", ".", ".."}
        if odd or path.startswith("~") or "\\" in path:
            way = "write a path from the top of the repository, without '.' and '..'"
            self.values.refuse(node, f"signers cannot be {quoted(path)}: {way}")
        return path


@dataclass(frozen=True, slots=True)
class _Rules:
    """Reads what must hold before versions enter stages."""

    values: Values
    ladder: Ladder
    provable: bool

    def models(self, node: Node) -> Models:
        found = {}
        for key, value in self.values.entries(node, "models"):
            if key.text != ANY:
                self._check(key)
            found[key.text] = self._model(value, quoted(key.text))
        return found

    def _check(self, key: Scalar) -> None:
        try:
            grammar.check_model(key.text)
        except BadInputError:
            way = "write `name`, `folder:name`, or '*' for every other one"
            self.values.refuse(key, f"{quoted(key.text)} can name no model: {way}")

    def _model(self, node: Node, model: str) -> Mapping[str, StageRules]:
        found, climbs = {}, {}
        for key, value in self.values.entries(node, f"model {model}"):
            stage = self.ladder.stage(key, "a stage")
            parts = self.values.table(value, _RULES, f"stage {quoted(key.text)}")
            rules = self._stage(parts or {})
            if stage is not None:
                found[stage] = rules
                if rules.came_from is not None:
                    climbs[stage] = ((parts or {})["from"], rules.came_from)
        self.ladder.climb(climbs)
        return found

    def _stage(self, found: Mapping[str, Node]) -> StageRules:
        reader = GateReader(self.values, self.ladder, self.provable)
        start, branch, gates, asked, bypass = map(found.get, _RULES)
        return StageRules(
            came_from=self.ladder.stage(start, "from") if start else None,
            branch=self._branch(branch) if branch else None,
            gates=reader.gates(gates) if gates else (),
            approvals=self._asked(asked) if asked else None,
            bypass=self._bypass(bypass) if bypass else None,
        )

    def _asked(self, node: Node) -> Approvals | None:
        return people.approvals(self.values, node, provable=self.provable)

    def _bypass(self, node: Node) -> Bypass | None:
        return people.bypass(self.values, node, provable=self.provable)

    def _branch(self, node: Node) -> str | None:
        name = self.values.text(node, "branch")
        if name is not None and _NO_BRANCH.search(name):
            self.values.refuse(node, f"{quoted(name)} can name no branch, as main does")
        return name

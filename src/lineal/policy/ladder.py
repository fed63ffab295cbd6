"""The stages that a policy may speak of, and their order."""

from collections.abc import Mapping
from dataclasses import dataclass

from lineal.errors import BadInputError
from lineal.policy.faults import quoted
from lineal.policy.nodes import Node
from lineal.policy.values import Values
from lineal.registry import grammar

Climbs = Mapping[str, tuple[Node, str]]  # by stage: where `from` stands, what it says


@dataclass(frozen=True, slots=True)
class Ladder:
    """The stages, lowest first; none where any may be used.

    Attributes:
        values: Takes nodes for what they should be.
        stages: The place of each, by its name.
    """

    values: Values
    stages: Mapping[str, int]

    def stage(self, node: Node, what: str) -> str | None:
        """Take the name of a stage that there is."""
        name = named(self.values, node, what)
        if name is None or not self.stages or name in self.stages:
            return name
        hint = self.values.faults.meant(name, tuple(self.stages))
        self.values.refuse(node, f"unknown stage {quoted(name)}, {hint}")
        return None

    def climb(self, climbs: Climbs) -> None:
        """Refuse what leads down the ladder, or round in a circle.

        Args:
            climbs: Where each stage of one model is to be entered from.
        """
        circling = frozenset[str]() if self.stages else _circling(climbs)
        for stage, (node, start) in climbs.items():
            if start == stage:
                way = f"{stage} cannot be entered from itself"
                self.values.refuse(node, way)
            elif self.stages.get(start, 0) > self.stages.get(stage, 0):
                way = f"{start} comes after {stage} in `stages`: name an earlier one"
                self.values.refuse(node, way)
            elif stage in circling:
                way = f"nothing can enter {stage}: `from` leads in a circle"
                self.values.refuse(node, way)


def named(values: Values, node: Node, what: str) -> str | None:
    """Take a name that a stage could have."""
    name = values.text(node, what)
    try:
        if name is not None:
            grammar.check_stage(name)
    except BadInputError:
        way = "only letters, digits, '-', '_' and '/', as in prod"
        values.refuse(node, f"{quoted(name or '')} can name no stage: {way}")
        return None
    return name


def _circling(climbs: Climbs) -> frozenset[str]:
    """Return the stages that can only be entered by going round in a circle."""
    seen, found = set[str](), set[str]()
    for stage in climbs:
        path, at = [], stage
        while at in climbs and at not in seen:
            seen.add(at)
            path.append(at)
            at = climbs[at][1]
        if at in path:
            found.update(path[path.index(at) :])
    return frozenset(found)

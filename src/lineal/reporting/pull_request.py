"""What a pull request does to every model of a repository: facts, and no views."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from lineal.actions.judging.rehearsal import Rehearsal
from lineal.lineage.comparison import Comparison, Measure
from lineal.lineage.freshness import Freshness

Verdict = Literal[
    "better", "worse", "no difference", "unclear", "new", "removed", "unchanged"
]


@dataclass(frozen=True, slots=True)
class Held:
    """What production holds.

    Attributes:
        stage: The highest stage that holds something.
        name: The version, or the commit where it has none.
        measured: What was measured when it was registered, by trailer.
        is_base: Whether that is what the base has.
    """

    stage: str
    name: str
    measured: Mapping[str, float] = field(default_factory=dict)
    is_base: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A metric of one version.

    Attributes:
        name: The version.
        value: Its value.
    """

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Model:
    """What becomes of one model.

    Attributes:
        name: Its name.
        verdict: In a word.
        reason: In a sentence.
        next: The version that the commit would be; empty where it would be none.
        next_why: Why that one.
        registered: Whether the commit is that version already.
        base: The commit against the base; None where either lacks the model.
        held: What production holds; None: nothing.
        production: The commit against that; None where there is nothing to compare, or
            the base is the same.
        metrics: Its scores, where there is no comparison that tells them.
        gates: What the rules would say, by stage, the lowest first.
        trend: The metric of the last versions, and of the commit.
        size: Bytes of the model; None where nobody recorded them.
        notes: What should be known besides.
        unreadable: Whether the commit has it, and no one can tell where, since a file
            that may say so is malformed.
    """

    name: str
    verdict: Verdict
    reason: str = ""
    next: str = ""
    next_why: str = ""
    registered: bool = False
    base: Comparison | None = None
    held: Held | None = None
    production: Comparison | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)
    gates: tuple[Rehearsal, ...] = ()
    trend: tuple[Point, ...] = ()
    size: int | None = None
    notes: tuple[str, ...] = ()
    unreadable: bool = False

    @property
    def is_touched(self) -> bool:
        """Whether the change makes another model of it, or a new one."""
        return self.verdict not in {"unchanged", "removed"}

    @property
    def main(self) -> Measure | None:
        """The metric that decides, against the base or else against production."""
        found = self.base or self.production
        return found.main if found else None

    @property
    def refused(self) -> bool:
        """Whether a rule of the lowest stage stands in the way, or none can be asked."""
        judged = self.is_touched and bool(self.gates) and self.gates[0].refuses
        return judged or self.unreadable

    @property
    def undecided(self) -> bool:
        """Whether only running models could tell what the lowest stage says."""
        found = self.gates[0] if self.is_touched and self.gates else None
        return bool(found and found.count("undecided"))


@dataclass(frozen=True, slots=True)
class Rules:
    """Which rules judged.

    Attributes:
        branch: The trusted branch; empty where it is not known.
        id: Object id of its policy.yaml; empty where it has none.
        changed: The files of rules that the pull request changes.
        proposed: Why the policy that it proposes cannot be used; empty if it can.
        unusable: Why nothing could be judged; empty if it could.
        is_head: Whether the trusted branch is HEAD itself, the change included.
    """

    branch: str = ""
    id: str = ""
    changed: tuple[str, ...] = ()
    proposed: str = ""
    unusable: str = ""
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class PullRequest:
    """What a pull request does.

    Attributes:
        ref: What it is to be merged into, as it was asked for.
        base: The commit where both part.
        head: The commit in question.
        proposed: The commit that was merged with the base to make `head`; None where
            it is no such merge.
        models: All that either side has, those that changed first.
        rules: Which rules judged.
        freshness: Of dvc.lock.
        notes: What should be known besides.
    """

    ref: str
    base: str
    head: str
    models: tuple[Model, ...]
    rules: Rules
    freshness: Freshness
    proposed: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def touched(self) -> tuple[Model, ...]:
        """The models that the change makes anew."""
        return tuple(each for each in self.models if each.is_touched)

    @property
    def refused(self) -> bool:
        """Whether the rules of a lowest stage refuse a model that changed."""
        if self.rules.unusable:
            return bool(self.touched)
        return any(each.refused for each in self.models)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The models of which only a contest could tell."""
        return tuple(each.name for each in self.models if each.undecided)

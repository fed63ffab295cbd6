"""What a comparison of two versions of a model found: facts, and no views."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from lineal.registry.direction import is_nearer_better
from lineal.registry.facts import Facts

if TYPE_CHECKING:  # they bring numpy
    from lineal.lineage.pedigree import Pedigree
    from lineal.modeling.errors_by_day import Errors

Verdict = Literal["better", "worse", "same", "changed", "unknown"]
Rows = Literal["same", "different", "unknown"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared.

    Attributes:
        label: What to call it.
        model: Its model's name.
        version: Its version; None where it has none.
        stage: The stage that it was asked for by; None where it was not.
        commit: Its commit; None: the working tree.
        facts: What its card says; all empty where there is none.
        pedigree: What made it; None where nobody says where the model lies.
        errors: How wrong it was by day; None where that is not known.
        measured: What was measured when it was registered, by trailer.
        libraries: What it was made with: versions by name.
        features: What is said of each feature, such as its type and recipe, by name.
        rows: How many rows a table had, by path.
        lacks: Why it has no errors; empty where it has.
        notes: What whoever reads about it should know.
        stale: What changed since its dvc.lock was written: it is of another model.
    """

    label: str
    model: str
    version: str | None = None
    stage: str | None = None
    commit: str | None = None
    facts: Facts = field(default_factory=Facts)
    pedigree: "Pedigree | None" = None
    errors: "Errors | None" = None
    measured: Mapping[str, float] = field(default_factory=dict)
    libraries: Mapping[str, str] = field(default_factory=dict)
    features: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    lacks: str = ""
    notes: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric of both.

    Attributes:
        metric: Its name.
        before: Its value; None where that side lacks it.
        after: The same of the other side.
        absolute: What was added to it.
        relative: That as a share of what it was; None where that is 0.
        low: Where the 95 % confidence interval of `relative` begins: by resampling the
            same days of both; None where there is none.
        high: Where it ends.
        verdict: `better` and `worse` where the interval excludes 0, `same` where it
            does not, or nothing changed at all; `changed` where no interval can tell;
            `unknown` where it cannot be compared.
        why: Why there is no interval; empty where there is one.
        higher: Whether higher is better.
    """

    metric: str
    before: float | None
    after: float | None
    absolute: float | None = None
    relative: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: Verdict = "unknown"
    why: str = ""
    higher: bool = False

    @property
    def gain(self) -> float | None:
        """By how much it is better, in its own unit; None where nobody can tell."""
        if self.absolute is None or self.before is None or self.after is None:
            return None
        if is_nearer_better(self.metric):
            return abs(self.before) - abs(self.after)
        return self.absolute if self.higher else -self.absolute


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is not the same on both sides.

    Attributes:
        name: Its name.
        before: What it was; None where it was not there.
        after: What it is; None where it is gone.
    """

    name: str
    before: str | None
    after: str | None

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """What became of it."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


@dataclass(frozen=True, slots=True)
class Compatibility:
    """Whether those who call one can call the other.

    Attributes:
        verdict: `same` where both take and return the same, `compatible` where callers
            need no change, `breaking` where some do, `unknown` where a card is silent.
        reasons: What breaks them, or who is silent.
    """

    verdict: Literal["same", "compatible", "breaking", "unknown"]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to make of it.

    Attributes:
        verdict: Whether the later one is better.
        reason: Why, in one sentence.
    """

    verdict: Literal["better", "worse", "no difference", "unclear"]
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between two versions.

    Attributes:
        before: The one to compare with.
        after: The one in question.
        metric: What decides.
        measures: All metrics, the one that decides first.
        segments: That metric by segment, the worst change first.
        horizons: The same by horizon.
        params: Parameters of the stages that made them.
        features: What each feature is.
        data: What went in and no stage made: hash, size and rows.
        code: The same of code: hashes.
        libraries: Versions.
        measured: Size, latency and training time.
        compatibility: Whether callers need a change.
        recommendation: What to make of it.
        notes: What should be known besides.
        rows: Whether both were tested on the same rows.
        identical: Whether the models' bytes are the same; None where nobody knows.
        days: Days that the intervals come from; 0 where there are none.
    """

    before: Side
    after: Side
    metric: str
    measures: tuple[Measure, ...]
    segments: tuple[tuple[str, Measure], ...]
    horizons: tuple[tuple[str, Measure], ...]
    params: tuple[Change, ...]
    features: tuple[Change, ...]
    data: tuple[Change, ...]
    code: tuple[Change, ...]
    libraries: tuple[Change, ...]
    measured: tuple[Change, ...]
    compatibility: Compatibility
    recommendation: Recommendation
    notes: tuple[str, ...] = ()
    rows: Rows = "unknown"
    identical: bool | None = None
    days: int = 0

    @property
    def main(self) -> Measure | None:
        """The metric that decides; None where nobody knows which."""
        found = (each for each in self.measures if each.metric == self.metric)
        return next(found, None)

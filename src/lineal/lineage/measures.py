"""Every metric of two versions: by how much it changed, and how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isclose, isfinite
from typing import TYPE_CHECKING, Literal

from lineal.errors import LinealError
from lineal.lineage.comparison import Measure, Rows, Side, Verdict
from lineal.registry.direction import is_higher_better

if TYPE_CHECKING:
    from lineal.modeling.spread import Interval

_NEAR = 1e-6  # a card and its errors by day add the same up in another order
_PARTS = "errors by day are not kept by {}"


@dataclass(frozen=True, slots=True)
class Judge:
    """What tells whether a change is more than chance.

    Attributes:
        before: One side.
        after: The other one.
        spread: Between what each metric's relative change lies, or why nobody can tell.
        why: Why there is no interval at all; empty where there are some.
    """

    before: Side
    after: Side
    spread: Mapping[str, "Interval | str"] = field(default_factory=dict)
    why: str = ""

    @classmethod
    def of(cls, before: Side, after: Side, rows: Rows) -> "Judge":
        """Resample the days of both, if they are the same."""
        ours, theirs = before.errors, after.errors
        if ours is None or theirs is None:
            lacks = before if ours is None else after
            why = lacks.lacks or f"{lacks.label} has no errors.json"
            return cls(before, after, why=why)
        if rows == "different":
            return cls(before, after, why="they were tested on different rows")
        from lineal.modeling import spread  # noqa: PLC0415 - brings numpy

        try:
            return cls(before, after, spread.spread(ours, theirs))
        except LinealError as error:
            return cls(before, after, why=str(error))

    @property
    def days(self) -> int:
        """How many days the intervals come from; 0 where there are none."""
        found = (one.days for one in self.spread.values() if not isinstance(one, str))
        return max(found, default=0)

    def measure(self, metric: str) -> Measure:
        """Compare one metric."""
        values = [_value(side, metric) for side in (self.before, self.after)]
        found = plain(metric, *values, why=self._why(metric))
        interval = None if found.why else self.spread[metric]
        if found.verdict == "unknown" or interval is None or isinstance(interval, str):
            return found
        verdict: Verdict = "same"
        if interval.low > 0 or interval.high < 0:
            verdict = "worse" if interval.low > 0 else "better"
        return replace(found, low=interval.low, high=interval.high, verdict=verdict)

    def _why(self, metric: str) -> str:
        """Return why a metric has no interval; empty where it has one."""
        if self.why or is_higher_better(metric):
            return self.why or f"errors by day tell of errors, and {metric} is none"
        found = self.spread.get(metric, f"errors by day do not tell {metric}")
        if isinstance(found, str):
            return found
        sides = (self.before, self.after)
        other = next((side for side in sides if not _agree(side, metric)), None)
        return f"card.json and errors.json of {other.label} disagree" if other else ""


def plain(
    metric: str, before: float | None, after: float | None, *, why: str = ""
) -> Measure:
    """Compare two values, without an interval.

    Args:
        metric: Of what.
        before: The value of one side; None where it has none.
        after: The value of the other side.
        why: Why there is no interval; empty where one will follow.
    """
    higher = is_higher_better(metric)
    if before is None or after is None:
        gap = "either side" if before == after else _lacking(before)
        reason = f"there is no finite {metric} on {gap}"
        return Measure(metric, before, after, why=reason, higher=higher)
    absolute = after - before
    verdict: Verdict = "changed" if absolute else "same"
    relative = _share(absolute, before)
    if relative is None:
        verdict = "unknown" if absolute else "same"
        lost = "so large a change is no" if before else "nothing is a"
        why = f"{metric} was {before:g} before, and {lost} share of that"
    return Measure(
        metric,
        before,
        after,
        absolute,
        relative,
        verdict=verdict,
        why=why,
        higher=higher,
    )


def _share(change: float, before: float) -> float | None:
    found = change / abs(before) if before else float("inf")
    return found if isfinite(found) else None


def parted(
    before: Side, after: Side, metric: str, kind: Literal["segment", "horizon"]
) -> tuple[tuple[str, Measure], ...]:
    """Compare one metric part by part, the worst change first."""
    ours, theirs = _parts(before, kind), _parts(after, kind)
    found = [
        (
            name,
            plain(
                metric,
                ours.get(name, {}).get(metric),
                theirs.get(name, {}).get(metric),
                why=_PARTS.format(kind),
            ),
        )
        for name in dict.fromkeys((*theirs, *ours))
    ]
    told = [each for each in found if each[1].before is not None or each[1].after]
    return tuple(sorted(told, key=lambda each: _gain(each[1])))


def _parts(side: Side, kind: str) -> Mapping[str, Mapping[str, float]]:
    return side.facts.by_segment if kind == "segment" else side.facts.by_horizon


def _gain(found: Measure) -> float:
    """Return by what to sort: a loss first, what nobody knows last."""
    if found.gain is None or not found.before:
        return float("inf")
    return found.gain / abs(found.before)


def _lacking(before: float | None) -> str:
    return "the first side" if before is None else "the second side"


def _value(side: Side, metric: str) -> float | None:
    """Return what the card says, else what the errors by day add up to."""
    if metric in side.facts.metrics:
        return side.facts.metrics[metric]
    return _summed(side, metric)


def _summed(side: Side, metric: str) -> float | None:
    if side.errors is None or metric not in side.errors.metrics:
        return None
    sums = side.errors.metrics[metric]
    return sums.value if any(sums.weights) else None


def _agree(side: Side, metric: str) -> bool:
    summed, said = _summed(side, metric), side.facts.metrics.get(metric)
    if (
        said is None
    ):  # a card that names its metric and has no finite value of it is odd
        return metric != side.facts.metric
    return summed is not None and isclose(summed, said, rel_tol=_NEAR, abs_tol=1e-12)

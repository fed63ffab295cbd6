"""By how much two candidates differ, how sure that is, and the words for it."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log10

from lineal.modeling.spoken import spoken


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference in WAPE of two forecasts, a minus b, and how sure it is.

    Answers about rows are compared likewise, by another mean loss.

    Attributes:
        difference: WAPE of a minus WAPE of b; negative means that a is better.
        low: Lower end of the percentile interval, None with too few days.
        high: Upper end, None with too few days.
        confidence: Nominal confidence of the interval.
        share_below_zero: Share of replicates in which a was better, None with too
            few days.
        block: Origin days a block.
        replicates: Resamples drawn.
        days: Origin days compared.
    """

    difference: float
    low: float | None
    high: float | None
    confidence: float
    share_below_zero: float | None
    block: int
    replicates: int
    days: int

    @property
    def real(self) -> bool:
        """Whether the interval lies on the difference's side of zero."""
        if self.low is None or self.high is None:
            return False
        return self.low > 0 < self.difference or self.high < 0 > self.difference


def sentence(
    comparison: Comparison,
    a_name: str,
    b_name: str,
    *,
    metric: str = "wape",
    unit: str = "origin days",
) -> str:
    """Say what a comparison means, in one plain sentence.

    Args:
        comparison: Of a with b.
        a_name: Which candidate a is.
        b_name: Which one b is.
        metric: What differs; WAPE is told in percentage points.
        unit: What was resampled.

    >>> found = Comparison(-0.019, -0.021, -0.017, 0.95, 1.0, 14, 2000, 800)
    >>> print(sentence(found, "xgboost", "naive"))
    xgboost's WAPE is 1.9 points lower than naive's (95 % interval 1.7 to 2.1 lower): a real difference on this test period.
    """
    low, high = comparison.low, comparison.high
    tied = f"{a_name} and {b_name} cannot be told apart on this test period"
    if low is None or high is None:
        days, block = comparison.days, comparison.block
        return f"{tied}: its {days} {unit} are fewer than two blocks of {block}."
    if low == high == comparison.difference == 0:
        where = "on every day" if unit.endswith("days") else "everywhere"
        return f"{tied}: they have the same error {where}."
    names = f"{a_name}'s {spoken(metric)}", f"{b_name}'s"
    return _difference(comparison, names, _points if metric == "wape" else _plain)


def _difference(
    found: Comparison, names: tuple[str, str], show: Callable[[float], str]
) -> str:
    """Say by how much two errors differ, and between what that lies."""
    low, high, gap = found.low or 0.0, found.high or 0.0, found.difference
    side = "higher" if gap > 0 else "lower"
    unit = " points" if show is _points else ""
    claim = f"{names[0]} is {show(gap)}{unit} {side} than {names[1]}"
    level = f"{100 * found.confidence:g} % interval"
    if found.real:
        near, far = sorted((low, high), key=abs)
        span = f"{level} {show(near)} to {show(far)} {side}"
        return f"{claim} ({span}): a real difference on this test period."
    span = f"{level} {_end(low, show)} to {_end(high, show)}"
    return f"{claim} ({span}): they cannot be told apart on this test period."


def _points(share: float) -> str:
    """Write a share in percentage points, with two digits that say something."""
    points = abs(100 * share)
    places = 1 if points >= 1 or points == 0 else 1 - floor(log10(points))
    return f"{points:.{min(places, 6)}f}"


def _plain(amount: float) -> str:
    """Write a size with two digits that say something."""
    return f"{abs(amount):.2g}"


def _end(share: float, show: Callable[[float], str]) -> str:
    """Write an end of an interval with its side of zero."""
    side = "higher" if share > 0 else "lower"
    return f"{show(share)} {side}" if share else "0"

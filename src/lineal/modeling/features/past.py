"""What many features of a series' own past share."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.indexers import BaseIndexer

from lineal.modeling.features.column import (
    Column,
    Feature,
    Group,
    Shift,
    Term,
    at_origin,
)
from lineal.modeling.panel import Floats, levels
from lineal.modeling.rhythm import DAY, Rhythm, Steps

_ALIKE = 8  # steps of one kind by which it is told what is usual


class _Apart(BaseIndexer):
    """Windows over series that lie end to end, so many steps each."""

    window_size: int
    steps: int

    def get_window_bounds(
        self,
        num_values: int = 0,
        min_periods: int | None = None,
        center: bool | None = None,  # noqa: FBT001 - as above
        closed: str | None = None,
        step: int | None = None,
    ) -> tuple[Steps, Steps]:
        """Return where each window begins and ends: none reaches into another series."""
        del min_periods, center, closed, step
        first = np.arange(0, num_values, self.steps, dtype=np.int64)
        end = np.arange(1, num_values + 1, dtype=np.int64)
        return np.maximum(end - self.window_size, np.repeat(first, self.steps)), end


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """Arrays of (steps, segments) that many features share.

    Attributes:
        target: Name of the raw column.
        horizon: Largest horizon, steps.
        rhythm: How far apart the steps are.
        counted: Whether a target of zero is a value like any other, and no closure.
        level: The target, NaN where closed or missing.
        closed: 1 where the target is zero, NaN where it is missing.
        scale: Mean size of the last 28 open days (or what the rhythm calls recent),
            held while a series is silent, for two years at most. Every level is divided
            by it, so one model serves small and large segments.
        usual: Mean of the same weekday in the eight weeks before; of the eight steps
            before where there is no such cycle.
        unusual: The level over `usual`, or where zeros count its distance from that in
            scales, plus 1: 1 on an ordinary day.
    """

    target: str
    horizon: int
    rhythm: Rhythm
    counted: bool
    level: Floats
    closed: Floats
    scale: Floats
    usual: Floats
    unusual: Floats

    @classmethod
    def of(
        cls,
        target: str,
        values: Floats,
        horizon: int,
        *,
        rhythm: Rhythm = DAY,
        counted: bool = False,
    ) -> "Past":
        """Derive the shared arrays from the raw target."""
        level = levels(values, counted=counted)
        usual = cycle_mean(lagged(level, rhythm.turn), _ALIKE, rhythm.turn)
        scale = size(level, rhythm, counted=counted)
        return cls(
            target=target,
            horizon=horizon,
            rhythm=rhythm,
            counted=counted,
            level=level,
            closed=np.where(np.isnan(values), np.nan, values == 0),
            scale=scale,
            usual=usual,
            unusual=1 + (level - usual) / scale if counted else level / usual,
        )

    @property
    def per_scale(self) -> Term:
        """The scale at the origin, to divide by."""
        return Term(self.scale, at_origin(self.horizon))

    @property
    def open(self) -> str:
        """What stands before the steps that levels are made of, in words."""
        return "" if self.counted else "open "

    @property
    def idle(self) -> str:
        """What steps with a target of zero are, in words."""
        steps = self.rhythm.steps
        return f"{steps} of zero" if self.counted else f"closed {steps}"

    @property
    def against(self) -> str:
        """How a level is compared with what is usual, in words."""
        return "against" if self.counted else "over"

    @property
    def usually(self) -> str:
        """What is usual, in words."""
        slot = self.rhythm.slot_words
        return f"usual {slot} value" if slot else "usual value"

    def column(
        self, name: str, group: Group, about: str, *, window: int | None = None
    ) -> "Draft":
        """Start a feature that is made of the target."""
        feature = Feature(name, group, (self.target,), about, window)
        return Draft(feature, self)


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A feature that still lacks its numbers."""

    feature: Feature
    past: Past

    def relative(self, values: Floats, shift: Shift, *, delay: int = 0) -> Column:
        """Read values in units of the target, divided by the scale at the origin."""
        term = Term(values, shift, delay)
        return Column(self.feature, term, over=(self.past.per_scale,))

    def plain(self, values: Floats, shift: Shift, *, delay: int = 0) -> Column:
        """Read values that have no unit."""
        return Column(self.feature, Term(values, shift, delay))


def size(level: Floats, rhythm: Rhythm, *, counted: bool) -> Floats:
    """Return the mean size of the recent levels, held while there is none above 0."""
    sizes = np.abs(level) if counted else level
    recent = rolling(sizes, rhythm.recent, "mean", least=rhythm.least)
    if counted:
        recent = np.where(recent > 0, recent, np.nan)
    held: Floats = pd.DataFrame(recent).ffill(limit=rhythm.silent).to_numpy()
    return held


def rolling(values: Floats, window: int, how: str, *, least: int = 1) -> Floats:
    """Aggregate the last `window` steps, this one included, skipping what is NaN.

    Series are rolled over one after the other in one go, because pandas takes long to
    turn to the next column.
    """
    steps, across = values.shape
    each = pd.Series(values.T.ravel()).rolling(
        _Apart(window_size=window, steps=steps), min_periods=min(least, window)
    )
    result: Floats = getattr(each, how)().to_numpy()
    return result.reshape(across, steps).T


def fading(values: Floats, half_life: int) -> Floats:
    """Average exponentially weighted, step by step for all series at once.

    What is NaN is skipped and does not age. These are the bytes of pandas' `ewm`, which
    takes as long to turn to the next column as its windows do.
    """
    decay = 1 - np.exp(np.log(0.5) / half_life)
    factor = 1 - 1 / (1 + (1 / decay - 1))  # rounded as there
    found = np.empty_like(values)
    mean, weight = np.full(values.shape[1], np.nan), np.ones(values.shape[1])
    for step, now in enumerate(values):
        known, first = ~np.isnan(now), np.isnan(mean)
        aged = weight * factor
        later = (aged * mean + now) / (aged + 1)
        mean = np.where(known & (mean != now), np.where(first, now, later), mean)
        weight = np.where(known & ~first, aged + 1, weight)
        found[step] = mean
    return found


def lagged(values: Floats, steps: int) -> Floats:
    """Return yesterday's values for `steps=1`, and so on; NaN at the start."""
    moved = np.full_like(values, np.nan)
    moved[steps:] = values[: max(len(values) - steps, 0)]
    return moved


def cycle_mean(values: Floats, count: int, cycle: int) -> Floats:
    """Average this step and those alike before it, skipping NaN."""
    return rolling_alike(values, count, "mean", cycle)


def rolling_alike(values: Floats, count: int, how: str, cycle: int) -> Floats:
    """Roll over every seventh day: each weekday is a series of its own."""
    steps, across = values.shape
    padded = np.full((-(-steps // cycle) * cycle, across), np.nan)
    padded[:steps] = values
    by_cycle = padded.reshape(-1, cycle * across)
    return rolling(by_cycle, count, how).reshape(-1, across)[:steps]

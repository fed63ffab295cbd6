"""Features of a series' own past: lags, windows, weekdays, years."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lineal.modeling.features.column import (
    Column,
    Feature,
    Group,
    Shift,
    Term,
    at_date,
    at_origin,
    at_weekday,
)
from lineal.modeling.panel import Floats

YEAR = 364  # whole weeks, so that weekdays agree
_EWM_HALF_LIVES = (3, 14, 30)
_SILENT = 2 * YEAR  # days; a series closed for longer has no scale
_WEEKS = (4, 8, 13, 26)
_NEAR_YEAR = (357, 364, 371, 728)


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """Arrays of (days, segments) that many features share.

    Attributes:
        target: Name of the raw column.
        horizon: Largest horizon, days.
        level: The target, NaN where closed or missing.
        closed: 1 where the target is zero, NaN where it is missing.
        scale: Mean of the last 28 open days, held while a series is silent, for two
            years at most. Every level is divided by it, so one model serves small
            and large segments.
        usual: Mean of the same weekday in the eight weeks before.
        unusual: The level over `usual`: 1 on an ordinary day.
    """

    target: str
    horizon: int
    level: Floats
    closed: Floats
    scale: Floats
    usual: Floats
    unusual: Floats

    @classmethod
    def of(cls, target: str, values: Floats, horizon: int) -> "Past":
        """Derive the shared arrays from the raw target."""
        level = np.where(values > 0, values, np.nan)
        usual = weekday_mean(lagged(level, 7), 8)
        scale = pd.DataFrame(rolling(level, 28, "mean", least=7)).ffill(limit=_SILENT)
        return cls(
            target=target,
            horizon=horizon,
            level=level,
            closed=np.where(np.isnan(values), np.nan, values == 0),
            scale=scale.to_numpy(),
            usual=usual,
            unusual=level / usual,
        )

    @property
    def per_scale(self) -> Term:
        """The scale at the origin, to divide by."""
        return Term(self.scale, at_origin(self.horizon))

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


def rolling(values: Floats, window: int, how: str, *, least: int = 1) -> Floats:
    """Aggregate the last `window` days, today included, skipping what is NaN."""
    frame = pd.DataFrame(values)
    rolled = getattr(frame.rolling(window, min_periods=min(least, window)), how)()
    result: Floats = rolled.to_numpy()
    return result


def lagged(values: Floats, days: int) -> Floats:
    """Return yesterday's values for `days=1`, and so on; NaN at the start."""
    moved = np.full_like(values, np.nan)
    moved[days:] = values[: max(len(values) - days, 0)]
    return moved


def weekday_mean(values: Floats, weeks: int) -> Floats:
    """Average today and the same weekday of the weeks before, skipping NaN."""
    return _weekdays(values, weeks, "mean")


def _weekdays(values: Floats, weeks: int, how: str) -> Floats:
    """Roll over every seventh day: each weekday is a series of its own."""
    days, across = values.shape
    padded = np.full((-(-days // 7) * 7, across), np.nan)
    padded[:days] = values
    by_week = padded.reshape(-1, 7 * across)
    return rolling(by_week, weeks, how).reshape(-1, across)[:days]


def lags(past: Past, days: tuple[int, ...]) -> Iterator[Column]:
    """Single days before the origin."""
    for lag in days:
        about = f"target {lag} days before the origin, over the scale"
        draft = past.column(f"lag_{lag}", "lag", about, window=lag + 1)
        yield draft.relative(past.level, at_origin(past.horizon, lag))


def windows(past: Past, days: tuple[int, ...]) -> Iterator[Column]:
    """Windows that end at the origin."""
    here = at_origin(past.horizon)
    for window in days:
        for how in ("mean", "std", "min", "max"):
            about = f"{how} of the last {window} open days' targets, over the scale"
            draft = past.column(f"{how}_{window}", "window", about, window=window)
            yield draft.relative(rolling(past.level, window, how, least=2), here)
    for half in _EWM_HALF_LIVES:
        about = f"exponentially weighted mean, half-life {half} days, over the scale"
        frame = pd.DataFrame(past.level).ewm(halflife=half, ignore_na=True)
        draft = past.column(f"ewm_{half}", "window", about)
        yield draft.relative(frame.mean().to_numpy(), here)
    for window in (28, YEAR):
        about = f"share of closed days in the last {window}"
        draft = past.column(f"closed_{window}", "window", about, window=window)
        yield draft.plain(rolling(past.closed, window, "mean"), here)


def weekdays(past: Past, count: int) -> Iterator[Column]:
    """The latest days of the target's weekday that are known at the origin."""
    here = at_weekday(past.horizon)
    for week in range(count):
        about = f"target on its weekday, {week} weeks before the latest known one"
        draft = past.column(
            f"weekday_lag_{week}", "weekday", about, window=7 * week + 7
        )
        yield draft.relative(past.level, at_weekday(past.horizon, week))
    for how, weeks in (
        *(("mean", weeks) for weeks in _WEEKS),
        ("median", 8),
        ("std", 8),
        ("min", 8),
        ("max", 8),
    ):
        about = f"{how} of the last {weeks} known days of the target's weekday"
        name = f"weekday_{how}_{weeks}"
        draft = past.column(name, "weekday", about, window=7 * weeks)
        yield draft.relative(_weekdays(past.level, weeks, how), here)
    about = "share of closed days among the last 8 of the target's weekday"
    draft = past.column("weekday_closed_8", "weekday", about, window=56)
    yield draft.plain(_weekdays(past.closed, 8, "mean"), here)
    for window in (1, 7, 14):
        about = f"mean over {window} days of the target over its usual weekday value"
        draft = past.column(f"unusual_{window}", "weekday", about, window=window + 56)
        mean = rolling(past.unusual, window, "mean")
        yield draft.plain(mean, at_origin(past.horizon))


def years(past: Past) -> Iterator[Column]:
    """The same season, one and two years back."""
    size = past.horizon
    for days in _NEAR_YEAR:
        about = f"target {days} days before its date, over the scale"
        draft = past.column(f"lag_{days}_of_date", "yearly", about, window=days)
        yield draft.relative(past.level, at_date(size, days))
        about = f"target over its usual weekday value, {days} days before its date"
        draft = past.column(
            f"unusual_{days}_of_date", "yearly", about, window=days + 56
        )
        yield draft.plain(past.unusual, at_date(size, days))
    week = rolling(past.level, 7, "mean")
    for window in (7, 28, 91):
        mean = rolling(past.level, window, "mean", least=2)
        about = f"mean of {window} days over the same a year before"
        draft = past.column(f"growth_{window}", "yearly", about, window=YEAR + window)
        column = draft.plain(mean, at_origin(size))
        yield replace(column, over=(Term(mean, at_origin(size, YEAR)),))
    for years_back in (1, 2):
        back = YEAR * years_back
        about = (
            f"week around the date over 28 days to the origin, {years_back} years ago"
        )
        name = f"season_{years_back}"
        draft = past.column(name, "yearly", about, window=back + 28)
        column = draft.plain(week, at_date(size, back - 3))
        yield replace(column, over=(Term(past.scale, at_origin(size, back)),))

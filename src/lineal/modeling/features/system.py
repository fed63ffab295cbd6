"""Features of all segments together: noise of one is signal in the sum."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lineal.modeling.features.column import (
    Column,
    Term,
    at_cycle,
    at_origin,
    at_season,
)
from lineal.modeling.features.past import Past, cycle_mean, rolling, size
from lineal.modeling.panel import Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Sum:
    """All segments together, each of shape (steps, 1).

    Attributes:
        total: Their sum; NaN where nothing was counted.
        usual: Mean of the same weekday in the eight weeks up to it.
        unusual: The sum against that of the week before, as `Past.unusual`.
        recent: What the sum's recent means are divided by.
    """

    total: Floats
    usual: Floats
    unusual: Floats
    recent: Floats

    @classmethod
    def of(cls, past: Past) -> "_Sum":
        """Add segments up."""
        rhythm, level = past.rhythm, past.level
        total = np.nansum(level, axis=1)[:, None]
        some = total > 0
        if past.counted:
            some = ~np.isnan(level).all(axis=1, keepdims=True)
        total = np.where(some, total, np.nan)
        usual, turn = cycle_mean(total, 8, rhythm.turn), rhythm.turn
        before = np.vstack([np.full((turn, 1), np.nan), usual[:-turn]])[: len(total)]
        if past.counted:
            scale = size(total, rhythm, counted=True)
            return cls(total, usual, 1 + (total - before) / scale, scale)
        recent = rolling(total, rhythm.recent, "mean")
        return cls(total, usual, total / before, recent)


def system(past: Past) -> Iterator[Column]:
    """What all segments together did; nothing where there is only one."""
    if past.level.shape[1] > 1:
        yield from _levels(past, _Sum.of(past))
        yield from _unusual(past, _Sum.of(past))


def _levels(past: Past, every: _Sum) -> Iterator[Column]:
    """How large the sum is."""
    rhythm, recent = past.rhythm, past.rhythm.recent
    here = at_origin(past.horizon)
    over = (Term(every.recent, here),)
    for window in (1, rhythm.around):
        about = f"all segments' mean of {window} {rhythm.steps} over that of {recent}"
        draft = past.column(f"system_{window}", "system", about, window=recent)
        column = draft.plain(rolling(every.total, window, "mean"), here)
        yield Column(column.feature, column.term, over=over)
    if rhythm.cycle is not None:
        about = (
            f"all segments on the target's {rhythm.slot_words}, mean of 8, over that "
            f"of {recent} {rhythm.steps}"
        )
        name = f"system_{rhythm.slot}"
        draft = past.column(name, "system", about, window=rhythm.usual)
        column = draft.plain(every.usual, at_cycle(past.horizon, rhythm.cycle))
        yield Column(column.feature, column.term, over=over)


def _unusual(past: Past, every: _Sum) -> Iterator[Column]:
    """How far the sum was from what is usual."""
    rhythm = past.rhythm
    usual = past.usually.removesuffix(" value") if rhythm.slot else "usual value"
    what = f"all segments {past.against} their {usual}"
    for back in (rhythm.season, 2 * rhythm.season):
        about = f"{what}, {back} {rhythm.steps} before the date"
        draft = past.column(f"system_unusual_{back}", "system", about, window=back)
        shift = at_season(past.horizon, back, rhythm.season)
        yield draft.plain(every.unusual, shift)
    window = rhythm.around
    about = f"{what}, mean of the last {window} {rhythm.steps}"
    reach = window + rhythm.usual
    draft = past.column(f"system_unusual_{window}", "system", about, window=reach)
    mean = rolling(every.unusual, window, "mean")
    yield draft.plain(mean, at_origin(past.horizon))

"""Features of a series' own past: lags, windows, weekdays, years."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lineal.modeling.features.column import (
    Column,
    Group,
    Term,
    at_cycle,
    at_origin,
    at_season,
)
from lineal.modeling.features.past import (
    Past,
    fading,
    lagged,
    rolling,
    rolling_alike,
)

_CYCLES = (4, 8, 13, 26)
_GROUPS: Mapping[str, Group] = {"weekday": "weekday", "hour": "cycle"}


def lags(past: Past, steps: Iterable[int]) -> Iterator[Column]:
    """Single steps before the origin."""
    for lag in steps:
        unit = past.rhythm.steps
        about = f"target {lag} {unit} before the origin, over the scale"
        draft = past.column(f"lag_{lag}", "lag", about, window=lag + 1)
        yield draft.relative(past.level, at_origin(past.horizon, lag))


def windows(past: Past, lengths: Iterable[int]) -> Iterator[Column]:
    """Windows that end at the origin."""
    here, steps = at_origin(past.horizon), past.rhythm.steps
    for window in lengths:
        for how in ("mean", "std", "min", "max"):
            about = f"{how} of the last {window} {past.open}{steps}' targets, over the scale"
            draft = past.column(f"{how}_{window}", "window", about, window=window)
            yield draft.relative(rolling(past.level, window, how, least=2), here)
    for half in past.rhythm.half_lives:
        about = f"exponentially weighted mean, half-life {half} {steps}, over the scale"
        draft = past.column(f"ewm_{half}", "window", about)
        yield draft.relative(fading(past.level, half), here)
    kind = "zero" if past.counted else "closed"
    for window in dict.fromkeys((past.rhythm.recent, past.rhythm.season)):
        about = f"share of {past.idle} in the last {window}"
        draft = past.column(f"{kind}_{window}", "window", about, window=window)
        yield draft.plain(rolling(past.closed, window, "mean"), here)


def cycles(past: Past, count: int) -> Iterator[Column]:
    """The latest days of the target's weekday that are known at the origin.

    For hours, the latest hours of the target's hour of the day; nothing for a rhythm
    without a short cycle.
    """
    rhythm = past.rhythm
    if rhythm.cycle is None:
        return
    here = at_cycle(past.horizon, rhythm.cycle)
    group: Group = _GROUPS[rhythm.slot]
    slot, words, rounds = rhythm.slot, rhythm.slot_words, f"{rhythm.cycle_name}s"
    for back in range(count):
        about = f"target on its {words}, {back} {rounds} before the latest known one"
        window = rhythm.cycle * back + rhythm.cycle
        draft = past.column(f"{slot}_lag_{back}", group, about, window=window)
        shift = at_cycle(past.horizon, rhythm.cycle, back)
        yield draft.relative(past.level, shift)
    for how, alike in (
        *(("mean", alike) for alike in _CYCLES),
        ("median", 8),
        ("std", 8),
        ("min", 8),
        ("max", 8),
    ):
        about = (
            f"{how} of the last {alike} known {rhythm.steps} of the target's {words}"
        )
        name, window = f"{slot}_{how}_{alike}", rhythm.cycle * alike
        draft = past.column(name, group, about, window=window)
        values = rolling_alike(past.level, alike, how, rhythm.cycle)
        yield draft.relative(values, here)
    kind = "zero" if past.counted else "closed"
    about = f"share of {past.idle} among the last 8 of the target's {words}"
    draft = past.column(f"{slot}_{kind}_8", group, about, window=8 * rhythm.cycle)
    yield draft.plain(rolling_alike(past.closed, 8, "mean", rhythm.cycle), here)


def unusual(past: Past) -> Iterator[Column]:
    """How far the latest steps were from what is usual."""
    rhythm = past.rhythm
    group: Group = _GROUPS.get(rhythm.slot, "window")
    for window in rhythm.fresh:
        about = (
            f"mean over {window} {rhythm.steps} of the target {past.against} its "
            f"{past.usually}"
        )
        reach = window + rhythm.usual
        draft = past.column(f"unusual_{window}", group, about, window=reach)
        mean = rolling(past.unusual, window, "mean")
        yield draft.plain(mean, at_origin(past.horizon))


def seasons(past: Past) -> Iterator[Column]:
    """The same season, one and two years back; for hours, one and two weeks."""
    yield from _of_date(past)
    yield from _growth(past)
    rhythm, size = past.rhythm, past.horizon
    near = rolling(past.level, rhythm.around, "mean")
    for seasons_back in (1, 2):
        back = rhythm.season * seasons_back
        about = (
            f"{rhythm.around_words} around the date over {rhythm.recent} "
            f"{rhythm.steps} to the origin, {seasons_back} {rhythm.season_name}s ago"
        )
        reach = back + rhythm.recent
        draft = past.column(f"season_{seasons_back}", "yearly", about, window=reach)
        shift = at_season(size, back - rhythm.around // 2, rhythm.season)
        scale = Term(past.scale, at_origin(size, back))
        yield replace(draft.plain(near, shift), over=(scale,))


def _of_date(past: Past) -> Iterator[Column]:
    """About a season before the date, and two."""
    rhythm = past.rhythm
    season, turn = rhythm.season, rhythm.turn
    for back in (season - turn, season, season + turn, 2 * season):
        shift = at_season(past.horizon, back, season)
        before = f"{back} {rhythm.steps} before its date"
        about = f"target {before}, over the scale"
        draft = past.column(f"lag_{back}_of_date", "yearly", about, window=back)
        yield draft.relative(past.level, shift)
        about = f"target {past.against} its {past.usually}, {before}"
        reach = back + rhythm.usual
        draft = past.column(f"unusual_{back}_of_date", "yearly", about, window=reach)
        yield draft.plain(past.unusual, shift)


def _growth(past: Past) -> Iterator[Column]:
    """Windows that end at the origin, against the same a season before."""
    rhythm, here = past.rhythm, at_origin(past.horizon)
    for window in rhythm.spans:
        mean = rolling(past.level, window, "mean", least=2)
        what = f"mean of {window} {rhythm.steps}"
        before = f"the same a {rhythm.season_name} before"
        name, reach = f"growth_{window}", rhythm.season + window
        if past.counted:  # nothing can be divided by levels that may be zero
            about = f"{what} less {before}, over the scale"
            draft = past.column(name, "yearly", about, window=reach)
            yield draft.relative(mean - lagged(mean, rhythm.season), here)
            continue
        about = f"{what} over {before}"
        draft = past.column(name, "yearly", about, window=reach)
        below = Term(mean, at_origin(past.horizon, rhythm.season))
        yield replace(draft.plain(mean, here), over=(below,))

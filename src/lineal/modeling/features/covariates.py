"""Features of covariates, and what kind of series it is."""

from collections.abc import Collection, Iterator, Mapping

import numpy as np

from lineal.modeling.features.column import (
    Column,
    Feature,
    Term,
    at_date,
    at_origin,
)
from lineal.modeling.features.past import Past, cycle_mean, rolling
from lineal.modeling.panel import Floats, Panel

# More series than that are not told apart one by one: their number says nothing.
_TOLD_APART = 250


def known(past: Past, covariates: Mapping[str, Floats]) -> Iterator[Column]:
    """Covariates of the target's date, and what they did to this series before."""
    size, rhythm = past.horizon, past.rhythm
    reach = 2 * rhythm.season
    for name, values in covariates.items():
        on_date = Term(values, at_date(size), known=True)
        about = f"{name} on the target's date"
        yield Column(Feature(f"known_{name}", "known", (name,), about), on_date)
        active = np.where(values > 0, past.unusual - 1, np.nan)
        effect = rolling(active, reach, "mean", least=5)
        span = f"two {rhythm.season_name}s"
        about = f"{name} on the date, times its mean effect here in {span}"
        sources = (name, past.target)
        window = reach + rhythm.usual
        feature = Feature(f"effect_{name}", "known", sources, about, window)
        yield Column(feature, Term(effect, at_origin(size)), times=(on_date,))


def observed(
    past: Past, covariates: Mapping[str, Floats], windows: tuple[int, ...]
) -> Iterator[Column]:
    """Covariates up to the origin; what comes after it is never read."""
    here = at_origin(past.horizon)
    for name, values in covariates.items():
        for window in windows:
            about = f"mean of {name} over the last {window} {past.rhythm.steps}"
            label = f"observed_{name}_{window}"
            feature = Feature(label, "observed", (name,), about, window)
            yield Column(feature, Term(rolling(values, window, "mean"), here))


def own(past: Past, panel: Panel) -> Iterator[Column]:
    """What the user's own file makes: of the date where that is known, or the origin."""
    for name, values in panel.known.items():
        if name in panel.own:
            feature = Feature(name, "own", (), "of your own, on the target's date")
            yield Column(feature, Term(values, at_date(past.horizon), known=True))
    for name, values in panel.observed.items():
        if name in panel.own:
            feature = Feature(name, "own", (), "of your own, at the origin")
            yield Column(feature, Term(values, at_origin(past.horizon)))


def declared(
    covariates: Mapping[str, Floats], own_names: Collection[str]
) -> Mapping[str, Floats]:
    """Leave out what the user's own file makes."""
    return {name: each for name, each in covariates.items() if name not in own_names}


def segments(past: Past) -> Iterator[Column]:
    """What kind of series it is: size, spread, weekday against weekend."""
    rhythm, here = past.rhythm, at_origin(past.horizon)
    across = past.level.shape[1]
    if across <= _TOLD_APART:
        code = np.arange(across, dtype=np.float64)[None, :]
        code = np.broadcast_to(code, past.level.shape)
        about = "which segment it is"
        feature = Feature("segment_code", "segment", ("segment",), about, type="code")
        yield Column(feature, Term(code, here, known=True))
    steps = f"{past.open}{rhythm.steps}"
    about = f"logarithm of the scale: mean of the last {rhythm.recent} {steps}"
    draft = past.column("log_scale", "segment", about, window=rhythm.recent)
    yield draft.plain(np.log(past.scale), here)
    season = rhythm.season
    sizes = np.abs(past.level) if past.counted else past.level
    mean = rolling(sizes, season, "mean", least=rhythm.recent)
    about = f"standard deviation over mean, last {season} {steps}"
    draft = past.column("variation", "segment", about, window=season)
    spread = rolling(past.level, season, "std", least=rhythm.recent)
    yield draft.plain(spread / np.where(mean == 0, np.nan, mean), here)
    about = f"share of this segment in all segments' mean of {season} {rhythm.steps}"
    draft = past.column("share", "segment", about, window=season)
    total = np.nansum(mean, axis=1)[:, None]
    yield draft.plain(mean / np.where(total == 0, np.nan, total), here)
    if rhythm.cycle is not None and not past.counted:
        yield _contrast(past, rhythm.cycle)


def _contrast(past: Past, cycle: int) -> Column:
    """Tell how much the quietest step of a cycle differs from the busiest."""
    rhythm = past.rhythm
    about = (
        f"quietest {rhythm.slot}'s mean over the busiest one's, last 8 "
        f"{rhythm.cycle_name}s"
    )
    name = f"{rhythm.slot}_contrast"
    draft = past.column(name, "segment", about, window=rhythm.usual)
    mean = cycle_mean(past.level, 8, cycle)
    contrast = rolling(mean, cycle, "min") / rolling(mean, cycle, "max")
    return draft.plain(contrast, at_origin(past.horizon))

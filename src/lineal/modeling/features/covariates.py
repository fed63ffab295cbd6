"""Features of covariates and of the other segments."""

from collections.abc import Iterator, Mapping

import numpy as np

from lineal.modeling.features.column import (
    Column,
    Feature,
    Term,
    at_date,
    at_origin,
    at_weekday,
)
from lineal.modeling.features.history import YEAR, Past, rolling, weekday_mean
from lineal.modeling.panel import Floats


def known(past: Past, covariates: Mapping[str, Floats]) -> Iterator[Column]:
    """Covariates of the target's date, and what they did to this series before."""
    size = past.horizon
    for name, values in covariates.items():
        on_date = Term(values, at_date(size), known=True)
        about = f"{name} on the target's date"
        yield Column(Feature(f"known_{name}", "known", (name,), about), on_date)
        active = np.where(values > 0, past.unusual - 1, np.nan)
        effect = rolling(active, 2 * YEAR, "mean", least=5)
        about = f"{name} on the date, times its mean effect here in two years"
        sources = (name, past.target)
        feature = Feature(f"effect_{name}", "known", sources, about, 2 * YEAR + 56)
        yield Column(feature, Term(effect, at_origin(size)), times=(on_date,))


def observed(
    past: Past, covariates: Mapping[str, Floats], windows: tuple[int, ...]
) -> Iterator[Column]:
    """Covariates up to the origin; what comes after it is never read."""
    here = at_origin(past.horizon)
    for name, values in covariates.items():
        for window in windows:
            about = f"mean of {name} over the last {window} days"
            label = f"observed_{name}_{window}"
            feature = Feature(label, "observed", (name,), about, window)
            yield Column(feature, Term(rolling(values, window, "mean"), here))


def system(past: Past) -> Iterator[Column]:
    """What all segments together did: noise of one is signal in the sum."""
    size = past.horizon
    total = np.nansum(past.level, axis=1)[:, None]
    total = np.where(total > 0, total, np.nan)
    usual = weekday_mean(total, 8)
    month = rolling(total, 28, "mean")
    for window in (1, 7):
        about = f"all segments' mean of {window} days over that of 28"
        draft = past.column(f"system_{window}", "system", about, window=28)
        column = draft.plain(rolling(total, window, "mean"), at_origin(size))
        yield Column(column.feature, column.term, over=(Term(month, at_origin(size)),))
    about = "all segments on the target's weekday, mean of 8, over that of 28 days"
    draft = past.column("system_weekday", "system", about, window=56)
    column = draft.plain(usual, at_weekday(size))
    yield Column(column.feature, column.term, over=(Term(month, at_origin(size)),))
    ratio = total / np.vstack([np.full((7, 1), np.nan), usual[:-7]])
    for days in (YEAR, 2 * YEAR):
        about = f"all segments over their usual weekday, {days} days before the date"
        draft = past.column(f"system_unusual_{days}", "system", about, window=days)
        yield draft.plain(ratio, at_date(size, days))
    about = "all segments over their usual weekday, mean of the last 7 days"
    draft = past.column("system_unusual_7", "system", about, window=63)
    yield draft.plain(rolling(ratio, 7, "mean"), at_origin(size))


def segments(past: Past) -> Iterator[Column]:
    """What kind of series it is: size, spread, weekday against weekend."""
    here = at_origin(past.horizon)
    code = np.arange(past.level.shape[1], dtype=np.float64)[None, :]
    code = np.broadcast_to(code, past.level.shape)
    about = "which segment it is"
    feature = Feature("segment_code", "segment", ("segment",), about, type="code")
    yield Column(feature, Term(code, here, known=True))
    about = "logarithm of the scale: mean of the last 28 open days"
    draft = past.column("log_scale", "segment", about, window=28)
    yield draft.plain(np.log(past.scale), here)
    mean = rolling(past.level, YEAR, "mean", least=28)
    about = "standard deviation over mean, last 364 open days"
    draft = past.column("variation", "segment", about, window=YEAR)
    spread = rolling(past.level, YEAR, "std", least=28) / mean
    yield draft.plain(spread, here)
    about = "share of this segment in all segments' mean of 364 days"
    draft = past.column("share", "segment", about, window=YEAR)
    yield draft.plain(mean / np.nansum(mean, axis=1)[:, None], here)
    about = "quietest weekday's mean over the busiest one's, last 8 weeks"
    draft = past.column("weekday_contrast", "segment", about, window=56)
    weekly = weekday_mean(past.level, 8)
    contrast = rolling(weekly, 7, "min") / rolling(weekly, 7, "max")
    yield draft.plain(contrast, here)

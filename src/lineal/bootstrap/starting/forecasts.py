"""The part of params.yaml about a model that forecasts, from what the table is like."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from lineal.bootstrap.starting.asked import Asked, UnfitError
from lineal.bootstrap.starting.candidates import candidates, selection
from lineal.bootstrap.starting.raw import data, excluded
from lineal.bootstrap.starting.spacing import (
    Spacing,
    clipped,
    levels,
    longest,
    spacing,
)
from lineal.bootstrap.starting.yamltext import Noted
from lineal.modeling.inspection.result import FoundTarget, FoundTime, Inspection
from lineal.modeling.parsing import TAKEN
from lineal.modeling.rhythm import RHYTHMS, Rhythm

_BASELINE: Final = "seasonal_naive"
_NUMERIC: Final = ("integer", "number", "boolean")


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual for one frequency, in its steps."""

    horizon: int
    lags: tuple[int, ...]
    windows: tuple[int, ...]
    alike: int
    observed: tuple[int, ...]
    block: int
    origins: int


_LENGTH: Final = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_USUAL: Final = {
    "hour": _Usual(24, (0, 1, 2, 3, 23), (3, 24, 48, 168), 7, (1, 24), 24, 168),
    "day": _Usual(14, (0, 1, 2, 3, 6), (7, 14, 28, 91, 364), 4, (1, 7), 28, 90),
    "week": _Usual(8, (0, 1, 2, 3), (4, 8, 13, 26, 52), 1, (1, 4), 4, 26),
    "month": _Usual(3, (0, 1, 2), (3, 6, 12), 1, (1, 3), 3, 12),
}


def forecast(found: Inspection, asked: Asked, path: str) -> dict[str, Any]:
    """Return the model's part.

    Args:
        found: The table as it is.
        asked: What was said of it.
        path: Where it lies in the repository.

    Raises:
        UnfitError: It has no rhythm, or its time line is too short.
    """
    time, target = _when(found), _what(found)
    rhythm = _rhythm(time, asked)
    usual, steps = _USUAL[rhythm.frequency], _steps(time, rhythm)
    horizon = asked.horizon or longest(steps, time.series, usual.horizon, rhythm)
    cut = spacing(steps, time.series, horizon, rhythm)
    unit = f"{rhythm.frequency}s"
    train, validation, test = cut.shares
    metric = "mae" if target.negatives else "wape"
    return {
        "task": "forecast",
        "description": _described(found, horizon, rhythm),
        "data": data(found, path, _roles(found, asked, rhythm)),
        "predict": {"horizon": Noted(horizon, unit)},
        "split": Noted(
            {
                "train": train,
                "validation": validation,
                "test": test,
                "warmup": Noted(cut.warmup, f"{unit} before the first origin"),
                "folds": _folds(cut, rhythm),
                "every": Noted(cut.every, f"{unit} between origins"),
            },
            f"shares of the {unit}, in order of time",
        ),
        "features": {
            "lags": list(usual.lags),
            "windows": list(clipped(cut, rhythm, usual.windows)),
            "weekday_lags": usual.alike,
            "observed_windows": list(usual.observed),
            "holidays": Noted(None, "such as {country: US}"),
            "pruning": {"rows": 20_000, "rounds": 40, "min_gain": 0.0001},
            "own": Noted("features.py", "your own features; see the file"),
        },
        "leaks": Noted({"action": "refuse"}, "or warn"),
        "tuning": Noted(
            {"budget": 6, "factor": 3, "rows": 12_000},
            "more budget and rows take longer and may find better",
        ),
        "candidates": candidates(_BASELINE),
        "selection": selection(metric, _BASELINE),
        "significance": {"replicates": 1000, "block": usual.block, "confidence": 0.95},
        "calibration": Noted({"levels": levels(cut.residuals)}, "of the intervals"),
        "explain": {"rows": 2000, "repeats": 3, "shap_rows": 200},
        "bundle": {"format": "joblib", "origins": min(usual.origins, steps // 3)},
    }


def _folds(cut: Spacing, rhythm: Rhythm) -> int | Noted:
    """Say it where the history is too short to judge fairly what learns."""
    if cut.learned >= rhythm.season:
        return cut.folds
    note = (
        f"the first learns from {cut.learned} {rhythm.steps} only, less than a "
        f"{rhythm.season_name}, so learners may look worse than they are"
    )
    return Noted(cut.folds, note)


def _when(found: Inspection) -> FoundTime:
    if found.time is None:
        msg = "a forecast needs a column of dates or moments: name it with --time"
        raise UnfitError(msg)
    return found.time


def _rhythm(time: FoundTime, asked: Asked) -> Rhythm:
    if asked.frequency:
        return RHYTHMS[asked.frequency]
    if time.frequency and time.step == 1:
        return RHYTHMS[time.frequency]
    often = f"every {time.step} {time.frequency}s" if time.frequency else "irregularly"
    msg = (
        f"rows come {often}, and a forecast needs a rhythm: say --frequency, and with "
        "--aggregate how rows become one; or --task regression for one row at a time"
    )
    raise UnfitError(msg)


def _what(found: Inspection) -> FoundTarget:
    if found.target is None:
        msg = "a model needs a column to predict: name it with --target"
        raise UnfitError(msg)
    kind = found.column(found.target.column).type
    if kind not in _NUMERIC:
        msg = (
            f"a forecast is of numbers, and {found.target.column!r} holds {kind}: say "
            "--task classification"
        )
        raise UnfitError(msg)
    return found.target


def _steps(time: FoundTime, rhythm: Rhythm) -> int:
    """Return how many steps lie between the first row and the last, with both."""
    first, last = (
        datetime.fromisoformat(each[:19]) for each in (time.first, time.last)
    )
    if rhythm.frequency == "month":
        return (last.year - first.year) * 12 + last.month - first.month + 1
    return (last - first) // _LENGTH[rhythm.frequency] + 1


def _roles(found: Inspection, asked: Asked, rhythm: Rhythm) -> dict[str, Any]:
    time, target = _when(found), _what(found)
    out = excluded(found, asked)
    taken = {time.column, target.column, *found.segments, *out}
    rest = [each for each in found.columns if each.name not in taken]
    numbers = [
        each.name for each in rest if each.type in _NUMERIC and each.name not in TAKEN
    ]
    out |= {
        each.name: f"holds {each.type}, and covariates of forecasts are numbers"
        for each in rest
        if each.name not in numbers
    }
    return {
        "time": time.column,
        "segments": list(found.segments),
        "target": target.column,
        "frequency": rhythm.frequency,
        **({"aggregate": asked.aggregate} if asked.aggregate else {}),
        "zeros": Noted("counted", "closed: zero says that there was no business"),
        "known": Noted([], "known ahead for the dates to come, such as a calendar"),
        "observed": Noted(numbers, "known up to the origin of a forecast only"),
        "exclude": Noted(list(out), "never become features"),
    }


def _described(found: Inspection, horizon: int, rhythm: Rhythm) -> str:
    by = f" by {' and '.join(found.segments)}" if found.segments else ""
    ahead = (
        f"1 {rhythm.frequency}"
        if horizon == 1
        else f"1 to {horizon} {rhythm.frequency}s"
    )
    return f"{_what(found).column}{by}, {ahead} ahead."

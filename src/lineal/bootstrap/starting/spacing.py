"""How a forecast's time line is cut, so that its periods hold origins enough."""

from dataclasses import dataclass
from itertools import product
from typing import Final

from lineal.bootstrap.starting.asked import UnfitError
from lineal.modeling.rhythm import Rhythm

_SHARES: Final = (
    (0.7, 0.15, 0.15),
    (0.6, 0.2, 0.2),
    (0.55, 0.25, 0.2),
    (0.5, 0.25, 0.25),
)
_ROWS: Final = {"train": 30_000, "validation": 20_000, "test": 100_000}
_FOLDS: Final = (4, 3, 2)
_SHORTEST: Final = 3  # origins that a period should hold
_CROWD: Final = 1000  # series, of which a few origins make rows enough
# Errors that an interval of 80 % needs, and one of 95 %, with some to spare.
FEW: Final = 11
MANY: Final = 42


@dataclass(frozen=True, slots=True)
class Spacing:
    """The numbers of `split`, in steps.

    Attributes:
        shares: Of train, validation and test.
        warmup: Before the first origin.
        folds: Inside train.
        every: From one origin to the next, by period.
        residuals: Of each horizon in the validation period, over all series.
        learned: Origins that the first fold learns from, if all are taken.
    """

    shares: tuple[float, float, float]
    warmup: int
    folds: int
    every: dict[str, int]
    residuals: int
    learned: int


def spacing(steps: int, series: int, horizon: int, rhythm: Rhythm) -> Spacing:
    """Choose them for a table.

    Args:
        steps: From the first to the last, over all series.
        series: How many there are.
        horizon: Steps ahead.
        rhythm: What a step is.

    Raises:
        UnfitError: The time line is too short for any.
    """
    if found := _cut(steps, series, horizon, rhythm):
        return found
    msg = (
        f"{steps} {rhythm.frequency}s are too few to learn forecasts {horizon} ahead and to "
        f"judge them: bring {_needed(horizon)}, or say a smaller --horizon"
    )
    raise UnfitError(msg)


def _cut(steps: int, series: int, horizon: int, rhythm: Rhythm) -> Spacing | None:
    """Return the first choice that leaves room for everything."""
    numbers = _FOLDS if series < _CROWD else _FOLDS[-1:]
    for shares, warmup, folds in product(_SHARES, _warmups(steps, rhythm), numbers):
        room = _room(steps, horizon, shares, (warmup, folds))
        if min(room.values()) >= _SHORTEST and room["validation"] * series >= FEW:
            every = _every(room, (series, horizon), rhythm)
            residuals = room["validation"] // every["validation"] * series
            return Spacing(shares, warmup, folds, every, residuals, room["train"])
    return None


def longest(steps: int, series: int, wanted: int, rhythm: Rhythm) -> int:
    """Return the horizon that a time line has room for, up to the one wanted."""
    tried = range(max(1, min(wanted, steps // 8)), 0, -1)
    return next((each for each in tried if _cut(steps, series, each, rhythm)), 1)


def _needed(horizon: int) -> int:
    """Return how many steps are enough."""
    return 8 * (horizon + _SHORTEST) + 40


def _warmups(steps: int, rhythm: Rhythm) -> tuple[int, ...]:
    """Return what history an origin may have before it, the best first."""
    best = rhythm.season + rhythm.recent + 8
    least = min(rhythm.least + 1, steps // 4)
    shorter = {rhythm.season + 1, 2 * rhythm.recent, rhythm.recent + 1, least}
    fit = {each for each in shorter | {best} if each <= max(steps // 3, least)}
    return tuple(sorted(fit, reverse=True))


def _room(
    steps: int,
    horizon: int,
    shares: tuple[float, float, float],
    cut: tuple[int, int],
) -> dict[str, int]:
    """Return how many origins each period has."""
    (train, validation, _), (warmup, folds) = shares, cut
    begun = int(steps * train)
    judged = int(steps * (train + validation))
    half = (begun - warmup) // 2
    return {
        "fold": half // folds - horizon,
        "train": half - horizon,
        "validation": judged - begun - horizon + 1,
        "test": steps - judged - horizon + 1,
    }


def _every(
    room: dict[str, int], size: tuple[int, int], rhythm: Rhythm
) -> dict[str, int]:
    """Space origins so that their rows can be learned in a minute or two."""
    series, horizon = size
    fewest = _SHORTEST if series < _CROWD else 1
    most = {
        "train": min(room["fold"] // fewest, room["train"] // 2),
        "validation": room["validation"] * series // MANY,
        "test": room["test"] // fewest,
    }
    every = {}
    for period, rows in _ROWS.items():
        origins = 2 * room[period] if period == "train" else room[period]
        step = max(1, -(-origins * series * horizon // rows))
        # In step with the short cycle, all origins would fall on one of its days.
        step += 1 if step > 1 and rhythm.cycle and step % rhythm.cycle == 0 else 0
        every[period] = max(1, min(step, most[period], room[period] // fewest))
    return every


def levels(residuals: int) -> list[float]:
    """Return the intervals that so many errors can bound."""
    return [0.8, 0.95] if residuals >= MANY else [0.8]


def clipped(
    found: Spacing, rhythm: Rhythm, lengths: tuple[int, ...]
) -> tuple[int, ...]:
    """Return those windows that the history before the first origin fills."""
    most = max(found.warmup, rhythm.recent)
    return tuple(each for each in lengths if each <= most) or lengths[:1]

"""What kind of question does the target ask?"""

from dataclasses import dataclass
from typing import Final

from lineal.modeling.inspection.result import FoundColumn, Task
from lineal.modeling.inspection.series import Rhythm
from lineal.modeling.inspection.source import Wanted

SHORTEST: Final = 20
"""Periods that a series needs for a forecast."""

_FEW: Final = 10  # whole numbers that are rather classes than amounts


@dataclass(frozen=True, slots=True)
class Guessed:
    """A task, and why."""

    task: Task
    reason: str


def guess(target: FoundColumn, rhythm: Rhythm | None, wanted: Wanted) -> Guessed:
    """Return the task that fits a target and its rows."""
    if target.type in ("string", "boolean"):
        return Guessed("classification", "the target holds words")
    if target.distinct == 2:  # noqa: PLR2004 - yes and no
        return Guessed("classification", "the target has two values")
    if rhythm is not None and _is_series(rhythm, wanted):
        text = "the target is a number, and its rows follow each other in time"
        return Guessed("forecast", text)
    if target.type == "integer" and 1 < target.distinct <= _FEW:
        text = f"the target has {target.distinct} different whole numbers"
        return Guessed("classification", text)
    return Guessed("regression", "the target is a number, and its rows are no series")


def _is_series(rhythm: Rhythm, wanted: Wanted) -> bool:
    """Tell whether rows are series; what the user named is not doubted."""
    if wanted.time and (wanted.segments or wanted.frequency or wanted.aggregate):
        return True
    if rhythm.frequency is None or rhythm.longest < SHORTEST:
        return bool(wanted.time) and rhythm.longest > 1 and not rhythm.exact
    return bool(wanted.time) or not rhythm.duplicates

"""All that was measured, for the remarks about it."""

from dataclasses import dataclass

from lineal.modeling.inspection.result import FoundColumn, FoundTarget, Task
from lineal.modeling.inspection.series import Rhythm
from lineal.modeling.inspection.source import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A table as it was measured.

    Attributes:
        wanted: What the user said.
        rows: How many there are.
        columns: All of them.
        damaged: How many values of a column of dates are none.
        target: The column to predict.
        time: Name of the time column.
        segments: Names of the columns that name a series.
        found: Whether those were found rather than named.
        rhythm: How rows lie in time.
        task: What kind of question is asked.
        reason: Why it is taken to be that, where the user did not say.
    """

    wanted: Wanted
    rows: int
    columns: tuple[FoundColumn, ...]
    damaged: dict[str, int]
    target: FoundTarget | None
    time: str | None
    segments: tuple[str, ...]
    found: bool
    rhythm: Rhythm | None
    task: Task | None
    reason: str

    def column(self, name: str) -> FoundColumn:
        """Return a column by its name."""
        return next(each for each in self.columns if each.name == name)

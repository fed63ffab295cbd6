"""What a look at a table tells: facts, guesses that are told as guesses, remarks."""

from dataclasses import dataclass
from typing import Literal

from lineal.modeling.config import Frequency
from lineal.modeling.sections import Csv

Task = Literal["forecast", "classification", "regression"]
Kind = Literal["date", "datetime", "string", "integer", "number", "boolean"]
Level = Literal["note", "warning", "refusal", "question"]
Rule = Literal[
    "dates",
    "damaged dates",
    "duplicate keys",
    "few rows",
    "frequency",
    "identifier",
    "left out",
    "many segments",
    "many values",
    "missing keys",
    "missing words",
    "no target",
    "numbers",
    "segments",
    "short series",
    "target",
    "target missing",
    "task",
    "time",
    "unsupported",
]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a person should know, or must decide.

    Attributes:
        level: A note is for reading; a warning may cost quality; a question has an
            answer that was guessed here; a refusal must be dealt with first.
        rule: What kind of remark it is, for programs.
        about: The column, or "" for the table as a whole.
        message: One sentence.
        way_out: What to do about it; "" where there is nothing to do.
    """

    level: Level
    rule: Rule
    about: str
    message: str
    way_out: str = ""


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """One column.

    Attributes:
        name: As the header has it.
        type: What it holds, as params.yaml says it.
        missing: How many values are missing.
        share: The share of them.
        distinct: How many different values there are; see `exact`.
        exact: Whether `distinct` was counted; else it is estimated to about 1 %.
        min: Smallest number, or earliest day or moment; None for words.
        max: Largest.
        zeros: How many are zero.
        negatives: How many are below zero.
        unit: Sign that every number has and that is dropped, such as % or €.
        left_out: Why it cannot help a model, or None where it can.
    """

    name: str
    type: Kind
    missing: int
    share: float
    distinct: int
    exact: bool = True
    min: float | str | None = None
    max: float | str | None = None
    zeros: int = 0
    negatives: int = 0
    unit: str = ""
    left_out: Literal["constant", "empty", "identifier", "unsupported"] | None = None


@dataclass(frozen=True, slots=True)
class FoundTime:
    """How the rows lie in time.

    Attributes:
        column: The column of dates or moments.
        guessed: Whether it was found rather than named.
        frequency: How far apart the rows of a series are; None where it is irregular.
        step: How many periods of it usually lie between two rows.
        first: Earliest day or moment.
        last: Latest.
        gaps: Share of the periods between a series' first and last row that have none.
        duplicates: Rows that share segments and period with an earlier row.
        series: How many series the segments name.
        shortest: Periods with a row of the shortest series.
        longest: The same of the longest.
    """

    column: str
    guessed: bool
    frequency: Frequency | None
    step: int
    first: str
    last: str
    gaps: float
    duplicates: int
    series: int
    shortest: int
    longest: int


@dataclass(frozen=True, slots=True)
class FoundTarget:
    """The column to predict; shares are of all rows.

    Attributes:
        column: Its name.
        missing: Share that is missing.
        zeros: Share that is zero.
        negatives: Share that is below zero.
        classes: Each value and how often it is there, the most frequent first; empty
            where there are too many to be classes.
    """

    column: str
    missing: float
    zeros: float
    negatives: float
    classes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """A table as it was found.

    Attributes:
        path: Of the file.
        format: How it is stored.
        csv: How it is to be read; of Parquet, only how its dates are written.
        rows: How many it has, all of them counted.
        columns: In file order.
        target: The column to predict; None where none was named.
        time: How the rows lie in time; None where no column says it.
        segments: Columns that together name one series.
        segments_guessed: Whether those were found rather than named.
        task: What kind of question a model of the target answers.
        task_guessed: Whether that was found rather than named.
        remarks: Refusals first, then questions, warnings and notes.
        sampled: What was estimated rather than counted, in words.
    """

    path: str
    format: Literal["csv", "parquet"]
    csv: Csv
    rows: int
    columns: tuple[FoundColumn, ...]
    target: FoundTarget | None
    time: FoundTime | None
    segments: tuple[str, ...]
    segments_guessed: bool
    task: Task | None
    task_guessed: bool
    remarks: tuple[Remark, ...]
    sampled: tuple[str, ...] = ()

    def column(self, name: str) -> FoundColumn:
        """Return a column by its name."""
        return next(each for each in self.columns if each.name == name)

    def of(self, level: Level) -> tuple[Remark, ...]:
        """Return the remarks of one level."""
        return tuple(each for each in self.remarks if each.level == level)

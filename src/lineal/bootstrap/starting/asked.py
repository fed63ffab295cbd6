"""What a user says of their data, and what of it is still unclear."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lineal.errors import BadInputError, RefusedError
from lineal.registry import grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lineal.modeling.config import Aggregate, Frequency
    from lineal.modeling.inspection.result import Inspection, Remark, Task
    from lineal.modeling.sections import Csv

_OTHER: Final = re.compile(r"[^a-z0-9]+")
_NAME: Final = re.compile(r"[a-zA-Z](?:[a-zA-Z0-9_-]*[a-zA-Z0-9])?")


class UnclearError(RefusedError):
    """Something about the table has to be decided by a person first."""

    def __init__(self, remarks: "Sequence[Remark]") -> None:
        said = "; ".join(_sentence(each) for each in remarks)
        super().__init__(f"nothing was written, because this must be decided: {said}")


class UnfitError(RefusedError):
    """The table cannot become a model."""


class BadNameError(BadInputError):
    """A model cannot have this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"--model: {name!r} cannot name a model: letters, digits, '-' and '_' only, "
            "starting with a letter, and ending with one or a digit"
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody said on the command line; None: what the table suggests.

    Attributes:
        data: The file.
        target: The column to predict.
        time: The column of dates or moments.
        segments: Columns that together name one series.
        task: What kind of question the model answers.
        horizon: Periods ahead that a forecast reaches.
        frequency: How far apart the rows of a series are.
        aggregate: How rows of one series and period become one.
        exclude: Columns that never become features.
        model: Its name.
        csv: How the file is written.
        guesses: Whether guesses may be taken for answers.
    """

    data: Path
    target: str | None = None
    time: str | None = None
    segments: tuple[str, ...] = ()
    task: "Task | None" = None
    horizon: int | None = None
    frequency: "Frequency | None" = None
    aggregate: "Aggregate | None" = None
    exclude: tuple[str, ...] = ()
    model: str | None = None
    csv: "Csv | None" = None
    guesses: bool = False

    @property
    def question(self) -> "Task | None":
        """The task that was said, or the only one that another option is about."""
        return self.task or ("forecast" if self._of_series else None)

    @property
    def _of_series(self) -> list[str]:
        """The options that were said and are about forecasts only."""
        said = {
            "--horizon": self.horizon,
            "--frequency": self.frequency,
            "--aggregate": self.aggregate,
        }
        return [option for option, value in said.items() if value]

    def agree(self) -> None:
        """Refuse options of which one leaves the other without a meaning.

        Raises:
            BadInputError: There are such.
        """
        if self._of_series and self.task not in {None, "forecast"}:
            msg = (
                f"{self._of_series[0]} is about forecasts, and --task is {self.task}: "
                "leave one of them out"
            )
            raise BadInputError(msg)

    @property
    def name(self) -> str:
        """The model's name: what was said, or what the file's name makes.

        Raises:
            BadNameError: It can name none.
        """
        name = self.model or named_by(self.data)
        if not _NAME.fullmatch(name):
            raise BadNameError(name)
        grammar.check_model(name)
        return name


def named_by(data: Path) -> str:
    """Make a model's name of a file's.

    >>> named_by(Path("data/Weekly Sales (2).csv")), named_by(Path("2024.parquet"))
    ('weekly-sales-2', 'model-2024')
    >>> named_by(Path("Umsätze Straße.csv"))
    'umsatze-strasse'
    """
    stem = data.name.split(".", maxsplit=1)[0]
    letters = unicodedata.normalize("NFKD", stem.casefold())
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    name = _OTHER.sub("-", plain).strip("-")
    return name if name[:1].isalpha() else f"model-{name}".strip("-")


def check(found: "Inspection", asked: Asked) -> None:
    """Refuse what cannot be used, and what nobody has decided.

    Args:
        found: The table as it is.
        asked: What was said of it.

    Raises:
        UnclearError: There is something to decide.
        UnfitError: The table cannot become a model.
        BadInputError: A column is named that is not there.
    """
    if refusals := found.of("refusal"):
        raise UnfitError("; ".join(_sentence(each) for each in refusals))
    questions = found.of("question")
    if questions and not asked.guesses:
        raise UnclearError(questions)
    names = [each.name for each in found.columns]
    for column in asked.exclude:
        if column not in names:
            msg = f"--exclude: there is no column {column!r}; there are: "
            raise BadInputError(msg + ", ".join(names))


def _sentence(remark: "Remark") -> str:
    about = f"{remark.about!r}: " if remark.about else ""
    return f"{about}{remark.message}" + (
        f" ({remark.way_out})" if remark.way_out else ""
    )

"""What is looked at, and what the user knows of it already."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from lineal.errors import BadInputError
from lineal.modeling.config import Frequency
from lineal.modeling.inspection.result import Task
from lineal.modeling.sections import Csv

_NEAR = 3
_LISTED = 8


class UnknownColumnError(BadInputError):
    """The table has no column of that name."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        folded = {each.strip().casefold(): each for each in names}
        found = difflib.get_close_matches(name.strip().casefold(), folded, _NEAR)
        near = [folded[each] for each in found]
        listed = ", ".join(repr(each) for each in near or names[:_LISTED])
        lead = "did you mean" if near else "its columns are"
        end = "?" if near else (", …" if len(names) > _LISTED else "")
        super().__init__(f"the table has no column {name!r}: {lead} {listed}{end}")
        self.name = name
        self.near = tuple(near)


class RepeatedColumnError(BadInputError):
    """The table has a name twice, or the user said one twice."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user said; nothing of it is guessed."""

    target: str | None = None
    time: str | None = None
    segments: tuple[str, ...] = ()
    task: Task | None = None
    frequency: Frequency | None = None
    aggregate: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that were named."""
        said = (self.target, self.time, *self.segments)
        return tuple(each for each in said if each is not None)


@dataclass(frozen=True, slots=True)
class Source:
    """A table that is read in batches.

    Attributes:
        path: Of the file.
        format: How it is stored.
        csv: How a text file is written, as far as that must be known to split it.
        given: Whether the user said it, so that nothing more of it is guessed.
        schema: Names and storage of its columns; texts, in a text file.
        batches: Reads the columns at some places, or all.
    """

    path: str
    format: Literal["csv", "parquet"]
    csv: Csv
    given: bool
    schema: pa.Schema
    batches: Callable[[Sequence[int] | None], Iterator[Any]]

    @property
    def names(self) -> list[str]:
        """Its columns, in file order."""
        return list(self.schema.names)

    def check(self, wanted: Iterable[str]) -> None:
        """Refuse names that it has not, or that say nothing because they are repeated.

        Raises:
            UnknownColumnError: There is no such column.
            RepeatedColumnError: A name is there twice, or was said twice.
        """
        said = tuple(wanted)
        for name in dict.fromkeys(self.names):
            if (count := self.names.count(name)) > 1:
                msg = (
                    f"{self.path} has {count} columns {name!r}: give each its own name"
                )
                raise RepeatedColumnError(msg)
        for name in said:
            if name not in self.names:
                raise UnknownColumnError(name, self.names)
            if said.count(name) > 1:
                msg = f"column {name!r} is named twice: it is target, time or a segment"
                raise RepeatedColumnError(msg)

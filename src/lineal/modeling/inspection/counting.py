"""The second pass: count every column, and keep the times and keys of all rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from lineal.modeling.inspection import segmenting
from lineal.modeling.inspection.series import Micros
from lineal.modeling.inspection.source import Source, Wanted
from lineal.modeling.inspection.tally import Hashes, Reading, Tally, keys

Said = Callable[[str], None]

_SAID: Final = 1_000_000  # rows after which progress is told


@dataclass(frozen=True, slots=True)
class Counted:
    """What the second pass counted.

    Attributes:
        tallies: Of every column, by name.
        rows: How many there are.
        times: Of the rows that have one.
        keys: For those rows, a hash of each column that names series, or may.
    """

    tallies: Mapping[str, Tally]
    rows: int
    times: Micros
    keys: Mapping[str, Hashes]


@dataclass(slots=True)
class _Rows:
    """The times and keys of rows, as they come."""

    time: str | None
    names: tuple[str, ...]
    times: list[Micros] = field(default_factory=list)
    keys: dict[str, list[Hashes]] = field(default_factory=dict)

    def add(self, values: Mapping[str, Any]) -> None:
        """Keep a batch; rows without a time have no place in a series."""
        if self.time is None:
            return
        moments = values[self.time]
        valid = moments.is_valid().to_numpy(zero_copy_only=False)
        raw = moments.to_numpy(zero_copy_only=False).view("int64")
        self.times.append(raw[valid])
        for name in self.names:
            self.keys.setdefault(name, []).append(keys(values[name])[valid])


def count(
    source: Source, readings: Mapping[str, Reading], wanted: Wanted, said: Said
) -> Counted:
    """Read all of a table; `wanted.time` is the time column, if there is one."""
    tallies = {name: Tally(readings[name]) for name in source.names}
    kept = _Rows(wanted.time, _names(source, readings, wanted))
    rows = 0
    for batch in told(source.batches(None), said, "what the values are"):
        rows += len(batch)
        kept.add(
            {
                name: tally.add(batch.column(name), counted=name == wanted.target)
                for name, tally in tallies.items()
            }
        )
    none = [np.array([], dtype="int64")]
    joined = {name: np.concatenate(kept.keys.pop(name)) for name in [*kept.keys]}
    return Counted(tallies, rows, np.concatenate(kept.times or none), joined)


def told(batches: Iterator[Any], said: Said, what: str) -> Iterator[Any]:
    """Hand batches on, and tell now and then how many rows they had."""
    rows = 0
    for batch in batches:
        yield batch
        before, rows = rows, rows + len(batch)
        if rows // _SAID > before // _SAID:
            said(f"{what}: {rows:,} rows read")


def _names(
    source: Source, readings: Mapping[str, Reading], wanted: Wanted
) -> tuple[str, ...]:
    """Return the columns that name series, or that may."""
    if wanted.segments:
        return wanted.segments
    free = [name for name in source.names if name not in wanted.names]
    words = [name for name in free if readings[name].kind == "word"]
    numbers = [
        name
        for name in free
        if readings[name].kind == "number" and segmenting.looks_like_a_name(name)
    ]
    return (*words, *numbers)[: segmenting.MOST]

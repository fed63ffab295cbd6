"""From what was counted to what is told of it."""

from collections.abc import Collection
from typing import Any, Final

import numpy as np

from lineal.modeling.inspection import dates, segmenting
from lineal.modeling.inspection.counting import Counted
from lineal.modeling.inspection.result import (
    FoundColumn,
    FoundTarget,
    FoundTime,
    Kind,
)
from lineal.modeling.inspection.series import Rhythm
from lineal.modeling.inspection.tally import Tally

_UNIQUE: Final = 0.97  # share of rows with a value of their own, estimated by hashes
_FEW: Final = 20  # rows of which nothing can be said to repeat


def found_columns(counted: Counted, used: Collection[str]) -> tuple[FoundColumn, ...]:
    """Return what each column holds.

    Args:
        counted: By the second pass.
        used: Names of those that are target, time or segments: never left out.
    """
    return tuple(
        _column(name, tally, is_used=name in used)
        for name, tally in counted.tallies.items()
    )


def found_target(column: FoundColumn, tally: Tally) -> FoundTarget:
    """Return what there is to predict."""
    rows = tally.rows or 1
    return FoundTarget(
        column=column.name,
        missing=column.share,
        zeros=column.zeros / rows,
        negatives=column.negatives / rows,
        classes=tuple(tally.classes.most_common() if tally.classes else ()),
    )


def found_time(column: FoundColumn, rhythm: Rhythm, *, guessed: bool) -> FoundTime:
    """Return how rows lie in time."""
    return FoundTime(
        column=column.name,
        guessed=guessed,
        frequency=rhythm.frequency,
        step=rhythm.step,
        first=str(column.min),
        last=str(column.max),
        gaps=rhythm.gaps,
        duplicates=rhythm.duplicates,
        series=rhythm.series,
        shortest=rhythm.shortest,
        longest=rhythm.longest,
    )


def _column(name: str, tally: Tally, *, is_used: bool) -> FoundColumn:
    kind = _kind(tally)
    return FoundColumn(
        name=name,
        type=kind,
        missing=tally.missing,
        share=tally.missing / tally.rows if tally.rows else 0.0,
        distinct=tally.distinct,
        exact=not tally.full,
        min=_end(tally.lowest, kind),
        max=_end(tally.highest, kind),
        zeros=tally.zeros,
        negatives=tally.negatives,
        unit=tally.reading.unit,
        left_out=_left_out(name, tally, is_used=is_used),
    )


def _kind(tally: Tally) -> Kind:
    reading = tally.reading
    if reading.kind == "moment":
        is_date = tally.midnights and not tally.zoned and reading.form != dates.ZONED
        return "date" if is_date else "datetime"
    if reading.kind == "number":
        return "integer" if tally.whole and tally.lowest is not None else "number"
    return "boolean" if reading.kind == "boolean" else "string"


def _end(value: Any, kind: Kind) -> float | str | None:
    if isinstance(value, np.datetime64):
        unit = "datetime64[D]" if kind == "date" else "datetime64[s]"
        return str(value.astype(unit))
    return value  # type: ignore[no-any-return]


def _left_out(name: str, tally: Tally, *, is_used: bool) -> Any:
    if tally.reading.kind == "other":
        return "unsupported"
    if is_used or not tally.rows:
        return None
    if tally.missing:
        return "empty" if tally.missing == tally.rows else None
    if tally.distinct == 1:
        return "constant"
    named = tally.reading.kind == "word" or (
        tally.reading.kind == "number"
        and tally.whole
        and segmenting.looks_like_a_name(name)
    )
    unique = tally.rows >= _FEW and tally.distinct >= _UNIQUE * tally.rows
    return "identifier" if named and unique else None

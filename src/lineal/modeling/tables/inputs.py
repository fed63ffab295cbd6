"""Is this a table that the model can answer? If so, the same in the known form."""

import difflib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, cast

import numpy as np
import pandas as pd

from lineal.errors import BadInputError
from lineal.modeling.coercion import Kind, as_floats, coerce
from lineal.modeling.signature import Field
from lineal.modeling.violation import Mask

_SHOWN: Final = 5  # names that an error lists
_LONGEST: Final = 40  # characters of a value in an error
_COERCED: Final = MappingProxyType({"float": "number"})
_NOUNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "float": "numbers",
        "integer": "whole numbers",
        "boolean": "true or false",
        "string": "text",
        "date": "dates such as 2024-12-31",
        "datetime": "moments such as 2024-12-31 17:30",
    }
)

Levels = Mapping[str, tuple[str, ...]]


class WrongInputError(BadInputError):
    """A table is not what the model takes."""

    def __init__(self, model: str, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{model} cannot answer this table: {'; '.join(self.faults)}")


class UnusualInputWarning(UserWarning):
    """A model was asked about what it never saw."""


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """A table that fits.

    Attributes:
        table: Its columns, each in the storage of its type, rows numbered from 0.
        notes: What the model never saw, a sentence each.
    """

    table: pd.DataFrame
    notes: tuple[str, ...]


def read(frame: Any, fields: Iterable[Field], levels: Levels, *, model: str) -> Inputs:
    """Return the columns that a model takes; others are left out.

    All that is wrong is told at once.

    Args:
        frame: The table.
        fields: The columns that the model takes.
        levels: The words that columns of words had when the model learned.
        model: Its name, for words.

    Raises:
        WrongInputError: A column is missing, or a value is not what the model takes.
    """
    if not isinstance(frame, pd.DataFrame):
        fault = f"it must be a pandas DataFrame, not {type(frame).__name__}"
        raise WrongInputError(model, [fault])
    fields = tuple(fields)
    if lacking := list(_lacking(frame, fields)):
        raise WrongInputError(model, lacking)
    found = {field.name: _read(frame[field.name], field) for field in fields}
    if faults := [fault for each in found.values() for fault in each.faults]:
        raise WrongInputError(model, faults)
    columns = {name: each.column for name, each in found.items()}
    table = pd.DataFrame(columns, index=pd.RangeIndex(len(frame)))
    notes = [*_beyond(table, fields, frame.index), *_unknown(table, levels)]
    return Inputs(table, tuple(notes))


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A column as far as it can be read, and what is wrong with it."""

    column: "pd.Series[Any]"
    faults: tuple[str, ...]


def _lacking(frame: pd.DataFrame, fields: Iterable[Field]) -> Iterator[str]:
    """Name columns that are not there, and those that are there twice."""
    names = [str(name) for name in frame.columns]
    for field in fields:
        count = names.count(field.name)
        if count > 1:
            yield f"it has {count} columns {field.name!r}"
        elif not count:
            yield f"it lacks the column {field.name!r}{_hint(field.name, names)}"


def _hint(name: str, names: Iterable[str]) -> str:
    """Return names that are spelled like it."""
    folded = {each.casefold(): each for each in names}
    near = difflib.get_close_matches(name.casefold(), folded, _SHOWN)
    return f" (it has {', '.join(repr(folded[each]) for each in near)})" if near else ""


def _read(values: "pd.Series[Any]", field: Field) -> _Read:
    """Read a column, and find what does not fit its type."""
    kind = _kind(field)
    wanted = cast("Kind", _COERCED.get(kind, kind))
    try:
        coerced, violations = coerce(values, wanted)
    except OverflowError:  # integers of Python have no largest one
        coerced, violations = coerce(values.map(_finite), wanted)
    faults = []
    if violations:
        row, count = violations[0].rows[0], sum(each.count for each in violations)
        place, value = _word(values.index[row]), _word(values.iloc[row])
        faults.append(
            f"column {field.name!r} must hold {_NOUNS[kind]}, but row {place} has "
            f"{value}{_more(count)}"
        )
        return _Read(coerced, tuple(faults))
    if field.type in {"float", "integer"}:
        coerced = as_floats(coerced)
        infinite = np.isinf(coerced.to_numpy())
        faults += _at(infinite, values.index, field.name, "is infinite")
    if field.required:
        missing = coerced.isna().to_numpy(dtype=bool)
        said = "has no value, and the model needs one"
        faults += _at(missing, values.index, field.name, said)
    return _Read(coerced, tuple(faults))


def _finite(value: object) -> object:
    """Return infinity for an integer that no float is near to."""
    try:
        return float(value) if type(value) is int else value
    except OverflowError:
        return math.inf


def _kind(field: Field) -> str:
    """Tell what a column holds; truth values are written as the integers 0 and 1."""
    is_truth = field.type == "integer" and (field.min, field.max) == (0, 1)
    return "boolean" if is_truth else field.type


def _at(mask: Mask, marks: "pd.Index[Any]", name: str, said: str) -> Iterator[str]:
    """Name the first marked row."""
    if mask.any():
        place = _word(marks[int(np.argmax(mask))])
        yield f"column {name!r} {said} in row {place}{_more(int(mask.sum()))}"


def _beyond(
    table: pd.DataFrame, fields: Iterable[Field], marks: "pd.Index[Any]"
) -> Iterator[str]:
    """Say which numbers lie outside of what is declared."""
    for field in fields:
        low, high = field.min, field.max
        if field.type not in {"float", "integer"} or (low is None and high is None):
            continue
        values = table[field.name].to_numpy(dtype=np.float64)
        least = -np.inf if low is None else low
        most = np.inf if high is None else high
        out = (values < least) | (values > most)
        if out.any():
            row = int(np.argmax(out))
            yield (
                f"column {field.name!r} is {values[row]:g} in row {_word(marks[row])}"
                f"{_more(int(out.sum()))}, and the model knows {least:g} to {most:g}"
            )


def _unknown(table: pd.DataFrame, levels: Levels) -> Iterator[str]:
    """Say which words the model never saw."""
    for name, known in levels.items():
        if name not in table.columns:
            continue
        new = set(table[name].dropna().unique()) - set(known)
        if new:
            words = ", ".join(map(_word, sorted(new)[:_SHOWN]))
            more = f" and {len(new) - _SHOWN} more" if len(new) > _SHOWN else ""
            yield (
                f"column {name!r} has words that the model never saw, which count as "
                f"missing: {words}{more}"
            )


def _more(count: int) -> str:
    return f" ({count:,} such rows)" if count > 1 else ""


def _word(value: object) -> str:
    """Write a value as Python does, but no longer than can be read."""
    said = repr(value.item() if isinstance(value, np.generic) else value)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"

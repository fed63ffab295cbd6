"""How each column is to be read, by its storage and by what was guessed of it."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from lineal.modeling.inspection import timing
from lineal.modeling.inspection.guess import Guess
from lineal.modeling.inspection.source import Source
from lineal.modeling.inspection.tally import Meaning, Reading
from lineal.modeling.inspection.timing import STORED, Timing
from lineal.modeling.inspection.writing import Writing


def choose(
    source: Source, guesses: Mapping[str, Guess], timed: Timing, written: Writing
) -> dict[str, Reading]:
    """Return how each column is read, by name."""
    return {
        each.name: _reading(source, each, guesses[each.name], timed, written)
        for each in source.schema
    }


def _reading(
    source: Source, stored: Any, guess: Guess, timed: Timing, written: Writing
) -> Reading:
    csv = written.csv if source.format == "csv" else None
    if form := timed.forms.get(stored.name):
        return Reading("moment", csv, None if form == STORED else form)
    if csv:
        kind = written.kinds[stored.name]
        if kind == "boolean":
            return Reading("boolean", csv)
        if kind in ("integer", "number"):
            return Reading("number", csv, unit=guess.unit or "")
        return Reading("word", csv)
    return Reading(_storage(stored.type))


def _storage(kind: Any) -> Meaning:
    if pa.types.is_boolean(kind):
        return "boolean"
    tests = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    if any(test(kind) for test in tests):
        return "number"
    is_word = timing.is_text_column(kind) or pa.types.is_null(kind)
    return "word" if is_word else "other"

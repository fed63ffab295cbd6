"""Which column says when, and how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from lineal.modeling.inspection import dates
from lineal.modeling.inspection.guess import Guess
from lineal.modeling.inspection.result import Remark
from lineal.modeling.inspection.source import Source, Wanted
from lineal.modeling.inspection.tally import is_text

STORED: Final = "stored"
"""The form of what Parquet stores as dates or moments."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The time column and the form of all dates.

    Attributes:
        column: None where there is none.
        guessed: Whether it was found rather than named.
        forms: Of every column that holds dates that can be read, in file order.
        dates: What `Csv.dates` must say; None for ISO 8601.
        remarks: What was not sure.
    """

    column: str | None
    guessed: bool
    forms: Mapping[str, str]
    dates: str | None
    remarks: tuple[Remark, ...]


def choose(source: Source, guesses: Mapping[str, Guess], wanted: Wanted) -> Timing:
    """Choose the time column, if the user named none, and the form of dates."""
    found, weak = _found(source, guesses, wanted)
    column, asked = _column(found, weak, wanted)
    one = _one_form(found, weak, column) if not source.given else source.csv.dates
    usable = {dates.ISO, dates.ZONED, STORED, one}
    wished = {
        name: one if one and one in (guesses[name].forms or ()) else form
        for name, form in found.items()
    }
    readable = {name: form for name, form in wished.items() if form in usable}
    remarks = [*asked, *_ambiguities(readable, guesses, source)]
    if wanted.time and wanted.time not in readable:
        remarks.append(_no_dates(wanted.time, guesses[wanted.time]))
        column = None
    guessed = column is not None and wanted.time is None
    return Timing(column, guessed, readable, one, tuple(remarks))


def _found(
    source: Source, guesses: Mapping[str, Guess], wanted: Wanted
) -> tuple[dict[str, str], set[str]]:
    """Return the form of each column that may be of dates, and which are numbers."""
    found: dict[str, str] = {}
    weak: set[str] = set()
    for name in source.names:
        guess, sure = guesses[name], name == wanted.time
        kind = source.schema.field(name).type
        if form := _form(kind, guess, source.csv.dates):
            found[name] = form
        elif name in (wanted.target, *wanted.segments):
            continue
        elif sure or dates.looks_like_time(name):
            form = _counted(guess, source.csv.dates, sure=sure)
            if form:
                found[name] = form
                weak.add(name)
    return found, weak


def _form(kind: Any, guess: Guess, said: str | None) -> str | None:
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return STORED
    if said and guess.seen and not guess.pairs and dates.fits(guess.sample, said):
        return said
    return guess.forms[0] if guess.forms and guess.seen else None


def _counted(guess: Guess, said: str | None, *, sure: bool) -> str | None:
    if not (guess.integers and guess.seen):
        return None
    if said and dates.fits(guess.sample, said):
        return said
    return dates.counted([float(each) for each in guess.sample], sure=sure)


def _column(
    found: Mapping[str, str], weak: set[str], wanted: Wanted
) -> tuple[str | None, list[Remark]]:
    if wanted.time:
        return wanted.time, []
    taken = (wanted.target, *wanted.segments)
    free = [name for name in found if name not in taken]
    sure = [name for name in free if name not in weak] or free
    if not sure:
        return None, []
    best = next((name for name in sure if dates.looks_like_time(name)), sure[0])
    others = ", ".join(repr(name) for name in free if name != best)
    if not others:
        text = "is taken as the time, since only it holds dates"
        return best, [Remark("note", "time", best, text)]
    text = f"is taken as the time, though {others} may be it as well"
    return best, [Remark("question", "time", best, text, "say --time COLUMN")]


def _one_form(
    found: Mapping[str, str], weak: set[str], column: str | None
) -> str | None:
    """Return the one form beside ISO 8601 that is read, the time column's first."""
    plain = (dates.ISO, dates.ZONED, STORED)
    if (own := found.get(column or "", dates.ISO)) not in plain:
        return own
    others = [
        form for name, form in found.items() if form not in plain and name not in weak
    ]
    return others[0] if others else None


def _ambiguities(
    found: Mapping[str, str], guesses: Mapping[str, Guess], source: Source
) -> list[Remark]:
    remarks = []
    for name, form in found.items():
        forms = guesses[name].forms or ()
        other = dates.ambiguous(forms)
        if other and form == forms[0] and not source.given:
            text = f"{guesses[name].sample[0]!r} is read as {form}, day first, but may"
            text = f"{text} have the month first"
            out = f"say --dates '{other}' if it has"
            remarks.append(Remark("question", "dates", name, text, out))
    return remarks


def _no_dates(name: str, guess: Guess) -> Remark:
    example = f" such as {guess.sample[0]!r}" if guess.sample else ""
    text = f"is named as the time, but its values{example} are no dates"
    out = "name another column with --time, or say how dates are written with --dates"
    return Remark("refusal", "time", name, text, out)


def is_text_column(kind: Any) -> bool:
    """Tell whether a column's values must be looked at to know what they mean."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return is_text(kind)

"""What a person should know of a table, or must decide, before a model is made."""

from collections.abc import Iterable, Iterator
from typing import Final

from lineal.modeling.inspection.facts import Facts
from lineal.modeling.inspection.result import FoundColumn, Level, Remark

FEWEST: Final = 20
"""Rows with a target below which there is nothing to learn."""

_LITTLE: Final = 200
_LEVELS: Final = 50
_CLASSES: Final = 100
_ORDER: Final[tuple[Level, ...]] = ("refusal", "question", "warning", "note")
_LEFT_OUT: Final = {
    "constant": "has one value in every row: left out",
    "empty": "has no value in any row: left out",
    "identifier": "has another value in every row: left out, as nothing repeats",
    "unsupported": "holds nested or binary values, which are no table's",
}


def ordered(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return the gravest first, and else in the order that they have."""
    return tuple(sorted(remarks, key=lambda each: _ORDER.index(each.level)))


def of_table(facts: Facts) -> Iterator[Remark]:
    """Return all remarks about what was measured."""
    yield from _rows(facts)
    for column in facts.columns:
        yield from _column(column, facts)
    yield from _target(facts)
    yield from _task(facts)


def _rows(facts: Facts) -> Iterator[Remark]:
    missing = facts.target.missing if facts.target else 0.0
    known = facts.rows - round(missing * facts.rows)
    noun = "rows" if facts.target is None else "rows with a target"
    text = f"it has {known:,} {noun}"
    out = "bring more rows"
    if known < FEWEST:
        text = f"{text}, of which a model can learn nothing: {FEWEST} are the least"
        yield Remark("refusal", "few rows", "", text, out)
    elif known < _LITTLE:
        text = f"{text}: scores of so few say little"
        yield Remark("warning", "few rows", "", text, out)


def _column(column: FoundColumn, facts: Facts) -> Iterator[Remark]:
    name = column.name
    if column.left_out == "unsupported":
        text = _LEFT_OUT["unsupported"]
        out = "write the file without it, or as plain columns"
        yield Remark("refusal", "unsupported", name, text, out)
    elif column.left_out and name not in (facts.wanted.target, *_keys(facts)):
        level: Level = "warning" if column.left_out == "identifier" else "note"
        yield Remark(level, "left out", name, _LEFT_OUT[column.left_out])
    elif name not in (facts.wanted.target, *_keys(facts)):
        yield from _many_values(column)
    yield from _values_of(column, facts)


def _values_of(column: FoundColumn, facts: Facts) -> Iterator[Remark]:
    name = column.name
    if column.unit:
        text = f"has {column.unit!r} at every number, which is dropped"
        yield Remark("note", "numbers", name, text)
    if count := facts.damaged.get(name):
        text = f"has {count:,} {_values(count)} that are no dates, such as 30 February"
        out = "correct them, or list them as words for missing values"
        yield Remark("refusal", "damaged dates", name, text, out)
    if name in _keys(facts) and column.missing and _must_be_whole(name, facts):
        text = f"has {column.missing:,} missing {_values(column.missing)}, where every"
        text = f"{text} row needs one"
        out = "fill them, or drop those rows"
        yield Remark("refusal", "missing keys", name, text, out)


def _must_be_whole(name: str, facts: Facts) -> bool:
    """Tell whether nothing may be missing: only series need all of their names."""
    return name == facts.time or facts.task == "forecast"


def _many_values(column: FoundColumn) -> Iterator[Remark]:
    if column.type != "string" or column.distinct <= _LEVELS:
        return
    about = "" if column.exact else "about "
    text = f"has {about}{column.distinct:,} different words: each stands for the mean"
    text = f"{text} target of its rows"
    yield Remark("note", "many values", column.name, text)


def _target(facts: Facts) -> Iterator[Remark]:
    if facts.target is None:
        text = "no column to predict is named"
        yield Remark("question", "no target", "", text, "say --target COLUMN")
        return
    name = facts.target.column
    column = facts.column(name)
    if column.distinct <= 1 and facts.rows:
        what = "the same value in every" if column.distinct else "no value in any"
        text = f"the target has {what} row: there is nothing to predict"
        out = "name another column with --target"
        yield Remark("refusal", "target", name, text, out)
    elif column.missing:
        text = f"the target is missing in {_count(column.missing)} ({column.share:.2%})"
        ends = {"forecast": "unknown periods, which are not learned from"}
        end = ends.get(facts.task or "", "left out of learning and scoring")
        yield Remark("note", "target missing", name, f"{text}: {end}")


def _task(facts: Facts) -> Iterator[Remark]:
    if facts.task is None or facts.target is None:
        return
    if facts.reason:
        text = f"the task is taken to be {facts.task}, since {facts.reason}"
        out = "say --task if it is another"
        yield Remark("note", "task", facts.target.column, text, out)
    column = facts.column(facts.target.column)
    is_number = column.type in ("integer", "number", "boolean")
    if facts.task != "classification" and not is_number:
        text = f"the target holds {_noun(column)}, and a {facts.task} needs numbers"
        out = "say --task classification, or correct the column"
        yield Remark("refusal", "task", column.name, text, out)
    if facts.task == "classification" and column.distinct > _CLASSES:
        text = f"the target has {column.distinct:,} different values, too many to be"
        text = f"{text} classes"
        out = "say --task regression, or predict a coarser column"
        yield Remark("refusal", "task", column.name, text, out)


def _noun(column: FoundColumn) -> str:
    return "words" if column.type == "string" else "dates"


def _count(rows: int) -> str:
    return f"{rows:,} {'row' if rows == 1 else 'rows'}"


def _values(count: int) -> str:
    return "value" if count == 1 else "values"


def _keys(facts: Facts) -> tuple[str, ...]:
    return (*(() if facts.time is None else (facts.time,)), *facts.segments)

"""Look at a table in two passes: what its texts mean, then what its values are."""

from dataclasses import replace
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from lineal.modeling.inspection import (
    counting,
    readings,
    remarks,
    rhythms,
    segmenting,
    series,
    tasks,
    timing,
    writing,
)
from lineal.modeling.inspection.counting import Counted, Said
from lineal.modeling.inspection.facts import Facts
from lineal.modeling.inspection.found import found_columns, found_target, found_time
from lineal.modeling.inspection.guess import Guess
from lineal.modeling.inspection.result import Inspection
from lineal.modeling.inspection.source import Source, Wanted
from lineal.modeling.inspection.tally import KEPT, combine

_SAMPLE = 1000


def look(source: Source, wanted: Wanted, said: Said) -> Inspection:
    """Tell what a table is like.

    Raises:
        UnknownColumnError: A column that was named is not there.
        RepeatedColumnError: A name is there, or was said, twice.
    """
    source.check(wanted.names)
    guesses = _guesses(source, said)
    timed = timing.choose(source, guesses, wanted)
    csv = msgspec.structs.replace(source.csv, dates=timed.dates)
    forms = tuple(timed.forms.values())
    written = writing.choose(csv, guesses, forms, given=source.given)
    reading = readings.choose(source, guesses, timed, written)
    counted = counting.count(source, reading, replace(wanted, time=timed.column), said)
    facts = _facts(wanted, timed.column, counted)
    said_before = (*timed.remarks, *written.remarks)
    found = _inspection(source, facts, counted, guessed=timed.guessed)
    later = (*remarks.of_table(facts), *rhythms.of_series(facts))
    return replace(
        found, csv=written.csv, remarks=remarks.ordered((*said_before, *later))
    )


def _inspection(
    source: Source, facts: Facts, counted: Counted, *, guessed: bool
) -> Inspection:
    return Inspection(
        path=source.path,
        format=source.format,
        csv=source.csv,
        rows=counted.rows,
        columns=facts.columns,
        target=facts.target,
        time=_time(facts, guessed=guessed),
        segments=facts.segments,
        segments_guessed=facts.found,
        task=facts.task,
        task_guessed=bool(facts.reason),
        remarks=(),
        sampled=_sampled(counted),
    )


def _guesses(source: Source, said: Said) -> dict[str, Guess]:
    """Look at all texts, and at a sample of the other columns."""
    kinds = {each.name: each.type for each in source.schema}
    guesses = {name: Guess() for name in source.names}
    unclear = [name for name in source.names if timing.is_text_column(kinds[name])]
    first = next(source.batches(None), None)
    if first is None:
        return guesses
    for name in source.names:
        if name not in unclear:
            guesses[name] = _numbers(first.column(name))
    if not unclear:
        return guesses
    places = [source.names.index(name) for name in unclear]
    for batch in counting.told(source.batches(places), said, "what the texts mean"):
        for name in unclear:
            values = batch.column(name)
            if pa.types.is_dictionary(values.type):
                values = values.dictionary_decode()
            guesses[name].add(values)
    return guesses


def _numbers(values: Any) -> Guess:
    """Return a guess by some numbers; other storage says itself what it is."""
    guess = Guess(pairs=(), integers=False, booleans=False)
    if pa.types.is_integer(values.type) or pa.types.is_floating(values.type):
        some = pc.unique(values).drop_null()[:_SAMPLE].to_pylist()
        guess.integers = all(each == each // 1 for each in some)
        guess.sample = [str(int(each) if guess.integers else each) for each in some]
    return guess


def _facts(wanted: Wanted, time: str | None, counted: Counted) -> Facts:
    segments, rhythm = _series(wanted, time, counted)
    used = {*wanted.names, *segments, *(() if time is None else (time,))}
    facts = Facts(
        wanted=wanted,
        rows=counted.rows,
        columns=found_columns(counted, used),
        damaged={name: each.damaged for name, each in counted.tallies.items()},
        target=None,
        time=time,
        segments=segments,
        found=bool(segments) and not wanted.segments,
        rhythm=rhythm,
        task=wanted.task,
        reason="",
    )
    return facts if wanted.target is None else _asked(facts, wanted.target, counted)


def _series(
    wanted: Wanted, time: str | None, counted: Counted
) -> tuple[tuple[str, ...], series.Rhythm | None]:
    """Return what names a series, and how its rows lie in time."""
    plain = _rhythm(counted, wanted.segments, wanted)
    forecasts = wanted.task in (None, "forecast")
    if time is None or wanted.segments or not forecasts or plain is None:
        return wanted.segments, plain
    best = segmenting.choose(_fit_to_name(counted), counted.times)
    segments = tuple(name for name in counted.tallies if name in best)
    rhythm = _rhythm(counted, segments, wanted) if segments else None
    # A name that leaves rows at irregular times is no better than none.
    return (segments, rhythm) if rhythm and rhythm.frequency else ((), plain)


def _asked(facts: Facts, target: str, counted: Counted) -> Facts:
    """Add what is known of the target."""
    column = facts.column(target)
    known = replace(facts, target=found_target(column, counted.tallies[target]))
    if facts.task:
        return known
    guessed = tasks.guess(column, facts.rhythm, facts.wanted)
    known = replace(known, task=guessed.task, reason=guessed.reason)
    if guessed.task == "forecast" or not facts.found:
        return known
    return replace(
        known, segments=(), found=False
    )  # they name series, and there are none


def _fit_to_name(counted: Counted) -> dict[str, Any]:
    """Return the keys of columns whose values repeat, as names of series do."""
    return {
        name: hashes
        for name, hashes in counted.keys.items()
        if 1 < counted.tallies[name].distinct <= counted.rows / 2
        and not counted.tallies[name].missing
    }


def _rhythm(
    counted: Counted, segments: tuple[str, ...], wanted: Wanted
) -> series.Rhythm | None:
    if not len(counted.times):
        return None
    names = combine([counted.keys[name] for name in segments], len(counted.times))
    return series.rhythm(names, counted.times, wanted.frequency)


def _time(facts: Facts, *, guessed: bool) -> Any:
    if facts.time is None or facts.rhythm is None:
        return None
    return found_time(facts.column(facts.time), facts.rhythm, guessed=guessed)


def _sampled(counted: Counted) -> tuple[str, ...]:
    if not any(each.full for each in counted.tallies.values()):
        return ()
    return (f"above {KEPT:,}, how many different values there are (to about 1 %)",)

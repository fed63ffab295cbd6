"""Remarks about how the rows of series lie in time."""

from collections.abc import Iterator
from typing import Final

from lineal.modeling.inspection.facts import Facts
from lineal.modeling.inspection.result import Remark
from lineal.modeling.inspection.series import Rhythm
from lineal.modeling.inspection.tasks import SHORTEST

_MANY: Final = 1000
_GAPS: Final = 0.05
_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def of_series(facts: Facts) -> Iterator[Remark]:
    """Return the remarks about time; only forecasts need its periods."""
    if facts.segments and facts.found:
        listed = ", ".join(repr(each) for each in facts.segments)
        text = f"a series is named by {listed}: with them, no row is there twice"
        out = "say --segments if it is named by others"
        yield Remark("note", "segments", facts.segments[0], text, out)
    if facts.task != "forecast":
        return
    if facts.time is None or facts.rhythm is None:
        if not facts.wanted.time:
            text = "a forecast needs a column that says when, and none is found"
            yield Remark("refusal", "time", "", text, "say --time COLUMN")
        return
    yield from _repeated(facts, facts.rhythm)
    yield from _frequency(facts, facts.rhythm)
    yield from _midnights(facts, facts.rhythm)
    yield from _series(facts, facts.rhythm)


def _repeated(facts: Facts, rhythm: Rhythm) -> Iterator[Remark]:
    if not rhythm.duplicates:
        return
    keys = ", ".join((*facts.segments, facts.time or ""))
    period = rhythm.frequency or "moment"
    text = f"{rhythm.duplicates:,} rows share {keys} ({period}) with an earlier row"
    if facts.wanted.aggregate:
        text = f"{text}: made one by their {facts.wanted.aggregate}"
        yield Remark("note", "duplicate keys", facts.time or "", text)
        return
    out = "aggregate how? say --aggregate sum, mean, min, max, first or last"
    if not facts.segments:
        out = f"{out}; or name what tells series apart with --segments"
    yield Remark("refusal", "duplicate keys", facts.time or "", text, out)


def _frequency(facts: Facts, rhythm: Rhythm) -> Iterator[Remark]:
    about = facts.time or ""
    if rhythm.frequency is None:
        usual = "" if rhythm.typical is None else f" (often {_span(rhythm.typical)})"
        text = f"rows come at irregular times{usual}: no frequency fits"
        out = (
            "say --frequency hour, day, week or month, with --aggregate sum or another"
        )
        yield Remark("question", "frequency", about, f"{text}", out)
        return
    if rhythm.step > 1:
        text = f"rows come every {rhythm.step} {rhythm.frequency}s, so most"
        text = f"{text} {rhythm.frequency}s have none"
        out = "say --frequency and --aggregate if a coarser one is meant"
        yield Remark("question", "frequency", about, text, out)
    elif rhythm.gaps > _GAPS:
        text = f"{rhythm.gaps:.0%} of the {rhythm.frequency}s of a series have no row:"
        text = f"{text} they count as unknown, not as zero"
        yield Remark(
            "warning", "frequency", about, text, "add rows of zero if they are"
        )


def _midnights(facts: Facts, rhythm: Rhythm) -> Iterator[Remark]:
    """Say that periods are those of UTC, where that may shift a day."""
    if rhythm.frequency in (None, "hour"):
        return
    if _is_midnight(facts.column(facts.time or "").min):
        return
    text = f"rows have a time of day: the {rhythm.frequency} of each is counted in UTC"
    out = "write days without a clock if they are another zone's"
    yield Remark("note", "dates", facts.time or "", text, out)


def _is_midnight(end: object) -> bool:
    """Tell whether a day or moment is the start of a day.

    >>> _is_midnight("2024-01-01"), _is_midnight("2024-01-01T23:00:00")
    (True, False)
    """
    return not str(end)[10:].strip("T:0")


def _series(facts: Facts, rhythm: Rhythm) -> Iterator[Remark]:
    about = facts.segments[0] if facts.segments else ""
    period = f"{rhythm.frequency or 'moment'}s"
    if rhythm.longest < SHORTEST:
        text = f"the longest series has {rhythm.longest} {period}, and a forecast needs"
        text = f"{text} {SHORTEST}"
        yield Remark("refusal", "short series", about, text, "bring a longer history")
    elif rhythm.shortest < SHORTEST:
        text = (
            f"the shortest of {rhythm.series:,} series has {rhythm.shortest} {period}"
        )
        text = f"{text}: too few to learn from on its own"
        yield Remark("note", "short series", about, text)
    if rhythm.series > _MANY:
        text = (
            f"{rhythm.series:,} series: one model learns from all of them, and reports"
        )
        text = f"{text} list the most important only"
        out = "training takes minutes rather than seconds; fewer tuning rows help"
        yield Remark("note", "many segments", about, text, out)


def _span(seconds: float) -> str:
    """Write how long something takes.

    >>> _span(900), _span(86400), _span(0.5)
    ('15 minutes', '1 day', '0.5 seconds')
    """
    name, unit = next((each for each in _UNITS if seconds >= each[1]), _UNITS[-1])
    count = f"{seconds / unit:.3g}"
    return f"{count} {name}" if count == "1" else f"{count} {name}s"

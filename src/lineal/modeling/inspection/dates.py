"""In which form are these dates written?"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

import pandas as pd

from lineal.modeling import moments, texts

ISO: Final = "iso"
"""Stands for what `Csv.dates` leaves out: ISO 8601, without a zone."""
ZONED: Final = "iso with zone"
"""ISO 8601 with a zone, which `Csv.dates` leaves out, too."""

_DAYS: Final = (
    *("%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d.%m.%Y", "%Y.%m.%d", "%d-%m-%Y"),
    *("%m-%d-%Y", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y", "%d-%m-%y", "%m-%d-%y"),
    *("%Y%m%d", "%d %b %Y", "%d-%b-%Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y"),
)
_CLOCKS: Final = (
    *("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p"),
    *("T%H:%M:%S", "T%H:%M"),
)
_PERIODS: Final = (
    *("%Y-%m", "%Y/%m", "%m/%Y", "%m.%Y", "%b %Y", "%B %Y", "%Y-%b"),
    *("%G-W%V", "%GW%V", "%G-W%V-%u"),
)
FORMATS: Final = (
    *(day + clock for clock in _CLOCKS for day in _DAYS),
    *(f"%Y-%m-%d{clock}" for clock in (" %I:%M %p", " %I:%M:%S %p")),
    *_PERIODS,
)
# Counts of seconds from 1980 to 2100, and whole numbers that are periods.
_EARLY, _LATE = 315_532_800, 4_102_444_800
_COUNTED: Final = {"%Y%m%d": 8, "%Y%m": 6}
_HINT: Final = re.compile(
    r"(?i)date|time|day|week|month|period|epoch|stamp|hour|year|datum|tag|woche|monat"
    r"|jahr|zeit|uhr|fecha|jour|mois|semaine|heure|_at$|^ts$|(?-i:[a-z]At$)"
)
_SAMPLE: Final = 200
_PARTS: Final = {
    **dict.fromkeys("YG", "[0-9]{4}"),
    **dict.fromkeys("bBp", "[A-Za-z]{2,}"),
    "f": "[0-9]{1,6}",
}


def looks_like_time(name: str) -> bool:
    """Tell whether a column's name speaks of time.

    >>> looks_like_time("created_at"), looks_like_time("units")
    (True, False)
    """
    return bool(_HINT.search(name))


def candidates(values: Sequence[str]) -> tuple[str, ...]:
    """Return the forms that all texts of a sample are written in, the likeliest first.

    >>> candidates(["01/02/2024", "31/12/2024"])
    ('%d/%m/%Y',)
    """
    few = values[:_SAMPLE]
    shaped = (form for form in FORMATS if _shape(form).fullmatch(few[0]))
    return tuple(form for form in (ISO, ZONED, *shaped) if fits(few, form))


@cache
def _shape(form: str) -> re.Pattern[str]:
    """Return what a date of a form looks like: quicker to ask than to read it."""
    plain = form.replace(".", "[.]")
    filled = re.sub("%(.)", lambda part: _PARTS.get(part[1], "[0-9]{1,2}"), plain)
    return re.compile(filled)


def fits(values: Any, form: str) -> bool:
    """Tell whether every text is a date in a form."""
    return not odd(values, form)


def odd(values: Any, form: str) -> list[str]:
    """Return the texts that are no date in a form."""
    series = pd.Series(list(values), dtype=object)
    return [str(each) for each in series[read(series, form).isna()]]


def read(series: "pd.Series[Any]", form: str) -> "pd.Series[Any]":
    """Return texts of one form as moments, and NaT for what is none."""
    if form in (ISO, ZONED):
        found = moments.iso(series, zones=form == ZONED)
        zoned = series.str.fullmatch(moments.ZONED, na=False).astype(bool)
        return found if form == ISO else found.where(zoned)
    return moments.parse(series, form)


def still(values: Any, forms: Iterable[str]) -> tuple[str, ...]:
    """Return those forms that Arrow's texts are all written in.

    ISO is told by its pattern: that is quick, and the pattern is no other form's.
    """
    patterns = {ISO: f"^{moments.ISO}$", ZONED: f"^{moments.ZONED}$"}
    return tuple(
        form
        for form in forms
        if (
            texts.all_match(values, patterns[form])
            if form in patterns
            else fits(values.to_pylist(), form)
        )
    )


def ambiguous(forms: Sequence[str]) -> str | None:
    """Return the form that reads day and month of the first the other way round."""
    if not forms:
        return None
    swapped = forms[0].translate(str.maketrans("dm", "md"))
    return swapped if swapped != forms[0] and swapped in forms else None


def counted(numbers: Sequence[float], *, sure: bool = False) -> str | None:
    """Tell how whole numbers may be dates.

    Args:
        numbers: A sample.
        sure: Whether they are known to be dates, so that years are some, too.

    >>> counted([1704067200]), counted([202401, 202402]), counted([7])
    ('epoch', '%Y%m', None)
    """
    if not numbers or any(each != int(each) for each in numbers):
        return None
    low, high = min(numbers), max(numbers)
    for form, unit in (("epoch", 1), ("epoch_ms", 1000)):
        if _EARLY * unit <= low <= high <= _LATE * unit:
            return form
    words = [str(int(each)) for each in numbers]
    widths = _COUNTED | ({"%Y": 4} if sure else {})
    for form, width in widths.items():
        if {*map(len, words)} == {width} and fits(words, form):
            return form
    return None

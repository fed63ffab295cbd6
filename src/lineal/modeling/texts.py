"""The columns of a text file: what their texts mean, read strictly.

A column is of numbers if every value is one, written as params.yaml says; one value
that is none leaves all as words, so that it can be named. Numbers with a leading zero
or more than 18 digits are names, such as postcodes, and stay as they are.
"""

import re
from functools import cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from lineal.modeling.sections import Csv

UNITS: Final = ("%", "€", "$", "£", "¥", "₹", "EUR", "USD", "GBP", "CHF", "JPY")

_BOOLEAN: Final = "^(?:true|True|TRUE|false|False|FALSE)$"
_INTEGER: Final = "^[+-]?(?:0|[1-9][0-9]{0,17})$"
# What stands between thousands, with the signs that typesetters put there instead.
_GROUPS: Final = {
    " ": r"[ \x{00A0}\x{2009}\x{202F}]",
    "'": r"['\x{2019}]",
    ".": r"[.]",
    ",": "[,]",
}


def read(values: Any, csv: Csv) -> Any:
    """Return texts as booleans, whole numbers or numbers if all of them are such.

    Args:
        values: An array of Arrow's strings; null is missing.
        csv: How numbers are written.

    >>> read(pa.array(["1 234,5", None, "7"]), Csv(decimal=",", thousands=" "))
    ... # doctest: +ELLIPSIS
    <pyarrow.lib.DoubleArray object at ...>
    [
      1234.5,
      null,
      7
    ]
    """
    if values.null_count == len(values):
        return pc.cast(values, pa.float64())
    unit = unit_of(first(values))
    trimmed = bare(values, unit)
    if trimmed is None:
        return values
    if not unit and all_match(trimmed, _BOOLEAN):
        return pc.equal(pc.utf8_lower(trimmed), "true")
    if not are_numbers(trimmed, csv.decimal, csv.thousands):
        return values
    return to_numbers(trimmed, csv.decimal, csv.thousands)


def first(values: Any) -> str:
    """Return the first text that is not missing."""
    place = pc.index(pc.is_valid(values), pa.scalar(value=True)).as_py()
    return str(values[place].as_py())


def unit_of(text: str) -> str:
    """Return the sign of percent or money at an end of a text, if there is one.

    >>> unit_of("12 %"), unit_of("-€5"), unit_of("12")
    ('%', '€', '')
    """
    inner = text.strip().lstrip("+-").strip()
    ends = (each for each in UNITS if inner.startswith(each) or inner.endswith(each))
    return next(ends, "")


def bare(values: Any, unit: str) -> Any:
    """Return texts without blanks around them or the unit; None if one lacks it."""
    trimmed = pc.utf8_trim_whitespace(values)
    if not unit:
        return trimmed
    sign = re.escape(unit)
    cut = pc.replace_substring_regex(trimmed, rf"\s*{sign}$", "")
    cut = pc.replace_substring_regex(cut, rf"^([+-]?)\s*{sign}\s*", r"\1")
    shorter = pc.less(pc.utf8_length(cut), pc.utf8_length(trimmed))
    return cut if pc.all(shorter).as_py() else None


def are_booleans(values: Any) -> bool:
    """Tell whether every text is true or false."""
    return all_match(values, _BOOLEAN)


def are_integers(values: Any) -> bool:
    """Tell whether every text is a whole number without signs between its digits."""
    return all_match(values, _INTEGER)


def integers(values: Any) -> Any:
    """Tell of each text whether it is a plain whole number."""
    return pc.match_substring_regex(values, _INTEGER)


def are_numbers(values: Any, decimal: str, thousands: str | None) -> bool:
    """Tell whether every text is a number in this way of writing."""
    return all_match(values, _number(decimal, thousands))


def numbers(values: Any, decimal: str, thousands: str | None) -> Any:
    """Tell of each text whether it is a number in this way of writing."""
    return pc.match_substring_regex(values, _number(decimal, thousands))


def to_numbers(values: Any, decimal: str, thousands: str | None) -> Any:
    """Return texts that are numbers as int64 where all are whole, else as float64."""
    if thousands:
        values = pc.replace_substring_regex(values, _GROUPS[thousands], "")
    if are_integers(values):
        return pc.cast(pc.utf8_ltrim(values, "+"), pa.int64())
    if decimal != ".":
        values = pc.replace_substring(values, decimal, ".")
    return pc.cast(pc.utf8_ltrim(values, "+"), pa.float64())


def all_match(values: Any, pattern: str) -> bool:
    """Tell whether a pattern finds something in every text that is there."""
    return pc.all(pc.match_substring_regex(values, pattern)).as_py() is not False


@cache
def _number(decimal: str, thousands: str | None) -> str:
    point = re.escape(decimal)
    power = "[eE][+-]?[0-9]+"
    whole = ["0", "[1-9][0-9]{0,17}"]
    long = ["0", "[1-9][0-9]*"]
    if thousands:
        grouped = f"[1-9][0-9]{{0,2}}(?:{_GROUPS[thousands]}[0-9]{{3}})+"
        whole.append(grouped)
        long.append(grouped)
    digits = "|".join(long)
    forms = (
        "|".join(whole),
        f"(?:{digits}){point}[0-9]*(?:{power})?",
        f"{point}[0-9]+(?:{power})?",
        f"(?:{digits}){power}",
    )
    return f"^[+-]?(?:{'|'.join(forms)})$"

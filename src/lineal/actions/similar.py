"""Names that look like another one that was mistyped."""

import re
from collections.abc import Iterable

_PARTS = re.compile(r"[^a-z0-9]+")
_DIGITS = re.compile(r"[0-9]+")
_ALIKE = 0.75  # prod and pord


def meant(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a new one was probably meant to be.

    Names with parts are compared part by part, and names that differ in numbers only
    are a family: nobody mistypes `bus-1` as `bus-2`, or `team-eu` as `team-us`.

    >>> meant("stagng", ["dev", "staging"])
    'staging'
    >>> meant("prod-eu", ["prod-us", "prod"]) is None
    True
    """
    return next((one for one in sorted(known) if _are_close(name, one)), None)


def _are_close(one: str, other: str) -> bool:
    here, there = _PARTS.split(one.lower()), _PARTS.split(other.lower())
    if one == other:
        return False
    if len(here) != len(there):
        return "".join(here) == "".join(there)
    pairs = zip(here, there, strict=True)
    return all(mine == theirs or _is_slip(mine, theirs) for mine, theirs in pairs)


def _is_slip(one: str, other: str) -> bool:
    if _DIGITS.sub("", one) == _DIGITS.sub("", other):
        return False
    import difflib  # noqa: PLC0415 - takes long, and mostly no name is new

    return difflib.SequenceMatcher(None, one, other).ratio() >= _ALIKE

"""Dates and moments: read as params.yaml says they are written, never guessed."""

from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas.api import types

EPOCHS: Final = {"epoch": 1_000_000, "epoch_ms": 1_000}
"""How many microseconds each counts."""

_DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK: Final = r"[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
_ZONE: Final = r" ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)"
ISO: Final = f"{_DAY}(?:{_CLOCK})?"
ZONED: Final = f"{_DAY}{_CLOCK}{_ZONE}"
# The years 1 to 9999, as pandas' words for a moment have them.
_FIRST, _LAST = (np.datetime64(each, "us") for each in ("0001-01-01", "9999-12-31"))
_WEEKDAYS: Final = ("%u", "%w", "%a", "%A")


def read(
    values: "pd.Series[Any]", dates: str | None, *, zones: bool
) -> "pd.Series[Any] | None":
    """Return a column as moments in UTC without a zone, and NaT for what is none.

    Where no value at all is written as `dates` says, ISO 8601 is tried instead: a file
    may hold both, and nothing reads as either.

    Args:
        values: Texts, moments, or numbers that `dates` says how to read.
        dates: How they are written, as `Csv.dates` has it.
        zones: Whether texts may have a zone; if one has, all must.

    Returns:
        None if the column is of another type, such as numbers that are no dates.
    """
    dtype = values.dtype
    if isinstance(dtype, pd.DatetimeTZDtype):
        values = values.dt.tz_convert("UTC").dt.tz_localize(None)
        return values.astype("datetime64[us]")
    if types.is_datetime64_dtype(dtype):
        return values.astype("datetime64[us]")
    if types.is_object_dtype(dtype) or types.is_string_dtype(dtype):
        return _of_mixed(values, dates, zones=zones)
    counts = types.is_numeric_dtype(dtype) and not types.is_bool_dtype(dtype)
    return of_numbers(values, dates) if counts and dates else None


def example(dates: str | None, clock: str = "") -> str:
    """Return words for how a date must be written.

    >>> example(None), example("%d/%m/%Y"), example("epoch")
    ('such as 2024-12-31', "written as '%d/%m/%Y'", "written as 'epoch'")
    """
    return f"written as {dates!r}" if dates else f"such as 2024-12-31{clock}"


def parse(texts: "pd.Series[Any]", dates: str) -> "pd.Series[Any]":
    """Return texts that are written in one way as moments in UTC, and NaT for others."""
    if dates in EPOCHS:
        return _counted(pd.to_numeric(texts, errors="coerce"), EPOCHS[dates])
    if "%V" in dates and not any(each in dates for each in _WEEKDAYS):
        texts, dates = texts + " 1", f"{dates} %u"  # a week is its Monday
    zoned = "%z" in dates
    found = pd.to_datetime(texts, format=dates, errors="coerce", utc=zoned)
    return (found.dt.tz_localize(None) if zoned else found).astype("datetime64[us]")


def iso(texts: "pd.Series[Any]", *, zones: bool) -> "pd.Series[Any]":
    """Return texts as ISO 8601 has them as moments in UTC, and NaT for others."""
    plain = texts.str.fullmatch(ISO, na=False).astype(bool)
    zoned = texts.str.fullmatch(ZONED, na=False).astype(bool)
    fine = zoned if zones and zoned.any() else plain
    found = pd.to_datetime(
        texts.where(fine), format="ISO8601", errors="coerce", utc=True
    )
    return found.dt.tz_localize(None).astype("datetime64[us]")


def _of_mixed(
    values: "pd.Series[Any]", dates: str | None, *, zones: bool
) -> "pd.Series[Any]":
    """Read each different value once: a column of dates repeats them."""
    kinds = values.map(type).astype(object)
    usable = [each for each in kinds.unique() if issubclass(each, (str, date))]
    codes, unique = pd.factorize(values.astype(object).where(kinds.isin(usable)))
    texts = pd.Series(unique, dtype=object).map(str)
    found = parse(texts, dates) if dates else iso(texts, zones=zones)
    if dates and found.isna().all():
        found = iso(texts, zones=zones)
    ready = np.append(found.to_numpy("datetime64[us]"), np.datetime64("NaT"))[codes]
    return pd.Series(ready)


def of_numbers(values: "pd.Series[Any]", dates: str) -> "pd.Series[Any]":
    """Return numbers that are dates as moments, and NaT for what is none."""
    if dates in EPOCHS:
        return _counted(values, EPOCHS[dates])
    codes, unique = pd.factorize(values)
    whole = pd.Series(
        [str(int(n)) if n == int(n) else "" for n in unique], dtype=object
    )
    found = parse(whole, dates).to_numpy("datetime64[us]")
    return pd.Series(np.append(found, np.datetime64("NaT"))[codes])


def _counted(values: "pd.Series[Any]", unit: int) -> "pd.Series[Any]":
    """Return counts since 1970 as moments; NaT outside the years 1 to 9999."""
    numbers = pd.to_numeric(values).to_numpy(dtype="float64", na_value=np.nan)
    limits = [each.astype("int64") / unit for each in (_FIRST, _LAST)]
    with np.errstate(invalid="ignore"):
        fine = (numbers >= limits[0]) & (numbers <= limits[1])
    # Whole counts apart from fractions: together they are more than float64 holds.
    counts = np.where(fine, numbers, 0.0)
    whole = np.floor(counts)
    ready = whole.astype("int64") * unit + np.rint((counts - whole) * unit).astype(
        "int64"
    )
    return pd.Series(ready.view("datetime64[us]")).where(pd.Series(fine))

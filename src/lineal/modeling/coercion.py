"""Raw columns to the one storage that each declared type has here.

A type is a meaning, not a storage: integers may arrive as Int8 or, because some are
missing, as floats; dates as text, from a CSV. What would need a guess is refused.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from numbers import Real
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from pandas.api import types

from lineal.modeling import moments
from lineal.modeling.sections import Column, Csv
from lineal.modeling.violation import Mask, Violation, in_values

Kind = Literal["date", "datetime", "string", "integer", "number", "boolean"]
Coerced = tuple["pd.Series[Any]", list[Violation]]


def coerce(
    values: "pd.Series[Any]", kind: Kind, *, dates: str | None = None
) -> Coerced:
    """Return a column as its type is stored here, and what does not fit it.

    Numbers, integers and booleans become float64 (integer storage is kept, because
    float64 would round identifiers above 2**53), dates and moments datetime64[us] (in
    UTC where a moment has a zone), text object. Values that do not fit become missing,
    so that other rules can still be judged.

    Args:
        values: The column as it was read.
        kind: Its type.
        dates: How dates are written, as `Csv.dates` has it.
    """
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = pd.Series(np.asarray(values), name=values.name)
    values = values.reset_index(drop=True)
    if kind in ("date", "datetime"):
        return _days(values, dates) if kind == "date" else _moments(values, dates)
    return _COERCE[kind](values)


def dated(frame: pd.DataFrame, columns: Mapping[str, Column], csv: Csv) -> pd.DataFrame:
    """Return a table whose columns of dates are read as its file writes them.

    A column with a value that is no such date stays as it is, for `coerce` to name it.
    """
    ready = frame.copy(deep=False)
    for place, name in enumerate(frame.columns):
        if name in columns and columns[name].type in ("date", "datetime"):
            read, found = coerce(
                frame.iloc[:, place], columns[name].type, dates=csv.dates
            )
            if not found:
                ready.isetitem(place, read.to_numpy())
    return ready


def as_floats(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return numbers of any storage as float64, with NaN for what is missing."""
    return pd.Series(values.to_numpy(dtype="float64", na_value=np.nan))


def _name(values: "pd.Series[Any]") -> str:
    return str(values.name)


def _is_mixed(values: "pd.Series[Any]") -> bool:
    """Tell whether each value has a type of its own, as text and objects have."""
    return types.is_object_dtype(values.dtype) or types.is_string_dtype(values.dtype)


def _is_number(values: "pd.Series[Any]") -> bool:
    dtype = values.dtype
    return types.is_numeric_dtype(dtype) and not (
        types.is_bool_dtype(dtype) or types.is_complex_dtype(dtype)
    )


def _instances(
    values: "pd.Series[Any]", allowed: tuple[type, ...], refused: type | None = None
) -> Mask:
    """Mark the values whose Python type is allowed, type by type, not row by row."""
    kinds = values.map(type).astype(object)
    fine = [
        kind
        for kind in kinds.unique()
        if issubclass(kind, allowed) and not (refused and issubclass(kind, refused))
    ]
    return kinds.isin(fine).to_numpy(dtype=bool)


def _present(values: "pd.Series[Any]") -> Mask:
    return values.notna().to_numpy(dtype=bool)


def _numbers(values: "pd.Series[Any]", noun: str = "numbers") -> Coerced:
    present = _present(values)
    if _is_number(values):
        return values, []
    if not _is_mixed(values):
        return _refused(values, present, f"that are not {noun}")
    fine = _instances(values, (Real, Decimal), bool)
    wrong = present & ~fine
    parsed = pd.to_numeric(values.where(wrong), errors="coerce").notna().to_numpy()
    # A CSV column is read as text as soon as one value is no number: name that one.
    if (wrong & ~parsed).any():
        found = in_values(
            "type", _name(values), wrong & ~parsed, f"that are not {noun}"
        )
    else:
        what = "that are numbers written as text"
        found = in_values("type", _name(values), wrong, what)
    return as_floats(values.where(fine, np.nan)), found


def _integers(values: "pd.Series[Any]") -> Coerced:
    numbers, found = _numbers(values, "integers")
    if types.is_integer_dtype(numbers.dtype):
        return numbers, found
    floats = as_floats(numbers)
    # Infinity has no fractional part, and a rule of its own.
    broken = (floats != floats.round()).to_numpy() & np.isfinite(floats.to_numpy())
    what = "with a fractional part, where integers are declared"
    found = found + in_values("type", _name(values), broken, what)
    return floats.mask(broken), found


def _booleans(values: "pd.Series[Any]") -> Coerced:
    if _is_mixed(values):
        fine = _instances(values, (bool, np.bool_))
        found = _wrong(values, ~fine, "that are not true or false")
        return as_floats(values.where(fine, np.nan)), found
    if not types.is_numeric_dtype(values.dtype):
        return _refused(values, _present(values), "that are not true or false")
    floats = as_floats(values)
    fine = floats.isin([0, 1]).to_numpy()
    return floats.where(fine), _wrong(values, ~fine, "that are not true or false")


def _texts(values: "pd.Series[Any]") -> Coerced:
    text = values.astype(object)
    fine = _instances(text, (str,))
    return text.where(fine, None), _wrong(values, ~fine, "that are not text")


def _days(values: "pd.Series[Any]", dates: str | None) -> Coerced:
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return _no_date(values, "with a time zone, where dates have none")
    read = moments.read(values, dates, zones=False)
    if read is None:
        return _no_date(values, "that are not dates")
    what = f"that are not dates {moments.example(dates)}"
    found = _wrong(values, read.isna().to_numpy(dtype=bool), what)
    odd = (read != read.dt.normalize()).to_numpy() & _present(read)
    what = "with a time of day, where dates are midnights"
    return read.mask(odd), found + in_values("type", _name(values), odd, what)


def _moments(values: "pd.Series[Any]", dates: str | None) -> Coerced:
    read = moments.read(values, dates, zones=True)
    if read is None:
        return _no_date(values, "that are not moments")
    what = f"that are not moments {moments.example(dates, 'T18:30')}"
    return read, _wrong(values, read.isna().to_numpy(dtype=bool), what)


def _wrong(values: "pd.Series[Any]", mask: Mask, what: str) -> list[Violation]:
    """Return the violation by the marked values, but for the missing ones."""
    return in_values("type", _name(values), _present(values) & mask, what)


def _refused(values: "pd.Series[Any]", present: Mask, what: str) -> Coerced:
    """Refuse all of a column, because its storage has another meaning."""
    nothing = pd.Series(np.full(len(values), np.nan))
    return nothing, in_values("type", _name(values), present, what)


def _no_date(values: "pd.Series[Any]", what: str) -> Coerced:
    nothing, found = _refused(values, _present(values), what)
    return nothing.astype("datetime64[us]"), found


_COERCE: Final[dict[Kind, Callable[["pd.Series[Any]"], Coerced]]] = {
    "string": _texts,
    "integer": _integers,
    "number": _numbers,
    "boolean": _booleans,
}

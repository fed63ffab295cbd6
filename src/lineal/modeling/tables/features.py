"""The features of a row, made of that row alone: nothing is learned here."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

from lineal.modeling.declared import declared
from lineal.modeling.features.column import Feature
from lineal.modeling.sections import Column, InvalidParamsError
from lineal.modeling.tables.config import Table
from lineal.modeling.tables.moments import Made, elapsed, parts

if TYPE_CHECKING:
    from lineal.modeling.own import OwnFeatures

_BEFORE = "before"


def make(
    table: pd.DataFrame, model: Table, own: "OwnFeatures | None"
) -> tuple[pd.DataFrame, tuple[Feature, ...]]:
    """Make every feature.

    Args:
        table: Joined and typed rows.
        model: Which columns may be used, and what is made of them.
        own: The user's features; they see every column that is known before what is
            predicted and not excluded, and never the target.

    Returns:
        One row a row of the table, with its index: numbers and flags as float32, words
        as Categorical. Then what each feature is.

    Raises:
        InvalidParamsError: Two features have one name.
    """
    usable = _usable(model)
    made = [*_plain(table, usable)]
    if model.features.calendar:
        made += _of_moments(table, usable, model)
    if own is not None:
        made += _own(table, model, own)
    columns: dict[str, pd.Series[Any]] = {}
    for feature, values in made:
        if feature.name in columns:
            msg = (
                f"params.yaml: two features are called {feature.name!r}: rename one, "
                "or name the column in data.exclude"
            )
            raise InvalidParamsError(msg)
        columns[feature.name] = values
    rows = pd.DataFrame(columns, index=table.index)
    return rows, tuple(feature for feature, _ in made)


def _usable(model: Table) -> dict[str, Column]:
    """Return the columns that become features; the leak guard judges when they are known."""
    out = {model.data.target, *model.data.exclude}
    return {n: column for n, column in declared(model.data).items() if n not in out}


def _plain(table: pd.DataFrame, usable: Mapping[str, Column]) -> Iterator[Made]:
    """Take numbers, flags and words as they are."""
    for name, column in usable.items():
        if column.type == "string":
            feature = Feature(name, "column", (name,), "as it is", type="code")
            yield feature, words(table[name])
        elif column.type == "boolean":
            feature = Feature(
                name, "column", (name,), "1 where it is true", type="flag"
            )
            yield feature, numbers(table[name])
        elif column.type not in {"date", "datetime"}:
            feature = Feature(name, "column", (name,), "as it is")
            yield feature, numbers(table[name])


def _of_moments(
    table: pd.DataFrame, usable: Mapping[str, Column], model: Table
) -> Iterator[Made]:
    """Take dates and moments apart, and measure the time between them."""
    asked, time = model.features, model.data.time
    for name, column in usable.items():
        if column.type in {"date", "datetime"}:
            clock = column.type == "datetime"
            yield from parts(table[name], clock=clock, rule=asked.holidays)
            if time is not None and name != time:
                yield elapsed(table[name], table[time])


def shown(table: pd.DataFrame, model: Table) -> pd.DataFrame:
    """Return what the user's features see: what is known before, and not excluded."""
    late = {n for n, c in declared(model.data).items() if c.available != _BEFORE}
    hidden = {model.data.target, *model.data.exclude, *late}
    return table.drop(columns=sorted(hidden), errors="ignore")


def _own(table: pd.DataFrame, model: Table, own: "OwnFeatures") -> Iterator[Made]:
    """Take the user's features, each in the form of its type."""
    for name, values in own.make(shown(table, model), taken=table.columns).items():
        label, text = str(name), f"own feature of {own.name}"
        if types.is_numeric_dtype(values.dtype):
            yield Feature(label, "own", (), text), numbers(values)
        else:
            yield Feature(label, "own", (), text, type="code"), words(values)


def numbers(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return numbers as float32; infinity counts as unknown."""
    found: npt.NDArray[np.float32]
    with np.errstate(over="ignore"):
        found = values.to_numpy(dtype=np.float64, na_value=np.nan).astype(np.float32)
    found[~np.isfinite(found)] = np.nan
    return pd.Series(found, index=values.index)


def words(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return words as Categorical in the order of their letters."""
    present = values.astype(object).where(values.notna(), None)
    text = present.map(str, na_action="ignore")
    return pd.Series(pd.Categorical(text), index=values.index)

"""Which series and which day each row speaks of, and rules about that.

The functions here take a table of two columns, segment and date, in file order.
Rows with an unreadable part are blamed elsewhere and no concern of these rules.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from lineal.modeling.index import ALL
from lineal.modeling.violation import Mask, Violation, in_rows

SEPARATOR: Final = " / "


def label(columns: Iterable["pd.Series[Any]"], rows: int = 0) -> "pd.Series[Any]":
    """Name each row's series in one text, missing where a part of it is missing.

    Rows that nothing tells apart are of one series; `rows` says how many there are.
    """
    columns = tuple(columns)
    if not columns:
        return pd.Series([ALL] * rows, dtype=object)
    first, *others = [_words(column) for column in columns]
    if not others:
        return first
    return first.str.cat(pd.concat(others, axis=1), sep=SEPARATOR)


def ambiguous(columns: Sequence["pd.Series[Any]"]) -> list[Violation]:
    """Find different segments whose labels are equal, as "a / b", "c" and "a", "b / c"."""
    if len(columns) < 2:  # noqa: PLR2004 - one name is its own label
        return []
    parts = pd.concat([_words(column) for column in columns], axis=1, ignore_index=True)
    labels = label([parts[position] for position in parts], len(parts))
    distinct = parts.assign(label=labels).dropna().drop_duplicates()["label"]
    twice = labels.isin(distinct[distinct.duplicated()]).to_numpy(dtype=bool)
    what = f"of different segments with one label, because of {SEPARATOR!r} in them"
    return in_rows("label", twice, what)


def repeated(
    keys: pd.DataFrame, names: Iterable[str], hint: str = ""
) -> list[Violation]:
    """Find rows that have the key of an earlier row; the hint tells the way out."""
    mask = keys.duplicated() & keys.notna().all(axis=1)
    what = f"with the ({', '.join(names)}) of an earlier row"
    found = in_rows("duplicate", mask.to_numpy(dtype=bool), what)
    return [replace(each, message=f"{each.message}{hint}") for each in found]


def backward(keys: pd.DataFrame) -> Mask:
    """Mark the rows that belong before the row above them."""
    mask = np.zeros(len(keys), dtype=bool)
    complete = np.flatnonzero(keys.notna().all(axis=1))
    ranks = pd.factorize(keys["segment"], sort=True)[0][complete]
    days = keys["date"].to_numpy()[complete]
    earlier = (ranks[1:] == ranks[:-1]) & (days[1:] < days[:-1])
    mask[complete[1:]] = (ranks[1:] < ranks[:-1]) | earlier
    return mask


def unknown(keys: pd.DataFrame, segments: Collection[str]) -> list[Violation]:
    """Find the segments that are not among those given, each by its name."""
    strange = sorted(set(keys["segment"].dropna()) - set(segments))
    found: list[Violation] = []
    for name in strange:
        mask = (keys["segment"] == name).to_numpy(dtype=bool)
        found += in_rows("segment", mask, f"of unknown segment {name!r}")
    return found


def _words(values: "pd.Series[Any]") -> "pd.Series[Any]":
    words = {value: _word(value) for value in values.dropna().unique()}
    return values.map(words).astype(object)


def _word(value: object) -> str:
    """Write a value as people do: whole numbers without a point, days without hours.

    >>> _word(7.0), _word(0.5), _word(pd.Timestamp("2024-12-31")), _word("Ä b")
    ('7', '0.5', '2024-12-31', 'Ä b')
    """
    match value:
        case pd.Timestamp():
            return value.date().isoformat()
        case float():
            return str(int(value)) if value.is_integer() else repr(float(value))
        case _:
            return str(value)

"""Small raw tables and the declarations that they fit."""

from typing import Any

import pandas as pd

from lineal.modeling.config import Data
from lineal.modeling.schema import violations
from lineal.modeling.sections import Column

Found = list[tuple[str, str | None, int, tuple[int, ...]]]


COLUMNS = {
    "day": Column(type="date"),
    "stop": Column(type="string"),
    "entries": Column(type="integer", min=0, missing=0.5),
    "game": Column(type="boolean"),
    "rain": Column(type="number", min=0, max=1, missing=0.5),
    "note": Column(type="string", missing=1),
}


def declare(**changes: Any) -> Data:
    """Return what the table below fits, with some parts said otherwise."""
    parts: dict[str, Any] = {
        "path": "data/raw/stops.parquet",
        "time": "day",
        "segments": ("stop",),
        "target": "entries",
        "zeros": "closed",
        "columns": COLUMNS,
        "known": ("game",),
        "observed": ("rain",),
        "exclude": ("note",),
    }
    return Data(**(parts | changes))


def recolumned(**changes: Column) -> Data:
    """Return what the table below fits, with some columns declared otherwise."""
    return declare(columns=COLUMNS | changes)


def raw_table(**changes: Any) -> pd.DataFrame:
    """Return two days of two stops, with some columns holding something else."""
    days = pd.to_datetime(["2024-02-28", "2024-02-28", "2024-02-29", "2024-02-29"])
    columns: dict[str, Any] = {
        "day": days.astype("datetime64[us]"),
        "stop": ["b", "a", "b", "a"],
        "entries": [20, 10, 21, 0],
        "game": [True, False, False, True],
        "rain": [0.0, 0.5, None, 1.0],
        "note": [None, None, "closed", None],
    }
    return pd.DataFrame(columns | changes)


def found(frame: pd.DataFrame, **changes: Any) -> Found:
    """Return what is wrong with a table, without the words."""
    return [
        (each.rule, each.column, each.count, each.rows)
        for each in violations(frame, declare(**changes))
    ]


def wrong_values(column: Column, values: Any) -> Found:
    """Return what is wrong with the covariate `rain`, declared and filled so."""
    columns = COLUMNS | {"rain": column}
    return found(raw_table(rain=values), columns=columns)

"""Small tables in memory, looked at as files are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa

from lineal.modeling.inspection.look import look
from lineal.modeling.inspection.result import Inspection
from lineal.modeling.inspection.source import Source, Wanted
from lineal.modeling.sections import Csv

Texts = Mapping[str, Sequence[str | None]]


def of_texts(columns: Texts, csv: Csv | None = None, *, rows: int = 7) -> Source:
    """Return columns of a text file, handed out in batches of a few rows."""
    table = pa.table(
        {name: pa.array(each, pa.string()) for name, each in columns.items()}
    )
    return _source(table, csv, "csv", rows)


def of_table(table: pa.Table, csv: Csv | None = None) -> Source:
    """Return a table as Parquet stores it."""
    return _source(table, csv, "parquet", 100_000)


def looked(
    source: Source, said: Callable[[str], None] = print, **wanted: Any
) -> Inspection:
    """Look at a table, with what a user may say."""
    return look(source, Wanted(**wanted), said)


def cycled(*values: str | None, count: int = 40) -> list[str | None]:
    """Return a column that holds some values again and again."""
    return [values[place % len(values)] for place in range(count)]


def days(count: int, start: str = "2024-01-01", step: str = "D") -> list[str]:
    """Return days, or moments, one after the other."""
    first: Any = np.datetime64(start)
    return [
        str(each) for each in first + np.arange(count).astype(f"timedelta64[{step}]")
    ]


def panel(
    times: Sequence[str], segments: Sequence[str] = ("a", "b")
) -> dict[str, list[str]]:
    """Return one row a time and segment, with a count as target."""
    rows = list(product(segments, times))
    return {
        "day": [time for _, time in rows],
        "shop": [segment for segment, _ in rows],
        "units": [str(place * 7 % 23) for place, _ in enumerate(rows)],
    }


def told(inspection: Inspection) -> set[tuple[str, str, str]]:
    """Return the remarks without their words."""
    return {(each.level, each.rule, each.about) for each in inspection.remarks}


def _source(table: pa.Table, csv: Csv | None, form: Any, rows: int) -> Source:
    def batches(places: Sequence[int] | None) -> Iterator[Any]:
        chosen = table if places is None else table.select(list(places))
        yield from chosen.to_batches(max_chunksize=rows)

    return Source(
        "sales.csv", form, csv or Csv(), csv is not None, table.schema, batches
    )

"""The raw tables of a model, read from where params.yaml says that they lie."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from lineal.modeling.coercion import dated
from lineal.modeling.sections import Column, Csv, Raw
from lineal.pipeline.files import read_table


def read_raw(data: Raw) -> tuple[pd.DataFrame, tuple[pd.DataFrame, ...]]:
    """Read the first table, and those of the joins in their order.

    Raises:
        UnreadableTableError: One is not there, or is damaged.
    """
    folder = Path(data.path)
    first = folder if data.table is None else folder / data.table
    others = (
        read_declared(folder / each.table, each.columns, each.csv)
        for each in data.joins
    )
    return read_declared(first, data.columns, data.csv), tuple(others)


def read_declared(path: Path, columns: Mapping[str, Column], csv: Csv) -> pd.DataFrame:
    """Read a table whose columns params.yaml declares.

    Words of a text file stay words, even where all that the file has look like numbers.

    Raises:
        UnreadableTableError: It is not there, or is damaged.
    """
    words = {name for name, said in columns.items() if said.type == "string"}
    return dated(read_table(path, csv, words=words), columns, csv)

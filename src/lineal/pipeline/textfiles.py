"""Text files of values, such as CSV: read whole, or batch by batch.

Every field is read as text first; what it means is decided column by column, by rules
that do not depend on where a batch ends (`modeling.texts`).
"""

import codecs
import csv as stdlib
import gzip
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, Final, cast

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow

from lineal.modeling import texts
from lineal.modeling.sections import Csv

_SUFFIXES: Final = (".csv", ".tsv", ".txt")
_BLOCK: Final = 1 << 23  # bytes; no row may be longer


def is_text(path: Path) -> bool:
    """Tell by its name whether a file is one of text.

    >>> is_text(Path("a.CSV")), is_text(Path("a.csv.gz")), is_text(Path("a.parquet"))
    (True, True, False)
    """
    return path.name.lower().removesuffix(".gz").endswith(_SUFFIXES)


def opened(path: Path) -> IO[bytes]:
    """Open a file to read its bytes, unpacked where its name ends in .gz."""
    packed = path.suffix.lower() == ".gz"
    return cast("IO[bytes]", gzip.GzipFile(path) if packed else path.open("rb"))


def read(path: Path, csv: Csv, words: Collection[str] = ()) -> pd.DataFrame:
    """Read a whole file.

    Args:
        path: The file.
        csv: How it is written.
        words: Columns whose texts mean nothing else.

    Raises:
        ValueError: It is damaged, or not written as `csv` says.
    """
    names = header(path, csv)
    schema = pa.schema([(name, pa.string()) for name in names])
    table = pa.Table.from_batches(stream(path, csv), schema)
    columns = []
    for name in names:  # one by one, so that not all is there twice
        values = table.column(0).combine_chunks()
        columns.append(values if name in words else texts.read(values, csv))
        table = table.remove_column(0)
    frame: pd.DataFrame = pa.Table.from_arrays(columns, names).to_pandas()
    return frame


def header(path: Path, csv: Csv) -> list[str]:
    """Return the names of a file's columns; one without is called by its place.

    Raises:
        ValueError: It has none, or is not written as `csv` says.
    """
    return [name or f"Unnamed: {place}" for place, name in enumerate(_names(path, csv))]


def stream(
    path: Path, csv: Csv, columns: Sequence[int] | None = None
) -> Iterator[pa.RecordBatch]:
    """Read a file in batches of texts.

    Args:
        path: The file.
        csv: How it is written.
        columns: Places of those that are wanted; all by default.

    Raises:
        ValueError: It is damaged, or not written as `csv` says.
    """
    _check_quotes(path, csv)
    raw, names = _names(path, csv), header(path, csv)
    wanted = range(len(raw)) if columns is None else columns
    convert = arrow.ConvertOptions(
        column_types=dict.fromkeys(raw, pa.string()),
        # Only an empty field is missing: "NA" or "None" may be the name of a segment.
        null_values=["", *csv.missing],
        strings_can_be_null=True,
        include_columns=None if columns is None else [raw[each] for each in columns],
    )
    with _explained(path, csv), _batches(path, csv, convert) as batches:
        for batch in batches:
            yield batch.rename_columns([names[each] for each in wanted])


def _names(path: Path, csv: Csv) -> list[str]:
    convert = arrow.ConvertOptions(check_utf8=False)
    with _explained(path, csv), _batches(path, csv, convert) as batches:
        names: list[str] = batches.schema.names
    return names


def _batches(path: Path, csv: Csv, convert: Any) -> Any:
    try:
        codec = codecs.lookup(csv.encoding).name
    except LookupError as error:
        raise ValueError(str(error)) from error
    reading = arrow.ReadOptions(
        block_size=_BLOCK,
        encoding="utf8" if codec in ("utf-8", "utf-8-sig") else codec,
    )
    parsing = arrow.ParseOptions(delimiter=csv.delimiter, newlines_in_values=True)
    packed = "gzip" if path.suffix.lower() == ".gz" else None
    file = pa.input_stream(str(path), compression=packed)
    return arrow.open_csv(file, reading, parsing, convert)


def _check_quotes(path: Path, csv: Csv) -> None:
    """Refuse a file that ends inside of quotes: all after the first would be one value.

    A lone quote inside of a value is no damage, so an odd number of them is looked at.
    """
    with opened(path) as file:
        pieces = iter(lambda: file.read(_BLOCK), b"")
        if sum(piece.count(b'"') for piece in pieces) % 2 == 0:
            return
    for _ in _rows(path, csv):
        pass


@contextmanager
def _explained(path: Path, csv: Csv) -> Iterator[None]:
    """Say where a file is damaged: Arrow does not tell the line.

    Raises:
        ValueError: It is damaged.
    """
    try:
        yield
    except pa.ArrowInvalid as error:
        rows = _rows(path, csv)
        _, names = next(rows, (0, []))
        line = 0
        for line, row in rows:
            if len(row) != len(names):
                msg = f"line {line} has {len(row)} values, and the header {len(names)}"
                raise ValueError(msg) from error
        if not line:
            msg = "it has a header and no rows" if names else "it has no header"
            raise ValueError(msg) from error
        raise


def _rows(path: Path, csv: Csv) -> Iterator[tuple[int, list[str]]]:
    """Read rows that are not empty one by one, with the line that each ends at."""
    with TextIOWrapper(opened(path), csv.encoding, newline="") as lines:
        rows = stdlib.reader(lines, delimiter=csv.delimiter, strict=True)
        try:
            for row in rows:
                if row:
                    yield rows.line_num, row
        except stdlib.Error as error:
            msg = f"line {rows.line_num}: {error}; its quotes may not match"
            raise ValueError(msg) from error

"""Files of the pipeline: read with reasons, written whole and always the same bytes.

A file is written beside its place and then moved there, so that a stage that is
stopped leaves no half of an output. That also leaves DVC's cache alone where an
output is a link into it.
"""

import json
import math
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from lineal.errors import BadInputError, OutsideError
from lineal.modeling.sections import Csv
from lineal.pipeline import textfiles
from lineal.pipeline.params import load_params as load_params

T = TypeVar("T")
_PLAIN: Final = Csv()


class UnreadableFileError(BadInputError):
    """A file is not there, or is not what its name says."""


class UnreadableTableError(UnreadableFileError):
    """A table is not there, or cannot be read as Parquet or CSV."""


class UnwritableFileError(OutsideError):
    """The disk refused a file."""


def read_table(
    path: Path | str, csv: Csv = _PLAIN, *, words: Collection[str] = ()
) -> pd.DataFrame:
    """Read Parquet, or a text file where the name ends in .csv, .tsv or .txt (or .gz).

    Args:
        path: The file.
        csv: How a text file is written; Parquet needs nothing of it. Dates stay texts:
            `modeling.coercion` reads those of the columns that are declared so.
        words: Columns of a text file that are not read as anything but texts.

    Raises:
        UnreadableTableError: There is no such file, or it is damaged.
    """
    path = Path(path)
    way_out = "fetch it with `dvc pull`, or correct the path"
    if not path.is_file():
        msg = f"{path} is not there: {way_out}"
        raise UnreadableTableError(msg)
    if not path.stat().st_size:
        msg = f"{path} is empty (0 bytes): {way_out}"
        raise UnreadableTableError(msg)
    is_text = textfiles.is_text(path)
    try:
        return textfiles.read(path, csv, words) if is_text else _read_parquet(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        kind = "CSV" if is_text else "Parquet"
        reason = str(error).strip().partition("\n")[0].rstrip(".")
        msg = f"{path} cannot be read as {kind} ({reason}): {way_out}"
        raise UnreadableTableError(msg) from error


def _read_parquet(path: Path) -> pd.DataFrame:
    # Not read_table of pyarrow, which makes columns of folders such as `year=2020`.
    with parquet.ParquetFile(path, page_checksum_verification=True) as file:
        frame: pd.DataFrame = file.read().to_pandas(date_as_object=False)
    if isinstance(frame.index, pd.RangeIndex):
        return frame
    return frame.reset_index(drop=None in frame.index.names)


def write_table(frame: pd.DataFrame, path: Path | str) -> None:
    """Write Parquet without pandas' own notes, which name its version, or an index."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    with replacing(path) as beside:
        parquet.write_table(
            table.replace_schema_metadata(None),
            beside,
            version="2.6",
            compression="zstd",
            compression_level=3,
            write_page_checksum=True,
        )


def read_json(path: Path | str) -> Any:
    """Read JSON.

    Raises:
        UnreadableFileError: There is no such file, or it is not JSON.
    """
    text = read_bytes(path)
    try:
        return json.loads(text)
    except ValueError as error:
        msg = f"{path} is not JSON ({error}): make it again with `dvc repro`"
        raise UnreadableFileError(msg) from error


def read_json_as(path: Path | str, kind: type[T]) -> T:
    """Read JSON into a value of a known type.

    Raises:
        UnreadableFileError: There is no such file, or it says something else.
    """
    try:
        return msgspec.convert(read_json(path), kind)
    except msgspec.ValidationError as error:
        msg = f"{path} is not what this version writes ({error}): run `dvc repro`"
        raise UnreadableFileError(msg) from error


def read_bytes(
    path: Path | str, way_out: str = "run `dvc repro` or `dvc pull` to get it"
) -> bytes:
    """Read a whole file.

    Raises:
        UnreadableFileError: There is no such file.
    """
    path = Path(path)
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read ({error.strerror}): {way_out}"
        raise UnreadableFileError(msg) from error


def write_json(value: object, path: Path | str) -> None:
    """Write a value as JSON with sorted keys; NaN and infinity become null."""
    builtins = msgspec.to_builtins(value, str_keys=True, enc_hook=_plain)
    text = json.dumps(
        _finite(builtins),
        allow_nan=False,
        ensure_ascii=False,
        indent=2,
        sort_keys=True,
    )
    write_text(f"{text}\n", path)


def write_text(text: str, path: Path | str) -> None:
    """Write UTF-8 with the line ends that the text has."""
    write_bytes(text.encode(), path)


def write_bytes(content: bytes, path: Path | str) -> None:
    """Write bytes as they are."""
    with replacing(path) as beside:
        beside.write_bytes(content)


@contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """Lend a place beside a path; what is written there replaces it when all is well.

    Raises:
        UnwritableFileError: The disk refused.
    """
    path = Path(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield beside
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        msg = f"{path} cannot be written ({error.strerror}): check the disk and rights"
        raise UnwritableFileError(msg) from error


def _plain(value: object) -> object:
    """Return NumPy's and pandas' values as Python's own."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    msg = f"{type(value).__name__} has no place in JSON"
    raise NotImplementedError(msg)


def _finite(value: Any) -> Any:
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {key: _finite(each) for key, each in value.items()}
        case list():
            return [_finite(each) for each in value]
        case _:
            return value

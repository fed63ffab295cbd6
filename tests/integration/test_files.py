"""Tests of how the pipeline's files are read and written."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from lineal.pipeline.files import (
    UnreadableFileError,
    UnreadableTableError,
    UnwritableFileError,
    read_json,
    read_json_as,
    read_table,
    replacing,
    write_json,
    write_table,
    write_text,
)


def table() -> pd.DataFrame:
    """Return a table of the types that the pipeline writes."""
    days = pd.date_range("2024-01-01", periods=500).astype("datetime64[us]")
    return pd.DataFrame(
        {"segment": "Łódź", "date": days, "target": np.linspace(0, 1, 500)}
    )


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Folders are made, types are kept, and an index is not."""
    path = tmp_path / "year=2024" / "table.parquet"

    write_table(table().iloc[::-1], path)

    pd.testing.assert_frame_equal(
        read_table(path), table()[::-1].reset_index(drop=True)
    )
    assert [each.name for each in path.parent.iterdir()] == ["table.parquet"]


def test_a_table_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Nothing of the run or of pandas is in the file."""
    write_table(table(), tmp_path / "a.parquet")
    write_table(
        table().set_index(pd.Index(range(500), name="x")), tmp_path / "b.parquet"
    )

    content = (tmp_path / "a.parquet").read_bytes()

    assert content == (tmp_path / "b.parquet").read_bytes()
    assert b"pandas" not in content


def test_a_flipped_bit_in_a_page_is_found(tmp_path: Path) -> None:
    """Pages carry a checksum that reading verifies."""
    path = tmp_path / "table.parquet"
    write_table(table(), path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(UnreadableTableError, match="CRC checksum"):
        read_table(path)


@pytest.mark.parametrize(
    ("index", "columns"),
    [
        pytest.param("day", ["day", "entries"], id="with a name"),
        pytest.param(None, ["entries"], id="without a name"),
    ],
)
def test_an_index_of_pandas_is_a_column_if_it_has_a_name(
    tmp_path: Path, index: str | None, columns: list[str]
) -> None:
    """A key may be kept in the index; the numbers that a filter leaves are no data."""
    frame = pd.DataFrame({"entries": [1, 2]}, index=pd.Index([3, 5], name=index))
    frame.to_parquet(tmp_path / "table.parquet")

    assert list(read_table(tmp_path / "table.parquet").columns) == columns


def test_days_of_parquet_are_read_as_datetimes(tmp_path: Path) -> None:
    """Parquet has a type for days, which pandas lacks."""
    days = pa.table({"day": pa.array([date(2024, 2, 29), None])})
    parquet.write_table(days, tmp_path / "table.parquet")

    assert read_table(tmp_path / "table.parquet")["day"].dtype.kind == "M"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"a,b\n1,2,3\n", "line 2 has 3 values", id="long rows"),
        pytest.param(b"a,b\n1,2\n1,2,3\n", "line 3 has 3 values", id="a long row"),
        pytest.param(b"\xff\xfe\x00", "utf-8", id="no text"),
        pytest.param(b"\n", "no header", id="no header"),
    ],
)
def test_a_damaged_csv_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    """Fields are never shifted or dropped in silence."""
    path = tmp_path / "table.CSV"
    path.write_bytes(content)

    with pytest.raises(UnreadableTableError, match=reason):
        read_table(path)


def test_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The message says how to get it."""
    with pytest.raises(UnreadableTableError, match=r"is not there: .*`dvc pull`"):
        read_table(tmp_path / "none.parquet")


@dataclass(frozen=True)
class Measured:
    """A value of our own."""

    wape: float
    days: tuple[date, ...]


def test_json_is_written_in_one_form(tmp_path: Path) -> None:
    """Sorted keys, two spaces, a last line end, and letters as they are."""
    path = tmp_path / "new" / "folder" / "value.json"

    write_json(
        {"ü": Measured(0.5, (date(2024, 2, 29),)), "a": {2: np.float32(1)}}, path
    )

    assert path.read_text(encoding="utf-8") == (
        "{\n"
        '  "a": {\n'
        '    "2": 1.0\n'
        "  },\n"
        '  "ü": {\n'
        '    "days": [\n'
        '      "2024-02-29"\n'
        "    ],\n"
        '    "wape": 0.5\n'
        "  }\n"
        "}\n"
    )


def test_json_has_null_where_a_number_is_not_finite(tmp_path: Path) -> None:
    """NaN and infinity are no JSON, in our values or in NumPy's."""
    value = {"a": [float("nan"), 1.5, "x"], "b": np.array([np.inf, 2.0])}

    write_json(value, tmp_path / "value.json")

    assert read_json(tmp_path / "value.json") == {
        "a": [None, 1.5, "x"],
        "b": [None, 2.0],
    }


def test_json_refuses_what_it_has_no_place_for(tmp_path: Path) -> None:
    """A value that would be lost is an error, and leaves the file as it was."""
    path = tmp_path / "value.json"
    write_json(1, path)

    with pytest.raises(NotImplementedError, match="DataFrame has no place in JSON"):
        write_json({"table": pd.DataFrame()}, path)

    assert read_json(path) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, r"cannot be read \(No such file", id="not there"),
        pytest.param(b'{"a": ', r"is not JSON \(Expecting value", id="half"),
        pytest.param(b"\xff", "is not JSON", id="no text"),
    ],
)
def test_json_that_cannot_be_read_is_refused(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    """The message has the file, the reason and how to get it."""
    path = tmp_path / "value.json"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(
        UnreadableFileError, match=rf"value\.json {message}.*`dvc repro`"
    ):
        read_json(path)


def test_json_is_read_into_the_type_it_was_written_from(tmp_path: Path) -> None:
    """What another version wrote is refused, and not half understood."""
    path = tmp_path / "value.json"
    write_json(Measured(0.5, (date(2024, 2, 29),)), path)

    assert read_json_as(path, Measured) == Measured(0.5, (date(2024, 2, 29),))
    with pytest.raises(UnreadableFileError, match=r"value\.json .*`dvc repro`"):
        read_json_as(path, tuple)


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    """A stage that fails while writing leaves the old file, and nothing beside it."""
    path = tmp_path / "report.md"
    write_text("old", path)

    def interrupted() -> None:
        with replacing(path) as beside:
            beside.write_text("half of the n")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_writing_through_a_link_leaves_what_it_points_to(tmp_path: Path) -> None:
    """Outputs may be links into DVC's cache, which must not change."""
    cached = tmp_path / "cache"
    cached.write_text("cached")
    path = tmp_path / "output"
    path.symlink_to(cached)

    write_text("new", path)

    assert (cached.read_text(), path.read_text()) == ("cached", "new")
    assert not path.is_symlink()


def test_a_disk_that_refuses_is_explained(tmp_path: Path) -> None:
    """A file where a folder should be, for one."""
    (tmp_path / "reports").write_text("no folder")

    with pytest.raises(UnwritableFileError, match=r"quality\.md cannot be written \("):
        write_text("text", tmp_path / "reports" / "quality.md")

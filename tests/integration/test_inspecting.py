"""Tests of how users' files are looked at: whatever they bring is read or explained."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest
from pyarrow import parquet

from helpers.looked import days, panel, told
from lineal.bootstrap.inspecting import UninspectableError, inspect
from lineal.modeling.sections import Csv
from lineal.pipeline.files import read_table
from lineal.reporting.inspection import as_text


def _write(
    path: Path,
    columns: Mapping[str, Sequence[str]],
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> Path:
    rows = [
        delimiter.join(each) for each in (columns, *zip(*columns.values(), strict=True))
    ]
    path.write_bytes(("\n".join(rows) + "\n").encode(encoding))
    return path


@pytest.mark.parametrize(
    ("delimiter", "encoding", "found"),
    [
        pytest.param(";", "utf-8", "utf-8-sig", id="semicolons"),
        pytest.param("\t", "utf-8-sig", "utf-8-sig", id="tabs and a mark"),
        pytest.param("|", "latin-1", "latin-1", id="bars and latin-1"),
        pytest.param(";", "cp1252", "cp1252", id="semicolons of Windows"),
        pytest.param(",", "utf-16", "utf-16", id="utf-16"),
        pytest.param(";", "utf-16-le", "utf-16-le", id="utf-16 without a mark"),
    ],
)
def test_delimiters_and_encodings_are_found(
    tmp_path: Path, delimiter: str, encoding: str, found: str
) -> None:
    """What was found reads the file as it was meant."""
    table = panel(days(50), ["Köln", "Łódź" if "utf" in encoding else "Düren"])
    if encoding == "cp1252":
        table["shop"][0] = "5 € Köln"
    columns = {"Tag": table["day"], "Straße": table["shop"], "Stück": table["units"]}
    path = _write(tmp_path / "sales.csv", columns, delimiter, encoding)

    seen = inspect(path, target="Stück")

    assert (seen.csv.delimiter, seen.csv.encoding) == (delimiter, found)
    assert seen.segments == ("Straße",)
    assert read_table(path, seen.csv)["Straße"].tolist() == columns["Straße"]


def test_decimal_commas_between_semicolons_are_numbers(tmp_path: Path) -> None:
    """The comma is not taken for what stands between values."""
    columns = {"a": ["1,5", "2,25"] * 20, "b": ["1.234,5", "7"] * 20}
    path = _write(tmp_path / "t.csv", columns, ";")

    seen = inspect(path, target="b")

    assert seen.csv == Csv(delimiter=";", decimal=",", thousands=".")
    assert read_table(path, seen.csv)["b"].max() == 1234.5


def test_line_ends_within_quotes_are_no_rows(tmp_path: Path) -> None:
    """A comment may have several lines."""
    (tmp_path / "t.csv").write_text("y,note\n" + '1,"two\nlines; here"\n2,x\n' * 20)

    seen = inspect(tmp_path / "t.csv", target="y")

    assert (seen.rows, seen.column("note").distinct) == (40, 2)


def test_what_is_no_table_is_explained(tmp_path: Path) -> None:
    """The message has the path, the reason and the way out."""
    files: dict[str, bytes] = {
        "empty.csv": b"",
        "long.csv": b"a,b\n1,2\n1,2,3\n",
        "words.parquet": b"hello",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    with pytest.raises(UninspectableError, match=r"is a folder: name one file of it"):
        inspect(tmp_path)
    with pytest.raises(UninspectableError, match=r"none\.csv is not there"):
        inspect(tmp_path / "none.csv")
    with pytest.raises(UninspectableError, match="is empty"):
        inspect(tmp_path / "empty.csv")
    with pytest.raises(UninspectableError, match=r"\(line 3 has 3 values"):
        inspect(tmp_path / "long.csv")
    with pytest.raises(UninspectableError, match=r"words\.parquet cannot be read"):
        inspect(tmp_path / "words.parquet")


def test_a_packed_file_and_a_said_dialect(tmp_path: Path) -> None:
    """A .gz is looked into, and what the user says is not guessed."""
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(b"a;b\n" + b"1;2,5\n2;3,5\n" * 20))

    seen = inspect(path, csv=Csv(delimiter=";"))

    assert [each.type for each in seen.columns] == ["integer", "string"]


def test_a_large_sample_ends_with_a_whole_line(tmp_path: Path) -> None:
    """Half of a line at the end of what is looked at first misleads nobody."""
    path = tmp_path / "t.csv"
    path.write_text("a;b\n" + "1;2,5\n" * 60_000)

    assert inspect(path).csv.delimiter == ";"


def test_parquet_needs_no_dialect(tmp_path: Path) -> None:
    """Only its dates may be texts or counts."""
    table = pa.table({**panel(days(60)), "n": pa.array(range(120))})
    table = table.append_column("at", [[f"{n % 28 + 1}.01.2024" for n in range(120)]])
    parquet.write_table(table, tmp_path / "t.parquet")

    seen = inspect(tmp_path / "t.parquet", target="n", time="day")

    assert seen.csv == Csv(dates="%d.%m.%Y")
    assert seen.column("day").type == "date"


def test_fifty_thousand_segments_are_looked_at(tmp_path: Path) -> None:
    """Their number is told, and what it means."""
    names = pa.array([f"s{n % 50_000}" for n in range(100_000)])
    when = pa.array([f"2024-01-0{1 + n // 50_000}" for n in range(100_000)])
    table = pa.table({"day": when, "shop": names, "y": pa.array(range(100_000))})
    parquet.write_table(table, tmp_path / "t.parquet")

    seen = inspect(tmp_path / "t.parquet", target="y", time="day", segments=["shop"])

    assert seen.time is not None
    assert (seen.time.series, seen.time.duplicates) == (50_000, 0)
    assert ("note", "many segments", "shop") in told(seen)


def test_an_inspection_becomes_json_and_text(tmp_path: Path) -> None:
    """Programs and people are told the same."""
    path = _write(tmp_path / "t.csv", panel(days(150)))

    seen = inspect(path, target="units")

    data = json.loads(msgspec.json.encode(seen))
    assert data["time"]["frequency"] == "day"
    assert data["csv"]["delimiter"] == ","
    assert "forecast (a guess)" in as_text(seen)

"""Tests of the ingest stage on real files."""

from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from helpers.params import COLUMNS, DATA, OTHERS
from helpers.raw_tables import declare, raw_table
from lineal.modeling.schema import SchemaViolatedError, check_future
from lineal.pipeline.files import UnreadableTableError, read_json, read_table
from lineal.pipeline.ingest import main

Ingest = Callable[..., Path]


@pytest.fixture
def ingest(tmp_path: Path) -> Ingest:
    """Ingest a raw file that is written into a folder with params.yaml."""

    def run(content: pd.DataFrame | bytes, **changes: Any) -> Path:
        data = DATA | changes
        params = {
            "runtime": {"threads": 1, "seed": 0},
            "models": {"stops": OTHERS | {"data": data}},
        }
        (tmp_path / "params.yaml").write_text(yaml.safe_dump(params))
        raw = tmp_path / data["path"]
        raw.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            raw.write_bytes(content)
        elif raw.suffix == ".csv":
            content.to_csv(raw, index=False)
        else:
            content.to_parquet(raw, index=False)
        with chdir(tmp_path):
            main("stops")
        return tmp_path

    return run


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as the bytes of a Parquet file."""
    return bytes(frame.to_parquet(None, index=False))


def test_ingest_writes_the_table_and_its_report(
    ingest: Ingest, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three files, and progress in words on standard error only."""
    folder = ingest(raw_table())

    frame = read_table(folder / "data/ingested/stops.parquet")
    quality = read_json(folder / "reports/stops/quality.json")
    report = (folder / "reports/stops/quality.md").read_text()
    printed = capsys.readouterr()
    assert list(frame.columns) == ["segment", "date", "target", "game", "rain"]
    assert frame["segment"].tolist() == ["a", "a", "b", "b"]
    assert str(frame["date"].dtype) == "datetime64[us]"
    assert quality["rows"] == 4
    assert report.startswith("# Data quality of stops\n")
    assert printed.out == ""
    assert printed.err == (
        "ingest stops: reading data/raw/stops.parquet\n"
        "ingest stops: 4 rows, 2 segments, 2024-02-28 to 2024-02-29\n"
        "ingest stops: 0 days without a row, 1 targets of zero, 0 missing\n"
    )


def test_ingest_gives_the_same_bytes_again(ingest: Ingest) -> None:
    """Neither the order of raw rows nor that of runs shows in the table."""
    written = Path("data/ingested/stops.parquet")
    first = (ingest(raw_table()) / written).read_bytes()

    again = (ingest(raw_table().iloc[::-1]) / written).read_bytes()

    assert first == again


def test_unsorted_dates_are_sorted_and_reported(ingest: Ingest) -> None:
    """The report tells what the ingested table cannot."""
    unsorted = read_json(ingest(raw_table()) / "reports/stops/quality.json")
    in_order = raw_table().sort_values(["stop", "day"])
    ordered = read_json(ingest(in_order) / "reports/stops/quality.json")

    assert unsorted["was_sorted"] is False
    assert ordered["was_sorted"] is True


def test_unsorted_dates_are_refused_where_order_is_declared(ingest: Ingest) -> None:
    """Whoever declares an order learns where it breaks."""
    with pytest.raises(
        SchemaViolatedError, match=r"by segment and date \(first rows: 1"
    ):
        ingest(raw_table(), sorted=True)


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        pytest.param(
            raw_table().drop(columns="entries"),
            "column 'entries' is missing",
            id="missing column",
        ),
        pytest.param(
            raw_table(entries=["20", "10", "21", "0"]),
            "column 'entries' has 4 values that are numbers written as text"
            " (first rows: 0, 1, 2, 3)",
            id="wrong type",
        ),
        pytest.param(
            pd.concat([raw_table(), raw_table().iloc[:1]]),
            "1 row with the (stop, day) of an earlier row (first row: 4)",
            id="duplicate",
        ),
        pytest.param(
            raw_table(entries=[20, -10, 21, -1]),
            "column 'entries' has 2 values below 0 (first rows: 1, 3)",
            id="negative target",
        ),
        pytest.param(raw_table().iloc[:0], "it has no rows", id="no rows"),
    ],
)
def test_a_table_that_breaks_its_schema_is_refused(
    ingest: Ingest, tmp_path: Path, frame: pd.DataFrame, message: str
) -> None:
    """The message has the file, the column, the count and the first rows."""
    with pytest.raises(SchemaViolatedError) as caught:
        ingest(frame)

    assert str(caught.value).startswith("data/raw/stops.parquet breaks its schema: ")
    assert message in str(caught.value)
    assert not (tmp_path / "data/ingested").exists()
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "is empty (0 bytes)", id="empty file"),
        pytest.param(
            parquet_bytes(raw_table())[:-100],
            "cannot be read as Parquet",
            id="truncated",
        ),
        pytest.param(
            b"day,stop,entries\n2024-01-01,a,1\n",
            "cannot be read as Parquet",
            id="text",
        ),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    ingest: Ingest, content: bytes, reason: str
) -> None:
    """The message has the file, what is wrong with it and how to get it again."""
    with pytest.raises(UnreadableTableError) as caught:
        ingest(content)

    assert str(caught.value).startswith(f"data/raw/stops.parquet {reason}")
    assert "`dvc pull`" in str(caught.value)


def test_csv_gives_the_same_table_as_parquet(ingest: Ingest) -> None:
    """Only an empty field is missing, so a stop may be called NA."""
    frame = raw_table(stop=["NA", "a", "NA", "a"])
    written = Path("data/ingested/stops.parquet")
    expected = read_table(ingest(frame) / written)

    csv = read_table(ingest(frame, path="data/raw/stops.csv") / written)

    pd.testing.assert_frame_equal(csv, expected)


def test_names_may_have_spaces_and_any_letters(ingest: Ingest) -> None:
    """Files, columns and segments are called what they are called."""
    frame = raw_table(stop=["Łódź Główna", "人 民|广场"] * 2)
    columns = {
        {"rain": "Niederschlag (mm) à 6 h"}.get(name, name): each
        for name, each in COLUMNS.items()
    }
    observed = ["Niederschlag (mm) à 6 h"]

    folder = ingest(
        frame.rename(columns={"rain": observed[0]}),
        path="data/raw/meine Daten ü.parquet",
        columns=columns,
        observed=observed,
    )

    ready = read_table(folder / "data/ingested/stops.parquet")
    quality = read_json(folder / "reports/stops/quality.json")
    report = (folder / "reports/stops/quality.md").read_text(encoding="utf-8")
    assert list(ready.columns) == ["segment", "date", "target", "game", *observed]
    assert [each["segment"] for each in quality["segments"]] == [
        "Łódź Główna",
        "人 民|广场",
    ]
    assert "| 人 民\\|广场 | 2 |" in report


def test_an_unknown_segment_in_a_future_file_is_refused(tmp_path: Path) -> None:
    """A table of known covariates from a file is judged like the raw one."""
    path = tmp_path / "games next week.csv"
    path.write_text("stop,day,game\na,2024-03-01,1\nÖ 7,2024-03-01,0\n")

    with pytest.raises(SchemaViolatedError) as caught:
        check_future(read_table(path), declare(), ["a", "b"], table=str(path))

    assert (
        f"{path} breaks its schema: 1 row of unknown segment 'Ö 7' (first row: 1)"
        in (str(caught.value))
    )

"""Tests of how text files are read, in every way of writing that params.yaml knows."""

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lineal.modeling.coercion import dated
from lineal.modeling.sections import Column, Csv
from lineal.pipeline.files import UnreadableTableError, read_table


def _read(folder: Path, content: str, csv: Csv, *, encoding: str = "utf-8") -> Any:
    path = folder / "table.csv"
    path.write_bytes(content.encode(encoding))
    return read_table(path, csv).to_dict("list")


@pytest.mark.parametrize(
    ("content", "csv", "values"),
    [
        pytest.param(
            "a;b\n1;2,5\n", Csv(delimiter=";", decimal=","), 2.5, id="semicolon"
        ),
        pytest.param("a\tb\n1\t2.5\n", Csv(delimiter="\t"), 2.5, id="tab"),
        pytest.param(
            "a|b\n1|1.234,5\n",
            Csv(delimiter="|", decimal=",", thousands="."),
            1234.5,
            id="points between thousands",
        ),
        pytest.param('a,b\n1,"1,234"\n', Csv(thousands=","), 1234, id="commas"),
        pytest.param("a,b\n1,12%\n", Csv(), 12, id="percent"),
        pytest.param("a,b\n1,007\n", Csv(), "007", id="a name of digits"),
        pytest.param("a,b\n1,NA\n", Csv(), "NA", id="a word"),
        pytest.param('a,b\n1,"two\nlines"\n', Csv(), "two\nlines", id="a line end"),
        pytest.param('a,b\n1,"say ""hi"""\n', Csv(), 'say "hi"', id="quotes"),
        pytest.param("a,b\n1,TRUE\n", Csv(), True, id="true"),
        pytest.param('a,b\n1,5" pipe\n', Csv(), '5" pipe', id="a lone quote"),
    ],
)
def test_a_value_is_read_as_it_is_written(
    tmp_path: Path, content: str, csv: Csv, values: object
) -> None:
    """Signs of numbers are said once, and names are not taken for numbers."""
    assert _read(tmp_path, content, csv) == {"a": [1], "b": [values]}


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("utf-8-sig", "utf-8-sig"),
        ("utf-8-sig", "utf-8"),
        ("latin-1", "latin-1"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
    ],
)
def test_letters_are_read_in_their_encoding(
    tmp_path: Path, said: str, written: str
) -> None:
    """A mark at the start is no part of the first name."""
    csv = Csv(encoding=said)

    read = _read(tmp_path, "größe,b\né,ü\n", csv, encoding=written)

    assert read == {"größe": ["é"], "b": ["ü"]}


@pytest.mark.parametrize(
    ("content", "csv", "reason"),
    [
        pytest.param(
            "a,b\n1\n", Csv(), "line 2 has 1 values, and the header 2", id="a short row"
        ),
        pytest.param(
            'a,b\n1,"x\n2,y\n', Csv(), "line 3: .*quotes may not match", id="open"
        ),
        pytest.param("a,b", Csv(), "a header and no rows", id="no line end"),
        pytest.param(
            "a\n1\n" + "x" * 20_000_000 + "\n1\n",
            Csv(),
            "line 3: field larger",
            id="too long",
        ),
        pytest.param(
            "a,b\n1,2\n", Csv(encoding="martian"), "martian", id="no encoding"
        ),
        pytest.param("a\né\n", Csv(encoding="ascii"), "ascii", id="another encoding"),
    ],
)
def test_damage_is_named(tmp_path: Path, content: str, csv: Csv, reason: str) -> None:
    """Nothing is filled in or swallowed."""
    with pytest.raises(UnreadableTableError, match=reason):
        _read(tmp_path, content, csv)


def test_words_for_missing_values_are_missing_where_they_are_listed(
    tmp_path: Path,
) -> None:
    """An empty field is missing in any case, within quotes, too."""
    frame = _read(tmp_path, 'a,b\n1,NA\n-,""\n', Csv(missing=("-", "NA")))

    assert pd.DataFrame(frame).isna().to_numpy().tolist() == [
        [False, True],
        [True, True],
    ]
    assert frame["a"][0] == 1


@pytest.mark.parametrize("name", ["t.csv.gz", "t.TXT.GZ"])
def test_a_packed_file_is_unpacked(tmp_path: Path, name: str) -> None:
    """Compression is told by the name."""
    (tmp_path / name).write_bytes(gzip.compress(b"a\tb\n1\t2\n"))

    frame = read_table(tmp_path / name, Csv(delimiter="\t"))

    assert frame.to_dict("list") == {"a": [1], "b": [2]}


def test_half_of_a_packed_file_is_refused(tmp_path: Path) -> None:
    """A download that stopped is no table."""
    whole = gzip.compress(np.random.default_rng(0).bytes(999).hex().encode())
    (tmp_path / "t.csv.gz").write_bytes(whole[:500])

    with pytest.raises(UnreadableTableError, match="cannot be read as CSV"):
        read_table(tmp_path / "t.csv.gz")


def test_columns_without_a_name_are_called_by_their_place(tmp_path: Path) -> None:
    """Pandas writes its index so."""
    assert _read(tmp_path, ",a\n0,1\n", Csv()) == {"Unnamed: 0": [0], "a": [1]}


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    """The schema says that it is empty."""
    assert _read(tmp_path, "a,b\n", Csv()) == {"a": [], "b": []}


@pytest.mark.parametrize(
    ("dates", "written"),
    [
        ("%d/%m/%Y", "31/12/2024"),
        ("%Y%m%d", "20241231"),
        ("epoch", "1735603200"),
        ("epoch_ms", "1735603200000"),
        ("%G-W%V-%u", "2025-W01-2"),
        (None, "2024-12-31"),
        ("%d.%m.%Y", "2024-12-31"),
    ],
)
def test_dates_are_read_in_the_columns_that_are_declared_so(
    tmp_path: Path, dates: str | None, written: str
) -> None:
    """The same text in another column stays what it is."""
    path, csv = tmp_path / "t.csv", Csv(dates=dates)
    path.write_text(f"day,other\n{written},{written}\n")
    columns = {"day": Column(type="date"), "other": Column(type="string")}
    raw = read_table(path, csv)

    frame = dated(raw, columns, csv)

    assert frame["day"].tolist() == [pd.Timestamp("2024-12-31")]
    assert frame["other"].equals(raw["other"])

"""Tests of how an inspection is put into words."""

from dataclasses import replace

import pyarrow as pa

from helpers.looked import days, looked, of_table, of_texts, panel
from lineal.modeling.sections import Csv
from lineal.reporting.inspection import as_text


def test_facts_columns_and_remarks_are_told() -> None:
    """What is a guess is said to be one."""
    columns = {**panel(days(60)), "same": ["x"] * 120}

    text = as_text(looked(of_texts(columns), target="units"))

    assert text.splitlines()[:6] == [
        "sales.csv: 120 rows, 4 columns",
        "written   CSV, delimiter ,, decimal ., utf-8",
        "time      day (a guess): day, 2024-01-01 to 2024-02-29, 0.0% gaps",
        "segments  shop (a guess): 2 series",
        "target    units: 5.0% zero",
        "task      forecast (a guess)",
    ]
    assert "left out: constant" in text
    assert "note     same: has one value in every row: left out" in text


def test_classes_are_shown_with_their_counts() -> None:
    """The most frequent first, and no more than five."""
    names = [f"c{place % 7}" for place in range(250)]
    more = looked(of_texts({"y": names, "x": [*"01"] * 125}), target="y")
    few = looked(of_texts({"y": ["a", "b", "a"] * 90, "x": [*"012"] * 90}), target="y")

    assert "target    y: c0 (36), c1 (36), c2 (36), c3 (36), c4 (36), …\n" in as_text(
        more
    )
    assert "target    y: a (180), b (90)\n" in as_text(few)


def test_every_part_of_the_writing_is_told() -> None:
    """A tab is said in a word."""
    csv = Csv(delimiter="\t", decimal=",", thousands=" ", dates="%Y%m", missing=("-",))
    seen = looked(of_texts({"y": ["1", "2"]}))

    written = as_text(replace(seen, csv=csv)).splitlines()[1]

    assert written == (
        "written   CSV, delimiter tab, decimal ,, thousands blank, utf-8, dates %Y%m,"
        " missing -"
    )


def test_parquet_and_irregular_times_and_estimates_are_told() -> None:
    """No gaps are told where there are no periods."""
    count = 40_000
    table = pa.table({"n": pa.array(range(count)), "at": pa.array(range(count))})
    table = table.set_column(
        1, "at", pa.array([n * n * 1000 for n in range(count)], pa.timestamp("us"))
    )

    text = as_text(looked(of_table(table), target="n"), width=60)

    assert "written   Parquet\n" in text
    assert "at (a guess): irregular, 1970-01-01T00:00:00 to" in text
    assert "estimated: above 32,768" in text
    assert max(map(len, text.splitlines()[:5])) <= 60


def test_a_table_without_remarks_has_none() -> None:
    """Nothing is said where nothing is to be said."""
    table = panel(days(150))
    seen = looked(
        of_texts(table), target="units", time="day", segments=("shop",), task="forecast"
    )

    assert "remark" not in as_text(seen)
    assert "segments  shop: 2 series" in as_text(seen)


def test_segments_without_a_time_name_no_series() -> None:
    """They are what is scored one by one."""
    columns = {"shop": ["a", "b"] * 125, "y": [str(n) for n in range(250)]}

    assert "segments  shop\n" in as_text(
        looked(of_texts(columns), target="y", segments=("shop",))
    )


def test_a_target_of_which_nothing_stands_out_is_only_named() -> None:
    """No zero, none missing, none below zero."""
    columns = {"x": ["1", "2"] * 125, "y": [str(n + 1) for n in range(250)]}

    assert "target    y\n" in as_text(looked(of_texts(columns), target="y"))

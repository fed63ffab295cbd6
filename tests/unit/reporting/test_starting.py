"""A look at a table, in words."""

from helpers.inspections import SALES, column, customers, sales, weekly
from lineal.modeling.inspection.result import Remark
from lineal.modeling.sections import Csv
from lineal.reporting.starting import as_text, decided

ASKS = Remark("question", "dates", "week", "is read day first", "say --dates")
TELLS = Remark("note", "task", "", "it is a forecast")


def test_a_table_is_told_column_by_column() -> None:
    """What each holds, and what becomes of it."""
    lines = as_text(sales(remarks=(ASKS, TELLS), sampled=("distinct values",))).split(
        "\n"
    )

    assert lines[0] == "sales.csv: CSV with commas, utf-8-sig; 720 rows, 7 columns"
    assert lines[2:7] == [
        "column   holds    missing  values  from  to  becomes",
        "week     date                 100            time",
        "store    string               100            segment",
        "units    integer              100  0     9   target",
        "price €  number      0.4%     100",
    ]
    assert lines[11].startswith("time: week (week) from 2021-01-04 to 2024-06-10, 4 ")
    assert lines[11].endswith("4 series by store, 180 to 180 periods each")
    assert lines[12:] == [
        "sampled: distinct values",
        "question: week: is read day first (say --dates)",
        "note: it is a forecast",
        "",
    ]


def test_the_way_a_file_is_written_is_told() -> None:
    """As far as it is not the usual one."""
    csv = Csv(delimiter=";", decimal=",", dates="%d.%m.%Y", encoding="latin-1")
    parquet = as_text(customers(format="parquet"))

    assert as_text(sales(csv=csv)).startswith(
        "sales.csv: CSV with semicolons, decimal commas, latin-1, dates as %d.%m.%Y; "
    )
    assert parquet.startswith("sales.csv: Parquet, 1,000 rows, 4 columns")
    assert "time: no column says when" in parquet
    assert "left out: one a row" in parquet


def test_estimates_and_odd_rhythms_are_told_as_such() -> None:
    """A count that is none has a sign before it; control signs cannot act."""
    columns = (*SALES, column("a\x1b[1m", exact=False, distinct=1234, max="z"))
    time = weekly(frequency=None, series=1)

    said = as_text(sales(columns=columns, time=time, segments=()))

    assert "~1,234" in said
    assert "\x1b" not in said
    assert "week (irregular)" in said
    assert ", one series, " in said


def test_what_was_decided_is_told() -> None:
    """The task, the cut, the candidates, and what is not used."""
    shares = {"train": 0.7, "validation": 0.15, "test": 0.15, "folds": 3}
    part = {
        "task": "forecast",
        "data": {"exclude": ["a", "b"], "observed": ["c"]},
        "predict": {"horizon": 8},
        "split": shares,
        "candidates": {"naive": {}, "linear": {}},
        "selection": {"metric": "wape"},
    }
    rows = part | {
        "task": "regression",
        "data": {"exclude": []},
        "predict": {},
        "split": shares | {"by": "random"},
    }

    assert decided("sales", part).splitlines() == [
        "model sales: forecast, 8 ahead",
        "train / validation / test: 70% / 15% / 15%, in order of time; 3 folds",
        "candidates: naive, linear; by wape",
        "not used: a, b",
        "used as known up to a forecast's start: c",
    ]
    assert decided("x", rows).splitlines()[0] == "model x: regression"
    assert "at random" in decided("x", rows)

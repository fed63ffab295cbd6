"""The data-quality report of rows, in words."""

import pandas as pd

from helpers.trips import asked, trips, weather
from lineal.modeling.tables.quality import describe
from lineal.modeling.tables.schema import typed
from lineal.reporting.table_quality import as_markdown

DATA = asked().data


def report(first: pd.DataFrame) -> str:
    """Word the quality of trips."""
    classes = pd.Series(["no"] * 300 + ["ye|s"] * 100)
    return as_markdown(
        describe(typed(first, [weather()], DATA), DATA, classes), "Trips"
    )


def test_totals_classes_and_joins_are_tables() -> None:
    """Names cannot end their cells."""
    text = report(trips())

    assert "| rows | 400 |" in text
    assert "| in order of time in the raw table | yes |" in text
    assert "| missing delay (the target) | 10 |" in text
    assert "| ye\\|s | 100 | 25.00% |" in text
    assert "| weather.csv | `weather rain` | 400 | 400 | 0 |" in text


def test_columns_say_what_their_type_has() -> None:
    """Ranges of numbers and moments, the most frequent words, nothing of nothing."""
    first = trips().assign(line="a word that is longer than a cell can hold")
    lines = {line.split(" | ")[0]: line for line in report(first).splitlines()}

    assert "integer | 1 to 29 |" in lines["| stops"]
    assert "2024-03-01T" in lines["| when"]
    assert "a word that is longer th… (100.0%)" in lines["| line"]
    assert "| note | string |  | 400 | 100.00% | 0 |  |" in lines["| note"]


def test_rows_out_of_order_are_told() -> None:
    """They were sorted."""
    text = report(trips().iloc[::-1].reset_index(drop=True))

    assert "no, the rows were sorted" in text


def test_a_table_without_time_classes_and_joins_is_short() -> None:
    """What it has not is not told."""
    data = asked(data__time=None, data__joins=[], split__by="random").data
    found = describe(typed(trips().assign(delay=-12345.5), [], data), data)
    text = as_markdown(found, "Trips")

    assert "moment" not in text
    assert "## Classes" not in text
    assert "## Joins" not in text
    assert "-12,345.50 to -12,345.50" in text

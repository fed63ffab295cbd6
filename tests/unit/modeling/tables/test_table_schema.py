"""The ingested form of a table, and what it is like."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers.trips import asked, document, trips, weather
from lineal.modeling.tables.quality import TableQuality, describe
from lineal.modeling.tables.schema import typed
from lineal.modeling.violation import SchemaViolatedError

DATA = asked().data


def quality(
    first: pd.DataFrame, classes: "pd.Series[str] | None" = None
) -> TableQuality:
    """Describe trips in their ingested form."""
    return describe(typed(first, [weather()], DATA), DATA, classes)


def test_every_type_has_one_storage() -> None:
    """Numbers are floats, words objects, moments in microseconds; None is missing."""
    found = typed(trips(), [weather()], DATA)
    kinds = {name: str(found.table[name].dtype) for name in found.table}

    assert found.was_sorted
    assert kinds == {
        "when": "datetime64[us]",
        "line": "object",
        "stops": "float64",
        "note": "object",
        "delay": "float64",
        "left": "float64",
        "weather rain": "float64",
    }
    assert found.table["note"].tolist() == [None] * 400


def test_rows_come_in_order_of_time() -> None:
    """Rows of one moment keep their order."""
    first = trips()
    first["when"] = first["when"].where(first.index != 1, first["when"][0])
    mixed = pd.concat([first.iloc[200:], first.iloc[:200]], ignore_index=True)
    found = typed(mixed, [weather()], DATA)

    assert not found.was_sorted
    assert found.table["when"].is_monotonic_increasing
    assert found.table["stops"].tolist() == first["stops"].astype(float).tolist()


def test_without_a_time_rows_keep_the_order_of_the_file() -> None:
    """Nothing says which was first."""
    data = asked(data__time=None, split__by="random").data
    first = trips().iloc[::-1].reset_index(drop=True)
    found = typed(first, [weather()], data)

    assert found.was_sorted
    assert found.table["stops"].tolist() == first["stops"].astype(float).tolist()
    assert describe(found, data).first is None


def test_a_row_without_a_time_is_refused() -> None:
    """It has no place among the others."""
    first = trips()
    first.loc[7, "when"] = None

    with pytest.raises(
        SchemaViolatedError, match=r"'when' has 1 value missing.*row: 7"
    ):
        typed(first, [weather()], DATA)


def test_quality_counts_rows_targets_and_joins() -> None:
    """Duplicates are whole rows; targets that nobody knows are counted."""
    first = trips()
    first.loc[1] = first.loc[0]
    found = quality(first)
    (join,) = found.joins

    assert (found.rows, found.duplicates, found.missing_targets) == (400, 1, 11)
    assert found.first == pd.Timestamp(first["when"][0]).isoformat()
    assert (join.rows_before, join.rows_after, join.matched) == (400, 400, 400)
    assert join.columns == ("weather rain",)
    assert found.classes == ()


def test_quality_describes_columns_by_their_type() -> None:
    """Numbers have a range, moments a first and last, words the most frequent ones."""
    columns = {each.column: each for each in quality(trips()).columns}
    words, stops = columns["line"].frequent, columns["stops"]

    assert [each.rows for each in words] == sorted(
        trips()["line"].value_counts().tolist(), reverse=True
    )
    assert (stops.type, stops.min, stops.max, stops.distinct) == ("integer", 1, 29, 29)
    assert columns["when"].last is not None
    assert columns["note"].frequent == ()
    assert columns["note"].missing_share == 1.0
    assert columns["delay"].mean == pytest.approx(trips()["delay"].mean())


def test_quality_counts_classes() -> None:
    """The most frequent first, equal ones by name; unknown ones are in none."""
    classes = pd.Series([*("no",) * 3, *("b", "a") * 2, *(np.nan,) * 393])
    found = quality(trips(), classes).classes

    assert [(each.value, each.rows) for each in found] == [
        ("no", 3),
        ("a", 2),
        ("b", 2),
    ]
    assert sum(each.share for each in found) == pytest.approx(1)


def test_a_column_without_any_number_has_no_range() -> None:
    """None, rather than NaN, which JSON has not; nor has an empty moment a day."""
    columns = document()["models"]["trips"]["data"]["columns"]
    more = {"stops": {"type": "integer", "missing": 1}}
    more["opened"] = {"type": "date", "missing": 1}
    data = asked(data__columns=columns | more).data
    first = trips().assign(stops=None, opened=None)
    found = describe(typed(first, [weather()], data), data)
    columns_ = {each.column: each for each in found.columns}

    assert (columns_["stops"].min, columns_["stops"].mean) == (None, None)
    assert (columns_["opened"].first, columns_["opened"].last) == (None, None)
    assert replace(columns_["stops"], distinct=0) == columns_["stops"]

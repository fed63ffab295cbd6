"""Tests of what is told of columns and their names."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from helpers.looked import Texts, days, looked, of_table, of_texts, panel, told
from lineal.modeling.inspection.source import RepeatedColumnError, UnknownColumnError


def test_columns_that_cannot_help_are_left_out() -> None:
    """Constant, empty and all-different columns say nothing about other rows."""
    count = 40
    columns: Texts = {
        "id": [f"r{place}" for place in range(count)],
        "customer_id": [str(place) for place in range(count)],
        "size": [str(place) for place in range(count)],
        "same": ["x"] * count,
        "none": [None] * count,
        "sometimes": ["x"] * (count - 1) + [None],
        "y": [str(place % 13 / 2) for place in range(count)],
    }

    found = looked(of_texts(columns), target="y")

    assert {each.name: each.left_out for each in found.columns if each.left_out} == {
        "id": "identifier",
        "customer_id": "identifier",
        "same": "constant",
        "none": "empty",
    }
    assert {
        ("warning", "left out", "id"),
        ("note", "left out", "same"),
        ("note", "left out", "none"),
    } <= told(found)
    assert found.column("none").share == 1


def test_high_cardinality_is_told() -> None:
    """Words in their hundreds are used, but not one by one."""
    count = 300
    columns = {
        "street": [f"street {place % 120}" for place in range(count)],
        "y": [str(place % 17) for place in range(count)],
    }

    found = looked(of_texts(columns), target="y")

    assert ("note", "many values", "street") in told(found)
    assert found.column("street").distinct == 120


def test_a_target_of_very_many_values_has_no_classes() -> None:
    """They are no longer counted one by one."""
    found = looked(
        of_texts({"y": [f"w{n}" for n in range(3000)]}, rows=1500), target="y"
    )

    assert found.target is not None
    assert found.target.classes == ()


def test_names_that_are_not_there_are_refused_with_close_ones() -> None:
    """A slip of the finger is answered with what was meant."""
    source = of_texts({"Umsatz ": ["1"], "Tag": ["x"]})

    with pytest.raises(UnknownColumnError, match=r"'umsaz': did you mean 'Umsatz '\?"):
        looked(source, target="umsaz")
    with pytest.raises(
        UnknownColumnError, match=r"'q': its columns are 'Umsatz ', 'Tag'$"
    ):
        looked(source, target="q")


def test_a_long_list_of_names_is_cut() -> None:
    """Nobody reads forty names in an error."""
    source = of_texts({f"c{place}": ["1"] for place in range(40)})

    with pytest.raises(UnknownColumnError, match=r"'c7', …$"):
        looked(source, target="zzz")


def test_names_that_are_there_twice_are_refused() -> None:
    """Nobody could say which one is meant."""
    table = pa.table([["1"], ["2"]], ["a", "a"])

    with pytest.raises(RepeatedColumnError, match="2 columns 'a'"):
        looked(of_table(table))
    with pytest.raises(RepeatedColumnError, match="'a' is named twice"):
        looked(of_texts({"a": ["1"]}), target="a", time="a")


def test_unicode_and_blanks_in_names_are_kept() -> None:
    """A name is what the header has."""
    table = panel(days(40))
    columns = {"Größe (m²)": table["units"], " Tag": table["day"], "店": table["shop"]}

    found = looked(of_texts(columns), target="Größe (m²)")

    assert [each.name for each in found.columns] == ["Größe (m²)", " Tag", "店"]
    assert found.segments == ("店",)


def test_what_parquet_stores_is_taken_as_it_is() -> None:
    """Storage says the type; nothing is guessed but what texts and counts mean."""
    count = 250
    table = pa.table(
        {
            "day": [date.fromisoformat(each) for each in days(count)],
            "at": [datetime(2024, 1, 1, n % 24, tzinfo=UTC) for n in range(count)],
            "flag": [n % 2 == 0 for n in range(count)],
            "price": [Decimal(n % 9) / 2 for n in range(count)],
            "part": [float("nan") if n % 2 else n / 4 for n in range(count)],
            "word": pa.array([str(n % 3) for n in range(count)]).dictionary_encode(),
            "void": pa.nulls(count),
            "list": [[n] for n in range(count)],
            "units": [n * 7 % 23 for n in range(count)],
        }
    )

    found = looked(of_table(table), target="units")

    assert [each.type for each in found.columns] == [
        *("date", "datetime", "boolean", "number", "number"),
        *("string", "string", "string", "integer"),
    ]
    assert found.column("part").share == 0.5
    assert found.column("list").left_out == "unsupported"
    assert found.column("flag").zeros == 125
    assert {("refusal", "unsupported", "list"), ("question", "time", "day")} <= told(
        found
    )


def test_numbers_as_text_in_parquet_stay_words() -> None:
    """Parquet has a type for numbers; texts are not turned into them."""
    table = pa.table({"y": [f"{n},5" for n in range(40)], "x": ["2", "3"] * 20})

    found = looked(of_table(table), target="y")

    assert [each.type for each in found.columns] == ["string", "string"]


def test_progress_is_told_every_million_rows() -> None:
    """Long work is not silent."""
    said: list[str] = []
    table = pa.table({"x": pa.array(range(1_000_001))})
    source = of_table(table)

    looked(source, said.append)

    assert said == ["what the values are: 1,000,000 rows read"]

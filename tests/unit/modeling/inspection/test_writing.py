"""Tests of how numbers and missing values are told to be written."""

from dataclasses import replace

import pytest

from helpers.looked import cycled, days, looked, of_texts, told
from lineal.modeling.sections import Csv


@pytest.mark.parametrize(
    ("values", "decimal", "thousands", "highest"),
    [
        pytest.param(["1.5", "2"], ".", None, 2, id="plain"),
        pytest.param(["1,5", "2"], ",", None, 2, id="decimal comma"),
        pytest.param(["1 234,5", "2"], ",", " ", 1234.5, id="blanks between thousands"),
        pytest.param(["1\u00a0234,5", "2"], ",", " ", 1234.5, id="hard blanks"),
        pytest.param(["1.234,5", "2"], ",", ".", 1234.5, id="points"),
        pytest.param(["1,234.5", "2"], ".", ",", 1234.5, id="commas"),
        pytest.param(["1'234.5", "2"], ".", "'", 1234.5, id="apostrophes"),
        pytest.param(["1,234,567", "2"], ".", ",", 1234567, id="two commas"),
        pytest.param(["+2.5e3", "-.5"], ".", None, 2500, id="powers and signs"),
    ],
)
def test_the_signs_in_numbers_are_told(
    values: list[str], decimal: str, thousands: str | None, highest: float
) -> None:
    """Numbers are read though they are written as people write them."""
    found = looked(of_texts({"y": cycled(*values)}), target="y")

    assert (found.csv.decimal, found.csv.thousands) == (decimal, thousands)
    assert found.column("y").max == highest
    assert found.of("question") == ()


@pytest.mark.parametrize(
    ("values", "highest", "unit"),
    [
        pytest.param(["12%", "7 %"], 12, "%", id="percent"),
        pytest.param(["€ 5", "-€6"], 5, "€", id="before"),
        pytest.param(["5 EUR", "6 EUR"], 6, "EUR", id="behind"),
    ],
)
def test_a_unit_that_all_numbers_have_is_dropped(
    values: list[str], highest: float, unit: str
) -> None:
    """Percent and money are numbers, and what was dropped is told."""
    found = looked(of_texts({"y": cycled(*values, "9")[:2] * 20}), target="y")

    assert (found.column("y").max, found.column("y").unit) == (highest, unit)
    assert found.column("y").type == "integer"
    assert ("note", "numbers", "y") in told(found)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(["12%", "7"], id="a unit at some"),
        pytest.param(["007", "12"], id="leading zeros"),
        pytest.param(["1234567890123456789", "2"], id="too long for a number"),
        pytest.param(["1,23,456", "2"], id="odd groups"),
        pytest.param(["5$3", "$4"], id="a unit inside"),
        pytest.param(["inf", "2"], id="infinity"),
    ],
)
def test_what_may_be_a_name_stays_a_word(values: list[str]) -> None:
    """Postcodes lose no zero, and nothing is cut out of the middle."""
    found = looked(of_texts({"y": cycled(*values)}), target="y")

    assert found.column("y").type == "string"


@pytest.mark.parametrize(
    ("delimiter", "value", "decimal", "thousands", "asked"),
    [
        pytest.param(";", "1,234", ",", None, True, id="semicolon and comma"),
        pytest.param(";", "1.234", ",", ".", True, id="semicolon and point"),
        pytest.param(",", "1,234", ".", ",", True, id="comma and comma"),
        pytest.param(",", "1.234", ".", None, False, id="the plain one"),
    ],
)
def test_a_sign_that_may_be_either_is_asked_about(
    delimiter: str, value: str, decimal: str, thousands: str | None, *, asked: bool
) -> None:
    """A thousand times more or less is not decided in silence."""
    source = of_texts({"y": cycled(value, "2")})

    found = looked(replace(source, csv=Csv(delimiter=delimiter)), target="y")

    assert (found.csv.decimal, found.csv.thousands) == (decimal, thousands)
    assert (("question", "numbers", "y") in told(found)) == asked


def test_another_column_settles_what_a_sign_is() -> None:
    """One way of writing holds for the whole file."""
    found = looked(of_texts({"x": cycled("0,5"), "y": cycled("1,234", "2,5")}))

    assert found.csv.decimal == ","
    assert found.of("question")[0].rule == "no target"


def test_a_column_that_is_written_otherwise_is_warned_about() -> None:
    """Two ways in one file cannot both be read."""
    columns = {"a": cycled("1.5"), "b": cycled("2.25", "3"), "c": cycled("0,5")}

    found = looked(of_texts(columns), target="a")

    assert found.column("c").type == "string"
    assert ("warning", "numbers", "c") in told(found)


def test_words_for_missing_values_are_found_where_all_else_is_numbers() -> None:
    """They are told, and the columns where they may be words are warned about."""
    columns = {
        "y": cycled("1.5", "NA", "2.5"),
        "flag": cycled("true", "-", "False"),
        "country": cycled("NA", "DE", "AT"),
        "all": cycled("none"),
    }

    found = looked(of_texts(columns), target="y")

    assert found.csv.missing == ("-", "NA")
    assert [each.type for each in found.columns] == [
        *("number", "boolean", "string", "string"),
    ]
    assert found.column("y").missing == 13
    assert found.column("flag").zeros == 13
    assert {
        ("note", "missing words", ""),
        ("warning", "missing words", "country"),
    } <= told(found)


def test_with_a_dialect_said_a_word_that_is_not_listed_is_one() -> None:
    """Reading would keep it, too."""
    columns = {"y": cycled("1.5", "NA"), "z": cycled("1", "x")}

    found = looked(of_texts(columns, Csv()), target="y")

    assert (found.column("y").type, found.csv.missing) == ("string", ())


def test_a_batch_without_a_value_decides_nothing() -> None:
    """Whether numbers begin early or late in a file does not matter."""
    values = [None] * 14 + cycled("1.5", "NA")

    found = looked(of_texts({"y": values, "z": ["NA"] * 14 + cycled("x")}), target="y")

    assert found.column("y").type == "number"
    assert found.column("y").missing == 14 + 20


def test_a_few_values_that_spoil_a_column_are_named() -> None:
    """They are words until somebody corrects them."""
    numbers = [*map(str, range(20)), "unknown"] * 2
    moments = [*days(20), "soon"] * 2

    found = looked(of_texts({"y": numbers, "day": moments}, rows=50), target="y")

    doubts = {each.about: each.message for each in found.of("warning")}
    assert "'unknown'" in doubts["y"]
    assert "'soon'" in doubts["day"]

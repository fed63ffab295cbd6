"""Tests of what the texts of a column are read as."""

import pyarrow as pa
import pytest

from lineal.modeling import texts
from lineal.modeling.sections import Csv


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        pytest.param([None, None], "double", id="nothing"),
        pytest.param(["TRUE", None, "false"], "bool", id="booleans"),
        pytest.param([" 1", "+2"], "int64", id="whole numbers"),
        pytest.param(["1", "2.5"], "double", id="numbers"),
        pytest.param(["1%", "2"], "string", id="a unit at some"),
        pytest.param(["true", "1"], "string", id="neither"),
        pytest.param(["true%"], "string", id="no number with a unit"),
        pytest.param(["01"], "string", id="a name of digits"),
    ],
)
def test_a_column_is_what_all_of_its_values_are(
    values: list[str | None], kind: str
) -> None:
    """One other value leaves all as words."""
    assert str(texts.read(pa.array(values, pa.string()), Csv()).type) == kind


def test_numbers_are_read_exactly() -> None:
    """To the last digit that float64 holds."""
    numbers = [0.1, 1e-300, 123456789.123456789, 2.0**53 + 2]

    read = texts.read(pa.array([repr(each) for each in numbers]), Csv())

    assert read.to_pylist() == numbers

"""Laws of what goes into a model of tables: what fits is read, the rest is named."""

from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lineal.modeling.signature import Field
from lineal.modeling.tables.inputs import WrongInputError, read

FIELDS = (
    Field(name="carrier", type="string"),
    Field(name="distance", type="integer", min=17.0, max=5000.0),
    Field(name="wind", type="float", required=False),
    Field(name="heavy", type="integer", min=0, max=1, required=False),
    Field(name="day", type="date", required=False),
)
LEVELS = {"carrier": ("AA", "UA"), "tailnum": ("N1",)}
ROWS: dict[str, list[Any]] = {
    "carrier": ["AA", "UA"],
    "distance": [200, 300],
    "wind": [1.5, None],
    "heavy": [True, False],
    "day": ["2024-02-29", None],
}


def rows(**changes: Any) -> pd.DataFrame:
    """Return two rows that fit, labelled a and b, with some columns changed."""
    return pd.DataFrame(ROWS | changes, index=["a", "b"])


def faults(frame: Any) -> tuple[str, ...]:
    """Return what is wrong with a table."""
    with pytest.raises(WrongInputError) as caught:
        read(frame, FIELDS, LEVELS, model="delays")
    return caught.value.faults


def test_what_fits_is_read_into_the_known_form() -> None:
    """Numbers and truth values become floats, dates moments; columns get an order."""
    shuffled = rows(extra=["x", "y"])[["day", "extra", *list(ROWS)[:4]]]

    found = read(shuffled, FIELDS, LEVELS, model="delays")

    assert list(found.table.columns) == [field.name for field in FIELDS]
    assert found.table.index.tolist() == [0, 1]
    assert found.table["distance"].tolist() == [200.0, 300.0]
    assert found.table["heavy"].tolist() == [1.0, 0.0]
    assert found.table["wind"].isna().tolist() == [False, True]
    assert found.table["day"][0] == pd.Timestamp("2024-02-29")
    assert found.notes == ()


@pytest.mark.parametrize(
    "values",
    [
        [date(2024, 2, 29), None],
        [datetime(2024, 2, 29), None],  # noqa: DTZ001 - days have no zone
        pd.to_datetime(["2024-02-29", "NaT"]),
    ],
)
def test_dates_come_in_any_form(values: Any) -> None:
    """Objects, text and NumPy's own are the same day."""
    found = read(rows(day=values), FIELDS, LEVELS, model="delays")

    assert found.table["day"][0] == pd.Timestamp("2024-02-29")


def test_an_empty_table_fits() -> None:
    """Nothing is asked, and nothing is wrong."""
    assert read(rows()[:0], FIELDS, LEVELS, model="delays").table.empty


def test_what_is_no_table_is_named() -> None:
    """NumPy arrays have no names."""
    (fault,) = faults(np.zeros((2, 5)))

    assert fault == "it must be a pandas DataFrame, not ndarray"


def test_missing_columns_are_named_with_those_that_look_alike() -> None:
    """All of them at once."""
    renamed = rows().rename(columns={"distance": "Distances", "wind": "x"})

    assert faults(renamed) == (
        "it lacks the column 'distance' (it has 'Distances')",
        "it lacks the column 'wind'",
    )


def test_a_column_that_is_there_twice_is_named() -> None:
    """Nobody knows which of them counts."""
    frame = rows()
    twice = pd.concat([frame, frame[["wind"]]], axis=1)

    assert faults(twice) == ("it has 2 columns 'wind'",)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"wind": ["strong", "weak"]},
            "column 'wind' must hold numbers, but row 'a' has 'strong' (2 such rows)",
        ),
        (
            {"distance": [200, 2.5]},
            "column 'distance' must hold whole numbers, but row 'b' has 2.5",
        ),
        ({"carrier": ["AA", 7]}, "column 'carrier' must hold text, but row 'b' has 7"),
        (
            {"heavy": [True, "no"]},
            "column 'heavy' must hold true or false, but row 'b' has 'no'",
        ),
        (
            {"day": ["29.2.2024" * 9, None]},
            (
                "column 'day' must hold dates such as 2024-12-31, but row 'a' has "
                "'29.2.202429.2.202429.2.202429.2.202429.…"
            ),
        ),
        ({"wind": [np.inf, 1.0]}, "column 'wind' is infinite in row 'a'"),
        ({"distance": [10**400, 1]}, "column 'distance' is infinite in row 'a'"),
        (
            {"distance": [None, None]},
            (
                "column 'distance' has no value, and the model needs one in row 'a' "
                "(2 such rows)"
            ),
        ),
    ],
)
def test_values_that_do_not_fit_are_named(changes: Any, fault: str) -> None:
    """With the first row's label, its value, and what is wanted."""
    assert faults(rows(**changes)) == (fault,)


def test_all_faults_are_told_at_once() -> None:
    """In one sentence that begins with the model."""
    with pytest.raises(
        WrongInputError, match=r"^delays cannot answer this table: .*distance.*; .*wind"
    ):
        read(rows(wind=["x", 1.0], distance=[None, 1]), FIELDS, {}, model="delays")


@pytest.mark.parametrize(
    ("fields", "changes", "note"),
    [
        (
            FIELDS,
            {"distance": [5001, 16]},
            (
                "column 'distance' is 5001 in row 'a' (2 such rows), and the model knows "
                "17 to 5000"
            ),
        ),
        (
            (Field(name="wind", type="float", max=1.0, required=False),),
            {},
            "column 'wind' is 1.5 in row 'a', and the model knows -inf to 1",
        ),
        (
            (Field(name="wind", type="float", min=2.0, required=False),),
            {},
            "column 'wind' is 1.5 in row 'a', and the model knows 2 to inf",
        ),
        (
            FIELDS,
            {"carrier": ["AA", "XX"]},
            (
                "column 'carrier' has words that the model never saw, which count as "
                "missing: 'XX'"
            ),
        ),
    ],
)
def test_what_the_model_never_saw_is_noted(
    fields: tuple[Field, ...], changes: Any, note: str
) -> None:
    """It is no fault: the world changes."""
    found = read(rows(**changes), fields, LEVELS, model="delays")

    assert found.notes == (note,)


def test_of_many_unknown_words_a_few_are_named() -> None:
    """A column of another meaning has thousands."""
    frame = pd.DataFrame({"carrier": [f"C{at}" for at in range(8)]})

    (note,) = read(frame, FIELDS[:1], LEVELS, model="delays").notes

    assert note.endswith("'C0', 'C1', 'C2', 'C3', 'C4' and 3 more")

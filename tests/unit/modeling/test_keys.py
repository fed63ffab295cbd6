"""Tests of the rules about segments and days."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from helpers.raw_tables import (
    COLUMNS,
    declare,
    found,
    raw_table,
)
from lineal.modeling.schema import in_order, typed, violations
from lineal.modeling.sections import Column


def test_a_repeated_key_is_refused_at_its_later_rows() -> None:
    """The first row of a key is not the duplicate; unreadable keys are none."""
    frame = raw_table().iloc[[0, 1, 0, 0, 2, 3]]

    assert found(frame) == [("duplicate", None, 2, (2, 3))]
    assert (
        "the (stop, day) of an earlier row" in violations(frame, declare())[0].message
    )


def test_rows_out_of_order_are_refused_only_where_order_is_declared() -> None:
    """Otherwise they are sorted, and the report says so."""
    frame = raw_table()

    assert found(frame) == []
    assert found(frame, sorted=True) == [("sorted", None, 2, (1, 3))]


def test_order_is_by_segment_then_date() -> None:
    """The same rows fit once they are in order."""
    frame = raw_table().sort_values(["stop", "day"])

    assert in_order(frame, declare())
    assert not in_order(frame.iloc[::-1], declare())
    assert found(frame, sorted=True) == []
    assert found(frame.iloc[[1, 0, 2, 3]], sorted=True) == [("sorted", None, 1, (1,))]


def test_segments_of_several_columns_have_one_label() -> None:
    """Labels join the columns as declared; whole numbers and days read as such."""
    columns = COLUMNS | {
        "line": Column(type="integer"),
        "zone": Column(type="number"),
        "since": Column(type="date"),
    }
    frame = raw_table(
        line=pd.array([1, 2, 1, 2], dtype="Int64"),
        zone=[0.5, 2, 0.5, 2],
        since=raw_table()["day"].iloc[0],
    )
    data = declare(columns=columns, segments=("line", "stop", "zone", "since"))

    labels = typed(frame, data)["segment"].unique().tolist()

    assert labels == ["1 / b / 0.5 / 2024-02-28", "2 / a / 2 / 2024-02-28"]


def test_integers_of_segments_keep_all_their_digits() -> None:
    """Identifiers above 2**53 would collide as floats."""
    columns = COLUMNS | {"stop": Column(type="integer")}
    frame = raw_table(stop=[2**60, 2**60 + 1] * 2)

    labels = typed(frame, declare(columns=columns))["segment"].unique().tolist()

    assert labels == [str(2**60), str(2**60 + 1)]


def test_different_segments_with_one_label_are_refused() -> None:
    """Two series must not become one because of how they are written."""
    columns = COLUMNS | {"line": Column(type="string")}
    frame = raw_table(line=["x", "z", "x / y", "z"], stop=["y / b", "b", "b", "b"])

    assert found(frame, columns=columns, segments=("line", "stop")) == [
        ("label", None, 2, (0, 2))
    ]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4)), min_size=1))
def test_duplicates_and_disorder_equal_those_of_a_plain_loop(
    keys: list[tuple[str, int]],
) -> None:
    """Each row is compared with all the rows before it, and with the last."""
    repeated = [row for row, key in enumerate(keys) if key in keys[:row]]
    backward = [row for row in range(1, len(keys)) if keys[row] < keys[row - 1]]
    frame = pd.DataFrame(
        {
            "day": [pd.Timestamp(2024, 1, day) for _, day in keys],
            "stop": [stop for stop, _ in keys],
            "entries": 1,
            "game": 0,
            "rain": 0.0,
            "note": None,
        }
    )

    counts = {each[0]: each[2] for each in found(frame, sorted=True)}

    assert counts.get("duplicate", 0) == len(repeated)
    assert counts.get("sorted", 0) == len(backward)
    assert in_order(frame, declare()) == (not backward)

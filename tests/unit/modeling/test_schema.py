"""Tests of what a raw table may hold, and of its ingested form."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.raw_tables import (
    COLUMNS,
    declare,
    found,
    raw_table,
    wrong_values,
)
from lineal.modeling.schema import (
    SchemaViolatedError,
    typed,
)
from lineal.modeling.sections import Column


def test_a_fitting_table_becomes_the_ingested_form() -> None:
    """Columns are renamed by role and made float64, and rows are sorted."""
    frame = typed(raw_table(), declare())

    assert frame.to_dict("list") | {"rain": None} == {
        "segment": ["a", "a", "b", "b"],
        "date": [pd.Timestamp(2024, 2, day) for day in (28, 29, 28, 29)],
        "target": [10.0, 0.0, 20.0, 21.0],
        "game": [0.0, 1.0, 1.0, 0.0],
        "rain": None,
    }
    assert frame["rain"].fillna(-1).tolist() == [0.5, 1.0, 0.0, -1.0]
    assert [str(frame[name].dtype) for name in ("date", "target", "game", "rain")] == [
        "datetime64[us]",
        "float64",
        "float64",
        "float64",
    ]
    assert isinstance(frame.index, pd.RangeIndex)


@given(st.permutations(range(4)))
def test_the_ingested_form_does_not_depend_on_the_order_of_rows(
    order: list[int],
) -> None:
    """Any order of the same rows, under any index, gives the same table."""
    shuffled = raw_table().iloc[order]

    pd.testing.assert_frame_equal(
        typed(shuffled, declare()), typed(raw_table(), declare())
    )


def test_the_raw_table_is_left_as_it_was() -> None:
    """Ingesting changes a copy."""
    frame = raw_table()

    typed(frame, declare())

    pd.testing.assert_frame_equal(frame, raw_table())


def test_a_refusal_lists_everything_at_once_with_rows_and_a_way_out() -> None:
    """A user who mends what is listed is not refused for something else."""
    frame = raw_table(entries=[-3, 1, -1, -2]).drop(columns="rain").assign(extra=1)

    with pytest.raises(SchemaViolatedError) as caught:
        typed(frame, declare())

    assert str(caught.value) == (
        "data/raw/stops.parquet breaks its schema: column 'rain' is missing;"
        " column 'extra' is not expected;"
        " column 'entries' has 3 values below 0 (first rows: 0, 2, 3);"
        " correct the table, or data in params.yaml"
        " (rows are counted from 0 in file order)"
    )
    assert caught.value.table == "data/raw/stops.parquet"
    assert len(caught.value.violations) == 3
    assert caught.value.exit_code == 1


def test_only_the_first_five_rows_are_shown_but_all_are_counted() -> None:
    """A message stays readable, however much is wrong."""
    frame = raw_table().iloc[[0] * 9]

    assert found(frame) == [("duplicate", None, 8, (1, 2, 3, 4, 5))]


def test_rows_are_counted_by_position_and_not_by_index() -> None:
    """What a caller did to the index does not change where the rows are."""
    frame = raw_table(entries=[1, 1, -1, 1])
    frame.index = pd.Index([9, 9, 7, 7])

    assert found(frame) == [("min", "entries", 1, (2,))]


def test_a_missing_column_is_refused() -> None:
    """A key column that is not there stops no other rule."""
    frame = raw_table(entries=[1, 1, -1, 1]).drop(columns="stop")

    assert found(frame, sorted=True) == [
        ("missing column", "stop", 1, ()),
        ("min", "entries", 1, (2,)),
    ]


def test_an_undeclared_column_is_refused() -> None:
    """What nobody declared, even under a name that is no text, is named."""
    frame = raw_table().assign(**{"café au lait": 1}).rename(columns={"note": 7})

    assert [(rule, column) for rule, column, _, _ in found(frame)] == [
        ("missing column", "note"),
        ("undeclared column", "7"),
        ("undeclared column", "café au lait"),
    ]


def test_a_column_that_is_there_twice_is_refused() -> None:
    """Which of the two is meant is anybody's guess."""
    frame = pd.concat([raw_table(), raw_table()[["rain"]]], axis=1)

    assert found(frame) == [("repeated column", "rain", 1, ())]


def test_an_empty_table_is_refused() -> None:
    """No rows are no data, whatever the columns."""
    assert found(raw_table().iloc[:0]) == [("empty", None, 1, ())]


@pytest.mark.parametrize("kind", ["integer", "number"])
def test_infinite_numbers_are_refused(kind: Any) -> None:
    """Infinity breaks a rule of its own, and no other beside it."""
    column = Column(type=kind, min=0, max=9, missing=1)

    assert wrong_values(column, [np.inf, 1.0, -np.inf, None]) == [
        ("infinite", "rain", 2, (0, 2))
    ]


def test_numbers_out_of_range_are_refused() -> None:
    """The bounds themselves are in range."""
    column = Column(type="number", min=-1, max=1)

    assert wrong_values(column, [-1, 1, -1.1, 1.1]) == [
        ("min", "rain", 1, (2,)),
        ("max", "rain", 1, (3,)),
    ]


def test_a_key_may_never_be_missing() -> None:
    """No share of missing values is allowed in a segment or a date."""
    columns = COLUMNS | {"stop": Column(type="string", missing=1)}
    days = raw_table()["day"].mask(pd.Series([False, True, False, False]))
    frame = raw_table(stop=["a", "b", None, "d"], day=days)

    assert found(frame, columns=columns) == [
        ("missing", "day", 1, (1,)),
        ("missing", "stop", 1, (2,)),
    ]


@pytest.mark.parametrize("column", ["entries", "rain"])
def test_missing_values_are_allowed_up_to_their_share(column: str) -> None:
    """Half is allowed here, of the target as of covariates."""
    half = raw_table(**{column: [None, 1, 1, None]})
    more = raw_table(**{column: [None, 1, None, None]})

    assert found(half) == []
    assert found(more) == [("missing", column, 3, (0, 2, 3))]


def test_declarations_that_the_ingested_form_has_no_place_for_are_refused() -> None:
    """Text is no number, a number no time, and a covariate is not called target."""
    columns = {
        "day": Column(type="integer"),
        "stop": Column(type="string"),
        "entries": Column(type="string"),
        "target": Column(type="number"),
    }
    frame = pd.DataFrame({"day": [1], "stop": "a", "entries": "1", "target": [1.0]})
    changes = {"columns": columns, "known": ("target",), "observed": ()}

    assert [each[:2] for each in found(frame, **changes)] == [
        ("declared type", "entries"),
        ("declared type", "day"),
        ("reserved name", "target"),
    ]


def test_names_may_have_spaces_and_any_letters() -> None:
    """Nothing is assumed of the names of columns and segments."""
    names = {"stop": "Haltestelle (Straße)", "entries": "人数", "rain": "r a i n"}
    columns = {names.get(name, name): each for name, each in COLUMNS.items()}
    data = declare(
        columns=columns,
        segments=(names["stop"],),
        target=names["entries"],
        observed=(names["rain"],),
    )
    frame = raw_table(stop=["Łódź Główna", "O'Hare", "Łódź Główna", "O'Hare"])

    ready = typed(frame.rename(columns=names), data)

    assert list(ready.columns) == ["segment", "date", "target", "game", "r a i n"]
    assert ready["segment"].unique().tolist() == ["O'Hare", "Łódź Główna"]


numbers = st.one_of(
    st.none(),
    st.integers(-3, 3).map(float),
    st.sampled_from([0.5, -1.5, np.inf, -np.inf]),
)


@given(st.lists(numbers, min_size=1, max_size=12), st.floats(0, 1))
def test_counts_equal_those_of_a_plain_loop(
    values: list[float | None], allowed: float
) -> None:
    """The vectorised rules find what a loop over the rows finds."""
    rows: dict[str, list[int]] = {}
    for row, value in enumerate(values):
        if value is None:
            rows.setdefault("missing", []).append(row)
        elif np.isinf(value):
            rows.setdefault("infinite", []).append(row)
        elif value != int(value):
            rows.setdefault("type", []).append(row)
        elif value < -1:
            rows.setdefault("min", []).append(row)
        elif value > 1:
            rows.setdefault("max", []).append(row)
    if len(rows.get("missing", [])) <= allowed * len(values):
        rows.pop("missing", None)
    days = pd.date_range("2024-01-01", periods=len(values))
    frame = pd.DataFrame({"day": days, "stop": "a", "entries": values})
    entries = Column(type="integer", min=-1, max=1, missing=allowed)
    columns = {"day": COLUMNS["day"], "stop": COLUMNS["stop"], "entries": entries}

    seen = found(frame, columns=columns, known=(), observed=(), exclude=())

    assert {each[0]: each[2] for each in seen} == {
        rule: len(each) for rule, each in rows.items()
    }
    assert {each[0]: list(each[3]) for each in seen} == {
        rule: each[:5] for rule, each in rows.items()
    }

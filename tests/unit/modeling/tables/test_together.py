"""Tables of rows to be answered: joined as ingest joins them, but for what is lacking."""

from typing import Any

import pandas as pd
import pytest

from helpers.trips import asked
from lineal.modeling.joins import JoinRefusedError
from lineal.modeling.tables.together import Together, together
from lineal.modeling.violation import SchemaViolatedError


def trips(**changes: Any) -> pd.DataFrame:
    """Return three trips that somebody asks about: nobody knows their delay."""
    columns = {
        "when": ["2024-03-01 12:30", "2024-03-02 12:30", "2024-04-09 12:30"],
        "line": ["A", "B", None],
        "stops": [3, 4, 5],
    }
    return pd.DataFrame(columns | changes)


def weather(**changes: Any) -> pd.DataFrame:
    """Return the rain before two of them."""
    columns = {"hour": ["2024-03-01 11:00", "2024-03-02 11:00"], "rain": [0.5, 0.0]}
    return pd.DataFrame(columns | changes)


def made(first: pd.DataFrame, other: pd.DataFrame, **changes: Any) -> Together:
    """Join them as params.yaml says."""
    return together(first, [other], asked(**changes).data)


def test_rows_keep_their_order_and_get_what_joins_add() -> None:
    """A row without a match lacks it, and a note says so, whatever share is allowed."""
    found = made(trips(), weather())

    assert found.table["weather rain"].tolist()[:2] == [0.5, 0.0]
    assert found.table["weather rain"].isna().tolist() == [False, False, True]
    assert found.table["stops"].tolist() == [3, 4, 5]
    assert found.notes == (
        (
            "weather.csv has no row for 1 of 3 rows, so what it adds is missing there "
            "('weather rain')"
        ),
    )


def test_nothing_is_said_where_every_row_finds_one() -> None:
    """Only what is missing is news."""
    assert made(trips()[:2], weather()).notes == ()


def test_what_no_answer_needs_may_be_anything() -> None:
    """The target, excluded columns, and those that params.yaml does not know."""
    more = {"delay": "?", "left": "?", "note": 7, "colour": "red"}
    table = made(trips(**more), weather(wind=3)).table

    assert {"colour", "wind"}.isdisjoint(table.columns)
    assert table["delay"].isna().all()


def test_what_the_model_judges_is_left_to_it() -> None:
    """Values out of range, and columns that are not there."""
    table = made(trips(stops=-4).drop(columns="line"), weather()).table

    assert table["stops"].tolist() == [-4, -4, -4]
    assert "line" not in table.columns


@pytest.mark.parametrize(
    ("first", "other", "reason"),
    [
        (trips(stops="x"), weather(), "breaks its schema: column 'stops' has 3 values"),
        (trips(), weather(rain="x"), "schema: weather.csv: column 'rain' has 2 values"),
        (trips(when="x"), weather(), "column 'when' has 3 values that are not moments"),
    ],
    ids=["first", "other", "key"],
)
def test_values_of_another_type_are_refused(
    first: pd.DataFrame, other: pd.DataFrame, reason: str
) -> None:
    """A key among them, even of a column that is excluded."""
    exclude = ["left", "note", "when"]
    with pytest.raises(SchemaViolatedError, match=reason):
        made(first, other, data__exclude=exclude, data__time=None, split__by="random")


def test_tables_that_do_not_fit_are_refused() -> None:
    """A row that finds two would be two."""
    again = pd.concat([weather(), weather()])

    with pytest.raises(JoinRefusedError, match="2 of its rows repeat the keys"):
        made(trips(), again)
    with pytest.raises(JoinRefusedError, match="the first table has no column 'when'"):
        made(trips().drop(columns="when"), weather())

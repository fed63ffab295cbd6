"""Several raw tables become one, or all that is wrong with them is told."""

import pandas as pd
import pytest

from helpers.trips import asked, trips, weather
from lineal.modeling.assembling import assemble
from lineal.modeling.joins import JoinRefusedError
from lineal.modeling.violation import SchemaViolatedError

DATA = asked().data


def refused(first: pd.DataFrame, other: pd.DataFrame) -> SchemaViolatedError:
    """Return the refusal of two tables."""
    with pytest.raises(SchemaViolatedError) as caught:
        assemble(first, [other], DATA, complete=("when",))
    return caught.value


def test_columns_are_typed_and_joined() -> None:
    """The first table's come first; keys of the other are not repeated."""
    found = assemble(trips(), [weather()], DATA)
    (join,) = found.joined

    assert list(found.table) == [*DATA.columns, "weather rain"]
    assert found.table["when"].dtype == "datetime64[us]"
    assert (join.table, join.rows, join.unmatched) == ("weather.csv", 400, 0)


def test_a_value_is_as_old_as_the_delay_says() -> None:
    """What is measured in the hour of the trip is not known yet."""
    found = assemble(trips(), [weather()], DATA).table
    rain = weather().set_index(pd.to_datetime(weather()["hour"]))["rain"]
    before = found["when"].dt.floor("h") - pd.Timedelta(hours=1)

    assert found["weather rain"].tolist() == rain[before].tolist()


def test_all_that_is_wrong_with_any_table_is_told_at_once() -> None:
    """Each violation has its rows; those of a joined table have its name."""
    first = trips().assign(stops=0, odd=1).drop(columns="line")
    first.loc[3, "when"] = None
    other = weather().assign(rain="wet", more=1)
    error = refused(first, other)
    said = "; ".join(violation.message for violation in error.violations)

    assert error.table == "data/raw/trips"
    assert said == (
        "column 'line' is missing; column 'odd' is not expected; "
        "column 'when' has 1 value missing, where a key must be complete (first row: 3)"
        "; column 'stops' has 400 values below 1 (first rows: 0, 1, 2, 3, 4)"
        "; weather.csv: column 'rain' has 744 values that are not numbers"
        " (first rows: 0, 1, 2, 3, 4)"
    )


def test_other_columns_of_a_joined_table_are_left_out() -> None:
    """Only what is declared of it is used."""
    found = assemble(trips(), [weather().assign(wind=3)], DATA)

    assert "weather wind" not in found.table


def test_a_column_that_is_there_twice_is_refused() -> None:
    """Nobody knows which one is meant."""
    first = trips()
    first = pd.concat([first, first[["stops"]]], axis=1)

    assert "column 'stops' is there 2 times" in str(refused(first, weather()))


def test_a_table_without_rows_is_refused() -> None:
    """An empty table fits every rule of its values."""
    assert "it has no rows" in str(refused(trips().head(0), weather()))


def test_a_join_that_finds_too_little_is_refused() -> None:
    """The join says so itself, after every column was judged."""
    with pytest.raises(JoinRefusedError, match=r"weather\.csv"):
        assemble(trips(), [weather().head(30)], DATA)

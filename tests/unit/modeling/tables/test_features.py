"""The features of a row: what is made of it, and what never reaches it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.tables import classification, regression, rows_of, table
from lineal.modeling.own import OwnFeatures
from lineal.modeling.sections import Column, Holidays, InvalidParamsError, Join
from lineal.modeling.tables.config import TableFeatures
from lineal.modeling.tables.features import make

OWN = """
def features(table):
    assert not {"value", "after", "kept_out"} & {*table}
    return table.assign(
        twice=table["size"] * 2, big=table["size"] > 9, called=table["kind"] + "!"
    )[["twice", "big", "called"]]
"""


def test_columns_become_numbers_flags_and_words() -> None:
    """The target and what is excluded become nothing.

    What is known afterwards becomes a feature, so that the leak guard can speak of it.
    """
    rows, described = make(table(), regression(), None)
    types = {each.name: (each.group, each.type) for each in described}

    assert list(rows) == [each.name for each in described]
    assert {n: t for n, t in types.items() if t[0] == "column"} == {
        "size": ("column", "number"),
        "loud": ("column", "flag"),
        "kind": ("column", "code"),
        "town": ("column", "code"),
        "after": ("column", "number"),
    }
    assert {n.partition(".")[0] for n, t in types.items() if t[0] == "moment"} == {
        "when",
        "born",
    }
    assert {str(rows[n].dtype) for n, t in types.items() if t[1] != "code"} == {
        "float32"
    }
    assert {str(rows[n].dtype) for n in ("kind", "town")} == {"category"}


def test_missing_stays_missing() -> None:
    """As a number and as a word; infinity is as good as missing."""
    raw = table()
    raw.loc[3, "size"] = np.inf
    raw.loc[4, "size"] = 1e300
    rows, _ = make(raw, regression(), None)

    assert rows["size"].isna().tolist() == [
        missing or number in {3, 4} for number, missing in enumerate(raw["size"].isna())
    ]
    assert rows["kind"].isna().tolist() == raw["kind"].isna().tolist()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 99), st.integers(1, 240))
def test_nothing_is_learned_from_other_rows(seed: int, count: int) -> None:
    """A row among others in another order is what it is alone."""
    raw, model = table(), classification(features={"holidays": Holidays(country="US")})
    whole, described = make(raw, model, OwnFeatures.of(OWN.replace("value", "class")))
    some = np.random.default_rng(seed).permutation(len(raw))[:count]
    alone, again = make(
        raw.iloc[some], model, OwnFeatures.of(OWN.replace("value", "x"))
    )

    assert again == described
    for name in whole:
        assert whole[name].iloc[some].astype(object).equals(alone[name].astype(object))


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 99))
def test_targets_of_other_rows_change_no_feature(seed: int) -> None:
    """Not even the row's own target does."""
    raw, model = table(), regression()
    mixed = raw.assign(value=np.random.default_rng(seed).permutation(raw["value"]))

    pd.testing.assert_frame_equal(
        make(raw, model, None)[0], make(mixed, model, None)[0]
    )


def test_own_features_are_taken_by_their_type() -> None:
    """The function does not see the target, nor what comes afterwards."""
    rows, described = make(table(), regression(), OwnFeatures.of(OWN, "mine.py"))
    own = {each.name: each for each in described if each.group == "own"}

    assert {name: each.type for name, each in own.items()} == {
        "twice": "number",
        "big": "number",
        "called": "code",
    }
    assert own["big"].about == "own feature of mine.py"
    assert rows["twice"].tolist()[:2] == pytest.approx((rows["size"] * 2).tolist()[:2])
    assert {"a!", "b!", "c!"} == set(rows["called"].dropna())


def test_columns_of_joins_are_features_too() -> None:
    """Under the name that they have in the joined table; keys are not theirs."""
    join = Join(
        table="towns.csv",
        keys=("town",),
        columns={"town": Column(type="string"), "people": Column(type="integer")},
        prefix="town_",
    )
    raw = table().assign(town_people=7.0)
    rows, _ = make(raw, regression(data={"joins": (join,)}), None)

    assert rows["town_people"].tolist() == [7.0] * 240
    assert "town_town" not in rows


def test_two_features_of_one_name_are_refused() -> None:
    """A raw column may be called as a part of a date is."""
    columns = {"when": Column(type="datetime"), "when.month": Column(type="integer")}
    model = regression(
        data={"columns": columns | {"value": Column(type="number")}, "exclude": ()}
    )

    with pytest.raises(InvalidParamsError, match=r"two features are called 'when\.mon"):
        make(table().assign(**{"when.month": 1.0}), model, None)


def test_dates_may_be_left_alone() -> None:
    """Without the calendar only columns are left."""
    _, described = make(table(), regression(features={"calendar": False}), None)

    assert {each.group for each in described} == {"column"}
    assert regression(features={"calendar": False}).features == TableFeatures(
        calendar=False, levels=10
    )


def test_days_to_the_moment_need_a_moment() -> None:
    """Another date is measured to the time column, where there is one."""
    with_time, _ = make(table(), regression(), None)
    without, _ = make(table(), regression(data={"time": None}), None)

    assert with_time["born.days_before"].max() < 1
    assert "born.days_before" not in without
    assert "when.days_before" not in with_time


def test_the_index_columns_stand_beside() -> None:
    """No feature has the name of an index column."""
    rows = rows_of(table(), regression())

    assert rows.columns.is_unique

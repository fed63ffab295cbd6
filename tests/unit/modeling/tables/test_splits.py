"""Which rows are learned from and which are judged: nothing leaks over a cut."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.tables import classification, regression, rows_of, table
from lineal.modeling.sections import Column, InvalidParamsError
from lineal.modeling.tables.config import Table
from lineal.modeling.tables.index import GROUP, TARGET, TIME
from lineal.modeling.tables.splits import (
    TooFewRowsError,
    cut,
    folds,
    group_codes,
)

BY_TIME = {"by": "time"}


def test_by_time_the_parts_follow_each_other() -> None:
    """The last rows are the test, and the card tells their moments."""
    rows = table(20)
    found = cut(rows, regression(split=BY_TIME), 1)

    assert found.train.tolist() == list(range(14))
    assert found.validation.tolist() == [14, 15, 16]
    assert found.test.tolist() == [17, 18, 19]
    assert found.learn.tolist() == list(range(17))
    assert found.parts.by == "time"
    assert found.parts.folds == 3
    assert found.parts.test.rows == 3
    assert found.parts.train.first == "2024-01-01T00:00:00"
    assert found.parts.test.last == "2024-01-04T23:00:00"


def test_rows_without_target_are_in_no_part() -> None:
    """They are counted, and the shares are of the others."""
    rows = table(25)
    rows.loc[[0, 7, 12, 13, 24], "value"] = np.nan
    found = cut(rows, regression(split=BY_TIME), 1)

    assert found.parts.without_target == 5
    assert len(found.train) == 14
    assert not {0, 7, 12, 13, 24} & {*found.learn, *found.test}


def test_a_table_in_disorder_is_cut_in_order() -> None:
    """What counts is the time, not the place in the file."""
    rows = table(20).iloc[::-1].reset_index(drop=True)
    found = cut(rows, regression(split=BY_TIME), 1)

    assert found.train.tolist() == list(range(19, 5, -1))


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 9), st.integers(0, 3))
def test_no_moment_and_no_later_row_is_learned_from(size: int, seed: int) -> None:
    """Rows of one moment stay together, in cuts and in folds."""
    rows = table(120, seed)
    rows["when"] = rows["when"].iloc[np.arange(120) // size * size].to_numpy()
    model = regression(split=BY_TIME)
    found = cut(rows, model, seed)
    learn = rows_of(rows, model).iloc[found.train].reset_index(drop=True)
    pairs = [
        (rows["when"].iloc[found.train], rows["when"].iloc[found.validation]),
        (rows["when"].iloc[found.learn], rows["when"].iloc[found.test]),
        *(
            (learn[TIME].iloc[a], learn[TIME].iloc[b])
            for a, b in folds(learn, model, 1)
        ),
    ]

    assert len(pairs) == 5
    assert all(before.max() < after.min() for before, after in pairs)


def test_folds_by_time_learn_from_all_before() -> None:
    """The first from half of the rows; all others are judged once."""
    model = regression(split=BY_TIME)
    found = folds(rows_of(table(60), model), model, 1)

    assert [len(learned) for learned, _ in found] == [30, 40, 50]
    assert np.concatenate([judged for _, judged in found]).tolist() == list(
        range(30, 60)
    )


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 5))
def test_at_random_every_class_has_its_share_of_each_side(seed: int) -> None:
    """Every row is in one part, and is judged by one fold."""
    rows, model = table(200, seed), classification()
    found = cut(rows, model, seed)
    learn = rows_of(rows, model).iloc[found.train].reset_index(drop=True)
    inner = folds(learn, model, seed)

    assert sorted([*found.learn, *found.test]) == list(range(200))
    assert sorted(np.concatenate([judged for _, judged in inner])) == list(
        range(len(learn))
    )
    for side in (found.train, found.validation, found.test):
        shares = rows["class"].iloc[side].value_counts(normalize=True)
        assert shares["low"] == pytest.approx(0.4, abs=0.03)
    for learned, judged in inner:
        assert not {*learned} & {*judged}
        assert set(learn[TARGET].iloc[judged]) == {0, 1, 2}


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 5))
def test_at_random_groups_stay_together(seed: int) -> None:
    """Rows of one town are on one side, those without a town too."""
    rows = table(300, seed)
    model = classification(split={"group": ("town",)})
    found = cut(rows, model, seed)
    codes = group_codes(rows, model)
    learn = rows_of(rows, model).assign(**{GROUP: codes}).iloc[found.train]
    inner = folds(learn.reset_index(drop=True), model, seed)

    assert codes is not None
    assert len(set(codes)) == rows["town"].nunique(dropna=False)
    sides = [codes[side] for side in (found.train, found.validation, found.test)]
    assert sum(len(set(side)) for side in sides) == len(set(codes))
    for learned, judged in inner:
        assert not {*learn[GROUP].iloc[learned]} & {*learn[GROUP].iloc[judged]}


def test_the_seed_decides_what_is_random() -> None:
    """The same cuts the same, another another; targets of others change nothing."""
    rows, model = table(100), regression()
    again = rows.assign(value=rows["value"][::-1].to_numpy())

    assert cut(rows, model, 1).test.tolist() == cut(again, model, 1).test.tolist()
    assert cut(rows, model, 1).test.tolist() != cut(rows, model, 2).test.tolist()


def test_without_a_time_column_there_are_no_moments() -> None:
    """The card says none, and a split by time is refused."""
    random, ordered = (
        regression(data={"time": None}, split={"by": by}) for by in ("random", "time")
    )

    assert cut(table(40), random, 1).parts.train.first is None
    with pytest.raises(InvalidParamsError, match=r"needs data\.time"):
        cut(table(40), ordered, 1)


def test_rows_without_a_time_have_no_place_in_it() -> None:
    """They are refused by time, and count for no moment at random."""
    rows = table(40)
    rows.loc[:, "when"] = rows["when"].where(rows.index > 37)

    with pytest.raises(TooFewRowsError, match="38 rows have no 'when', so they have"):
        cut(rows, regression(split=BY_TIME), 1)
    parts = cut(rows, regression(), 1).parts
    assert {parts.train.first, parts.validation.first, parts.test.first} >= {None}


def test_days_are_told_as_days() -> None:
    """A date has no time of day."""
    columns = {"when": Column(type="date"), "value": Column(type="number")}
    model = regression(data={"columns": columns, "exclude": ()}, split=BY_TIME)

    assert cut(table(40), model, 1).parts.train.first == "2024-01-01"


def test_no_groups_are_numbered_where_none_are_asked_for() -> None:
    """Each row stands for itself."""
    assert group_codes(table(5), regression()) is None


@pytest.mark.parametrize(
    ("rows", "model", "message"),
    [
        (table(2), regression(split=BY_TIME), "the validation period has no rows"),
        (table(3), regression(), "period has no rows: use more rows"),
        (table(1)[:0], regression(), "the train period has no rows"),
        (
            table(40).assign(when=np.datetime64("2024-01-01", "us")),
            regression(split=BY_TIME),
            "the validation period has no rows",
        ),
        (
            table(40).assign(**{"class": ["a"] * 38 + ["b"] * 2}),
            classification(split=BY_TIME),
            "the train period has rows of one class only",
        ),
        (
            table(40).assign(**{"class": ["a", "b"] * 19 + ["c", "a"]}),
            classification(split=BY_TIME),
            "class 'c' of 'class' has no row in the train period",
        ),
    ],
)
def test_parts_that_cannot_be_used_are_refused(
    rows: pd.DataFrame, model: Table, message: str
) -> None:
    """The message names the part and the way out."""
    with pytest.raises(TooFewRowsError, match=message):
        cut(rows, model, 1)


@pytest.mark.parametrize(
    ("target", "split", "message"),
    [
        ([0.0] * 38 + [1.0] * 2, BY_TIME, "fold 1 learns from rows of one class only"),
        ([0.0] * 39 + [1.0], {}, r"fold \d is judged by rows of one class only"),
        ([0.0, 1.0], {}, r"fold \d is judged by no rows"),
    ],
)
def test_folds_that_cannot_be_used_are_refused(
    target: list[float], split: dict[str, Any], message: str
) -> None:
    """A class with too few rows, or too few rows of any."""
    model = classification(split=split)
    rows = rows_of(table(len(target) + 20), model)[: len(target)].assign(_target=target)

    with pytest.raises(TooFewRowsError, match=message):
        folds(rows, model, 1)

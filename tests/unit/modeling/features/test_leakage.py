"""The promise that everything rests on: no feature knows what comes after its origin."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.panels import (
    HORIZON,
    cook,
    perturbed_after,
    series_table,
    small_panel,
    small_recipe,
)
from lineal.modeling.features.matrix import Recipe, rows
from lineal.modeling.index import INDEX
from lineal.modeling.panel import from_table
from lineal.modeling.rhythm import DAY

origins = st.integers(0, 899)
Bits = dict[str, bytes]


def bits(made: Recipe, origin: int) -> Bits:
    """Return every feature at an origin, and the scale, to the last bit."""
    table = rows(made, np.array([origin])).drop(columns="target")
    return {str(name): table[name].to_numpy().tobytes() for name in table}


@settings(max_examples=25, deadline=None)
@given(origins, st.integers(0, 2**32 - 1))
def test_nothing_after_the_origin_changes_a_feature(origin: int, seed: int) -> None:
    """Other targets and other weather later give the same features, bit for bit."""
    other = cook(perturbed_after(small_panel(), origin, seed))

    assert bits(other, origin) == bits(small_recipe(), origin)


def test_what_happens_on_the_origin_does_change_features() -> None:
    """The property above is not true for want of looking."""
    changed = bits(cook(perturbed_after(small_panel(), 849, 1)), 850)
    before = bits(small_recipe(), 850)

    assert len([name for name in before if before[name] != changed[name]]) > 30


@settings(max_examples=10, deadline=None)
@given(origins, st.integers(1, HORIZON))
def test_what_is_known_ahead_changes_its_features_at_its_date_only(
    origin: int, ahead: int
) -> None:
    """Another fixture on a date ahead moves that date's rows, and no other."""
    panel = small_panel()
    game = panel.known["game"].copy()
    game[origin + ahead] = 7.0
    other = cook(replace(panel, known={"game": game}))

    changed = rows(other, np.array([origin]))
    before = rows(small_recipe(), np.array([origin]))

    same = (changed == before) | (changed.isna() & before.isna())
    moved = ~same.all(axis=1)
    assert moved.tolist() == (before["horizon"] == ahead).tolist()
    assert set(same.columns[~same.all()]) <= {"known_game", "effect_game"}
    assert not same["known_game"].all()


@pytest.mark.parametrize(
    "day",
    [
        pytest.param("2018-08-22", id="the first possible"),
        pytest.param("2020-02-25", id="a leap day ahead"),
        pytest.param("2021-12-22", id="Christmas is observed as five years before"),
        pytest.param("2022-11-07", id="elections are 735 days apart"),
        pytest.param("2022-12-15", id="the last"),
    ],
)
def test_the_lookback_is_all_that_features_need(day: str) -> None:
    """A forecast from a model's last history equals one from all of it."""
    table = series_table(2400, start="2016-06-01")
    whole = from_table(table, known=("game",), observed=("rain",))
    origin = int((np.datetime64(day) - whole.dates[0]).astype(int))
    near = table["date"].between(
        whole.dates[origin - DAY.lookback + 1], whole.dates[origin + HORIZON]
    )
    last = from_table(
        table[near], known=("game",), observed=("rain",), segments=whole.segments
    )

    short = rows(cook(last), np.array([DAY.lookback - 1]))
    full = rows(cook(whole), np.array([origin]))

    assert short[list(INDEX[:4])].equals(full[list(INDEX[:4])])
    for name in full.columns.drop(list(INDEX[:4])):
        np.testing.assert_allclose(
            short[name], full[name], rtol=1e-5, atol=1e-7, err_msg=name
        )

"""Features of the user's own file, in forecasts."""

import numpy as np
import pandas as pd
import pytest

from helpers.bundles import bundle, table
from lineal.modeling.own import OwnFeatures, OwnFeaturesError, OwnLeakError
from lineal.modeling.own_covariates import (
    Naming,
    ahead_of,
    check,
    extend,
    known_ahead,
)
from lineal.modeling.rhythm import DAY

NAMING = Naming("day", "entries", ("stop",), ("game",), ("rain",))
SOURCE = '''
import pandas as pd

KNOWN = ("payday",)


def features(table):
    """Return one feature of the calendar, and one of what happened."""
    before = table.groupby("stop")["entries"].shift(1)
    payday = table["day"].dt.day == 1
    return pd.DataFrame({"payday": payday, "wet": table["rain"] * before})
'''


def own(source: str = SOURCE) -> OwnFeatures:
    """Return the features of a text."""
    return OwnFeatures.of(source)


def test_features_are_covariates_under_names_of_their_own() -> None:
    """What is in KNOWN is known ahead, the rest is observed."""
    found = extend(table(), own(), NAMING)

    assert found.known == ("game", "own_payday")
    assert found.observed == ("rain", "own_wet")
    assert found.own == ("own_payday", "own_wet")
    assert found.table["own_payday"].sum() == 3 * 37


def test_without_a_file_nothing_is_added() -> None:
    """The table is the very same."""
    found = extend(table(), None, NAMING)

    assert found.table is table()
    assert found.own == ()


def test_several_segment_columns_are_given_as_one() -> None:
    """Their values cannot be told from the label, which is always there."""
    naming = Naming("day", "entries", ("line", "stop"), (), ())

    assert list(naming.raw(table())) == ["segment", "day", "entries", "game", "rain"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("KNOWN = 3\n" + SOURCE.replace("KNOWN =", "OTHER ="), "must be a tuple of"),
        (SOURCE.replace('("payday",)', '("holiday",)'), "KNOWN names 'holiday'"),
    ],
)
def test_a_wrong_tuple_is_refused(source: str, message: str) -> None:
    """The reason is in the message."""
    with pytest.raises(OwnFeaturesError, match=message):
        extend(table(), own(source), NAMING)


def test_words_are_refused() -> None:
    """A forecast's features are numbers."""
    source = "def features(table):\n    return table[['stop']].add_prefix('my_')\n"

    with pytest.raises(OwnFeaturesError, match="makes 'my_stop' of words"):
        extend(table(), own(source), NAMING)


def test_a_computed_tuple_is_refused() -> None:
    """It is read without running the file."""
    source = "KNOWN = tuple('ab')\n" + SOURCE.replace("KNOWN =", "OTHER =")

    with pytest.raises(OwnFeaturesError, match="line 1: KNOWN must be a tuple"):
        known_ahead(own(source))


def test_honest_features_pass_the_check() -> None:
    """Earlier rows and known columns may be used."""
    check(table(), own(), NAMING, 0)
    check(table(), own(SOURCE.replace("KNOWN", "OTHER")), NAMING, 0)


@pytest.mark.parametrize(
    ("change", "feature"),
    [
        (("shift(1)", "shift(-1)"), "wet"),
        (('table["day"].dt.day == 1', 'table["entries"] > 100'), "payday"),
    ],
)
def test_features_that_look_ahead_are_refused(
    change: tuple[str, str], feature: str
) -> None:
    """Into later rows, or into a target that nobody has at the date."""
    with pytest.raises(OwnLeakError, match=f"feature '{feature}'"):
        check(table(), own(SOURCE.replace(*change)), NAMING, 0)


def test_rows_ahead_are_added_where_there_are_none() -> None:
    """Each series has every time ahead once."""
    short = table().groupby("segment").tail(3)
    last = short["date"].max()
    more = short[short["date"] == last].assign(
        date=last + pd.Timedelta(days=1), target=np.nan
    )
    found = ahead_of(pd.concat([short, more]), ["Loop", "Ost"], DAY, 2)

    assert len(found) == 9 + 3 + 2
    assert not found.duplicated(["segment", "date"]).any()


def test_a_bundle_makes_the_features_of_its_cards_file() -> None:
    """Ahead too, where the file says that they are known."""
    made = bundle(own=SOURCE.replace(', "wet": table["rain"] * before', ""))

    assert len(made.forecast().rows) == 12

"""What a table model takes and gives, and what its features looked like."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers.trips import asked
from lineal.modeling.declared import declared
from lineal.modeling.features.column import Feature
from lineal.modeling.profile import FeatureProfile, UnprofilableError
from lineal.modeling.signature import Signature
from lineal.modeling.tables.profile import WordProfile, profile
from lineal.modeling.tables.signature import levels, needed, sign

CLASSES = ("no", "yes")
PLAIN = (
    Feature("weather rain", "column", ("weather rain",), ""),
    Feature("line", "column", ("line",), "", type="code"),
)


def signed(features: Sequence[Feature], **changes: Any) -> Signature:
    """Return the signature of a model of two classes."""
    return sign(asked(**changes), features, CLASSES)


def test_inputs_are_the_columns_that_features_are_made_of() -> None:
    """In the order of the table; a join may find nothing, so its column may miss."""
    fields = signed(PLAIN).inputs

    assert [field.name for field in fields] == ["line", "weather rain"]
    assert [field.required for field in fields] == [True, False]
    assert fields[1].min == 0


def test_a_moment_is_counted_to_that_of_the_prediction() -> None:
    """So both are needed."""
    columns = {
        "when": {"type": "datetime"},
        "opened": {"type": "date"},
        "delay": {"type": "number"},
    }
    changes = {"data__columns": columns, "data__segments": [], "data__exclude": []}
    made = (Feature("opened.month", "moment", ("opened",), ""),)
    names = [field.name for field in signed(made, **changes).inputs]

    assert names == ["when", "opened"]


def test_the_users_features_may_read_all_that_is_known_before() -> None:
    """Never the target, what is excluded, nor what is only known afterwards."""
    own = Feature("mine", "own", (), "")
    names = [field.name for field in signed((own,)).inputs]
    fewer = [field.name for field in signed((own,), data__exclude=["line"]).inputs]

    assert names == ["when", "line", "stops", "weather rain"]
    assert fewer == ["when", "stops", "note", "weather rain"]


def test_outputs_are_the_answer_and_a_probability_a_class() -> None:
    """Named as predictions are."""
    outputs = signed(PLAIN).outputs

    assert [(field.name, field.type) for field in outputs] == [
        ("prediction", "string"),
        ("no", "float"),
        ("yes", "float"),
    ]


def test_outputs_of_numbers_have_intervals() -> None:
    """None is below the floor."""
    model = asked(
        task="regression",
        predict={"floor": 0},
        calibration={"levels": [0.8]},
        selection__metric="mae",
    )
    outputs = sign(model, PLAIN, None).outputs

    assert [field.name for field in outputs] == ["prediction", "low_80", "high_80"]
    assert {field.min for field in outputs} == {0}


def test_levels_are_the_words_that_can_be_listed() -> None:
    """Too many words are no list; numbers have none."""
    columns = {**needed(asked(), PLAIN), "note": declared(asked().data)["note"]}
    table = pd.DataFrame(
        {
            "line": ["b", "a", None] * 400,
            "note": [f"n{number}" for number in range(1200)],
            "weather rain": 1.0,
        }
    )

    assert levels(table, columns) == {"line": ("a", "b")}


def test_words_are_profiled_by_their_shares() -> None:
    """The most frequent first; with others and missing ones they make 1."""
    words = ["b", "b", "a", None, *(f"w{n:02d}" for n in range(56))]
    rows = pd.DataFrame({"line": pd.Categorical(words), "rain": np.arange(60.0)})
    found = profile(rows, {"line": "code", "rain": "number"})
    line = found["line"]

    assert isinstance(found["rain"], FeatureProfile)
    assert isinstance(line, WordProfile)
    assert line.words[:2] == ("b", "a")
    assert (len(line.words), line.others) == (50, 8 / 60)
    assert sum(line.shares) + line.others + line.missing == pytest.approx(1)


def test_no_rows_have_no_profile() -> None:
    """A distribution of nothing would be no reference."""
    with pytest.raises(UnprofilableError, match="no rows to describe"):
        profile(pd.DataFrame({"line": []}), {"line": "code"})

"""Laws of answers about rows as people and programs see them."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers import table_cards
from lineal.reporting.predictions import (
    Answers,
    Explained,
    as_csv,
    as_json,
    explained_json,
    explained_text,
    summary,
    together,
)

LABELS = pd.Series(["no", "yes", "no"], index=["a", "b", "c"])
SHARES = pd.DataFrame({"no": [0.9, 0.25, 0.75]}, index=LABELS.index)


def answers(found: pd.DataFrame, **changes: Any) -> Answers:
    """Return answers of a classifier."""
    return Answers(table_cards.classifier(**changes), "delays v1.0.0", found)


def explained() -> Explained:
    """Return why a row is answered as it is."""
    columns: dict[str, list[Any]] = {
        "feature": ["wind", "carrier", "gust"],
        "value": [12.25, "UA", np.nan],
        "contribution": [0.75, -0.5, 0.0],
    }
    table = pd.DataFrame(columns, dtype=object)
    table.attrs = {"of": "log-odds of yes", "base": -1.0, "prediction": -0.75}
    return Explained("delays v1.0.0", 3, "y\x1bes", table)


def test_csv_has_a_line_a_row() -> None:
    """Rows are counted from 0 as they came, whatever their labels."""
    assert as_csv(answers(together(LABELS, SHARES))) == (
        "row,prediction,no\n0,no,0.9\n1,yes,0.25\n2,no,0.75\n"
    )


def test_json_has_null_where_nothing_is_known() -> None:
    """And says which model answered."""
    found = json.loads(as_json(answers(together(LABELS, None))))

    assert (found["name"], found["champion"]) == ("delays v1.0.0", "xgboost")
    assert found["rows"][1] == {"row": 1, "prediction": "yes"}


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (LABELS, "delays v1.0.0 (xgboost, md5 00000000): 3 rows, 2 no, 1 yes"),
        (LABELS[:1], "delays v1.0.0 (xgboost, md5 00000000): 1 row, 1 no"),
        (LABELS[:0], "delays v1.0.0 (xgboost, md5 00000000): 0 rows"),
        (
            pd.Series(list("abcdef")),
            (
                "delays v1.0.0 (xgboost, md5 00000000): 6 rows, "
                "1 a, 1 b, 1 c, 1 d, 1 e, ..."
            ),
        ),
    ],
)
def test_a_summary_counts_classes(labels: "pd.Series[Any]", said: str) -> None:
    """The commonest first."""
    assert summary(answers(together(labels, None))) == said


def test_a_summary_of_numbers_tells_their_range() -> None:
    """There are too many to count."""
    found = together(pd.Series([1.5, 1234.5]), None)

    said = summary(Answers(table_cards.regressor(), "fares", found))

    assert said == "fares (xgboost, md5 00000000): 2 rows, price 1.5 to 1,234.5"


def test_a_row_is_explained_in_a_table() -> None:
    """Whatever a label holds does not drive the terminal."""
    lines = explained_text(explained()).splitlines()

    assert lines[0] == (
        "delays v1.0.0 answers row 3 with y\\x1bes: log-odds of yes -0.75, from -1 by:"
    )
    assert lines[2:] == [
        "feature  value    contribution",
        "wind     12.25           +0.75",
        "carrier  UA               -0.5",
        "gust     missing            +0",
    ]


def test_an_explanation_for_programs_has_every_number() -> None:
    """With what they add up to."""
    found = json.loads(explained_json(explained()))

    assert (found["answer"], found["prediction"]) == ("y\x1bes", -0.75)
    assert found["contributions"][2]["value"] is None

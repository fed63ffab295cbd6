"""What somebody asks for, and what is still unclear."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers.inspections import sales
from lineal.bootstrap.starting.asked import (
    Asked,
    BadNameError,
    UnclearError,
    UnfitError,
    check,
)
from lineal.errors import BadInputError
from lineal.modeling.inspection.result import Remark

ASKED = Asked(Path("sales.csv"))
QUESTION = Remark("question", "dates", "day", "is read day first", "say --dates '%m'")
REFUSAL = Remark("refusal", "few rows", "", "there are 2 rows")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Weekly Sales (2).csv.gz", "weekly-sales-2"),
        ("Ünits.csv", "units"),
        ("Straße Łódź.csv", "strasse-odz"),
        ("2024.csv", "model-2024"),
        ("销售.csv", "model"),
    ],
)
def test_a_model_is_called_like_its_file(file: str, name: str) -> None:
    """As far as a Git tag and a folder can be."""
    assert Asked(Path("data", file)).name == name


@pytest.mark.parametrize("name", ["a b", "1st", "a-", "a/b", "ä", "x" * 300])
def test_a_name_that_no_model_can_have_is_refused(name: str) -> None:
    """Before anything is made of it."""
    with pytest.raises(BadInputError):
        _ = Asked(Path("a.csv"), model=name).name


def test_the_refusal_of_a_name_says_what_may_be() -> None:
    """Letters, digits and two signs."""
    with pytest.raises(BadNameError, match="'a b' cannot name a model: letters"):
        _ = Asked(Path("a.csv"), model="a b").name


@pytest.mark.parametrize(
    "said", [{"horizon": 8}, {"frequency": "week"}, {"aggregate": "sum"}]
)
def test_options_of_forecasts_ask_for_one(said: dict[str, Any]) -> None:
    """And are refused with another task."""
    assert replace(ASKED, **said).question == "forecast"
    with pytest.raises(BadInputError, match=f"--{next(iter(said))} is about forecasts"):
        replace(ASKED, task="regression", **said).agree()


def test_what_nobody_has_decided_is_refused_with_the_option_that_does() -> None:
    """Unless guesses may be taken."""
    found = sales(remarks=(QUESTION,))

    with pytest.raises(UnclearError, match=r"'day': is read day first .say --dates"):
        check(found, ASKED)
    check(found, Asked(Path("sales.csv"), guesses=True))


def test_what_cannot_be_used_is_refused_though_guesses_may_be_taken() -> None:
    """No guess makes a table of two rows longer."""
    with pytest.raises(UnfitError, match=r"^there are 2 rows$"):
        check(sales(remarks=(REFUSAL,)), Asked(Path("sales.csv"), guesses=True))


def test_only_columns_that_are_there_can_be_excluded() -> None:
    """The refusal lists those that are."""
    check(sales(), Asked(Path("sales.csv"), exclude=("colour",)))
    with pytest.raises(BadInputError, match="no column 'color'; there are: week, sto"):
        check(sales(), Asked(Path("sales.csv"), exclude=("color",)))

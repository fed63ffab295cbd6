"""The model's part of params.yaml, from what a table is like."""

from pathlib import Path
from typing import Any

import pytest

from helpers.inspections import CUSTOMERS, SALES, column, customers, sales, weekly
from lineal.bootstrap.starting.asked import Asked, UnfitError
from lineal.bootstrap.starting.forecasts import forecast
from lineal.bootstrap.starting.tables import table
from lineal.bootstrap.starting.yamltext import plain
from lineal.modeling.inspection.result import FoundTarget, Inspection
from lineal.modeling.params import Model
from lineal.modeling.parsing import parse
from lineal.modeling.sections import Csv


def _part(found: Inspection, **asked: Any) -> dict[str, Any]:
    """Return the part, after the stages' own reading has taken it."""
    make = forecast if found.task == "forecast" else table
    part: dict[str, Any] = plain(make(found, Asked(Path("x.csv"), **asked), "x.csv"))
    _read(part)
    return part


def _read(part: dict[str, Any]) -> Model:
    runtime = {"threads": 1, "seed": 1}
    return parse({"runtime": runtime, "models": {"x": part}}).model("x")


def _numbers(low: float, **more: Any) -> Inspection:
    """Return customers of whom a number is to be told."""
    columns = (*CUSTOMERS, column("spent", min=low, max=9, negatives=int(low < 0)))
    target = FoundTarget("spent", 0.0, 0.0, float(low < 0))
    return customers(
        **({"columns": columns, "target": target, "task": "regression"} | more)
    )


def test_weekly_sales_become_a_forecast() -> None:
    """Eight weeks ahead, by store; what is no number is left out."""
    part = _part(sales())

    assert part["description"] == "units by store, 1 to 8 weeks ahead."
    assert part["predict"] == {"horizon": 8}
    assert part["selection"]["metric"] == "wape"
    assert part["features"]["windows"] == [4, 8, 13, 26, 52]
    assert part["data"] | {"columns": None} == {
        "path": "x.csv",
        "time": "week",
        "segments": ["store"],
        "target": "units",
        "frequency": "week",
        "zeros": "counted",
        "columns": None,
        "known": [],
        "observed": ["price €", "on sale"],
        "exclude": ["note", "colour"],
    }


def test_columns_are_declared_with_room_for_missing_values() -> None:
    """A target that is never below zero may not be; an empty column may stay so."""
    columns = _part(sales())["data"]["columns"]

    assert columns["units"] == {"type": "integer", "min": 0}
    assert columns["price €"] == {"type": "number", "missing": 0.05}
    assert columns["note"] == {"type": "string", "missing": 1.0}


@pytest.mark.parametrize(
    ("frequency", "last", "horizon"),
    [
        ("hour", "2021-03-01 00:00:00", 24),
        ("day", "2023-01-04", 14),
        ("week", "2024-06-10", 8),
        ("month", "2024-12-01", 3),
    ],
)
def test_every_frequency_has_its_usual_lengths(
    frequency: Any, last: str, horizon: int
) -> None:
    """The first table of each is cut and read without a word said."""
    columns = (column("week", "datetime"), *SALES[1:])
    time = weekly(frequency=frequency, last=last)

    part = _part(sales(time=time, columns=columns))

    assert part["predict"]["horizon"] == horizon
    assert part["data"]["frequency"] == frequency


def test_what_was_asked_for_wins() -> None:
    """Horizon, frequency, aggregate and columns to leave out."""
    found = sales(csv=Csv(delimiter=";", dates="%d.%m.%Y"), segments=())

    part = _part(
        found,
        horizon=2,
        frequency="month",
        aggregate="sum",
        exclude=("price €", "week"),
    )

    assert part["description"] == "units, 1 to 2 months ahead."
    assert part["data"]["csv"] == {"delimiter": ";", "dates": "%d.%m.%Y"}
    assert part["data"]["aggregate"] == "sum"
    assert part["data"]["exclude"] == ["note", "price €", "store", "colour"]
    assert _part(found, horizon=1)["description"] == "units, 1 week ahead."


@pytest.mark.parametrize(("last", "short"), [("2023-06-26", 1), ("2029-06-25", 0)])
def test_a_short_history_is_told(last: str, short: int) -> None:
    """Folds that learn from less than a year judge learners hard."""
    made = forecast(sales(time=weekly(last=last)), Asked(Path("x.csv")), "x.csv")
    said = str(made["split"].value["folds"])

    assert said.count("only, less than a year") == short


def test_columns_that_are_called_as_our_own_become_no_covariates() -> None:
    """The table is not refused because of one."""
    part = _part(sales(columns=(*SALES, column("horizon"))))

    assert "horizon" in part["data"]["exclude"]
    assert "horizon" not in part["data"]["observed"]


def test_targets_below_zero_are_judged_by_their_distance() -> None:
    """A share of a sum near zero says nothing."""
    columns = tuple(
        column("units", negatives=9) if c.name == "units" else c for c in SALES
    )
    target = FoundTarget("units", 0.0, 0.0, 0.3)

    part = _part(sales(columns=columns, target=target))

    assert part["selection"]["metric"] == "mae"
    assert part["data"]["columns"]["units"] == {"type": "number"}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (sales(time=None), "name it with --time"),
        (sales(target=None), "name it with --target"),
        (
            sales(target=FoundTarget("colour", 0, 0, 0)),
            "'colour' holds string: say --t",
        ),
        (sales(time=weekly(last="2021-02-08")), "6 weeks are too few"),
        (sales(time=weekly(frequency=None)), "rows come irregularly, and a"),
        (sales(time=weekly(step=2)), "rows come every 2 weeks, and a forecast needs"),
        (customers(target=None), "name it with --target"),
        (customers(rows=59), "59 rows have a value of 'bought', and 60 are the least"),
        (customers(task="regression"), "'bought' holds string: say --task classif"),
        (
            customers(target=FoundTarget("size", 0, 0, 0)),
            "too many values to be classes",
        ),
    ],
)
def test_what_can_be_no_model_is_refused(found: Inspection, said: str) -> None:
    """With the option that helps."""
    with pytest.raises(UnfitError) as refusal:
        _part(found)

    assert said in str(refusal.value)


def test_customers_become_a_classification() -> None:
    """At random where there is no time, with dates turned into their parts."""
    part = _part(customers())

    assert part["description"] == "Whether bought."
    assert part["split"]["by"] == "random"
    assert part["features"]["calendar"]
    assert part["data"]["exclude"] == ["id"]
    assert part["predict"] == {"positive": "yes", "balance": False}
    assert part["candidates"]["ridge"]["search"] == {
        "C": {"low": 0.01, "high": 10, "log": True}
    }


@pytest.mark.parametrize(
    ("classes", "asked"),
    [
        ((("Nein", 700), ("Ja", 300)), "Ja"),
        ((("Ja", 700), ("Nein", 300)), "Ja"),
        ((("stays", 700), ("leaves", 300)), "leaves"),
        ((("b", 500), ("a", 500)), None),
    ],
)
def test_the_word_that_is_asked_for_is_written(classes: Any, asked: str | None) -> None:
    """A yes in some languages, or the rarer word; of equals the stages choose."""
    target = FoundTarget("bought", 0.0, 0.0, 0.0, classes)

    assert _part(customers(target=target))["predict"]["positive"] == asked


def test_rows_with_a_time_are_cut_by_it() -> None:
    """And of several classes none is the positive one."""
    classes = (("no", 700), ("yes", 290), ("returned", 10))
    target = FoundTarget("bought", 0.0, 0.0, 0.0, classes)
    time = weekly(column="joined", frequency=None)

    part = _part(customers(target=target, time=time), segments=("size",))

    assert part["description"] == "Which bought a row has."
    assert part["split"] == {
        "by": "time",
        "train": 0.7,
        "validation": 0.15,
        "test": 0.15,
        "folds": 2,
    }
    assert part["predict"] == {"balance": False}
    assert part["data"]["time"] == "joined"
    assert part["data"]["segments"] == ["size"]


@pytest.mark.parametrize(("low", "floor"), [(0, 0), (-1, None)])
def test_numbers_become_a_regression(low: float, floor: int | None) -> None:
    """No answer is below zero where no number is; small tables judge by more rows."""
    part = _part(_numbers(low, rows=400))

    assert part["description"] == "spent of a row."
    assert part["predict"] == {"floor": floor, "log": False}
    assert part["split"]["test"] == 0.2
    assert part["leaks"]["power"] == 0.98
    assert part["calibration"] == {"levels": [0.8, 0.95]}
    assert _part(_numbers(low, rows=90))["calibration"] == {"levels": [0.8]}

"""What params.yaml may say about series of any frequency."""

from typing import Any

import pytest

from helpers.params import COLUMNS, columns, document, refused
from lineal.modeling.parsing import parse


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"data__frequency": "hour"}, "'day' is declared date, but frequency is hour"),
        (
            {"data__frequency": "week", "features__lags": [185]},
            "features.lags reach back 185 weeks, 184 at most",
        ),
        (
            {"data__columns": columns(rain={"type": "number", "available": "day"})},
            "column 'rain' is available at 'day', but a forecast has no such moments",
        ),
        (
            {
                "features__own": "features.py",
                "data__known": ["own_x"],
                "data__columns": columns(own_x={"type": "number"}),
            },
            "covariate 'own_x' begins with own_, as your own features do",
        ),
        (
            {"data__joins": [{"table": "x", "keys": ["stop"], "columns": COLUMNS}]},
            "data.joins wants data.path to be a folder",
        ),
        (
            {
                "data__path": "raw",
                "data__table": "stops.csv",
                "data__joins": [
                    {
                        "table": "lines.csv",
                        "keys": ["stop"],
                        "columns": {
                            "stop": {"type": "string"},
                            "line": {"type": "string"},
                        },
                    }
                ],
                "data__segments": ["stop", "line"],
            },
            "column 'line' tells rows apart, so it must be of the first table",
        ),
    ],
    ids=str,
)
def test_what_does_not_fit_a_forecast_is_refused(
    changes: dict[str, Any], problem: str
) -> None:
    """Each contradiction is found alone, and named."""
    message = refused(**changes)

    assert message.startswith("params.yaml: models.stops: ")
    assert problem in message


def test_hours_may_be_moments() -> None:
    """And a table of one series needs no segments."""
    said = columns(day={"type": "datetime"})
    model = parse(
        document(data__columns=said, data__frequency="hour", data__segments=[])
    ).forecast("stops")

    assert model.data.segments == ()
    assert model.data.sign == "counted"


@pytest.mark.parametrize(
    ("zeros", "low", "sign"),
    [
        ("closed", None, "open"),
        ("counted", 0, "counted"),
        ("counted", -5, "signed"),
        ("counted", None, "signed"),
    ],
)
def test_a_target_without_a_least_value_may_be_negative(
    zeros: str, low: float | None, sign: str
) -> None:
    """Unless zero says that a series was closed."""
    said = columns(entries={"type": "number", "min": low})
    changes = {"data__columns": said, "data__zeros": zeros}

    assert parse(document(**changes)).forecast("stops").data.sign == sign


def test_a_forecast_names_its_task_and_how_far_it_reaches() -> None:
    """Both are read in one word."""
    model = parse(document()).forecast("stops")

    assert model.task == "forecast"
    assert model.horizon == 2

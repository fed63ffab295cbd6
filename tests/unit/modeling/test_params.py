"""Models by name and by task."""

from typing import Any

import msgspec
import pytest

from helpers import trips
from helpers.params import document
from lineal.modeling.params import Params
from lineal.modeling.parsing import parse
from lineal.modeling.sections import InvalidParamsError
from lineal.modeling.tables.config import Event

BOTH = parse(
    {**document(), "models": {**document()["models"], **trips.document()["models"]}}
)


def test_a_model_is_found_by_name_and_task() -> None:
    """Who needs a task's own parts asks for that task."""
    assert isinstance(BOTH, Params)
    assert BOTH.forecast("stops").task == "forecast"
    assert BOTH.table("trips").task == "classification"


@pytest.mark.parametrize(
    ("ask", "name", "reason"),
    [
        (Params.model, "trams", "declares no model 'trams'; it has: stops, trips"),
        (Params.forecast, "trips", "is of task classification, not forecast"),
        (Params.table, "stops", "is of task forecast, not classification or regres"),
    ],
)
def test_another_task_is_refused(ask: Any, name: str, reason: str) -> None:
    """With the task that the model has."""
    with pytest.raises(InvalidParamsError, match=reason):
        ask(BOTH, name)


@pytest.mark.parametrize("said", [{}, {"at_least": 3, "at_most": 4}])
def test_an_event_has_one_limit(said: dict[str, float]) -> None:
    """None is no event, and of two nobody knows which counts."""
    with pytest.raises(msgspec.ValidationError, match="exactly one of at_least and"):
        msgspec.convert(said, Event)

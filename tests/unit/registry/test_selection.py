"""Tests of which models are shown."""

import pytest

from lineal.registry.overview import Overview
from lineal.registry.selection import (
    NothingSelectedError,
    UnknownStageError,
    Wanted,
    select,
)
from lineal.registry.timeline import Ended, Moment

OVERVIEW = Overview(
    {
        "demand/bikes": Moment(1, "v1.0.0", {"prod": "v1.0.0"}),
        "demand/cars": Moment(1, "v1.0.0", {"prod": None, "dev": "v1.0.0"}),
        "old": Moment(1, "v1.0.0", {"prod": "v1.0.0"}, Ended(None)),
    },
    ignored=0,
)


@pytest.mark.parametrize(
    ("wanted", "names", "hidden"),
    [
        (Wanted(), ["demand/bikes", "demand/cars"], 1),
        (Wanted(deprecated=True), ["demand/bikes", "demand/cars", "old"], 0),
        (Wanted("demand/*"), ["demand/bikes", "demand/cars"], 0),
        (Wanted("*[rs]"), ["demand/bikes", "demand/cars"], 0),
        (Wanted(stage="prod"), ["demand/bikes"], 1),
        (Wanted("demand/c*", "dev"), ["demand/cars"], 0),
        (Wanted("old", deprecated=True), ["old"], 0),
    ],
)
def test_what_is_wanted_is_chosen(
    wanted: Wanted, names: list[str], hidden: int
) -> None:
    """By name, by stage, and with or without what is deprecated."""
    found = select(OVERVIEW, wanted)

    assert (list(found.models), found.total, found.hidden) == (names, 3, hidden)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (Wanted("x*"), "none of 3 models matches 'x*'"),
        (
            Wanted("x*", "dev"),
            "none of 3 models matches 'x*' and holds something in dev",
        ),
        (
            Wanted("x*", "dev", then="noon"),
            "none of 3 models matches 'x*' and held something in dev at noon",
        ),
        (Wanted("o*"), "none of 3 models matches 'o*'; 1 more is deprecated (--all)"),
    ],
)
def test_nothing_is_said_in_a_sentence(wanted: Wanted, sentence: str) -> None:
    """With the way out, if there is one."""
    with pytest.raises(NothingSelectedError) as caught:
        select(OVERVIEW, wanted)

    assert str(caught.value) == sentence


def test_a_stage_that_no_model_has_is_named_beside_those_there_are() -> None:
    """It is likelier a slip of the pen than an empty stage."""
    with pytest.raises(UnknownStageError) as caught:
        select(OVERVIEW, Wanted("demand/*", "prd"))

    assert str(caught.value) == "no model has a stage prd; there are dev, prod"
    assert str(UnknownStageError("qa", ["dev"], "m")) == (
        "m has no stage qa; there is dev"
    )

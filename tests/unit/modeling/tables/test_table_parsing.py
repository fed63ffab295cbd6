"""What params.yaml may not say of a classifier or a regressor."""

from typing import Any

import pytest

from helpers.trips import asked, document
from lineal.modeling.parsing import parse
from lineal.modeling.sections import InvalidParamsError

COLUMNS = document()["models"]["trips"]["data"]["columns"]
JOIN = document()["models"]["trips"]["data"]["joins"][0]
REGRESSION: dict[str, Any] = {
    "task": "regression",
    "predict": {},
    "calibration": {"levels": [0.8]},
    "selection": {"metric": "mae", "baseline": "prior", "order": ["prior", "boosting"]},
}


def refused(**changes: Any) -> str:
    """Return what is said of a model that is refused."""
    with pytest.raises(InvalidParamsError) as caught:
        parse(document(**changes))
    return str(caught.value)


def column(name: str, **said: Any) -> dict[str, Any]:
    """Return the declared columns, with one said otherwise."""
    return {"data__columns": COLUMNS | {name: said}}


def join(**said: Any) -> dict[str, Any]:
    """Return the declared join, with some parts said otherwise."""
    return {"data__joins": [JOIN | said]}


def test_what_fits_together_is_read() -> None:
    """Nothing is refused of the models that other tests use."""
    assert asked().task == "classification"
    assert asked(**REGRESSION).task == "regression"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"data__time": "day"}, "data.time names 'day', which no columns of the first"),
        (
            {"data__time": "weather rain"},
            "data.time names 'weather rain', which no col",
        ),
        ({"data__target": "late"}, "data.target names 'late'"),
        ({"data__segments": ["town"]}, "data.segments names 'town', which no table's"),
        (
            {"data__segments": ["delay"]},
            "data.segments names 'delay', which is the tar",
        ),
        (
            {"data__exclude": ["note", "note"]},
            "data.exclude names 'note' more than once",
        ),
        ({"data__exclude": ["when"]}, "data.exclude names 'when', which is the time"),
        ({"split__group": ["town"]}, "split.group names 'town'"),
        ({"leaks": {"allow": ["hail"]}}, "leaks.allow names 'hail'"),
        (column("_row", type="string"), "column '_row' has a name that the feature"),
        (column("_group", type="string"), "column '_group' has a name that the featu"),
    ],
)
def test_roles_name_columns_that_are_there(
    changes: dict[str, Any], message: str
) -> None:
    """A role is told with the column that it names in vain."""
    assert message in refused(**changes)


def test_the_users_features_may_be_allowed_to_leak() -> None:
    """Their names are not known before their file is run."""
    model = asked(leaks={"allow": ["hail"]}, features={"own": "features.py"})

    assert model.leaks.allow == ("hail",)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"data__table": None}, "data.joins wants data.path to be a folder"),
        (join(asof=None, delay=None, tolerance=None), "has neither keys nor asof"),
        (join(asof=None, keys=["line"]), "has tolerance or delay, but no asof"),
        (join(asof={"when": "hour", "left": "rain"}), "more than one pair of asof"),
        (join(keys={"town": "rain"}), "meets in 'town', which is no column"),
        (join(keys=["line"]), "meets in 'line', which its own columns do not declare"),
        (
            join(prefix="", columns=JOIN["columns"] | {"stops": {"type": "number"}}),
            "adds a second column 'stops': give it a prefix",
        ),
        (
            join(columns=JOIN["columns"] | {"rain": {"type": "string", "min": 1}}),
            "columns of weather.csv.rain is declared string: it has no min or max",
        ),
    ],
)
def test_joins_meet_in_declared_columns(changes: dict[str, Any], message: str) -> None:
    """Each join is told with its table."""
    said = refused(**changes)

    assert message in said
    assert "data.joins" in said


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (column("when", type="string"), "data.time names 'when', declared string, not"),
        (
            column("stops", type="integer", available="later"),
            "available of column 'stops' is neither before nor after, and 'later' is no",
        ),
        (
            column("stops", type="integer", available="line"),
            "available of column 'stops' names 'line', declared string",
        ),
        (column("line", type="string", max=3), "data.columns.line is declared string"),
        (column("stops", type="integer", min=3, max=1), "has min 3 above max 1"),
        ({"split__by": "time", "data__time": None}, "split.by is time, but data.time"),
        ({"split__group": ["line"]}, "split.group is for split.by: random"),
        ({"split__test": 0.2}, "split: the shares add up to 1.05, not 1"),
        ({"selection__order": ["prior"]}, "leaves out candidate 'boosting'"),
        (
            {"selection__order": ["prior", "boosting", "prior"]},
            "selection.order names 'prior' more than once",
        ),
    ],
)
def test_types_splits_and_selection_fit(changes: dict[str, Any], message: str) -> None:
    """What would fail later is refused before anything runs."""
    assert message in refused(**changes)


def test_rows_may_be_cut_at_random_by_groups() -> None:
    """No time is needed for that."""
    model = asked(data__time=None, split__by="random", split__group=["line"])

    assert model.split.group == ("line",)


def test_a_column_known_at_anothers_moment_wants_the_predictions_own() -> None:
    """Without it the leak guard would have nothing to compare with."""
    columns = COLUMNS | {
        "opened": {"type": "datetime"},
        "stops": {"type": "integer", "available": "opened"},
    }
    random = {"data__columns": columns, "split__by": "random"}

    assert asked(**random).data.columns["stops"].available == "opened"
    assert "names 'opened', but data.time names no column" in refused(
        **random, data__time=None
    )


def test_candidates_are_not_called_as_predictions_are() -> None:
    """Their answers stand beside the champion's in one table."""
    candidates = {"candidates": {"prior": {"kind": "baseline"}, "chosen": {}}}

    assert "candidate 'chosen' has a name" in refused(**candidates)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"data__target": "line"}, "predict.event is about a number, but the target"),
        ({"predict": {}}, "the target is declared number: say predict.event, or decla"),
        (
            {"predict": {"event": {"at_least": 5}, "positive": "late"}},
            "predict.positive is 'late', not one of no, yes",
        ),
        (
            column("delay", type="boolean") | {"predict": {"positive": "yes"}},
            "predict.positive is 'yes', not one of false, true",
        ),
        (
            {"calibration": {"decision": {"objective": "recall"}}},
            "objective recall wants floor",
        ),
        (
            {"calibration": {"decision": {"objective": "fixed"}}},
            "objective fixed wants threshold",
        ),
        (
            {"calibration": {"decision": {"threshold": 0.4}}},
            "objective f1 has no use for threshold",
        ),
        (
            REGRESSION | {"data__target": "line"},
            "data.target 'line' is declared string, but regression predicts a number",
        ),
    ],
)
def test_the_target_can_be_what_the_task_predicts(
    changes: dict[str, Any], message: str
) -> None:
    """Events, positive classes and objectives fit the target's type."""
    assert message in refused(**changes)


def test_words_are_classes_of_their_own() -> None:
    """Their positive class is only known from the data."""
    model = asked(data__target="line", data__segments=[], predict={"positive": "B"})

    assert model.data.target == "line"

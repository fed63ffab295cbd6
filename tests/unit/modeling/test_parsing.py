"""What params.yaml may say, and how it is told what it may not."""

from typing import Any

import msgspec
import pytest

from helpers.params import columns, document, refused
from lineal.modeling.params import Params
from lineal.modeling.parsing import parse
from lineal.modeling.sections import InvalidParamsError


def test_params_are_values() -> None:
    """What is said is read; what is not said has its default."""
    params = parse(document())
    model = params.forecast("stops")

    assert isinstance(params, Params)
    assert model.data.known == ("game",)
    assert model.bundle.format == "joblib"
    assert model.bundle.origins == 90


def test_params_are_frozen() -> None:
    """No stage can change what another reads."""
    with pytest.raises(AttributeError):
        parse(document()).runtime.threads = 8  # type: ignore[misc] # it is the test


def test_params_survive_a_round_trip() -> None:
    """Values become builtins and the same values again."""
    params = parse(document())

    assert parse(msgspec.to_builtins(params)) == params


def test_an_unknown_model_is_named_beside_the_known() -> None:
    """The way out is in the message."""
    with pytest.raises(InvalidParamsError, match="no model 'bikes'; it has: stops"):
        parse(document()).model("bikes")
    with pytest.raises(InvalidParamsError, match="it has: none"):
        parse({"runtime": {"threads": 1, "seed": 0}, "models": {}}).model("bikes")


@pytest.mark.parametrize(
    ("changes", "place", "problem"),
    [
        ({"horizn": 3}, "models[...]", "unknown field `horizn`"),
        ({"data__colour": 1}, "models[...].data", "unknown field `colour`"),
        ({"split__every__vali": 1}, "split.every", "unknown field `vali`"),
        ({"predict": {"horizon": 0}}, "predict.horizon", ">= 1"),
        (
            {"predict": {"horizon": "14"}},
            "predict.horizon",
            "Expected `int`, got `str`",
        ),
        ({"split__train": 1}, "split.train", "< 1.0"),
        ({"split__folds": 1}, "split.folds", ">= 2"),
        ({"tuning__factor": 1}, "tuning.factor", ">= 2"),
        ({"task": "classify"}, "models[...].task", "Invalid value 'classify'"),
        ({"selection__metric": "r2"}, "selection.metric", "Invalid enum value 'r2'"),
        ({"data__frequency": "year"}, "data.frequency", "Invalid enum value 'year'"),
        ({"data__known": "game"}, "data.known", "Expected `array`"),
        ({"calibration__levels": [1.0]}, "calibration.levels", "< 1.0"),
        ({"features__lags": [-1]}, "features.lags", ">= 0"),
        ({"candidates__naive": {"grid": {}}}, "candidates", "unknown field `grid`"),
        ({"bundle": {"format": "pickle"}}, "bundle.format", "Invalid enum value"),
        ({"data__columns": columns(day={})}, "data.columns", "field `type`"),
        (
            {"data__columns": columns(day={"type": "time"})},
            "data.columns[...].type",
            "Invalid enum value 'time'",
        ),
        (
            {"data__columns": columns(rain={"type": "number", "missing": 2})},
            "data.columns[...].missing",
            "<= 1.0",
        ),
    ],
    ids=str,
)
def test_what_does_not_fit_is_named_with_its_place(
    changes: dict[str, Any], place: str, problem: str
) -> None:
    """Unknown keys, wrong types and values out of range."""
    message = refused(**changes)

    assert message.startswith("params.yaml: ")
    assert place in message
    assert problem in message


@pytest.mark.parametrize("part", ["data", "predict", "split", "selection"])
def test_a_missing_part_is_named(part: str) -> None:
    """A model must say everything that has no default."""
    said = document()
    del said["models"]["stops"][part]

    with pytest.raises(InvalidParamsError, match=f"missing required field `{part}`"):
        parse(said)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"data__time": "when"}, "data.time names 'when', which data.columns does not"),
        ({"data__segments": ["line"]}, "data.segments names 'line', which"),
        ({"data__target": "exits"}, "data.target names 'exits', which"),
        ({"data__known": ["fair"]}, "data.known names 'fair', which"),
        ({"data__observed": ["snow"]}, "data.observed names 'snow', which"),
        ({"data__exclude": ["memo"]}, "data.exclude names 'memo', which"),
        ({"data__observed": ["game"]}, "column 'game' has more than one role"),
        ({"data__segments": ["stop", "stop"]}, "column 'stop' has more than one role"),
        ({"split__train": 0.8}, "split: the shares add up to 1.1, not 1"),
        ({"features__lags": [0, 757]}, "features.lags reach back 757 days, 756 at"),
        ({"features__windows": [7, 999]}, "features.windows reach back 999 days"),
        ({"features__weekday_lags": 109}, "weekday_lags (weeks) reach back 763 days"),
        ({"candidates__new": {}}, "selection.order leaves out candidate 'new'"),
        (
            {"selection__order": ["naive", "old"]},
            "selection.order names 'old', which is no candidate",
        ),
        ({"selection__baseline": "old"}, "selection.baseline 'old' is no candidate"),
        (
            {"data__columns": columns(day={"type": "string"})},
            "data.time 'day' is declared string, not date",
        ),
        (
            {"data__columns": columns(entries={"type": "string"})},
            "data.target 'entries' is declared string, not a number",
        ),
        (
            {"data__columns": columns(game={"type": "date"})},
            "data.known 'game' is declared date, not a number",
        ),
        (
            {"data__columns": columns(rain={"type": "string"})},
            "data.observed 'rain' is declared string, not a number",
        ),
        (
            {"data__columns": columns(stop={"type": "string", "min": 0})},
            "data.columns.stop is declared string: it has no min or max",
        ),
        (
            {"data__columns": columns(day={"type": "date", "max": 0})},
            "data.columns.day is declared date: it has no min or max",
        ),
    ],
    ids=str,
)
def test_what_contradicts_itself_is_refused(
    changes: dict[str, Any], problem: str
) -> None:
    """Each contradiction is found alone, and named."""
    message = refused(**changes)

    assert message.startswith("params.yaml: models.stops: ")
    assert problem in message


@pytest.mark.parametrize("role", ["known", "observed"])
@pytest.mark.parametrize(
    "name", ["segment", "date", "target", "origin", "horizon", "scale", "naive_error"]
)
def test_a_covariate_may_not_be_named_as_the_rows_own_columns(
    role: str, name: str
) -> None:
    """It would replace them."""
    changes = {
        f"data__{role}": [name],
        "data__columns": columns(**{name: {"type": "number"}}),
    }

    assert refused(**changes) == (
        f"params.yaml: models.stops: covariate {name!r} has a name that the feature "
        "rows need: rename it"
    )


def test_the_raw_table_may_use_those_names_elsewhere() -> None:
    """A target called target, and a day called date, are renamed anyway."""
    said = columns(
        date={"type": "date"}, target={"type": "integer"}, segment={"type": "string"}
    )
    changes = {
        "data__time": "date",
        "data__target": "target",
        "data__segments": ["segment"],
        "data__columns": said,
    }

    assert parse(document(**changes)).model("stops").data.target == "target"


def test_all_contradictions_are_told_at_once() -> None:
    """One run shows everything that is to be corrected."""
    message = refused(data__known=["fair"], selection__baseline="old")

    assert "data.known names 'fair'" in message
    assert "; selection.baseline 'old'" in message


def test_shares_may_be_off_by_rounding() -> None:
    """0.7 + 0.15 + 0.15 is not 1 in binary."""
    changes = {"split__train": 0.6, "split__validation": 0.3, "split__test": 0.1}

    assert parse(document(**changes)).model("stops").split.test == 0.1


@pytest.mark.parametrize("name", ["../up", "a b", "7days", "prod#1", "ä", ""])
def test_a_models_name_is_one_for_folders_and_tags(name: str) -> None:
    """A name with a path or a tag's own signs in it would end up elsewhere."""
    said = document()
    said["models"] = {name: said["models"].popitem()[1]}

    with pytest.raises(InvalidParamsError, match="names folders and Git tags"):
        parse(said)


def test_a_candidates_name_is_one_for_folders() -> None:
    """Its files lie in a folder of that name."""
    assert "'../up' names folders" in refused(candidates={"../up": {}})

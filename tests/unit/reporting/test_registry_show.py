"""Tests of the table of all models."""

import json

from lineal.registry.selection import Selection
from lineal.registry.timeline import Ended, Moment
from lineal.reporting.registry_show import as_json, as_text, ordered, which_json
from lineal.reporting.screen import Screen

COMMIT = "0123456789" * 4
MODELS = {
    "demand/bikes": Moment(
        1,
        "v1.10.0",
        {"prod": "v1.9.0", "dev": "v1.10.0"},
        ended={"v1.9.0": Ended(1772496000)},
    ),
    "raw": Moment(2, None, {"prod": COMMIT, "dev": None}),
    "old": Moment(3, "v1.0.0", {}, Ended(None)),
}
STAGES = ("dev", "prod")


def test_a_row_is_a_model_and_a_column_a_stage() -> None:
    """A star marks what is deprecated, and the last line counts."""
    found = Selection(MODELS, total=3, hidden=0)

    assert as_text(found, STAGES, Screen()) == (
        "model         newest   dev      prod\n"
        "demand/bikes  v1.10.0  v1.10.0  v1.9.0 *\n"
        "raw           -        -        0123456\n"
        "old *         v1.0.0   -        -\n"
        "\n"
        "3 models; * deprecated\n"
    )


def test_the_last_line_tells_what_is_not_shown() -> None:
    """Deprecated models, and those that did not match."""
    one = {"raw": MODELS["raw"]}

    shown = as_text(Selection(one, total=1000, hidden=12), (), Screen())

    assert shown.splitlines()[-1] == (
        "1 of 1000 models; 12 deprecated not shown (--all shows them)"
    )
    assert as_text(Selection(one, 1, 0), (), Screen()).endswith("\n\n1 model\n")


def test_a_narrow_terminal_shortens_and_colours_only_where_asked() -> None:
    """A stage's long name, or a model's, must not break the table."""
    moment = Moment(1, "v1.0.0", {"prod": "v1.0.0"}, ended={"v1.0.0": Ended(None)})
    found = Selection({"m" * 100: moment}, 1, 0)

    plain = as_text(found, ("prod",), Screen(80))
    coloured = as_text(found, ("prod",), Screen(80, colour=True))
    assert max(map(len, plain.splitlines())) <= 80
    assert "\x1b" not in plain
    assert "\x1b[33mv1.0.0 *\x1b[0m" in coloured


def test_json_has_the_same_facts() -> None:
    """Times are in UTC; what is not there is null."""
    text = as_json(Selection(MODELS, 3, 0), at=1772496000, ignored=2)

    document = json.loads(text)
    bikes, raw, old = document.pop("models")
    assert document == {
        "format": 1,
        "at": "2026-03-03T00:00:00Z",
        "total": 3,
        "hidden": 0,
        "ignored": 2,
    }
    assert bikes == {
        "model": "demand/bikes",
        "newest": "v1.10.0",
        "stages": {"dev": "v1.10.0", "prod": "v1.9.0"},
        "deprecated": False,
        "end_of_life": None,
        "deprecated_versions": {"v1.9.0": "2026-03-03T00:00:00Z"},
    }
    assert raw["stages"] == {"dev": None, "prod": COMMIT}
    assert (old["deprecated"], old["newest"]) == (True, "v1.0.0")


def test_which_says_in_json_whether_the_version_is_deprecated() -> None:
    """Scripts that deploy want to know."""
    found = json.loads(which_json("demand/bikes", "prod", MODELS["demand/bikes"], None))

    assert found == {
        "format": 1,
        "at": None,
        "model": "demand/bikes",
        "stage": "prod",
        "version": "v1.9.0",
        "deprecated": True,
        "end_of_life": "2026-03-03T00:00:00Z",
    }


def test_stages_are_in_the_teams_order() -> None:
    """Those that the team does not list come last, by name."""
    assert ordered({"prod", "dev", "b", "a"}, ("dev", "staging", "prod")) == (
        "dev",
        "prod",
        "a",
        "b",
    )
    assert ordered({"prod", "dev"}, None) == ("dev", "prod")

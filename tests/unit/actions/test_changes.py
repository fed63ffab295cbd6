"""Laws of what a change between two versions is worth."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lineal.actions.changes import judge
from lineal.registry.direction import is_higher_better
from lineal.registry.facts import Facts, Field

OPTIONAL = Field("float", required=False)
BASE = Facts(
    task="forecast",
    target="entries",
    metric="wape",
    features={"lag_0": "number", "friday": "flag"},
    inputs={"date": Field("date"), "temp": OPTIONAL},
    outputs={"forecast": Field("float")},
    metrics={"wape": 0.05, "r2": 0.9},
)
names = st.sampled_from(["a", "b", "c", "d"])
kinds = st.sampled_from(["", "float", "date"])
fields = st.builds(Field, kinds, st.booleans())
some = st.none() | st.dictionaries(names, fields)
cards = st.builds(
    Facts,
    task=st.sampled_from(["", "forecast", "regression"]),
    target=st.sampled_from(["", "y"]),
    metric=st.sampled_from(["", "mae", "r2"]),
    features=st.none() | st.dictionaries(names, kinds),
    inputs=some,
    outputs=some,
    metrics=st.dictionaries(st.sampled_from(["mae", "r2"]), st.floats(0, 9)),
)


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (replace(BASE, task="regression"), "task changed from forecast to regression"),
        (replace(BASE, target="exits"), "target changed from entries to exits"),
        (replace(BASE, inputs={"date": Field("date")}), "input temp removed"),
        (
            replace(BASE, inputs={"date": Field("string"), "temp": OPTIONAL}),
            "input date changed from date to string",
        ),
        (
            replace(BASE, inputs={**(BASE.inputs or {}), "wind": Field("float")}),
            "new required input wind",
        ),
        (
            replace(BASE, inputs={"date": Field("date"), "temp": Field("float")}),
            "input temp became required",
        ),
        (replace(BASE, outputs={}), "output forecast removed"),
        (
            replace(BASE, outputs={"forecast": Field("integer")}),
            "output forecast changed from float to integer",
        ),
        (replace(BASE, outputs={"forecast": OPTIONAL}), "output forecast may now be"),
        (replace(BASE, features={"lag_0": "number"}), "feature friday removed"),
        (
            replace(BASE, features={"lag_0": "code", "friday": "flag"}),
            "feature lag_0 changed from number to code",
        ),
    ],
)
def test_what_breaks_a_caller_is_major(new: Facts, reason: str) -> None:
    """And it is named, whatever else became better."""
    found = judge(BASE, replace(new, metrics={"wape": 0.01}))

    assert found.part == "major"
    assert found.reason.startswith(reason)


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (
            replace(BASE, inputs={**(BASE.inputs or {}), "wind": OPTIONAL}),
            "input wind added",
        ),
        (
            replace(BASE, outputs={**(BASE.outputs or {}), "low": Field("float")}),
            "output low added",
        ),
        (
            replace(BASE, features={**(BASE.features or {}), "lag_7": "number"}),
            "feature lag_7 added",
        ),
        (
            replace(BASE, metrics={"wape": 0.04, "r2": 0.1}),
            "wape went from 0.05 to 0.04 (lower is better)",
        ),
        (
            replace(BASE, metric="r2", metrics={"wape": 0.9, "r2": 0.90001}),
            "r2 went from 0.9 to 0.90001 (higher is better)",
        ),
    ],
)
def test_what_is_added_or_better_is_minor(new: Facts, reason: str) -> None:
    """And it is named; only the metric that the model was chosen by counts."""
    found = judge(BASE, new)

    assert (found.part, found.reason) == ("minor", reason)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (BASE, BASE, "nothing was added, removed or better"),
        (
            BASE,
            replace(BASE, metrics={"wape": 0.06}),
            "nothing was added or removed; wape went from 0.05 to 0.06 (lower is better)",
        ),
        (
            BASE,
            replace(
                BASE, inputs={"date": Field("date", required=False), "temp": OPTIONAL}
            ),
            "nothing was added, removed or better",
        ),
        (None, None, "no card.json to compare"),
        (None, BASE, "no card.json to compare in the newest version"),
        (BASE, None, "no card.json to compare at this commit"),
        (Facts(), Facts(), "both cards say nothing that can be compared"),
    ],
)
def test_the_rest_is_a_patch(old: Facts | None, new: Facts | None, reason: str) -> None:
    """It says why, too."""
    found = judge(old, new)

    assert (found.part, found.reason) == ("patch", reason)


def test_metrics_that_chose_nothing_count_together() -> None:
    """One is better and none worse: minor; one is worse: patch."""
    old = Facts(metrics={"auc": 0.8, "loss": 0.3})

    better = judge(old, Facts(metrics={"auc": 0.9, "loss": 0.3}))
    mixed = judge(old, Facts(metrics={"auc": 0.9, "loss": 0.4}))

    assert better.part == "minor"
    assert mixed.part == "patch"


@pytest.mark.parametrize(
    ("metric", "higher"),
    [
        ("r2", True),
        ("accuracy", True),
        ("val_accuracy", True),
        ("roc_auc", True),
        ("ROC-AUC", True),
        ("f1", True),
        ("test.f1_macro", True),
        ("precision", True),
        ("recall", True),
        ("average_precision", True),
        ("neg_mean_squared_error", True),
        ("wape", False),
        ("mape", False),
        ("rmse", False),
        ("log_loss", False),
        ("precision_error", False),
        ("anything", False),
        ("", False),
    ],
)
def test_a_metric_is_lower_unless_its_name_says_otherwise(
    metric: str, *, higher: bool
) -> None:
    """By whole words: mape has no map in it."""
    assert is_higher_better(metric) is higher


def test_many_names_are_counted_and_long_ones_cut() -> None:
    """A reason stays a line that a terminal can show."""
    many = judge(BASE, replace(BASE, inputs={}, features={}))
    wild = judge(BASE, replace(BASE, task="\x1b[31m\nVersion: v9.9.9" + "x" * 999))
    listed = judge(Facts(features={}), Facts(features=dict.fromkeys("abcde", "")))

    assert many.reason == "inputs date, temp removed"
    assert listed.reason == "features a, b, c and 2 more added"
    assert wild.reason.isprintable()
    assert len(wild.reason) <= 201


@given(cards)
def test_a_card_against_itself_is_a_patch(card: Facts) -> None:
    """Nothing changed, so nothing is claimed."""
    assert judge(card, card).part == "patch"


@given(cards, cards)
def test_only_one_direction_can_be_better(one: Facts, other: Facts) -> None:
    """If a change breaks nothing and only the metric moves, its reverse is a patch."""
    assume(one.metric == other.metric)  # else each goes by its own

    there, back = judge(one, other), judge(other, one)

    moved = "is better)" in there.reason and there.part == "minor"
    assert not (moved and back.part == "minor" and "is better)" in back.reason)

"""Laws of cards: ours is read in full, and no other shape makes it fail."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.doors.dvc.names import Files
from lineal.registry.facts import Facts, Field, card_path, parse

OURS = {
    "task": "forecast",
    "target": "entries",
    "metric": "wape",
    "champion": "ridge",
    "features": ["lag_0", "friday"],
    "feature_types": {"friday": "flag", "lag_0": "number", "unused": "number"},
    "params": {"alpha": 1.0},
    "signature": {
        "inputs": [
            {"name": "date", "type": "date", "required": True},
            {"name": "temp", "type": "float", "required": False},
        ],
        "outputs": [{"name": "forecast", "type": "float"}],
    },
    "test": {"ridge": {"wape": 0.04, "rows": 10}, "naive": {"wape": 0.08}},
}
plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
documents = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*OURS, "metrics", "name"]), inner)
    ),
    max_leaves=12,
)


def said(card: Any) -> Facts:
    """Read a card that is JSON."""
    found = parse(json.dumps(card).encode())
    assert found is not None
    return found


def only(texts: dict[str, str]) -> Files:
    """Return a commit's files."""

    def read(paths: Sequence[str]) -> list[bytes | None]:
        return [texts[p].encode() if p in texts else None for p in paths]

    return Files(read)


def test_our_own_card_is_read_in_full() -> None:
    """Types go to the features that the model sees, scores are the champion's."""
    found = said(OURS)

    assert found == Facts(
        task="forecast",
        target="entries",
        metric="wape",
        features={"lag_0": "number", "friday": "flag"},
        inputs={"date": Field("date"), "temp": Field("float", required=False)},
        outputs={"forecast": Field("float")},
        metrics={"wape": 0.04, "rows": 10.0},
        params={"alpha": 1.0},
    )


@pytest.mark.parametrize(
    ("card", "metrics"),
    [
        ({"metrics": {"auc": 0.9, "name": "x", "ok": True}}, {"auc": 0.9}),
        ({"metrics": {"test": {"auc": 1}, "n": 2}}, {"test.auc": 1.0, "n": 2.0}),
        ({"test": {"auc": 0.9}}, {"auc": 0.9}),
        ({"test": {"a": {"auc": 0.9}}, "champion": "a"}, {"auc": 0.9}),
        ({"metrics": {"auc": float("nan"), "big": 10**400}}, {}),
        ({"metrics": [1, 2], "champion": ["a"]}, {}),
        ({}, {}),
    ],
)
def test_metrics_are_the_finite_numbers(card: Any, metrics: dict[str, float]) -> None:
    """Wherever teams keep them."""
    assert said(card).metrics == metrics


@pytest.mark.parametrize(
    ("features", "found"),
    [
        (["a", {"name": "b"}, 3, ""], {"a": "", "b": ""}),
        ({"a": "number", "b": 1}, {"a": "number", "b": ""}),
        ("a", None),
        (None, None),
    ],
)
def test_features_are_a_list_or_a_mapping(features: Any, found: Any) -> None:
    """A type that is not said is empty, and what is neither says nothing."""
    assert said({"features": features}).features == found


def test_a_signature_may_map_names_to_types() -> None:
    """What is not said of an input is that it may be missing."""
    found = said({"signature": {"inputs": {"a": "float"}, "outputs": "x"}})

    assert found.inputs == {"a": Field("float")}
    assert found.outputs is None


@pytest.mark.parametrize("text", ["", "[]", "1", "{", "[" * 100_000, "\xff", "null"])
def test_what_is_no_json_object_is_no_card(text: str) -> None:
    """It is as if there were none."""
    assert parse(text.encode("latin-1")) is None


@given(documents)
def test_no_shape_of_json_makes_it_fail(document: Any) -> None:
    """What it cannot use says nothing."""
    found = parse(json.dumps(document).encode())

    assert (found is not None) == isinstance(document, dict)


@pytest.mark.parametrize(
    ("texts", "model", "path"),
    [
        ({}, "m", "models/m/card.json"),
        ({}, "dir:m", "dir/models/m/card.json"),
        ({"artifacts.yaml": "m: {path: out/m.bin}"}, "m", "out/card.json"),
        ({"artifacts.yaml": "m: {path: m.bin}"}, "m", "card.json"),
        ({"dvc.yaml": "artifacts: {m: {path: a/m.bin}}"}, "m", "a/card.json"),
        ({"dir/artifacts.yaml": "m: {path: a/m}"}, "dir:m", "dir/a/card.json"),
        ({"artifacts.yaml": "m: ["}, "m", "models/m/card.json"),
    ],
)
def test_the_card_lies_beside_the_model(
    texts: dict[str, str], model: str, path: str
) -> None:
    """Where nothing that can be read is said, it is looked for in models/."""
    assert card_path(model, only(texts)) == path


@pytest.mark.parametrize("key", ["by_segment", "by_horizon"])
@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (
            {"a": {"wape": 0.1, "rows": 3}, "b": {"wape": float("nan"), "ok": True}},
            {"a": {"wape": 0.1, "rows": 3.0}, "b": {}},
        ),
        ({"a": {"all": {"wape": 0.1}}}, {"a": {"all.wape": 0.1}}),
        ({"a": None, "b": "0.1", "c": 1}, {"a": {}, "b": {}, "c": {}}),
        ({}, {}),
        ([{"a": 1}], {}),
        ("a", {}),
        (None, {}),
    ],
)
def test_scores_of_parts_are_their_finite_numbers(
    key: str, parts: Any, found: Any
) -> None:
    """A part that says nothing is kept, so that a rule about each can miss it."""
    facts = said({key: parts})

    assert getattr(facts, key) == found


@pytest.mark.parametrize(
    ("last", "seconds"),
    [
        ("2023-11-13", 1_699_920_000),
        ("2023-11-13T23:59:59-12:00", 1_699_920_000),
        ("1969-12-31", 0),
        ("2024-02-29", 1_709_251_200),
        ("2023-02-29", None),
        ("9999-12-31", None),
        ("0000-01-01", None),
        ("13.11.2023", None),
        ("", None),
        (" 2023-11-13", None),
        (20231113, None),
        (["2023-11-13"], None),
        (None, None),
    ],
)
def test_data_ends_with_its_last_day(last: Any, seconds: int | None) -> None:
    """In UTC, when the next one begins; what is no day says nothing."""
    assert said({"data": {"last": last}}).data_last == seconds
    assert said({"data": last}).data_last is None


@pytest.mark.parametrize(
    "card",
    [
        {"champion": "a", "test": {"a": {"auc": float("nan")}, "auc": 0.9}},
        {"champion": "a", "test": {"a": {"auc": "0.9"}}, "metrics": {"auc": 0.9}},
        {"test": {"auc": float("inf")}, "metrics": {"auc": 0.9}},
    ],
)
def test_scores_that_say_nothing_are_not_replaced_by_others(card: Any) -> None:
    """Else a model without a score would have that of another, or of other data."""
    assert "auc" not in said(card).metrics

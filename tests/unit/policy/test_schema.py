"""Tests of the JSON Schema that editors check policies with."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from helpers.policies import good, perhaps_bad
from lineal.policy import schema
from lineal.policy.reading import InvalidPolicyError, read

SCHEMA = json.loads(schema.text())
VALIDATOR = Draft202012Validator(SCHEMA)


def as_json(policy: Any) -> bytes:
    """Write a policy as JSON, which YAML includes, but for what is no number."""
    text = json.dumps(policy, ensure_ascii=False).replace("NaN", ".nan")
    return text.encode("utf-8", "replace")


def as_yaml(policy: Any) -> bytes:
    """Write a policy in the form that people prefer."""
    text = yaml.safe_dump(policy, allow_unicode=True, sort_keys=False)
    return text.encode("utf-8", "replace")


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every part of the schema that describes a mapping's keys."""
    if isinstance(node, dict):
        if "properties" in node:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from objects(each)


def test_the_schema_is_one() -> None:
    """It says of which draft it is, and keeps to it."""
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_the_schema_lets_no_unknown_key_pass() -> None:
    """An editor underlines what `lineal policy check` would refuse."""
    found = list(objects(SCHEMA))

    assert len(found) > 9
    assert all(each["additionalProperties"] is False for each in found)


@given(good)
def test_a_good_policy_is_good_for_both(policy: dict[str, Any]) -> None:
    """What an editor lets pass can be used."""
    assert list(VALIDATOR.iter_errors(policy)) == []
    assert read(as_json(policy)) is not None


@given(perhaps_bad(), st.sampled_from([as_json, as_yaml]))
def test_what_is_read_is_never_wrong_for_an_editor(policy: Any, write: Any) -> None:
    """Only what depends on another place of the file may escape the schema."""
    text = write(policy)
    try:
        read(text)
    except InvalidPolicyError:
        return

    assert list(VALIDATOR.iter_errors(policy)) == []


@pytest.mark.parametrize(
    "text",
    [
        "stages: []",
        "signers: ../x",
        "signers: a/./x",
        "gpg: {a@x.org: [abc]}",
        "models: {a b: {}}",
        "models: {m: {prod: {gate: []}}}",
        "models: {m: {prod: {gates: [{}]}}}",
        "models: {m: {prod: {gates: [{metric: a}]}}}",
        "models: {m: {prod: {gates: [{metric: a, max: .nan, min: x}]}}}",
        "models: {m: {prod: {gates: [{metric: a, versus: prod, max: 1}]}}}",
        "models: {m: {prod: {gates: [{metric: a, max: 1, confidence: 0.9}]}}}",
        "models: {m: {prod: {gates: [{metric: a, versus: prod, confidence: 1}]}}}",
        "models: {m: {prod: {gates: [{metric: a, max: 1, each: segment, horizon: 1}]}}}",
        "models: {m: {prod: {gates: [{card: present, max: 1}]}}}",
        "models: {m: {prod: {approvals: {count: 0, of: [a@x.org]}}}}",
        "models: {m: {prod: {approvals: {count: 1, of: []}}}}",
        "models: {m: {prod: {bypass: {}}}}",
    ],
)
def test_an_editor_sees_what_stands_in_one_place(text: str) -> None:
    """The schema is as strict as a schema can be."""
    assert list(VALIDATOR.iter_errors(yaml.safe_load(text)))

"""Every example of the policy's guide is a policy, and every key has its words."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from lineal.modeling.errors_by_day import Errors
from lineal.policy import schema
from lineal.policy.reading import read

GUIDE = (Path(__file__).parents[2] / "docs/policy.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
SCHEMA = json.loads(schema.text())


def keys(node: object) -> set[str]:
    """Return every key that the schema has a description of."""
    inner = list(node.values()) if isinstance(node, dict) else node
    found = set(node.get("properties", ())) if isinstance(node, dict) else set()
    return found.union(*map(keys, inner)) if isinstance(inner, list) else found


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_can_be_used_as_it_stands(example: str) -> None:
    """Readers begin with one of them."""
    errors = Draft202012Validator(SCHEMA).iter_errors(yaml.safe_load(example))

    assert read(example.encode()) is not None
    assert list(errors) == []


def test_the_errors_that_the_guide_shows_can_be_read() -> None:
    """Teams whose models we did not make write theirs by it."""
    (example,) = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)

    assert Errors.parse(example.encode()).metrics["mae"].value == 59.5 / 48


def test_the_guide_shows_every_key() -> None:
    """Both in words and in an example."""
    known = keys(SCHEMA)
    used = set(re.findall(r"(\w+):", "".join(EXAMPLES)))
    told = set(re.findall(r"`(\w+)", GUIDE))

    assert len(known) > 20
    assert known - used == set()
    assert known - told == set()

"""Tests of how words of the command line become values."""

from typing import Any

import click
import pytest

from lineal.cli.instants import InstantType
from lineal.cli.words import MaybeVersionType, ModelType, ModelVersionType, StageType

TYPES: list[tuple[click.ParamType[Any], str]] = [
    (ModelType(), "team:churn"),
    (StageType(), "prod"),
    (MaybeVersionType(), "churn"),
    (MaybeVersionType(), "churn@v1.0.0"),
    (ModelVersionType(), "churn@v1.0.0"),
    (InstantType(end_of_day=True), "2026-03-03"),
]


@pytest.mark.parametrize(("kind", "word"), TYPES)
def test_a_value_stays_what_it_is(kind: click.ParamType[Any], word: str) -> None:
    """Click may convert twice: a default, or what another command passes on."""
    value = kind.convert(word, None, None)

    assert kind.convert(value, None, None) == value


@pytest.mark.parametrize(
    ("kind", "word", "said"),
    [
        (ModelType(), "a b", "'a b' cannot"),
        (StageType(), "a#b", "'a#b' cannot"),
        (ModelVersionType(), "churn", "'churn' names no version"),
        (ModelVersionType(), "churn#prod", "`lineal which churn prod` prints the one"),
        (MaybeVersionType(), "churn@1", "'1' is not a version"),
        (InstantType(end_of_day=True), "soon", "'soon' is "),
    ],
)
def test_what_means_nothing_is_refused(
    kind: click.ParamType[Any], word: str, said: str
) -> None:
    """As wrong words, in a sentence that quotes them."""
    with pytest.raises(click.BadParameter, match=said):
        kind.convert(word, None, None)

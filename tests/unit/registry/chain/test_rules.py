"""Tests of each rule on the smallest registry that breaks it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from helpers import tampered
from helpers.links import ANN, Registry
from helpers.sandbox import START
from helpers.tampered import gto, two
from lineal.registry.chain.facts import Line
from lineal.registry.chain.judge import judge


def test_nothing_is_found_in_honest_histories() -> None:
    """Neither in lineal's nor in gto's."""
    assert two().judge() == gto().judge() == ()


@pytest.mark.parametrize(
    ("make", "rule", "severity", "tag"),
    [
        (tampered.gap, "gap", "warning", "m#prod#2"),
        (tampered.pruned, "deleted", "problem", "m#prod#2"),
        (tampered.fork, "fork", "problem", "m#prod#3"),
        (tampered.fork, "twins", "problem", "m#prod#3"),
        (tampered.both, "fork", "note", "m@v3.0.0"),
        (tampered.inserted, "inserted", "warning", "m#prod#3"),
        (tampered.backdated, "backdated", "problem", "m#prod#2"),
        (tampered.behind, "clock", "warning", "m#prod#2"),
        (tampered.tied, "clock", "warning", "m#prod#10"),
        (tampered.raced, "clock", "note", "m#dev#3"),
        (tampered.future, "future", "warning", "m#prod#2"),
        (tampered.elsewhere, "twice", "problem", "m@v1.0.0#3"),
        (tampered.repeated, "twice", "warning", "m@v1.0.0#3"),
        (tampered.taken_back_elsewhere, "withdrawn", "problem", "m@v1.0.0!"),
        (tampered.never_given, "withdrawn", "warning", "m@v7.0.0!"),
        (tampered.misnamed, "version", "problem", "m#prod#2"),
        (tampered.unregistered, "unregistered", "warning", "m#dev#3"),
        (tampered.ended, "ended", "warning", "m#prod#2"),
        (tampered.deprecated, "ended", "note", "m#prod#2"),
        (tampered.shared, "shared", "note", "m@v2.0.0"),
    ],
    ids=lambda value: value.__name__ if callable(value) else str(value),
)
def test_each_rule_names_the_tag(
    make: Callable[[], Registry], rule: str, severity: str, tag: str
) -> None:
    """And says who made it, and when."""
    found = [each for each in make().judge() if each.rule == rule]

    assert [(each.severity, each.tag) for each in found] == [(severity, tag)]
    assert found[0].who == str(ANN)
    assert found[0].when is not None
    assert found[0].when >= START


def test_an_empty_registry_has_no_findings() -> None:
    """There is nothing to be wrong."""
    facts = replace(Registry().facts(), lines=[Line("m", ())])

    assert list(judge(facts)) == []

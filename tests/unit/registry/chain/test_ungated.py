"""Tests of naming what holds a ruled stage by a tag that records no gates."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from helpers.links import ANN, Registry
from lineal.registry.chain.finding import Finding
from lineal.registry.chain.ungated import ungated

Step = tuple[Callable[[Registry, str], None], str]


def registry() -> Registry:
    """Register two versions."""
    made = Registry()
    for version in ("v1.0.0", "v2.0.0"):
        made.lineal("registration", version)
    return made


def gated(made: Registry, version: str) -> None:
    """Promote a version to prod as the policy lets lineal do it."""
    written = made.lineal("assignment", version, "prod")
    text = f"{written.tag.text.rstrip()}\nPolicy: {'5' * 40}\n"
    made.tags[-1] = replace(written, tag=replace(written.tag, text=text))


def plain(made: Registry, version: str) -> None:
    """Assign a version to prod as plain gto does."""
    made.gto("assignment", version, "prod")


def judged(made: Registry, *ruled: str) -> list[Finding]:
    """Return what is said where some stages are ruled, by default prod."""
    return list(ungated(made.facts().lines[0], ruled or {"prod"}))


def test_a_holder_whose_tag_names_no_policy_is_named() -> None:
    """With who made the tag, and what judges it."""
    made = registry()
    gated(made, "v1.0.0")
    plain(made, "v2.0.0")

    (found,) = judged(made)

    tag = made.tags[-1].name
    assert (found.rule, found.severity, found.tag) == ("ungated", "note", tag)
    assert found.who == str(ANN)
    assert found.sentence.startswith(f"prod holds m v2.0.0 by {tag} ({ANN}, ")
    assert found.sentence.endswith(
        f"which records no gates: `lineal check-ref {tag}` judges it"
    )


@pytest.mark.parametrize(
    "steps",
    [
        [(gated, "v1.0.0")],
        [(plain, "v1.0.0"), (gated, "v2.0.0")],
        [(gated, "v1.0.0"), (plain, "v1.0.0")],
        [(gated, "v1.0.0"), (gated, "v2.0.0"), (plain, "v1.0.0")],
    ],
)
def test_what_was_judged_or_is_a_way_back_is_not_named(steps: list[Step]) -> None:
    """Nor what held the stage before and does not hold it now."""
    made = registry()
    for assign, version in steps:
        assign(made, version)

    assert judged(made) == []


def test_to_assign_it_once_more_is_no_way_back() -> None:
    """Else two plain tags would be as good as a judged one."""
    made = registry()
    gated(made, "v1.0.0")
    plain(made, "v2.0.0")
    plain(made, "v2.0.0")

    assert [found.tag for found in judged(made)] == [made.tags[-1].name]


def test_what_comes_back_is_judged_by_its_own_tag() -> None:
    """That it held the stage once before is no excuse for how it entered."""
    made = registry()
    plain(made, "v1.0.0")
    first = made.tags[-1].name
    gated(made, "v2.0.0")
    made.lineal("unassignment", "v2.0.0", "prod")

    assert [found.tag for found in judged(made)] == [first]


def test_a_stage_without_rules_or_holder_is_not_named() -> None:
    """Nobody asked for gates there."""
    made = registry()
    plain(made, "v1.0.0")
    assert judged(made, "dev") == []

    made.lineal("unassignment", "v1.0.0", "prod")

    assert judged(made) == []


def test_a_policy_in_a_sentence_is_none() -> None:
    """Only the trailer is."""
    made = registry()
    plain(made, "v1.0.0")
    written = made.tags[-1]
    text = "Assign by our Policy: none\n"
    made.tags[-1] = replace(written, tag=replace(written.tag, text=text))

    assert len(judged(made)) == 1

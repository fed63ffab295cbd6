"""Tests of what is said of times."""

from helpers.links import LATE
from helpers.tampered import behind, gto
from lineal.registry.chain import clocks
from lineal.registry.chain.finding import day


def test_clocks_that_change_the_answer_say_both_answers() -> None:
    """`lineal which` and `gto show` would differ."""
    found = next(each for each in behind().judge() if each.rule == "clock")

    assert "(prod: lineal answers v2.0.0, gto show v1.0.0)" in found.sentence


def test_clocks_that_change_nothing_now_say_so() -> None:
    """What came later put both right."""
    made = behind()
    made.gto("assignment", "v2.0.0", "prod")
    made.recreate("m#prod#3", time=LATE - 5)

    found = next(each for each in made.judge() if each.rule == "clock")

    assert "which makes no difference now" in found.sentence


def test_a_tag_before_its_commit_is_named() -> None:
    """The commit's own time gives it away."""
    made = gto()
    commit = made.find("m#prod#2").tag.target
    facts = made.facts(committed={commit: LATE - 5})

    found = [each.tag for each in clocks.early(facts.lines[0], facts)]

    assert found == ["m@v2.0.0", "m#prod#2"]


def test_instants_beyond_the_calendar_are_still_worded() -> None:
    """Whoever forges a tag may write any number."""
    assert day(10**18) == f"second {10**18}"

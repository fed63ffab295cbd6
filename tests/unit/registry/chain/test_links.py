"""Tests of gaps, and of tags that were deleted, moved or renamed."""

from dataclasses import replace

from helpers.links import ANN, Registry
from helpers.sandbox import START
from helpers.tampered import copy, gap, gto, two
from lineal.registry.chain.finding import day
from lineal.registry.chain.judge import judge, unexplained


def test_a_gap_that_lineal_counted_over_is_a_problem() -> None:
    """It counts on from what everybody has, so the tag was there."""
    made = two()
    made.gto("assignment", "v1.0.0", "dev")
    made.lineal("assignment", "v1.0.0", "prod")
    made.delete("m#dev#3")

    assert [(e.rule, e.severity, e.tag) for e in made.judge()] == [
        ("gap", "problem", "m#prod#4")
    ]


def test_a_gap_is_explained_by_the_object_that_is_left() -> None:
    """Then the deleted tag has a name and a maker, and is named once."""
    made = two()
    made.gto("assignment", "v1.0.0", "dev")
    made.lineal("assignment", "v1.0.0", "prod")
    assert not unexplained(made.facts())
    gone = made.delete("m#dev#3")

    found = made.judge([gone])

    assert unexplained(made.facts())
    assert not unexplained(made.facts([gone]))
    assert [(e.rule, e.tag, e.who) for e in found] == [("deleted", "m#dev#3", str(ANN))]


def test_a_long_gap_is_one_finding() -> None:
    """Somebody may have typed a serial of nine digits."""
    made = gto()
    copy(made, "m#prod#2", "m#prod#999999999", time=START + 50)

    found = [each for each in made.judge() if each.rule == "gap"]

    assert len(found) == 1
    assert "serials 3 to 999999998 of m" in found[0].sentence


def test_a_lightweight_tag_takes_its_serial() -> None:
    """It is no event, but the next tag counts on from it, so there is no gap."""
    made = gap()

    found = [each.rule for each in judge(made.facts(taken=[1]))]

    assert found == []


def test_a_gap_deep_in_a_stage_is_split_around_what_is_left() -> None:
    """What is known of it is named, and the rest is counted."""
    made = Registry()
    for number in range(1, 6):
        made.gto("registration", f"v{number}.0.0")
        made.gto("assignment", f"v{number}.0.0", "prod")
    gone = [made.delete(f"m#prod#{number}") for number in (2, 3, 4)]

    found = made.judge(gone[:1])

    assert [(each.rule, each.tag) for each in found] == [
        ("deleted", "m#prod#2"),
        ("gap", "m#prod#5"),
    ]
    assert "serials 3 to 4 of m" in found[1].sentence


def test_a_moved_tag_tells_both_makers() -> None:
    """Who wrote the old one, and who the new one."""
    made = two()
    old = made.recreate("m#prod#1", target="9" * 40, time=START + 9)

    found = next(each for each in made.judge([old]) if each.rule == "moved")

    assert f"as Ann <ann@example.org>, {day(old.tag.time)} wrote it" in found.sentence
    assert f"another one (Ann <ann@example.org>, {day(START + 9)})" in found.sentence


def test_a_tag_that_became_unreadable_is_moved() -> None:
    """The name is taken by a lightweight tag, say."""
    made = two()
    old = made.delete("m#prod#1")
    facts = made.facts([old], taken=[1])
    ids = {**facts.ids, "m#prod#1": "5" * 40}

    found = tuple(judge(replace(facts, ids=ids)))

    assert [(each.rule, each.tag) for each in found] == [("moved", "m#prod#1")]
    assert "none that can be read" in found[0].sentence


def test_what_a_rename_took_from_the_chain_is_missed() -> None:
    """Another ref has the object, but it is no event any more."""
    made = two()
    gone = made.delete("m#prod#1")
    facts = made.facts([gone])
    ids = {**facts.ids, "m#dev#1": gone.id}

    found = [(e.rule, e.tag) for e in judge(replace(facts, ids=ids))]

    assert found == [("deleted", "m#prod#1")]


def test_a_gap_whose_end_is_known_is_counted_up_to_that() -> None:
    """The last tag before the gap's end was deleted, and its object is left."""
    made = Registry()
    for number in range(1, 6):
        made.gto("registration", f"v{number}.0.0")
        made.gto("assignment", f"v{number}.0.0", "prod")
    gone = [made.delete(f"m#prod#{number}") for number in (2, 3, 4)]

    found = made.judge(gone[2:])

    assert [(each.rule, each.tag) for each in found] == [
        ("deleted", "m#prod#4"),
        ("gap", "m#prod#5"),
    ]
    assert "serials 2 to 3 of m" in found[1].sentence

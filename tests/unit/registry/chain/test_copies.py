"""Tests of the comparison with the remote, and with what was seen before."""

from helpers.links import ANN
from helpers.sandbox import START
from lineal.registry.chain.copies import Copy, gone, phantoms, remembered
from lineal.registry.tagobject import TagObject

ONE, TWO = "1" * 40, "2" * 40
TAG = TagObject("3" * 40, "commit", "m@v1.0.0", ANN, START, 0, "")


def test_what_both_have_is_no_phantom() -> None:
    """Nothing is said of it."""
    ids = {"m@v1.0.0": ONE}

    assert list(phantoms(ids, Copy(ids, "origin"), {})) == []


def test_each_way_in_which_a_remote_can_differ() -> None:
    """What only this clone has, what only the remote has, and what is another."""
    here = {"m@v1.0.0": ONE, "m@v2.0.0": ONE}
    there = Copy({"m@v2.0.0": TWO, "m@v3.0.0": ONE}, "origin")

    found = {each.rule: each for each in phantoms(here, there, {ONE: TAG})}

    assert {rule: each.tag for rule, each in found.items()} == {
        "phantom": "m@v1.0.0",
        "differs": "m@v2.0.0",
        "unfetched": "m@v3.0.0",
    }
    assert found["phantom"].who == str(ANN)
    assert "`git tag -d 'm@v1.0.0'`" in found["phantom"].sentence
    assert found["unfetched"].severity == "warning"


def test_what_was_seen_and_is_gone_is_named() -> None:
    """Even the newest tag, which nothing follows."""
    found = list(gone({}, {"m@v1.0.0": ONE}, {ONE: TAG}))

    assert [(each.rule, each.tag, each.who) for each in found] == [
        ("deleted", "m@v1.0.0", str(ANN))
    ]
    assert "--accept" in found[0].sentence


def test_what_was_seen_and_is_another_now_is_named() -> None:
    """With both makers, as far as they are known."""
    found = list(gone({"m@v1.0.0": TWO}, {"m@v1.0.0": ONE}, {TWO: TAG}))

    assert [(each.rule, each.when) for each in found] == [("moved", START)]


def test_what_the_remote_still_has_only_needs_a_fetch() -> None:
    """The comparison with the remote says so already."""
    seen = {"m@v1.0.0": ONE}

    assert list(gone({}, seen, {}, Copy(seen, "origin"))) == []


def test_only_what_is_pushed_is_remembered() -> None:
    """A phantom may be dropped by its maker, as we tell them to."""
    here = {"m@v1.0.0": ONE, "m@v2.0.0": ONE}
    there = Copy({"m@v1.0.0": ONE}, "origin")

    assert remembered(here, {}, there, alone=False) == {"m@v1.0.0": ONE}
    assert remembered(here, {}, None, alone=True) == here
    assert remembered(here, {}, None, alone=False) == {}


def test_what_is_gone_stays_remembered() -> None:
    """Else the second look would find nothing."""
    seen = {"m@v1.0.0": ONE}

    assert remembered({"m@v1.0.0": TWO}, seen, None, alone=True) == seen

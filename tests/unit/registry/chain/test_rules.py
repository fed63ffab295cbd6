"""Tests of each rule on the smallest registry that breaks it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from helpers.links import ANN, LATE, Registry, Written
from helpers.sandbox import START
from lineal.registry.chain import clocks, names
from lineal.registry.chain.facts import Line
from lineal.registry.chain.finding import Finding, day
from lineal.registry.chain.judge import judge, unexplained
from lineal.registry.chain.signatures import Verdict, signatures
from lineal.registry.store import Ignored
from lineal.registry.tagobject import TagObject


def two() -> Registry:
    """Register v1.0.0 and v2.0.0, and let each go to prod: four tags of lineal."""
    made = Registry()
    for version in ("v1.0.0", "v2.0.0"):
        made.lineal("registration", version)
        made.lineal("assignment", version, "prod")
    return made


def gto() -> Registry:
    """Do the same with plain gto."""
    made = Registry()
    for version in ("v1.0.0", "v2.0.0"):
        made.gto("registration", version)
        made.gto("assignment", version, "prod")
    return made


def copy(made: Registry, old: str, new: str, **changes: object) -> Written:
    """Write a tag once more under another name."""
    tag = replace(made.find(old).tag, name=new, **changes)  # type: ignore[arg-type]
    return made.put(Written(new, tag))


def test_nothing_is_found_in_honest_histories() -> None:
    """Neither in lineal's nor in gto's."""
    assert two().judge() == gto().judge() == ()


def gap() -> Registry:
    """Delete what nothing but the serial speaks of."""
    made = gto()
    made.delete("m#prod#1")
    return made


def pruned() -> Registry:
    """Delete a tag of lineal's of which no object is left."""
    made = two()
    made.lineal("assignment", "v1.0.0", "prod")
    made.delete("m#prod#2")
    return made


def fork() -> Registry:
    """End an assignment and make another at the same time."""
    made = two()
    made.lineal("assignment", "v1.0.0", "prod")
    copy(made, "m#prod#3", "m#prod!#3")
    return made


def both() -> Registry:
    """Register twice at the same time, in two clones."""
    made = two()
    copy(made, "m@v2.0.0", "m@v3.0.0", target="3" * 40)
    return made


def inserted() -> Registry:
    """Push a tag late."""
    made = two()
    made.lineal("assignment", "v1.0.0", "dev")
    third = made.lineal("assignment", "v1.0.0", "prod")
    made.delete("m#dev#3")
    at = third.tag.time - 1
    copy(made, "m#prod#1", "m#prod#3", time=at, text="assign\n")
    return made


def backdated() -> Registry:
    """Date the newest tag before the one that it follows."""
    made = two()
    made.recreate("m#prod#2", time=START)
    return made


def behind() -> Registry:
    """Let gto assign on a machine whose clock is behind."""
    made = gto()
    made.recreate("m#prod#2", time=START)
    return made


def tied() -> Registry:
    """Assign ten times, the last two in one second."""
    made = gto()
    for number in range(3, 11):
        made.gto("assignment", f"v{number % 2 + 1}.0.0", "prod")
    made.recreate("m#prod#10", time=made.find("m#prod#9").tag.time)
    return made


def raced() -> Registry:
    """Assign to two stages at once, with clocks that disagree."""
    made = gto()
    made.gto("assignment", "v1.0.0", "dev")
    made.recreate("m#dev#3", time=START)
    return made


def future() -> Registry:
    """Date a tag after today."""
    made = gto()
    made.recreate("m#prod#2", time=LATE + 1000)
    return made


def elsewhere() -> Registry:
    """Register a version once more, at another commit."""
    made = gto()
    copy(made, "m@v1.0.0", "m@v1.0.0#3", target="4" * 40, time=START + 50)
    return made


def repeated() -> Registry:
    """Register a version once more, at the same commit."""
    made = gto()
    copy(made, "m@v1.0.0", "m@v1.0.0#3", time=START + 50)
    return made


def taken_back_elsewhere() -> Registry:
    """Withdraw a version at the commit of another one."""
    made = gto()
    copy(made, "m@v2.0.0", "m@v1.0.0!", time=START + 50)
    return made


def never_given() -> Registry:
    """Withdraw a version that was never there."""
    made = gto()
    copy(made, "m@v2.0.0", "m@v7.0.0!", time=START + 50)
    return made


def misnamed() -> Registry:
    """Name a version in the message that is at another commit."""
    made = two()
    text = made.find("m#prod#2").tag.text.replace("v2.0.0", "v1.0.0")
    made.recreate("m#prod#2", text=text)
    return made


def unregistered() -> Registry:
    """Assign a commit that has no version."""
    made = gto()
    made.gto("assignment", "v3.0.0", "dev")
    return made


def ended() -> Registry:
    """Deprecate a model whose stage holds something."""
    made = two()
    made.lineal("deprecation", "v2.0.0")
    name = made.tags[-1].name
    made.recreate(name, text=f"deprecate\n\nEnd-Of-Life: {LATE - 1}\n")
    return made


def deprecated() -> Registry:
    """Announce the end of what a stage holds."""
    made = two()
    made.lineal("deprecation", "v2.0.0")
    return made


def shared() -> Registry:
    """Give one commit two versions."""
    made = gto()
    copy(made, "m@v2.0.0", "m@v2.0.0-rc.1", time=START + 50)
    return made


@pytest.mark.parametrize(
    ("make", "rule", "severity", "tag"),
    [
        (gap, "gap", "warning", "m#prod#2"),
        (pruned, "deleted", "problem", "m#prod#2"),
        (fork, "fork", "problem", "m#prod#3"),
        (fork, "twins", "problem", "m#prod#3"),
        (both, "fork", "note", "m@v3.0.0"),
        (inserted, "inserted", "warning", "m#prod#3"),
        (backdated, "backdated", "problem", "m#prod#2"),
        (behind, "clock", "warning", "m#prod#2"),
        (tied, "clock", "warning", "m#prod#10"),
        (raced, "clock", "note", "m#dev#3"),
        (future, "future", "warning", "m#prod#2"),
        (elsewhere, "twice", "problem", "m@v1.0.0#3"),
        (repeated, "twice", "warning", "m@v1.0.0#3"),
        (taken_back_elsewhere, "withdrawn", "problem", "m@v1.0.0!"),
        (never_given, "withdrawn", "warning", "m@v7.0.0!"),
        (misnamed, "version", "problem", "m#prod#2"),
        (unregistered, "unregistered", "warning", "m#dev#3"),
        (ended, "ended", "warning", "m#prod#2"),
        (deprecated, "ended", "note", "m#prod#2"),
        (shared, "shared", "note", "m@v2.0.0"),
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


def test_a_commit_that_is_not_there_is_named() -> None:
    """The repository is damaged."""
    facts = gto().facts(committed={})

    found = [each for each in judge(facts) if each.rule == "object"]

    assert len(found) == 4
    assert "which is not there" in found[0].sentence


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("m@v1.0", True),
        ("m#prod!#", True),
        ("m@deprecated#", True),
        ("deprecated/m/1/1", True),
        ("a b@v1.0.0", True),
        ("v1.0.0", False),
        ("release-7", False),
        ("m@v1.0.0", False),
    ],
)
def test_names_that_were_meant_for_the_registry(name: str, *, said: bool) -> None:
    """Others are nobody's business here."""
    assert bool([*names.unreadable([name])]) is said


def test_what_is_no_event_is_told_by_its_kind() -> None:
    """A lightweight tag misleads nobody but its maker; gto believes a tag of a tag."""
    light = Ignored("m@v1.0.0", "1" * 40, "lightweight")
    nested = Ignored("m@v2.0.0", "2" * 40, "nested")
    renamed = Ignored("m@v3.0.0", "3" * 40, "renamed")
    tag = TagObject("4" * 40, "commit", "m@v9.0.0", ANN, START, 0, "")

    found = list(names.ignored([light, nested, renamed], {"3" * 40: tag}))

    assert [(each.rule, each.severity, each.tag) for each in found] == [
        ("lightweight", "warning", "m@v1.0.0"),
        ("object", "problem", "m@v2.0.0"),
        ("renamed", "problem", "m@v3.0.0"),
    ]
    assert "made under another name, m@v9.0.0; delete it" in found[2].sentence
    assert (found[2].who, found[2].when) == (str(ANN), START)


def test_what_a_rename_took_from_the_chain_is_missed() -> None:
    """Another ref has the object, but it is no event any more."""
    made = two()
    gone = made.delete("m#prod#1")
    facts = made.facts([gone])
    ids = {**facts.ids, "m#dev#1": gone.id}

    found = [(e.rule, e.tag) for e in judge(replace(facts, ids=ids))]

    assert found == [("deleted", "m#prod#1")]


@pytest.mark.parametrize(
    ("verdict", "severity"),
    [
        ("good", None),
        ("bad", "problem"),
        ("unknown", "warning"),
        ("unchecked", "warning"),
        ("none", "note"),
    ],
)
def test_a_signature_is_as_bad_as_git_says(
    verdict: Verdict, severity: str | None
) -> None:
    """An unknown key is no forgery."""
    links = {link.id: link for link in two().facts().lines[0].links}
    one = next(iter(links))

    found = [each.severity for each in signatures(links, {one: verdict})]

    assert found == ([severity] if severity else [])


def test_leftovers_are_not_named_twice() -> None:
    """What another rule explained needs no note."""
    tag = TagObject("1" * 40, "commit", "m#prod#1", ANN, START, 0, "")
    other = replace(tag, name="m#dev#2")
    said = Finding("deleted", "problem", "m#prod#1", "it was deleted")

    assert [each.tag for each in names.leftovers([tag, other], [said])] == ["m#dev#2"]


def test_an_empty_registry_has_no_findings() -> None:
    """There is nothing to be wrong."""
    facts = replace(Registry().facts(), lines=[Line("m", ())])

    assert list(judge(facts)) == []


def test_instants_beyond_the_calendar_are_still_worded() -> None:
    """Whoever forges a tag may write any number."""
    assert day(10**18) == f"second {10**18}"

"""Tests of tags that are no events, and of what else hangs on names and objects."""

from dataclasses import replace

import pytest

from helpers.links import ANN
from helpers.sandbox import START
from helpers.tampered import gto, two
from lineal.registry.chain import names
from lineal.registry.chain.finding import Finding
from lineal.registry.chain.judge import judge
from lineal.registry.chain.signatures import Verdict, signatures
from lineal.registry.store import Ignored
from lineal.registry.tagobject import TagObject


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


def test_leftovers_are_not_named_twice() -> None:
    """What another rule explained needs no note."""
    tag = TagObject("1" * 40, "commit", "m#prod#1", ANN, START, 0, "")
    other = replace(tag, name="m#dev#2")
    said = Finding("deleted", "problem", "m#prod#1", "it was deleted")

    assert [each.tag for each in names.leftovers([tag, other], [said])] == ["m#dev#2"]


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


def test_a_commit_that_is_not_there_is_named() -> None:
    """The repository is damaged."""
    facts = gto().facts(committed={})

    found = [each for each in judge(facts) if each.rule == "object"]

    assert len(found) == 4
    assert "which is not there" in found[0].sentence

"""Tests of the rules about reviews and proofs of reproduction."""

import pytest

from helpers.sandbox import START
from lineal.registry.chain.signatures import Made, proofs
from lineal.registry.chain.statements import Stated, judge, read, unreadable
from lineal.registry.identities import Identity
from lineal.registry.statements import prefixes
from lineal.registry.tagobject import Actor, TagObject
from lineal.registry.version import Version

NAME = "review/m/v1.0.0/prod/ann@x.org/1"
PROOF = "reproduction/m/v1.0.0/ann@x.org/1"
ID, COMMIT = "1" * 40, "c" * 40
VERSIONS = {("m", Version.parse("v1.0.0")): frozenset({COMMIT})}


def tag(
    name: str = NAME,
    verdict: str = "\n\nVerdict: approve",
    *,
    who: str = "ann@x.org",
    target: str = COMMIT,
    kind: str = "commit",
) -> TagObject:
    """Return a tag object."""
    return TagObject(target, kind, name, Actor("Ann", who), START, 0, f"x{verdict}\n")


def rules(name: str, made: TagObject) -> list[str]:
    """Return which rules speak of a tag."""
    found = tuple(judge(read({name: ID}, {ID: made}, ()), VERSIONS))
    assert {each.severity for each in found} <= {"problem"}
    assert all(each.tag == name and each.who == str(made.actor) for each in found)
    return [each.rule for each in found]


def test_honest_statements_are_no_findings() -> None:
    """Neither reviews nor proofs; an address may be in capitals."""
    assert rules(NAME, tag()) == []
    assert rules(NAME, tag(who="Ann@X.org")) == []
    assert rules(PROOF, tag(PROOF, "\n\nVerdict: identical")) == []


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (tag("review/m/v1.0.0/dev/ann@x.org/1"), ["renamed"]),
        (tag(who="bob@x.org"), ["reviewer"]),
        (tag(target="d" * 40), ["commit"]),
        (tag(kind="tag"), ["commit"]),
        (tag(verdict=""), ["verdict"]),
        (tag(verdict="\n\nVerdict: identical"), ["verdict"]),
        (tag(verdict="\n\nVerdict: Approve"), ["verdict"]),
        (tag("x", "", who="", target=""), ["renamed", "reviewer", "commit", "verdict"]),
    ],
)
def test_each_flaw_is_a_problem(made: TagObject, found: list[str]) -> None:
    """A tag with one counts for nothing."""
    assert rules(NAME, made) == found


def test_a_version_that_nobody_registered_has_no_commit() -> None:
    """A review of it may have been made ahead, or moved."""
    other = "review/m/v2.0.0/prod/ann@x.org/1"
    (found,) = judge(read({other: ID}, {ID: tag(other)}, ()), VERSIONS)

    assert found.rule == "commit"
    assert "m v2.0.0, which was never registered" in found.sentence


@pytest.mark.parametrize(("others", "rule"), [((ID,), "lightweight"), ((), "object")])
def test_a_name_without_a_tag_object_is_a_problem(
    others: tuple[str, ...], rule: str
) -> None:
    """It is lightweight, or its object is gone."""
    (found,) = judge(read({NAME: ID}, {}, others), VERSIONS)

    assert (found.rule, found.severity, found.tag) == (rule, "problem", NAME)


def test_names_that_look_like_statements_are_named() -> None:
    """Others are left to the rules about events."""
    odd = ["review/m/v1/prod/ann@x.org/1", "reproduction/x", "review/m/v1.0.0/prod/a/0"]
    fine = [NAME, PROOF, "review/m@v1.0.0", "v1.0.0", "m@v1.0"]

    assert [each.tag for each in unreadable([*fine, *odd])] == odd


def test_what_is_no_statement_is_left_out() -> None:
    """Whatever tags there are."""
    stated = read({"m@v1.0.0": ID, NAME: ID}, {ID: tag()}, ())

    assert stated == (Stated(NAME, ID, stated[0].words, tag()),)
    assert NAME.startswith(prefixes("m"))


def made(fault: str) -> Made:
    """Return a tag whose identity has some fault."""
    identity = Identity("ann@x.org", not fault, fault, fault)  # type: ignore[arg-type]
    return Made(NAME, tag(), identity)


@pytest.mark.parametrize(
    ("fault", "severity"),
    [
        ("bad", "problem"),
        ("other", "problem"),
        ("unknown", "warning"),
        ("unchecked", "warning"),
    ],
)
def test_a_signature_is_as_bad_as_what_it_fails_to_prove(
    fault: str, severity: str
) -> None:
    """Somebody else's key is a problem, one that nobody listed may be theirs."""
    (found,) = proofs([made(fault), made("")], strict=False)

    assert (found.rule, found.severity, found.tag) == ("signature", severity, NAME)


def test_missing_signatures_are_notes_for_the_strict() -> None:
    """Where others are signed."""
    both = [made("unsigned"), made("")]

    assert not [*proofs(both, strict=False)]
    assert not [*proofs(both[:1], strict=True)]
    assert [each.rule for each in proofs(both, strict=True)] == ["unsigned"]

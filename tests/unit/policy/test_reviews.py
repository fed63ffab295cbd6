"""Whose word counts: N of M, the latest, and a no until it is taken back."""

from typing import Any

import pytest

from helpers.cases import case, said, told
from lineal.policy.case import Unknown
from lineal.policy.config import Approvals
from lineal.policy.reviews import count, judge, latest
from lineal.registry.statements import Statement

ANN, BOB, EVE = "ann@x.org", "bob@x.org", "eve@x.org"
TWO = Approvals(2, (ANN, BOB, EVE))
ONE = Approvals(1, (ANN, BOB))
SIGNED = Approvals(1, (ANN, BOB), signed=True)


def verdict(asked: Approvals, *words: Statement, **about: Any) -> str:
    """Judge some words."""
    return judge(asked, case(reviews=words, **about)).verdict


def unsigned(who: str, what: Any = "approve", serial: int = 1) -> Statement:
    """Return a word that no signature proves."""
    return said(who, what, serial, verified=False, why="not signed")


def test_as_many_as_are_asked_for_must_agree() -> None:
    """Of those who are named."""
    assert verdict(TWO, said(ANN)) == "fail"
    assert verdict(TWO, said(ANN), said(EVE)) == "pass"
    assert verdict(TWO, said(ANN), said(BOB), said(EVE)) == "pass"


def test_without_any_word_nobody_agrees() -> None:
    """It fails, and is not merely missing: everybody knows what to do."""
    assert told(judge(ONE, case())) == ("fail", "nobody has approved")


def test_nobody_can_be_two_people() -> None:
    """However often they agree, or are listed."""
    again = (said(ANN), said(ANN, serial=2))

    assert verdict(TWO, *again) == "fail"
    assert verdict(Approvals(2, (ANN, ANN)), *again) == "fail"


def test_who_is_not_named_does_not_count() -> None:
    """And is told apart from somebody who was not seen."""
    found = judge(ONE, case(reviews=(said("boss@x.org"),)))

    assert found.verdict == "fail"
    assert found.evidence == (
        "boss@x.org does not count: is not one of the named reviewers"
    )


def test_the_no_of_somebody_who_is_not_named_does_not_count_either() -> None:
    """Else anybody could block everything."""
    assert verdict(ONE, said(ANN), said("mallory@x.org", "reject")) == "pass"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("approve", "withdraw"), "fail"),
        (("approve", "reject"), "fail"),
        (("reject", "approve"), "pass"),
        (("reject", "withdraw"), "fail"),
        (("approve", "withdraw", "approve"), "pass"),
        (("approve", "reject", "withdraw"), "fail"),
        (("approve", "reject", "withdraw", "approve"), "pass"),
    ],
)
def test_the_latest_word_of_somebody_counts(words: Any, expected: str) -> None:
    """Whatever they said before, and in whatever order tags are listed."""
    told = [said(ANN, word, 9 + number) for number, word in enumerate(words)]

    assert verdict(ONE, *told) == expected
    assert verdict(ONE, *reversed(told)) == expected


def test_a_no_blocks_however_many_agree() -> None:
    """Until its author takes it back."""
    others = (said(ANN), said(BOB))

    assert verdict(TWO, *others, said(EVE, "reject")) == "fail"
    assert verdict(TWO, *others, said(EVE, "reject"), said(BOB, serial=9)) == "fail"
    assert (
        verdict(TWO, *others, said(EVE, "reject"), said(EVE, "withdraw", 2)) == "pass"
    )
    assert verdict(TWO, *others, said(EVE, "reject"), said(EVE, serial=2)) == "pass"


def test_where_signatures_are_asked_for_an_unproven_yes_is_set_aside() -> None:
    """And the reason is told."""
    found = judge(SIGNED, case(reviews=(unsigned(ANN),)))

    assert found.rule == "approvals: 1 of 2, signed"
    assert told(found) == ("fail", "ann@x.org does not count: not signed")


def test_where_signatures_are_asked_for_an_unproven_no_blocks() -> None:
    """A no must not be lost."""
    found = judge(SIGNED, case(reviews=(said(BOB), unsigned(ANN, "reject"))))

    assert told(found) == (
        "fail",
        "bob@x.org approved; ann@x.org (unverified) rejected it",
    )


@pytest.mark.parametrize("word", ["approve", "withdraw"])
def test_an_unproven_word_does_not_lift_a_no(word: Any) -> None:
    """Neither a proven one nor an unproven one."""
    for first in (said(ANN, "reject"), unsigned(ANN, "reject")):
        words = (said(BOB), first, unsigned(ANN, word, 2))

        assert verdict(SIGNED, *words) == "fail"


@pytest.mark.parametrize("word", ["approve", "withdraw"])
def test_a_proven_word_lifts_an_unproven_no(word: Any) -> None:
    """It may have been forged."""
    words = (said(BOB), unsigned(ANN, "reject"), said(ANN, word, 2))

    assert verdict(SIGNED, *words) == "pass"


def test_an_unproven_no_after_a_proven_yes_blocks() -> None:
    """They may have lost their key."""
    assert verdict(SIGNED, said(ANN), unsigned(ANN, "reject", 2)) == "fail"


def test_an_unproven_withdrawal_leaves_a_proven_yes() -> None:
    """Else anybody could take it back."""
    assert verdict(SIGNED, said(ANN), unsigned(ANN, "withdraw", 2)) == "pass"


def test_a_word_without_a_reason_for_its_doubt_is_not_signed() -> None:
    """There is always a reason to tell."""
    found = judge(SIGNED, case(reviews=(said(ANN, verified=False),)))

    assert found.evidence == "ann@x.org does not count: is not signed"


def test_where_no_signature_is_asked_for_it_is_told_that_there_is_none() -> None:
    """An auditor sees how sure it is."""
    found = judge(ONE, case(reviews=(unsigned(ANN),)))

    assert told(found) == ("pass", "ann@x.org (unverified) approved")


def test_who_made_it_cannot_approve_it() -> None:
    """Unless the policy lets them."""
    strict = Approvals(1, (ANN, BOB), not_author=True)
    found = judge(strict, case(reviews=(said(ANN),), authors=frozenset({ANN})))

    assert found.rule == "approvals: 1 of 2, no author"
    assert told(found) == (
        "fail",
        "ann@x.org does not count: made some of what is to be approved",
    )
    assert verdict(strict, said(BOB), authors=frozenset({ANN})) == "pass"
    assert verdict(ONE, said(ANN), authors=frozenset({ANN})) == "pass"


def test_who_made_it_can_still_say_no() -> None:
    """They know it best."""
    strict = Approvals(1, (ANN, BOB), not_author=True)
    words = (said(BOB), said(ANN, "reject"))

    assert verdict(strict, *words, authors=frozenset({ANN})) == "fail"


def test_where_nobody_knows_who_made_it_nobody_can_approve_it() -> None:
    """Not even on record."""
    strict = Approvals(1, (ANN, BOB), not_author=True)
    about = case(reviews=(said(ANN),), authors=Unknown("the history is cut off"))

    assert told(judge(strict, about)) == ("missing", "the history is cut off")
    assert count(strict, about).approved == ()
    assert count(strict, about).set_aside == ((said(ANN), "may have made it"),)


def test_who_made_it_is_nothing_to_a_rule_that_does_not_ask() -> None:
    """It need not even be known."""
    assert verdict(ONE, said(ANN), authors=Unknown("nobody looked")) == "pass"


def test_words_are_sorted_by_what_they_come_to() -> None:
    """In the order in which the policy names people."""
    words = (said(EVE), said(BOB, "reject"), said(ANN, "withdraw"))

    tally = count(TWO, case(reviews=words))

    assert tally.approved == (said(EVE),)
    assert tally.rejected == (said(BOB, "reject"),)
    assert tally.set_aside == ()


def test_the_latest_words_are_one_each() -> None:
    """Proven or not, by address."""
    words = (said(EVE), unsigned(ANN, "approve", 2), said(ANN, "reject", 1))

    assert latest(words) == (unsigned(ANN, "approve", 2), said(EVE))

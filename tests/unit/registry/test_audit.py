"""Tests of what an audit reads from tags."""

import pytest

from helpers.events import V1
from lineal.registry.audit import Audited, Chain, Gate, Provenance, Recorded, Source
from lineal.registry.events import Assigned, Stamp
from lineal.registry.identities import Identity
from lineal.registry.inputs import Input
from lineal.registry.journal import Entry
from lineal.registry.statements import Statement, Verdict, Words
from lineal.registry.tagobject import Actor, TagObject
from lineal.registry.trailers import parse


def said(who: str, verdict: Verdict = "approve") -> Statement:
    """Return a review of version 1 for prod."""
    words = Words("review", "m", V1, "prod", who, 1)
    return Statement(words, "1" * 40, "2" * 40, 9, verdict, "", verified=False)


def audited(recorded: Recorded, *reviews: Statement) -> Audited:
    """Return an assignment with what was recorded of it."""
    event = Assigned(Stamp("m#prod#1", "3" * 40, "2" * 40, 9, 1), "m", "prod")
    tag = TagObject("2" * 40, "commit", "m#prod#1", Actor("A", "a@x.org"), 9, 0, "x")
    by = Identity("a@x.org", verified=False, why="not signed")
    return Audited(Entry(9, event, V1, tag), by, recorded, reviews)


def test_all_trailers_of_a_decision_are_read() -> None:
    """Whatever the case of their names; those that repeat, all."""
    text = (
        "Promote\n\ngate: a | 1 | pass\nGate: b\nApproved-by: x\nPOLICY: 5\nBypass: y"
    )

    assert Recorded.read(parse(text)) == Recorded(
        "5", (Gate("a", "1", "pass"), Gate("b")), ("x",), "y"
    )


def test_a_tag_without_trailers_records_nothing() -> None:
    """As plain gto makes them."""
    assert Recorded.read(parse("Assigning stage prod")) == Recorded()


@pytest.mark.parametrize(
    ("recorded", "stands"),
    [
        ("bob@x.org", True),
        ("Bob@X.org (unverified)", True),
        ("eve@x.org", False),
        ("no@x.org", False),
        ("bob@x.org.evil", False),
        ("", False),
    ],
)
def test_only_an_approval_of_the_same_address_bears_one_out(
    recorded: str, *, stands: bool
) -> None:
    """A rejection does not, nor somebody with a similar name."""
    one = audited(Recorded(), said("bob@x.org"), said("no@x.org", "reject"))

    assert (one.standing(recorded) is not None) is stands


def test_reviews_that_bear_nothing_out_are_told_apart() -> None:
    """Rejections, and approvals that the tag does not name."""
    bob, eve, no = said("bob@x.org"), said("eve@x.org"), said("no@x.org", "reject")

    one = audited(Recorded(approvals=("bob@x.org",)), bob, eve, no)

    assert one.unrecorded == (eve, no)


def test_data_is_what_the_commit_does_not_have_itself() -> None:
    """And code what it has."""
    raw, code = Input("raw.csv", "1", 1), Input("a.py", "2", 2)

    made = Provenance(sources=(Source(raw, in_git=False), Source(code, in_git=True)))

    assert (made.data, made.files) == ((raw,), (code,))


def test_warnings_do_not_break_a_chain() -> None:
    """As `lineal verify` without --strict has it."""
    assert Chain(warnings=3).verifies
    assert not Chain(problems=1).verifies

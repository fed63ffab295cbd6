"""All rules of a stage together, and the laws that they keep."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.cases import DAY, GATE, NOW, V, case, decided, facts, ruling, said, told
from lineal.policy.case import Case, Unknown
from lineal.policy.config import (
    Approvals,
    CardGate,
    FactGate,
    FreshGate,
    Limits,
    MetricGate,
    Policy,
    ReproductionGate,
    SignatureGate,
    StageRules,
)
from lineal.policy.decision import Judged
from lineal.policy.rules import decide
from lineal.registry.statements import Statement

PEOPLE = ("ann@x.org", "bob@x.org", "eve@x.org")
GATES = (
    MetricGate("wape", Limits(max=0.15)),
    MetricGate("auc", Limits(min=0.95)),
    MetricGate("wape", Limits(max=0.1), "segment"),
    MetricGate("nothing", Limits(max=1)),
    GATE,
    replace(GATE, stage="dev"),
    SignatureGate(),
    SignatureGate("dev"),
    FactGate("latency_p95_ms", Limits(max=20)),
    FactGate("model_size", Limits(max=20)),
    FreshGate(30),
    FreshGate(1),
    CardGate(),
    ReproductionGate(),
    ReproductionGate(PEOPLE[:1], signed=True),
)


def one(policy: Policy, about: Case, start: str) -> Judged:
    """Return what came of the only rule that begins so."""
    (found,) = (
        each
        for each in decide(policy, "f", about).judged
        if each.rule.startswith(start)
    )
    return found


def test_without_rules_a_version_that_stands_may_enter() -> None:
    """There is nothing else to ask."""
    decision = decide(Policy(), "f" * 40, case())

    assert [str(each) for each in decision.judged] == ["version stands: v1.2.0"]
    assert decision.allowed


@pytest.mark.parametrize(
    ("stage", "verdict", "evidence"),
    [("prod", "pass", "it is"), ("prd", "fail", "prd is none of them")],
)
def test_a_stage_must_be_on_the_ladder(stage: str, verdict: str, evidence: str) -> None:
    """And nobody may bypass that."""
    found = one(Policy(stages=("dev", "prod")), case(stage=stage), "stage is")

    assert found.rule == "stage is one of dev, prod"
    assert told(found) == (verdict, evidence)
    assert found.absolute


def test_a_version_that_nobody_may_use_enters_nothing() -> None:
    """And nobody may bypass that."""
    found = one(Policy(), case(unusable="was withdrawn"), "version")

    assert (*told(found), found.absolute) == ("fail", "was withdrawn", True)


@pytest.mark.parametrize(
    ("end", "verdict", "evidence"),
    [
        (NOW + DAY, "pass", "its life ends on 2023-11-15"),
        (NOW + 1, "pass", "its life ends on 2023-11-14"),
        (NOW, "fail", "its life ended on 2023-11-14"),
        (0, "fail", "its life ended on 1970-01-01"),
        (10**12, "pass", "its life ends on 33658-09-27"),
    ],
)
def test_a_life_must_not_have_ended(end: int, verdict: str, evidence: str) -> None:
    """Whatever a trailer gives as its end; it may be bypassed."""
    found = one(Policy(), case(end_of_life=end), "end of life")

    assert (*told(found), found.absolute) == (verdict, evidence, False)


def test_a_version_must_come_from_the_stage_below() -> None:
    """Which it holds, or held."""
    policy = ruling(StageRules(came_from="staging"))

    held, never = (
        one(policy, case(held=frozenset(stages)), "came from")
        for stages in (("staging",), ("dev",))
    )

    assert told(held) == ("pass", "staging holds or held v1.2.0")
    assert told(never) == ("fail", "staging never held v1.2.0")


@pytest.mark.parametrize(
    ("branches", "expected"),
    [
        ({"main": True}, ("pass", "it is")),
        ({"main": False}, ("fail", "main does not contain it: merge it first")),
        ({"main": Unknown("fetch it")}, ("missing", "fetch it")),
        ({"other": True}, ("missing", "nobody looked at main")),
    ],
)
def test_a_commit_must_be_on_its_branch(
    branches: Any, expected: tuple[str, str]
) -> None:
    """Where that is not known, it is missing."""
    policy = ruling(StageRules(branch="main"))

    assert told(one(policy, case(branches=branches), "commit is")) == expected


def test_rules_are_judged_in_the_order_in_which_people_think_of_them() -> None:
    """Each of them, also after one that refuses."""
    asked = StageRules("dev", "main", (CardGate(), FreshGate(1)), Approvals(1, PEOPLE))

    decision = decided(asked, case())

    assert [each.rule.split(" ")[0] for each in decision.judged] == [
        *("version", "came", "commit", "card", "data", "approvals:")
    ]
    assert [each.verdict for each in decision.judged] == [
        *("pass", "fail", "pass", "pass", "fail", "fail")
    ]


def test_a_decision_tells_who_agreed_and_what_was_unclear() -> None:
    """As far as it is proven."""
    asked = StageRules(approvals=Approvals(1, PEOPLE))
    words = (said("bob@x.org"), said("ann@x.org", verified=False))

    decision = decided(asked, case(reviews=words, unclear=("a tag does not count",)))

    assert decision.approved_by == ("ann@x.org (unverified)", "bob@x.org")
    assert decision.notes == ("a tag does not count",)
    assert decision.policy == "f" * 40


# Laws, over cases and rules of every kind.

verdicts = st.sampled_from(("approve", "reject", "withdraw"))
proofs = st.sampled_from(("identical", "different"))
people = st.sampled_from((*PEOPLE, "boss@x.org"))
serials = st.integers(1, 40)
words = st.lists(
    st.builds(said, people, verdicts, serials, verified=st.booleans()),
    max_size=8,
    unique_by=lambda one: (one.words.who, one.words.serial),
).map(tuple)
proven = st.lists(
    st.builds(said, people, proofs, serials, verified=st.booleans()),
    max_size=3,
    unique_by=lambda one: (one.words.who, one.words.serial),
).map(tuple)
cases = st.builds(
    case,
    reviews=words,
    reproductions=proven,
    authors=st.sampled_from(
        (frozenset(), frozenset(PEOPLE[:1]), Unknown("nobody knows"))
    ),
    card=st.sampled_from((facts(), facts("{}"), Unknown("no card"))),
    end_of_life=st.sampled_from((None, NOW - 1, NOW + DAY)),
    unusable=st.sampled_from(("", "was withdrawn")),
)
approvals = st.builds(
    Approvals,
    st.integers(1, 3),
    st.sampled_from((PEOPLE, PEOPLE[:2], PEOPLE[:1])),
    not_author=st.booleans(),
    signed=st.booleans(),
)
rules = st.builds(
    StageRules,
    came_from=st.sampled_from((None, "staging", "dev")),
    branch=st.sampled_from((None, "main", "release")),
    gates=st.lists(st.sampled_from(GATES), max_size=4).map(tuple),
    approvals=st.none() | approvals,
)


@given(rules, cases)
def test_a_case_is_allowed_if_and_only_if_every_rule_holds(
    asked: StageRules, about: Case
) -> None:
    """One that cannot be judged does not."""
    decision = decided(asked, about)

    assert decision.allowed == all(each.verdict == "pass" for each in decision.judged)
    assert decision.allowed == (not decision.refusals)


@given(rules, cases, st.sampled_from(GATES), approvals)
def test_another_rule_never_allows_what_was_refused(
    asked: StageRules, about: Case, gate: Any, more: Approvals
) -> None:
    """Rules only ever forbid."""
    stricter = replace(
        asked,
        gates=(*asked.gates, gate),
        approvals=asked.approvals or more,
        branch=asked.branch or "main",
        came_from=asked.came_from or "staging",
    )

    assert decided(asked, about).allowed or not decided(stricter, about).allowed


def agree(asked: Approvals, about: Case, *more: Statement) -> bool:
    """Tell whether enough agree."""
    reviews = (*about.reviews, *more)
    return decided(
        StageRules(approvals=asked), case(reviews=reviews, authors=about.authors)
    ).allowed


@given(approvals, cases, people, st.booleans())
def test_another_approval_never_turns_yes_into_no(
    asked: Approvals, about: Case, who: str, verified: Any
) -> None:
    """Whoever gives it."""
    more = said(who, "approve", 99, verified=verified)

    assert agree(asked, about, more) or not agree(asked, about)


@given(approvals, cases, people, verdicts, serials.map(lambda n: n + 40))
def test_where_signatures_are_asked_for_an_unproven_word_never_turns_no_into_yes(
    asked: Approvals, about: Case, who: str, what: Any, serial: int
) -> None:
    """Whoever forges it, and whenever."""
    signed = replace(asked, signed=True)
    forged = said(who, what, serial, verified=False)

    assert agree(signed, about) or not agree(signed, about, forged)


@given(approvals, cases, st.sampled_from(PEOPLE), st.booleans())
def test_the_no_of_a_named_reviewer_always_blocks(
    asked: Approvals, about: Case, who: str, verified: Any
) -> None:
    """Proven or not."""
    no = said(who, "reject", 99, verified=verified)

    assert not agree(replace(asked, of=PEOPLE), about, no)


@given(approvals, cases)
def test_fewer_signatures_are_never_stricter(asked: Approvals, about: Case) -> None:
    """What holds with signatures holds without, unless an unproven no is newer."""
    trusted = tuple(one for one in about.reviews if one.verified)
    proven_only = replace(about, reviews=trusted)

    strict = agree(replace(asked, signed=True), proven_only)

    assert strict == agree(replace(asked, signed=False), proven_only)


@given(rules, cases, st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(
    asked: StageRules, about: Case, random: Any
) -> None:
    """Git lists tags in any."""
    mixed = replace(
        about,
        reviews=tuple(random.sample(about.reviews, len(about.reviews))),
        reproductions=tuple(
            random.sample(about.reproductions, len(about.reproductions))
        ),
    )

    assert decided(asked, mixed) == decided(asked, about)


@given(approvals, cases)
def test_who_agreed_is_named_and_no_author(asked: Approvals, about: Case) -> None:
    """Everyone on record is one of the named, and counted once."""
    decision = decided(StageRules(approvals=asked), about)

    named = [who.split(" ")[0] for who in decision.approved_by]
    assert set(named) <= set(asked.of)
    assert len(named) == len(set(named))
    if asked.not_author:
        assert not isinstance(about.authors, Unknown) or not named
        assert isinstance(about.authors, Unknown) or not about.authors & set(named)


def test_a_case_that_nobody_looked_into_is_refused_by_every_rule() -> None:
    """Each of them fails closed."""
    nothing = Case("churn", V, "prod", NOW)
    asked = StageRules("staging", "main", GATES, Approvals(1, PEOPLE))

    decision = decided(asked, nothing)

    assert [each.rule for each in decision.judged if each.holds] == ["version stands"]

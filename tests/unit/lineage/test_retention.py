"""Tests of what a clean-up must keep, on any history."""

from hypothesis import given
from hypothesis import strategies as st

from helpers.events import (
    ONE,
    OTHER,
    V1,
    V2,
    assigned,
    deprecated,
    registered,
    withdrawn,
)
from helpers.tales import MODEL, Tale, commit
from lineal.actions.rollback import Rollback
from lineal.errors import RefusedError
from lineal.lineage.retention import Fate, Terms, either, fates
from lineal.registry.events import Event
from lineal.registry.history import replay
from lineal.registry.order import order, until
from lineal.registry.periods import periods
from lineal.registry.rollback import earlier, rightful

DAY = 86_400
NUMBERS = (1, 2, 3, 4)
WORDS = ("promote", "assign", "unassign", "withdraw", "register", "back")


@st.composite
def tales(draw: st.DrawFn) -> Tale:
    """Draw what may happen to a model with four versions."""
    tale = Tale.of(*NUMBERS)
    for word in draw(st.lists(st.sampled_from(WORDS), max_size=25)):
        getattr(tale, word)(draw(st.sampled_from(NUMBERS)))
    return tale


def kept(found: tuple[Fate, ...]) -> set[str]:
    """Return the commits that stay."""
    return {fate.commit for fate in found if fate.reasons}


@given(tales(), st.integers(0, 3), st.integers(0, 40))
def test_what_stages_hold_held_or_may_get_back_stays(
    tale: Tale, last: int, ago: int
) -> None:
    """Whatever the history; the rest of the terms only adds to it."""
    events = tale.ordered
    latest = events[-1].since if events else 0
    # The window ends `ago` seconds after the last event, and is one day long.
    terms = Terms(now=latest + DAY - ago, last=last, days=1)
    found = kept(fates(MODEL, events, terms))
    seconds = {terms.since, *(e.since for e in events if e.since >= terms.since)}
    for second in seconds:
        held = replay(MODEL, until(events, second)).stages.values()
        assert {holder.commit for holder in held if holder} <= found

    state = replay(MODEL, events)
    assert {h.commit for h in state.stages.values() if h} <= found
    for stage in state.stages:
        spans = periods(MODEL, events, stage)
        rights = {p.holder.commit for p in rightful(spans, events)}
        backs = [one for one in earlier(state, spans) if not one.withdrawn]
        targets = [one.commit for one in backs if one.commit in rights]
        assert set(targets[:2]) <= found
    newest = [v.commit for v in state.versions if v.active][::-1][:last]
    assert set(newest) <= found


@given(tales())
def test_what_a_stage_falls_back_to_stays(tale: Tale) -> None:
    """Whatever is withdrawn, twice in a row, the stage then holds what has its bytes."""
    events = tale.ordered
    found = kept(fates(MODEL, events, Terms(now=10**12, last=0, days=1)))
    for _ in range(2):
        held = replay(MODEL, tale.ordered).stages.get("prod")
        if held is None or held.version is None:
            return
        tale.withdraw(held.version.major)
        after = replay(MODEL, tale.ordered).stages.get("prod")
        assert after is None or after.commit in found


@given(tales())
def test_two_rollbacks_in_a_row_find_their_bytes(tale: Tale) -> None:
    """Nobody cleans up between them, and the first may not have been enough."""
    found = kept(fates(MODEL, tale.ordered, Terms(now=10**12, last=0, days=1)))
    for _ in range(2):
        try:
            plan = Rollback(MODEL, "prod", "worse", now=10**6).plan(tale.reader)
        except RefusedError:
            return
        assert plan.commit in found
        tale.back(next(n for n in NUMBERS if commit(n) == plan.commit))


def judged(*events: Event, last: int = 0, days: int = 1, now: int = 10**9) -> list[str]:
    """Return each version with the kinds of its reasons."""
    found = fates("m", order(events), Terms(now, last, days))
    return [f"{f.version} {','.join(why.kind for why in f.reasons)}" for f in found]


def test_every_reason_is_told_once() -> None:
    """A version may have several, and a commit may have no version."""
    events = (
        registered(1),
        assigned(2),
        registered(3, V2, OTHER),
        assigned(4, OTHER),
        assigned(5, "3" * 40, stage="dev"),
    )

    assert judged(*events) == ["v1.0.0 back", "v2.0.0 holds", "None holds"]
    assert judged(*events, last=1, now=2000) == [
        "v1.0.0 held,back,young",
        "v2.0.0 holds,newest,young",
        "None holds",
    ]


def test_what_was_withdrawn_stays_within_the_window_only() -> None:
    """It is not among the newest, and no rollback takes it."""
    events = (registered(1), assigned(2), withdrawn(3))

    assert judged(*events, last=5) == ["v1.0.0 "]
    assert judged(*events, last=5, now=2000) == ["v1.0.0 held,young"]


def test_a_deprecated_target_keeps_the_next_one_too() -> None:
    """A rollback passes it over once its life has ended."""
    third = "3" * 40
    events = (
        registered(1),
        assigned(2),
        registered(3, V2, OTHER),
        assigned(4, OTHER),
        assigned(5, third),
        deprecated(6, V2, 7),
    )

    assert judged(*events) == ["v1.0.0 back", "v2.0.0 back", "None holds"]


def test_a_commit_that_is_assigned_twice_loses_both_holds_at_once() -> None:
    """So what the stage falls back to is the commit below them."""
    events = (
        registered(1),
        registered(2, V2, OTHER),
        assigned(3),
        assigned(4, OTHER),
        assigned(5, OTHER, named=V2),
    )

    assert judged(*events) == ["v1.0.0 back", "v2.0.0 holds"]


def test_a_commit_with_two_versions_keeps_both() -> None:
    """Where nobody said which is meant, by its highest, as everywhere."""
    events = (registered(1), registered(2, V2, ONE), assigned(3))

    assert judged(*events) == ["v1.0.0 ", "v2.0.0 holds"]


def test_either_view_of_the_registry_keeps() -> None:
    """What one clone alone believes must not cost the others theirs."""
    ours = (registered(1), registered(2, V2, OTHER), assigned(3, OTHER))
    theirs = (registered(1), registered(2, V2, OTHER), assigned(4, ONE))
    terms = Terms(10**9, 0, 1)
    views = [fates("m", order(events), terms) for events in (ours, theirs)]

    assert [len(fate.reasons) for fate in either(*views)] == [1, 1]
    assert views[0][0].version == V1

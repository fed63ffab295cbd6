"""Laws of what is kept of models: it is what replay says, at every instant."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from helpers.sandbox import START
from helpers.tales import MODEL, Tale
from lineal.registry import memo
from lineal.registry.events import Deprecated
from lineal.registry.history import replay
from lineal.registry.order import order, until
from lineal.registry.state import ModelState
from lineal.registry.timeline import Ended, Moment, moments

NUMBERS = (1, 2, 3)
WORDS = ("register", "withdraw", "promote", "back", "assign", "unassign", "deprecate")
STAGED = ("promote", "back", "assign", "unassign")


@st.composite
def tales(draw: st.DrawFn) -> Tale:
    """Draw what may happen to a model, and sometimes several things at once."""
    tale = Tale()
    for word in draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25)):
        number = draw(st.sampled_from(NUMBERS))
        if word in STAGED:
            getattr(tale, word)(number, stage=draw(st.sampled_from(("dev", "prod"))))
        elif word == "deprecate":
            end = draw(st.sampled_from((None, START)))
            tale.deprecate(draw(st.sampled_from((None, number))), end=end)
        else:
            getattr(tale, word)(number, at=draw(st.sampled_from(NUMBERS)))
    return tale


def ended(event: Deprecated | None) -> Ended | None:
    """Return what a moment keeps of a deprecation."""
    return Ended(event.end) if event else None


def told(state: ModelState, since: int) -> Moment:
    """Return the moment that a replayed state is."""
    newest = str(state.newest.version) if state.newest else None
    stages = {
        stage: held.name if held else None for stage, held in state.stages.items()
    }
    names = {newest, *stages.values()}
    ends = {
        str(one.version): Ended(one.deprecated.end)
        for one in state.versions
        if one.deprecated and str(one.version) in names
    }
    return Moment(since, newest, stages, ended(state.deprecated), ends or None)


@given(tales(), st.integers(-1, 30))
def test_a_moment_is_what_replay_leaves(tale: Tale, later: int) -> None:
    """Whatever happened, and whenever somebody asks."""
    at = START + later
    known = [one for one in moments(MODEL, tale.ordered) if one.since <= at]
    ordered = until(order(tale.events), at)

    if not ordered:
        assert known == []
    else:
        assert known[-1] == told(replay(MODEL, ordered), known[-1].since)


@given(tales())
def test_a_row_reads_back(tale: Tale) -> None:
    """The memo's file has rows only."""
    for moment in moments(MODEL, tale.ordered):
        assert Moment.parse(moment.row) == moment
        for stage, held in moment.stages.items():
            assert memo.holder(moment.row, stage) == (held or "")


@given(tales())
def test_rows_differ_and_follow_one_another(tale: Tale) -> None:
    """What did not change anything needs no row."""
    found = moments(MODEL, tale.ordered)

    since = [moment.since for moment in found]
    assert since == sorted(set(since))
    rows = [moment.row.split(" ", 1)[1] for moment in found]
    assert all(one != other for one, other in pairwise(rows))

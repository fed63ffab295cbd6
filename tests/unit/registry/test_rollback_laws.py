"""Laws of what a stage would go back to, on any history."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from helpers.tales import MODEL, Tale, v
from lineal.registry.events import Unassigned, Withdrawn
from lineal.registry.history import replay
from lineal.registry.periods import Period, periods
from lineal.registry.rollback import earlier

NUMBERS = (1, 2, 3, 4)
PLAIN = ("promote", "assign", "unassign", "withdraw", "register")


@st.composite
def tales(draw: st.DrawFn) -> Tale:
    """Draw what may happen to a model with four versions."""
    tale = Tale.of(*NUMBERS)
    for word in draw(st.lists(st.sampled_from((*PLAIN, "back")), max_size=25)):
        if word == "back":
            roll_back(tale)
        else:
            getattr(tale, word)(draw(st.sampled_from(NUMBERS)))
    return tale


def roll_back(tale: Tale) -> int | None:
    """Go back as `lineal rollback` does; return the version, if there is one."""
    target = next(iter(back(tale)), None)
    if target is not None:
        tale.back(target)
    return target


def back(tale: Tale) -> list[int]:
    """Return what the stage could go back to, the next one first."""
    found = earlier(replay(MODEL, tale.ordered), prod(tale))
    return [one.version.major for one in found if one.version and not one.withdrawn]


def prod(tale: Tale) -> tuple[Period, ...]:
    """Return the periods of the stage."""
    return periods(MODEL, tale.ordered, "prod")


@given(tales())
def test_rolling_back_ends_and_never_returns_what_it_just_took_back(tale: Tale) -> None:
    """However long the history is, it can only be walked back once."""
    held = replay(MODEL, tale.ordered).stages.get("prod")
    first = [held.version.major] if held and held.version else []
    walked = [*first, *iter(lambda: roll_back(tale), None)]

    assert len(walked) == len(set(walked))
    assert back(tale) == []


@given(tales(), st.lists(st.sampled_from((*NUMBERS, None)), max_size=8))
def test_a_run_of_rollbacks_never_returns_what_it_took_back(
    tale: Tale, run: list[int | None]
) -> None:
    """Also where some of them name the version; None is what comes next."""
    taken: set[int] = set()
    for to in run:
        state = replay(MODEL, tale.ordered)
        held, found = state.stages.get("prod"), to and state.find(v(to))
        if to is None:
            assert taken.isdisjoint(back(tale))
        here = held.version.major if held and held.version else None
        if to is None and (to := next(iter(back(tale)), None)) is None:
            return
        if to == here or (found and not found.active):
            continue
        tale.back(to)
        taken = (taken | ({here} if here else set())) - {to}


@given(tales(), st.sampled_from(NUMBERS))
def test_a_rollback_undoes_a_promotion(tale: Tale, number: int) -> None:
    """What the stage held before is what it holds again."""
    state = replay(MODEL, tale.ordered)
    found, held = state.find(v(number)), state.stages.get("prod")
    before = earlier(state, prod(tale))
    if not (found and found.active and held and held.version != found.version):
        return
    tale.promote(number)

    roll_back(tale)

    after = replay(MODEL, tale.ordered)
    now = after.stages["prod"]
    assert now is not None
    assert now.version == held.version
    # Of two places in the stack, the promotion took the upper one.
    rest = [one for one in before if one.version != found.version]
    again = earlier(after, prod(tale))
    assert [one for one in again if one.version != found.version] == rest


@given(tales())
def test_what_holds_the_stage_is_never_what_came_before(tale: Tale) -> None:
    """Nobody goes back to where they are."""
    state = replay(MODEL, tale.ordered)
    held = state.stages.get("prod")

    names = [(one.version, one.commit) for one in earlier(state, prod(tale))]

    assert held is None or (held.version, held.commit) not in names
    assert len(set(names)) == len(names)


@given(tales())
def test_periods_follow_each_other(tale: Tale) -> None:
    """No two overlap, and only the last one may still run."""
    found = periods(MODEL, tale.ordered, "prod")

    for one, other in pairwise(found):
        assert one.ended is not None
        assert one.ended.key <= other.began.key
        gap = one.ended != other.began
        assert not gap or isinstance(one.ended.event, Unassigned | Withdrawn)

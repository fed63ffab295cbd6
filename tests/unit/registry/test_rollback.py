"""Tests of what a stage would go back to."""

import pytest

from helpers.tales import MODEL, Tale, commit, v
from lineal.registry.history import replay
from lineal.registry.periods import periods
from lineal.registry.rollback import Earlier, earlier, ever_held, rightful


def back(tale: Tale, stage: str = "prod") -> list[int]:
    """Return the major numbers that the stage could go back to, the next one first."""
    state = replay(MODEL, tale.ordered)
    found = earlier(state, periods(MODEL, tale.ordered, stage))
    return [one.version.major for one in found if one.version and not one.withdrawn]


def three() -> Tale:
    """Return a tale in which three versions were promoted, one after the other."""
    return Tale.of(1, 2, 3).promote(1).promote(2).promote(3)


def test_the_way_back_is_the_way_there() -> None:
    """What was promoted first is what one returns to last."""
    assert back(three()) == [2, 1]


def test_a_rollback_goes_on_from_where_it_went_to() -> None:
    """The second rollback does not return what the first one took back."""
    assert back(three().back(2)) == [1]
    assert back(three().back(2).back(1)) == []


def test_a_rollback_may_go_far() -> None:
    """What lies between is taken back as well."""
    assert back(three().back(1)) == []


def test_what_is_recorded_once_more_changes_nothing() -> None:
    """Also as a rollback, as after a violation was reverted."""
    tale = Tale.of(1, 2).promote(1).promote(2).promote(1)

    assert back(tale) == [2]
    assert back(tale.back(1)) == [2]


def test_what_was_taken_back_does_not_return_where_it_held_the_stage_before() -> None:
    """Versions that went back and forth are no way around that."""
    tale = Tale.of(1, 2).promote(2).promote(1).promote(2)

    assert back(tale) == [1]
    assert back(tale.back(1)) == []
    assert back(tale.promote(2)) == [1]


def test_what_was_unassigned_does_not_return_either() -> None:
    """For gto's users that is the way to roll back."""
    assert back(Tale.of(1, 2).promote(2).promote(1).promote(2).unassign(2)) == []


def test_what_lay_between_is_taken_back_wherever_it_was() -> None:
    """Who names an older version passes over what is newer."""
    tale = Tale.of(1, 2, 3, 4)
    for number in (4, 2, 1, 2, 3):
        tale.promote(number)

    assert back(tale.back(1)) == [4]


def test_a_promotion_after_a_rollback_goes_on_top() -> None:
    """The version that was rolled back is not what came before the new one."""
    assert back(three().back(2).register(4).promote(4)) == [2, 1]


def test_a_rollback_of_a_rollback_takes_that_one_back() -> None:
    """Who returns to the newer version says that the older one is no better."""
    assert back(three().back(2).back(3)) == [1]


def test_what_was_rolled_back_and_is_promoted_again_is_one_to_go_back_to() -> None:
    """A promotion says that it is good again."""
    assert back(three().back(2).promote(3)) == [2, 1]


def test_plain_assignments_are_promotions() -> None:
    """Nobody knows what gto's users meant by assigning an older version."""
    assert back(Tale.of(1, 2).assign(1).assign(2).assign(1)) == [2]


def test_promoting_what_holds_the_stage_changes_nothing() -> None:
    """One does not go back to where one is."""
    assert back(three().promote(3)) == [2, 1]


def test_an_unassignment_that_lets_an_earlier_one_return_is_a_step_back() -> None:
    """As with a rollback, what left is not returned to."""
    assert back(three().unassign(3)) == [1]


def test_a_withdrawal_that_lets_an_earlier_one_return_is_a_step_back() -> None:
    """As with a rollback, what left is not returned to."""
    assert back(three().withdraw(3)) == [1]
    assert back(three().withdraw(3).register(4).promote(4)) == [2, 1]


def test_an_unassignment_of_what_was_superseded_leaves_the_way_back() -> None:
    """Gto's users clean up like this, and still want the version before."""
    assert back(three().unassign(2)) == [2, 1]


def test_what_emptied_the_stage_can_return() -> None:
    """An empty stage goes back to what it held last."""
    tale = Tale.of(1, 2).promote(1).promote(2).unassign(1).unassign(2)

    assert back(tale) == [2, 1]
    assert back(tale.back(2)) == [1]


def test_a_version_that_returned_when_a_rollback_was_unassigned_is_on_top() -> None:
    """Gto lets the superseded one hold again; the one before it stays before it."""
    tale = three().back(2).unassign(2)

    held = replay(MODEL, tale.ordered).stages["prod"]
    assert held is not None
    assert held.version == v(3)
    assert back(tale) == [1]


def test_withdrawn_versions_are_named_as_such() -> None:
    """Who skips them can say so."""
    tale = three().withdraw(2)
    state = replay(MODEL, tale.ordered)

    found = earlier(state, periods(MODEL, tale.ordered, "prod"))

    assert found == (Earlier(v(2), commit(2), withdrawn=True), Earlier(v(1), commit(1)))


def test_a_withdrawn_version_that_was_registered_again_is_one_to_go_back_to() -> None:
    """What counts is how things are now."""
    assert back(three().withdraw(2).register(2)) == [2, 1]


def test_a_commit_without_a_version_is_known_by_its_id() -> None:
    """Gto can assign a commit that was never registered."""
    tale = Tale.of(1, 2).assign(7).promote(1).promote(2)
    state = replay(MODEL, tale.ordered)

    found = earlier(state, periods(MODEL, tale.ordered, "prod"))

    assert found == (Earlier(v(1), commit(1)), Earlier(None, commit(7)))
    assert found[-1].name == commit(7)


def test_a_commit_that_got_its_version_later_has_it() -> None:
    """It is the same holder, before and after it was registered."""
    assert back(Tale.of(1).assign(7).promote(1).register(7)) == [7]
    assert back(Tale.of(1).promote(1).assign(7).register(7)) == [1]


def test_stages_have_each_their_own_way_back() -> None:
    """What happens in staging is nothing to prod."""
    tale = three().promote(3, stage="staging").promote(1, stage="staging")

    assert back(tale, "staging") == [3]
    assert back(tale) == [2, 1]


@pytest.mark.parametrize(("number", "held"), [(1, True), (2, True), (3, False)])
def test_what_held_a_stage_once_is_remembered(number: int, *, held: bool) -> None:
    """Even when it was unassigned since."""
    tale = Tale.of(1, 2, 3).promote(1).promote(2).unassign(2)
    version = replay(MODEL, tale.ordered).find(v(number))
    assert version is not None

    assert ever_held(version, periods(MODEL, tale.ordered, "prod")) is held


def rightly(tale: Tale, stage: str = "prod") -> list[int]:
    """Return the major numbers that rightly held the stage, in order."""
    found = rightful(periods(MODEL, tale.ordered, stage), tale.ordered)
    versions = (period.holder.version for period in found)
    return [version.major for version in versions if version]


def test_who_was_never_reverted_held_the_stage_rightly() -> None:
    """Whoever took it back otherwise."""
    assert rightly(three()) == [1, 2, 3]
    assert rightly(three().unassign(3)) == [1, 2, 3, 2]
    assert rightly(three().back(1).withdraw(1)) == [1, 2, 3, 1, 3]


def test_what_broke_the_rules_never_held_the_stage_rightly() -> None:
    """It counts as if it had not been there, for what comes after."""
    tale = three()
    tag = tale.latest.stamp.tag

    assert rightly(tale.unassign(3, violation=tag)) == [1, 2, 2]


def test_a_version_that_keeps_the_rules_later_holds_the_stage_rightly() -> None:
    """It is the assignment that broke them."""
    tale = three()
    tag = tale.latest.stamp.tag

    assert rightly(tale.unassign(3, violation=tag).promote(3)) == [1, 2, 2, 3]


def test_what_was_assigned_once_more_goes_with_its_violation() -> None:
    """Else a second tag would make the first one right."""
    tale = three()
    tag = tale.latest.stamp.tag
    tale.promote(2).promote(3)

    assert rightly(tale.unassign(3, violation=tag))[:3] == [1, 2, 2]
    assert 3 not in rightly(tale)


@pytest.mark.parametrize("stage", ["staging", "prod"])
def test_a_violation_of_one_stage_is_none_of_another(stage: str) -> None:
    """Each has its own rules."""
    tale = Tale.of(1).promote(1, stage="staging").promote(1)
    other = {"staging": "prod", "prod": "staging"}[stage]
    broken = next(e.stamp.tag for e in tale.events if f"#{stage}#" in e.stamp.tag)
    tale.unassign(1, stage=stage, violation=broken)

    assert rightly(tale, stage) == []
    assert rightly(tale, other) == [1]


@pytest.mark.parametrize("named", ["churn@v3.0.0", "churn#staging#2", "nothing", ""])
def test_only_an_assignment_of_the_stage_can_be_a_violation(named: str) -> None:
    """A trailer with another name reverts nothing, whoever wrote it."""
    tale = Tale.of(3).promote(3, stage="staging").promote(3)

    assert rightly(tale.unassign(3, violation=named)) == [3]

"""Tests of plans that are made again because somebody was faster."""

import pytest

from helpers.tales import MODEL, Tale, v
from lineal.actions.plan import ChangedMeanwhileError, unchanged
from lineal.actions.rollback import Rollback
from lineal.actions.unassign import Unassignment


def test_the_first_plan_is_as_it_is() -> None:
    """There is nothing to compare it with."""
    plan = Rollback(MODEL, "prod", "x", 0).plan(
        Tale.of(1, 2).promote(1).promote(2).reader
    )

    assert unchanged(None, plan) == plan


def test_two_rollbacks_at_once_do_not_go_two_back() -> None:
    """The slower one would take back what the faster one went to."""
    tale = Tale.of(1, 2, 3).promote(1).promote(2).promote(3)
    request = Rollback(MODEL, "prod", "x", 0)
    before = request.plan(tale.reader)

    with pytest.raises(ChangedMeanwhileError, match="lineal history churn"):
        unchanged(before, request.plan(tale.back(2).reader))


def test_what_happened_elsewhere_does_not_matter() -> None:
    """The same is taken back, under the next serial."""
    tale = Tale.of(1, 2, 3).promote(1).promote(2)
    request = Rollback(MODEL, "prod", "x", 0)
    before = request.plan(tale.reader)

    after = unchanged(before, request.plan(tale.promote(3, stage="dev").reader))

    assert (before.tag, after.tag) == (f"{MODEL}#prod#6", f"{MODEL}#prod#7")
    assert after.ends == before.ends


def test_a_named_version_is_unassigned_whatever_else_happened() -> None:
    """That is what was asked for."""
    tale = Tale.of(1, 2).promote(1)
    request = Unassignment(MODEL, "prod", "x", v(1), force=True)
    before = request.plan(tale.reader)

    after = unchanged(before, request.plan(tale.promote(2).reader))

    assert after.commit == before.commit

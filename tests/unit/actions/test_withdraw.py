"""Tests of what a withdrawal would write."""

import pytest

from helpers.tales import MODEL, Tale, commit, v
from lineal.actions.plan import Plan
from lineal.actions.subject import NoReasonError
from lineal.actions.withdraw import (
    AlreadyWithdrawnError,
    HoldsStagesError,
    Withdrawal,
)
from lineal.registry.reader import UnknownVersionError


def plan(tale: Tale, number: int, *, force: bool = False) -> Plan:
    """Plan to take a version back."""
    return Withdrawal(MODEL, v(number), "wrong data", force).plan(tale.reader)


def two() -> Tale:
    """Return a tale in which two versions were promoted."""
    return Tale.of(1, 2).promote(1).promote(2)


def test_the_tag_is_the_one_gto_writes() -> None:
    """Its name alone can be taken only once."""
    found = plan(two(), 1)

    assert (found.tag, found.commit) == (f"{MODEL}@v1.0.0!", commit(1))
    assert found.message.trailers == (("Reason", "wrong data"),)
    assert found.notes == ()


def test_the_second_withdrawal_of_a_version_has_a_number() -> None:
    """It was registered again in between, and the simple name is taken."""
    tale = two().withdraw(1).register(1)

    assert plan(tale, 1).tag == f"{MODEL}@v1.0.0!#{tale.reader.store.serial(MODEL)}"


def test_a_version_that_holds_stages_asks_for_force() -> None:
    """Every stage is named, with what it will hold afterwards."""
    tale = two().promote(2, stage="dev")

    with pytest.raises(HoldsStagesError) as caught:
        plan(tale, 2)

    assert str(caught.value).startswith(
        "churn v2.0.0 holds dev and prod now, and afterwards dev will hold nothing and "
        "prod will hold v1.0.0 again: pass --force"
    )
    assert plan(tale, 2, force=True).notes == (
        "dev will hold nothing and prod will hold v1.0.0 again",
    )


def test_what_cannot_be_withdrawn_is_refused() -> None:
    """A version that is none, one that was withdrawn, and a blank reason."""
    with pytest.raises(UnknownVersionError):
        plan(two(), 9)
    with pytest.raises(AlreadyWithdrawnError):
        plan(two().withdraw(1), 1)
    with pytest.raises(NoReasonError):
        Withdrawal(MODEL, v(1), " ").plan(two().reader)

"""Tests of what a deprecation would write."""

import pytest

from helpers.sandbox import START
from helpers.tales import MODEL, Tale, commit, v
from lineal.actions.deprecate import (
    AlreadyDeprecatedError,
    Deprecation,
    PastEndError,
)
from lineal.actions.plan import Plan
from lineal.actions.subject import NoReasonError, WithdrawnVersionError
from lineal.doors.objects import Found
from lineal.registry.brief import Brief
from lineal.registry.reader import UnknownVersionError
from lineal.registry.trailers import compose

NOW = START + 1000
END = 1_798_761_599  # the last second of 2026 in UTC


def plan(
    tale: Tale, number: int | None = None, end: int | None = END, *, force: bool = False
) -> Plan:
    """Plan to give up a version, or the model."""
    version = v(number) if number else None
    request = Deprecation(MODEL, version, "old data", NOW, end, 60, force)
    return request.plan(tale.reader)


def test_a_version_gets_a_tag_that_gto_does_not_read() -> None:
    """Gto can only give up a whole model."""
    found = plan(Tale.of(1, 2), 1)

    assert (found.tag, found.commit) == (f"deprecated/{MODEL}/v1.0.0/1", commit(1))
    assert found.message.trailers == (
        ("End-Of-Life", f"{END} (2027-01-01 00:59:59 +01:00)"),
        ("Reason", "old data"),
    )
    assert len(found.notes) == 1
    assert found.notes[0].startswith("users of plain GTO see churn v1.0.0 as before:")


def test_a_model_gets_the_tag_that_gto_reads() -> None:
    """Gto hides it at once, whatever the end, and the user is told."""
    found = plan(Tale.of(1, 2).promote(1))

    assert (found.tag, found.commit) == (f"{MODEL}@deprecated#4", commit(1))
    assert found.notes[0].startswith("users of plain GTO no longer see churn in `gto")
    assert "whatever the end of life" in found.notes[0]
    assert found.notes[1:] == ("prod still holds it: a deprecation changes no stage",)


def test_every_stage_that_holds_it_is_named() -> None:
    """They go on holding it, and somebody has to see to each."""
    found = plan(Tale.of(1).promote(1).promote(1, stage="dev"), 1)

    assert (
        found.notes[1] == "dev and prod still hold it: a deprecation changes no stage"
    )


def test_without_an_end_there_is_only_the_warning() -> None:
    """No trailer tells of an end."""
    found = plan(Tale.of(1), end=None)

    assert found.message.trailers == (("Reason", "old data"),)
    assert found.summary == "Deprecate churn"


@pytest.mark.parametrize("end", [END, 0, -5, 10**17])
def test_the_end_that_is_written_is_read_back(end: int) -> None:
    """Whatever the year; what is before 1970 is as well over as 1970."""
    written = compose(plan(Tale.of(1), 1, end, force=True).message)
    head = f"object {commit(1)}\ntype commit\ntag x\ntagger A <a> 1 +0000\n\n"

    brief = Brief.of(Found("1", "tag", (head + written).encode()))

    assert brief.end == max(end, 0)


def test_a_new_end_replaces_the_old_one() -> None:
    """Also none replaces one; the user is told what was."""
    tale = Tale.of(1).deprecate(1, end=END)

    assert "until now its end of life was 2027-01-01" in plan(tale, 1, END + 1).notes[1]
    assert "until now its end of life was 2027-01-01" in plan(tale, 1, None).notes[1]
    assert "without an end" in plan(Tale.of(1).deprecate(1), 1, END).notes[1]


def test_the_same_end_again_is_refused() -> None:
    """It would change nothing, for a version as for a model."""
    with pytest.raises(AlreadyDeprecatedError, match="2027-01-01 00:59:59 \\+01:00"):
        plan(Tale.of(1).deprecate(1, end=END), 1, END)
    with pytest.raises(AlreadyDeprecatedError, match="without an end of life"):
        plan(Tale.of(1).deprecate(), None, None)


def test_a_model_that_came_back_can_be_deprecated_again() -> None:
    """Whatever happens to a model revives it, in gto as well."""
    tale = Tale.of(1).deprecate(end=END).register(2)

    assert plan(tale).tag == f"{MODEL}@deprecated#3"


def test_an_end_that_is_over_asks_for_force() -> None:
    """Nobody could get it from that moment on."""
    with pytest.raises(PastEndError, match="--force"):
        plan(Tale.of(1), 1, NOW)
    assert plan(Tale.of(1), 1, NOW, force=True).message.get("End-Of-Life")
    assert plan(Tale.of(1), 1, NOW + 1).notes


def test_what_cannot_be_deprecated_is_refused() -> None:
    """A version that is none, one that was withdrawn, and a blank reason."""
    with pytest.raises(UnknownVersionError):
        plan(Tale.of(1), 9)
    with pytest.raises(WithdrawnVersionError):
        plan(Tale.of(1).withdraw(1), 1)
    with pytest.raises(NoReasonError):
        Deprecation(MODEL, None, "", NOW).plan(Tale.of(1).reader)

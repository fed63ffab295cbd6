"""Tests of what a promotion would write."""

from pathlib import Path

import pytest

from helpers.sandbox import START, Sandbox
from helpers.tales import MODEL, Tale, commit, v
from lineal.actions.plan import Plan
from lineal.actions.promote import (
    AlreadyHeldError,
    EndedModelError,
    EndedVersionError,
    Promotion,
)
from lineal.actions.stages import MistypedStageError
from lineal.actions.subject import (
    NoReasonError,
    UnknownStageError,
    WithdrawnVersionError,
)
from lineal.registry.grammar import InvalidNameError
from lineal.registry.reader import UnknownModelError, UnknownVersionError

NOW = START + 1000


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository without commits, whose `.gto` thus allows any stage."""
    return Sandbox.create(tmp_path_factory.mktemp("empty") / "repo").root


def plan(tale: Tale, number: int, folder: Path, *, force: bool = False) -> Plan:
    """Plan to promote a version to prod."""
    request = Promotion(MODEL, v(number), "prod", "better", NOW, force)
    return request.plan(tale.reader_in(folder))


def test_it_assigns_the_versions_commit_and_says_which_version(empty: Path) -> None:
    """The commit alone would not tell two versions of it apart."""
    found = plan(Tale.of(1, 2), 2, empty)

    assert (found.tag, found.commit) == (f"{MODEL}#prod#1", commit(2))
    assert found.message.trailers == (("Version", "v2.0.0"), ("Reason", "better"))
    assert found.summary == "Promote churn v2.0.0 to prod"
    assert found.follows is None
    assert found.notes == ()


def test_it_names_and_follows_what_it_replaces(empty: Path) -> None:
    """Events of other stages only date it, and count its serial."""
    tale = Tale.of(1, 2).promote(1).promote(1, stage="dev")

    found = plan(tale, 2, empty)

    assert found.summary == "Promote churn v2.0.0 to prod, instead of v1.0.0"
    assert found.tag == f"{MODEL}#prod#5"
    assert found.follows == tale.events[2]
    assert found.after == tale.latest.stamp.time


def test_what_the_stage_holds_is_recorded_again_by_force_only(empty: Path) -> None:
    """A second tag would tell nobody anything new."""
    tale = Tale.of(1, 2).promote(1)

    with pytest.raises(AlreadyHeldError, match=r"prod holds churn v1\.0\.0 already"):
        plan(tale, 1, empty)
    assert plan(tale, 1, empty, force=True).commit == commit(1)


def test_another_version_of_the_same_commit_is_another(empty: Path) -> None:
    """A candidate may be released as it is."""
    tale = Tale().register(1).register(2, at=1).promote(1)

    found = plan(tale, 2, empty)

    assert (found.commit, found.message.get("Version")) == (commit(1), "v2.0.0")


@pytest.mark.parametrize("end", [NOW - 1, NOW])
def test_a_version_past_its_end_is_promoted_by_force_only(
    empty: Path, end: int
) -> None:
    """`lineal get` would refuse it to everybody."""
    tale = Tale.of(1).deprecate(1, end=end)

    with pytest.raises(EndedVersionError, match="is past its end of life"):
        plan(tale, 1, empty)
    assert plan(tale, 1, empty, force=True).commit == commit(1)


def test_a_model_past_its_end_is_brought_back_by_force_only(empty: Path) -> None:
    """The assignment would begin another life for everybody."""
    tale = Tale.of(1).deprecate(end=NOW)

    with pytest.raises(EndedModelError, match="bring it back for everybody"):
        plan(tale, 1, empty)
    assert plan(tale, 1, empty, force=True).commit == commit(1)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (None, "v1.0.0 is deprecated"),
        (NOW + 1, "v1.0.0 is deprecated: its life ends on 2023-11-14 22:30:01 +00:00"),
        (1_798_761_599, "v1.0.0 is deprecated: its life ends on 2026-12-31"),
    ],
)
def test_a_version_whose_end_is_to_come_is_promoted_with_a_note(
    empty: Path, end: int | None, said: str
) -> None:
    """Who gets it is warned; the end of a day is that day."""
    found = plan(Tale.of(1).deprecate(1, end=end), 1, empty)

    assert found.commit == commit(1)
    assert found.notes == (said,)


def to(
    stage: str, tale: Tale, folder: Path, *, number: int = 1, force: bool = False
) -> Plan:
    """Plan to promote a version to a stage."""
    request = Promotion(MODEL, v(number), stage, "better", NOW, force)
    return request.plan(tale.reader_in(folder))


def test_a_stage_that_is_new_beside_others_is_noted(empty: Path) -> None:
    """The first stage of all needs no note, and a known one neither."""
    tale = Tale.of(1, 2).promote(1).promote(1, stage="staging")

    notes = to("canary", tale, empty).notes

    assert notes == ("canary is a new stage here; the others are prod, staging",)
    assert to("prod", tale, empty, number=2).notes == ()
    assert to("canary", Tale.of(1), empty).notes == ()


@pytest.mark.parametrize("stage", ["stagng", "Staging", "pord"])
def test_a_new_stage_that_looks_mistyped_asks_for_force(
    empty: Path, stage: str
) -> None:
    """Else the team would wait for a version that is elsewhere."""
    tale = Tale.of(1).promote(1).promote(1, stage="staging")

    with pytest.raises(MistypedStageError, match=r"did you mean (staging|prod)"):
        to(stage, tale, empty)
    assert f"{stage} is a new stage" in to(stage, tale, empty, force=True).notes[0]


def test_a_stage_that_the_team_lists_is_never_mistyped(tmp_path: Path) -> None:
    """Whatever it is close to."""
    sandbox = Sandbox.create(tmp_path / "repo")
    sandbox.commit(files={".gto": "stages: [prod, prd]\n"})

    assert to("prd", Tale.of(1).promote(1), sandbox.root).notes == ()


def test_a_deprecated_model_is_revived_and_that_is_said(empty: Path) -> None:
    """That is how gto reads any later event."""
    assert "this ends that" in plan(Tale.of(1).deprecate(), 1, empty).notes[0]


def test_a_version_that_was_never_there_or_taken_back_is_refused(empty: Path) -> None:
    """Force does not help."""
    tale = Tale.of(1, 2).withdraw(1)

    with pytest.raises(UnknownVersionError, match=r"newest are: v2\.0\.0 \("):
        plan(tale, 9, empty, force=True)
    with pytest.raises(WithdrawnVersionError):
        plan(tale, 1, empty, force=True)


@pytest.mark.parametrize(
    ("model", "stage", "reason", "error"),
    [
        ("chrn", "prod", "x", UnknownModelError),
        (MODEL, "a b", "x", InvalidNameError),
        (MODEL, "prod", " \u200b\n", NoReasonError),
    ],
)
def test_words_that_say_nothing_are_refused(
    empty: Path, model: str, stage: str, reason: str, error: type[Exception]
) -> None:
    """An unknown model, a name that no stage can have, an empty reason."""
    request = Promotion(model, v(1), stage, reason, NOW)

    with pytest.raises(error):
        request.plan(Tale.of(1).reader_in(empty))


def test_a_stage_that_the_team_does_not_have_is_refused(tmp_path: Path) -> None:
    """The committed `.gto` lists those there are; force does not help."""
    sandbox = Sandbox.create(tmp_path / "repo")
    sandbox.commit(files={".gto": "stages: [dev, production]\n"})
    said = r"'prod' is none of the stages .*: dev, production$"

    with pytest.raises(UnknownStageError, match=said):
        plan(Tale.of(1), 1, sandbox.root, force=True)

"""Tests of the recorder where the world changes under its hands."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest

from helpers.fleet import (
    MODEL,
    Fleet,
    check_unchanged,
    commit,
    hook,
    message,
    promotion,
    recorder,
    request,
    tags,
)
from helpers.sandbox import START, Sandbox
from lineal.actions.plan import Plan
from lineal.actions.promote import Promotion
from lineal.actions.recorder import (
    LostRaceError,
    NotHereError,
    OnlyHereError,
    UnsureError,
)
from lineal.doors import pending
from lineal.doors.clock import Clock
from lineal.doors.git import GitFailedError
from lineal.doors.location import claim
from lineal.doors.remote import RemoteFailedError
from lineal.doors.tagging import UnwritableError
from lineal.registry.reader import Reader

FIRST = f"{MODEL}#prod#1"
STILL = Clock(START + 10_000)


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    """Make a hub and a clone of it."""
    return Fleet.create(tmp_path)


@dataclass(frozen=True, slots=True)
class Slow:
    """A request that somebody is faster than, some times.

    Attributes:
        request: What is asked.
        others: Where they write.
        times: How often they are faster.
    """

    request: Promotion
    others: Sandbox
    times: Iterator[int]

    @property
    def model(self) -> str:
        """The model it is about."""
        return self.request.model

    def plan(self, reader: Reader) -> Plan:
        """Plan, and then come too late."""
        plan = self.request.plan(reader)
        if next(self.times, None) is not None:
            self.others.tag(plan.tag, commit=commit(2))
        return plan


@pytest.mark.parametrize("push", [True, False])
def test_who_loses_plans_again(fleet: Fleet, *, push: bool) -> None:
    """The new plan follows what the winner recorded; each try is told."""
    others = fleet.hub if push else fleet.clone
    said: list[str] = []
    writer = replace(recorder(fleet.clone, push=push, clock=STILL), said=said.append)
    done = writer.carry_out(Slow(request(1), others, iter(range(3))))
    found = tags(fleet.clone)

    assert (done.plan.tag, done.tries) == (f"{MODEL}#prod#4", 4)
    assert done.id == found[done.plan.tag]
    assert said == [
        f"{MODEL}#prod#{n} was taken meanwhile; planning again" for n in (1, 2, 3)
    ]
    assert (
        message(fleet.clone, done.plan.tag).get("Previous") == found[f"{MODEL}#prod#3"]
    )


def test_who_always_loses_gives_up(fleet: Fleet) -> None:
    """The clone then has what the others recorded, and nothing else."""
    writer = recorder(fleet.clone, clock=STILL)
    with pytest.raises(LostRaceError, match="somebody else was faster 16 times"):
        writer.carry_out(Slow(request(1), fleet.hub, count()))

    assert LostRaceError.exit_code == 4
    assert tags(fleet.clone).items() <= tags(fleet.hub).items()


def test_a_tag_that_is_only_here_is_refused_with_the_way_out(fleet: Fleet) -> None:
    """Somebody wrote it without pushing."""
    recorder(fleet.clone, push=False).carry_out(request(1))
    with pytest.raises(OnlyHereError, match=f"`git push origin 'refs/tags/{FIRST}'`"):
        recorder(fleet.clone).carry_out(request(2))

    assert FIRST not in tags(fleet.hub)


def test_a_note_that_cannot_be_written_stops_the_push(fleet: Fleet) -> None:
    """A push that is not announced could not be told from none."""
    own = claim(fleet.clone.root / ".git/lineal")
    (own / "pending").write_text("", encoding="utf-8")
    with pytest.raises(UnwritableError, match="nothing was recorded"):
        recorder(fleet.clone).carry_out(request(1))

    assert FIRST not in tags(fleet.hub)


def test_a_name_that_cannot_be_here_fails_without_a_remote_too(fleet: Fleet) -> None:
    """It is no race, and nothing is left to settle."""
    fleet.clone.tag(f"{FIRST}/x")
    with pytest.raises(GitFailedError, match="exists; cannot create"):
        recorder(fleet.clone, push=False).carry_out(request(1))

    assert pending.left(fleet.clone.root / ".git/lineal") == ()


def test_a_name_that_cannot_be_there_fails_at_once(fleet: Fleet) -> None:
    """A tag of the remote is in the way for good: trying again would not help."""
    before = tags(fleet.clone)
    fleet.hub.tag(f"{FIRST}/x")
    with pytest.raises(RemoteFailedError, match="exists; cannot create"):
        recorder(fleet.clone, clock=STILL).carry_out(request(1))

    assert tags(fleet.clone) == before


def test_a_lock_that_stays_is_no_race(fleet: Fleet) -> None:
    """Where the last try finds the name free and still locked, nobody was faster."""
    lock = fleet.hub.root / f"refs/tags/{FIRST}.lock"
    lock.touch()
    fleet.hub.git("config", "core.filesRefLockTimeout", "0")
    before = tags(fleet.clone)
    said: list[str] = []
    writer = replace(recorder(fleet.clone, clock=STILL), said=said.append)
    with pytest.raises(RemoteFailedError, match="cannot lock ref"):
        writer.carry_out(request(1))

    assert len(said) == 15
    assert tags(fleet.clone) == before


def broken(clone: Sandbox, folder: Path, word: str) -> dict[str, str]:
    """Return variables for a git that does one command and then says it failed."""
    folder.mkdir()
    git = shutil.which("git")
    (folder / "git").write_text(
        f'#!/bin/sh\n"{git}" "$@" || exit\n'
        f'case "$*" in *" {word} "*) echo "fatal: the line broke" >&2; exit 1;; esac\n',
        encoding="utf-8",
    )
    (folder / "git").chmod(0o755)
    return {"PATH": f"{folder}:{clone.env['PATH']}"}


def test_a_push_whose_answer_was_lost_is_recorded(fleet: Fleet, tmp_path: Path) -> None:
    """The remote is asked what became of it."""
    env = broken(fleet.clone, tmp_path / "shim", "push")
    done = recorder(fleet.clone, env=env).carry_out(request(1))

    assert (done.plan.tag, done.remote, done.tries) == (FIRST, "origin", 1)
    assert tags(fleet.hub) == tags(fleet.clone)
    assert FIRST in tags(fleet.clone)


def test_what_another_process_fetched_meanwhile_is_fine(
    fleet: Fleet, tmp_path: Path
) -> None:
    """A fetch that fails because the tags are here by now has not failed."""
    fleet.hub.tag(FIRST, commit=commit(1))
    env = broken(fleet.clone, tmp_path / "shim", "fetch")
    recorder(fleet.clone, env=env).carry_out(request(2))

    assert tags(fleet.hub) == tags(fleet.clone)


def test_a_fetch_that_fails_is_an_error(fleet: Fleet) -> None:
    """A tag of the remote that cannot be here stops the write."""
    fleet.hub.tag(FIRST, commit=commit(1))
    fleet.clone.tag(f"{FIRST}/x")
    before = tags(fleet.hub)
    with pytest.raises(RemoteFailedError, match="fetching from origin failed"):
        recorder(fleet.clone).carry_out(request(2))

    assert tags(fleet.hub) == before


def test_a_remote_that_goes_away_in_between_leaves_it_open(fleet: Fleet) -> None:
    """Nobody can say what became of the push, so the note stays."""
    hub = fleet.hub.root
    hook(fleet.clone.root / ".git", "pre-push", f"mv '{hub}' '{hub}.away'", "exit 1")
    with pytest.raises(UnsureError, match="whether it did is not known yet"):
        recorder(fleet.clone).carry_out(request(1))
    hub.with_name("hub.away").rename(hub)
    told = fleet.clone.run(*promotion(1, "--dry-run"))

    assert "was cut off before it was recorded, so nothing happened" in told.stderr
    check_unchanged(fleet, tags(fleet.hub))


def test_what_the_clone_cannot_take_is_said_to_be_recorded(fleet: Fleet) -> None:
    """The remote has it, so that `nothing was recorded` would be a lie."""
    clone = fleet.clone
    clone.tag(f"{FIRST}/x")
    with pytest.raises(NotHereError, match="is recorded on origin, but not in this"):
        recorder(clone).carry_out(request(1))

    assert FIRST in tags(fleet.hub)
    assert FIRST not in tags(clone)
    clone.git("tag", "-d", f"{FIRST}/x")
    recorder(clone).carry_out(request(2))
    assert tags(fleet.hub) == tags(clone)


def test_a_phantom_that_appears_in_between_is_not_written_over(fleet: Fleet) -> None:
    """Somebody tags in this clone while we push: both are kept, and it is said."""
    clone = fleet.clone
    hook(clone.root / ".git", "pre-push", f"git tag -m mine '{FIRST}'")
    with pytest.raises(NotHereError, match="it has another tag of that name"):
        recorder(clone).carry_out(request(1))
    with pytest.raises(OnlyHereError, match="is another tag here than on origin"):
        recorder(clone).carry_out(request(2))

    assert tags(fleet.hub)[FIRST] != tags(clone)[FIRST]

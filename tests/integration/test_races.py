"""Tests of writers that meet: eight at once, processes or threads, many times."""

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from helpers.fleet import (
    MODEL,
    Done,
    Fleet,
    at_once,
    message,
    promotion,
    recorder,
    request,
    tags,
    version,
)
from helpers.sandbox import Sandbox
from lineal.actions.recorder import LostRaceError
from lineal.doors.clock import Clock

pytestmark = pytest.mark.slow

WRITERS = 8
ROUNDS = 2  # of processes: Python's start is most of a round
IN_PROCESS = 12  # of threads: the same git processes, started by one Python
MIXED_ROUNDS = 4  # gto takes a second to start
_SAID = re.compile(r"^tag: (\S+) \((.+)\)$", re.MULTILINE)


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    """Make eight clones, and twice as many versions: no round finds its own held."""
    return Fleet.create(tmp_path, WRITERS, 2 * WRITERS)


def choose(turn: int, writer: int) -> int:
    """Return the version that a writer promotes in a round."""
    return 1 + writer + WRITERS * (turn % 2)


def line(found: dict[str, str]) -> list[str]:
    """Return the assignments to prod by serial, which must be 1, 2, 3 and so on."""
    named = {tag for tag in found if tag.startswith(f"{MODEL}#prod#")}
    expected = [f"{MODEL}#prod#{serial}" for serial in range(1, len(named) + 1)]
    assert named == set(expected)
    return expected


def check_chain(fleet: Fleet) -> None:
    """Hold that each assignment of ours links to the one before it."""
    found = tags(fleet.hub)
    before = ""
    for tag in line(found):
        told = message(fleet.hub, tag)
        if told.get("Version"):  # gto writes none
            assert (told.get("Previous") or "") == before
        before = found[tag]


def check_no_phantoms(fleet: Fleet) -> None:
    """Hold that no clone has a tag that the hub lacks, or has otherwise."""
    there = tags(fleet.hub)
    for clone in fleet.clones:
        assert tags(clone).items() <= there.items()


def check_success(fleet: Fleet, done: Done, asked: int) -> str:
    """Hold that what a writer says it recorded is in the hub; return the tag."""
    said = _SAID.search(done.stdout)
    assert said is not None
    assert said[2] == "pushed to origin"
    assert message(fleet.hub, said[1]).get("Version") == version(asked)
    return said[1]


def test_of_eight_clones_each_write_is_recorded_once_or_lost(fleet: Fleet) -> None:
    """Every serial has one tag, every success is on the remote, no loser leaves a tag.

    Who loses plans again, or exits with 4.
    """
    recorded: list[str] = []
    for turn in range(ROUNDS):
        asked = [choose(turn, writer) for writer in range(WRITERS)]
        done = at_once(zip(fleet.clones, map(promotion, asked), strict=True))

        assert {one.returncode for one in done} <= {0, 4}
        check_no_phantoms(fleet)
        recorded += [
            check_success(fleet, one, number)
            for one, number in zip(done, asked, strict=True)
            if one.returncode == 0
        ]

    assert sorted(recorded) == sorted(line(tags(fleet.hub)))
    check_chain(fleet)


def promote(clock: Clock, clone: Sandbox, number: int) -> tuple[str, int] | None:
    """Return the tag and the tries that a promotion took; None: others were faster."""
    try:
        done = recorder(clone, clock=clock).carry_out(request(number))
    except LostRaceError:
        return None
    return done.plan.tag, done.tries


@pytest.mark.parametrize("clock", [Clock(), Clock(1_800_000_000)])
def test_tries_are_enough_for_eight_writers_at_once(fleet: Fleet, clock: Clock) -> None:
    """All succeed, with pauses in between or, where the clock stands still, without."""
    recorded: list[tuple[str, int]] = []
    with ThreadPoolExecutor(WRITERS) as pool:
        for turn in range(IN_PROCESS // 4):
            asked = [choose(turn, writer) for writer in range(WRITERS)]
            done = list(pool.map(partial(promote, clock), fleet.clones, asked))

            assert None not in done
            check_no_phantoms(fleet)
            recorded += [one for one in done if one is not None]

    assert sorted(tag for tag, _ in recorded) == sorted(line(tags(fleet.hub)))
    check_chain(fleet)
    # Each round lets one through, so that the last needs as many tries as there are.
    assert max(tries for _, tries in recorded) <= 2 * WRITERS


def test_plain_gto_in_the_mix_harms_only_its_own_clone(fleet: Fleet) -> None:
    """Our writers leave no phantoms; a clone in which gto lost keeps one.

    That clone refuses to be written to, until it is mended as the refusal says.
    """
    phantoms = 0
    for turn in range(MIXED_ROUNDS):
        for clone in fleet.clones:
            clone.git("fetch", "--quiet", "--tags", "origin")
        asked = [choose(turn, writer) for writer in range(WRITERS)]
        plain = [assignment(number) for number in asked[:2]]
        ours = [promotion(number) for number in asked[2:]]
        done = at_once(zip(fleet.clones, plain + ours, strict=True))

        assert {one.returncode for one in done[2:]} <= {0, 4}
        for one, number in zip(done[2:], asked[2:], strict=True):
            assert one.returncode == 4 or check_success(fleet, one, number)
        phantoms += sum(mended(fleet, writer) for writer in range(2))
        check_no_phantoms(fleet)
        check_chain(fleet)

    assert phantoms > 0  # gto did lose a race, so the rest was tested


def assignment(number: int) -> tuple[str, ...]:
    """Return gto's command for the same promotion."""
    words = ("gto", "assign", MODEL, "--version", version(number))
    return (*words, "--stage", "prod", "--push")


def mended(fleet: Fleet, writer: int) -> bool:
    """Tell whether gto left a phantom; if so, be refused and do as the refusal says."""
    clone, there = fleet.clones[writer], tags(fleet.hub)
    wrong = {tag for tag, oid in tags(clone).items() if there.get(tag) != oid}
    if not wrong:
        return False
    refused = clone.run(*promotion(1), ok=False)

    assert refused.returncode == 1
    assert "is another tag here than on origin" in refused.stderr
    way = re.search(r"`git tag -d '([^']+)'` and `git fetch ", refused.stderr)
    assert way is not None
    assert {way[1]} == wrong
    assert tags(fleet.hub) == there
    clone.git("tag", "-d", way[1])
    clone.git("fetch", "--quiet", "--tags", "origin")
    return True


@pytest.mark.parametrize("more", [(), ("--no-push",)])
def test_processes_in_one_clone_do_not_harm_each_other(
    fleet: Fleet, more: tuple[str, ...]
) -> None:
    """With a remote or without, eight writers in one folder record eight tags."""
    for turn in range(ROUNDS):
        done = at_once(
            (fleet.clone, promotion(choose(turn, writer), *more))
            for writer in range(WRITERS)
        )

        assert [one.stderr for one in done if one.returncode] == []
    found = line(tags(fleet.clone))
    assert len(found) == ROUNDS * WRITERS
    assert more or tags(fleet.hub) == tags(fleet.clone)
    before = None
    for tag in found:
        assert message(fleet.clone, tag).get("Previous") == before
        before = tags(fleet.clone)[tag]


def test_the_same_request_twice_at_once_is_one_record(fleet: Fleet) -> None:
    """Two writers whose tags are the same object both succeed, with one tag."""
    env = {"GIT_COMMITTER_DATE": "@1700001000 +0000"}
    done = at_once([(c, promotion(1)) for c in fleet.clones[:2]], env)

    # The later one may also find the stage held.
    assert sorted(one.returncode for one in done) in ([0, 0], [0, 1])
    assert len(line(tags(fleet.hub))) == 1
    check_no_phantoms(fleet)

"""Tests of how a clean-up is told."""

from dataclasses import replace
from datetime import UTC

import pytest

from lineal.doors.anchors import ONLY_REFLOG, UNPUSHED
from lineal.lineage.retention import Fate, Reason
from lineal.registry.version import Version
from lineal.reporting.retention import Amount, Cleaning, as_text, reason, size

V1 = Version.parse("v1.0.0")


def cleaning(*, done: bool) -> Cleaning:
    """Return one in which a version loses its bytes and another shares them."""
    gone = Fate("m", V1, "1" * 40, ())
    shared = Fate("m", None, "2" * 40, ())
    kept = Fate("m", Version.parse("v2.0.0"), "3" * 40, ())
    return Cleaning(
        kept=[kept],
        released=[(gone, True), (shared, False)],
        others=[("4" * 40, f"branch {n}") for n in range(25)],
        amounts=[Amount("cache", 1, 1), Amount("st\x1bore", 2, 2_500_000)],
        last=3,
        days=365,
        archive="attic",
        done=done,
    )


def test_what_goes_and_what_is_shared_is_told_apart() -> None:
    """A commit without a version is told by the start of its id."""
    lines = as_text(cleaning(done=False), UTC).splitlines()

    assert lines[1:4] == [
        "m v2.0.0   3333333  kept    its commit is kept for another reason",
        "m v1.0.0   1111111  go      nothing asks for it",
        "m 2222222  2222222  shared  nothing asks for it, but for its bytes",
    ]
    assert lines[5:7] == [
        "also kept: the working tree",
        "also kept: branches 0, 1, 2, 3, 4 and 20 more",
    ]
    assert lines[7].startswith("would remove from the cache: 1 object, 1 byte; each")
    assert "\x1b" not in lines[8]


def test_what_was_done_is_told_as_done() -> None:
    """With what was copied before."""
    lines = as_text(cleaning(done=True), UTC).splitlines()

    assert lines[2].split()[3] == "removed"
    assert lines[7] == (
        "removed from the cache: 1 object, 1 byte; each was copied to remote attic first"
    )


def test_what_else_is_kept_has_one_name_each() -> None:
    """A branch here and elsewhere is one, and commits without a name are counted."""
    others = (
        *("branch main", "branch main on origin", "HEAD", "ORIG_HEAD", "the stash"),
        *("the stash", UNPUSHED, ONLY_REFLOG, ONLY_REFLOG, "tag paper"),
    )
    commits = ("1", "2", "1", "3", *"45678", "9")
    made = replace(cleaning(done=True), others=list(zip(commits, others, strict=True)))

    assert as_text(made, UTC).splitlines()[5:8] == [
        (
            f"also kept: the working tree, ORIG_HEAD, the stash, {UNPUSHED}, 2 commits that "
            "only the reflog knows"
        ),
        "also kept: branch main",
        "also kept: tag paper",
    ]


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (Reason("holds", "prod"), "prod holds it"),
        (Reason("held", "prod", 0), "prod held it until 1970-01-01, within 9 days"),
        (Reason("back", "prod"), "prod may go back to it"),
        (Reason("newest"), "among the newest 2"),
        (Reason("young", when=0), "registered on 1970-01-01, within 9 days"),
    ],
)
def test_every_reason_has_words(why: Reason, said: str) -> None:
    """They name the stage, the day and the terms."""
    assert reason(why, 2, 9, UTC) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 bytes"), (1000, "1.0 kB"), (10**15, "1000.0 TB"), (2_500_000, "2.5 MB")],
)
def test_sizes_have_units(number: int, said: str) -> None:
    """Of thousands, as disks have them."""
    assert size(number) == said

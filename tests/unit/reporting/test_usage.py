"""Tests of telling people and programs where something went."""

import json
from datetime import UTC

from helpers.events import assigned, registered, unassigned
from lineal.lineage.asked import Asked
from lineal.lineage.usage import Impact, Match, Usage, Use
from lineal.registry.order import order
from lineal.registry.periods import follow
from lineal.reporting.screen import Screen
from lineal.reporting.usage import as_json, as_text

EVIL = "a\n\x1b[31m\u202eb"
COMMIT = "1" * 40


def usage(*, withdrawn: bool = False) -> Usage:
    """Return one in which all names are hostile."""
    events = order(
        (registered(1), assigned(2), unassigned(3), assigned(4, stage="dev"))
    )
    state, periods = follow("m", events)
    found = tuple(Match(f"{EVIL}{n}", "f" * 32 + ".dir", (EVIL,)) for n in range(5))
    use = Use(
        *("m", state.versions[0].version, COMMIT, 1001, withdrawn, found, periods)
    )
    bare = Use("m", None, COMMIT, None, withdrawn=False, matches=(Match("p", "1"),))
    return Usage(
        Asked("file", EVIL), (use, bare), (Impact("m", (EVIL,)),), (EVIL,), 7, (EVIL,)
    )


def test_nothing_in_a_name_drives_the_terminal() -> None:
    """Names come from locks and cards that anybody may have committed."""
    for width in (None, 100, 20):
        text = as_text(usage(), UTC, Screen(width, colour=False))

        assert "\x1b" not in text
        assert "\u202e" not in text


def test_a_line_says_what_when_and_through_which_stages() -> None:
    """Only some of many matches are named, and a hash by its start."""
    text = as_text(usage(withdrawn=True), UTC, Screen(None, colour=False))
    shown = EVIL.encode("unicode_escape").decode()

    assert text.startswith(f"file {shown} went into 2 of 7 versions, of 1 model\n")
    assert f"{shown}2 ffffffffffff and 2 more" in text
    assert "withdrawn; prod 1970-01-01 to 1970-01-01; dev since 1970-01-01" in text
    assert f"m@{COMMIT[:7]}" in text
    assert f"at HEAD, for m: these stages would run again: {shown}\n" in text
    assert f"and besides: {shown}\nheld now: m#dev (v1.0.0)\n" in text


def test_what_reaches_nothing_says_so() -> None:
    """An old thing that nobody uses any more."""
    old = Use("m", None, COMMIT, None, withdrawn=False, matches=(Match("p", "1"),))
    text = as_text(Usage(Asked("param", "p"), (old,)), UTC, Screen(None, colour=False))

    assert text.endswith(
        "changing it would reach nothing: HEAD does not use it, and no stage holds it\n"
    )


def test_programs_get_the_same_whole() -> None:
    """With nothing shortened, and no tag left out."""
    said = json.loads(as_json(usage()))

    assert said["asked"] == {"kind": "file", "name": EVIL, "value": None}
    assert (said["searched"], said["others"], said["notes"]) == (7, [EVIL], [EVIL])
    assert len(said["uses"][0]["matches"]) == 5
    assert said["uses"][1]["version"] is None
    assert [p["tag"] for p in said["uses"][0]["periods"]] == ["t2", "t4"]
    assert said["impact"] == [{"model": "m", "stages": [EVIL]}]

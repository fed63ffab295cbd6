"""Tests of the journal's views."""

import json
from datetime import UTC

import pytest

from helpers.sandbox import START
from helpers.tales import MODEL, Tale, commit, v
from lineal.registry.identities import Identity, unsigned
from lineal.registry.journal import Entry
from lineal.registry.tagobject import Actor, TagObject
from lineal.reporting.registry_history import Told, as_json, as_text
from lineal.reporting.screen import Screen


def entry(
    tale: Tale, said: str = "", *, name: str = "Ann", late: int = 0, named: bool = True
) -> Entry:
    """Return the latest event of a tale, as the journal has it."""
    event = tale.latest
    actor = Actor(name, "ann@example.org")
    tag = TagObject("", "commit", event.stamp.tag, actor, event.stamp.time, 0, said)
    return Entry(event.stamp.time + late, event, v(1) if named else None, tag)


def told(one: Entry, *, proven: bool = False) -> Told:
    """Return the journal of one event, whose maker is proven or not."""
    maker = Identity("ann@example.org", verified=True) if proven else unsigned(one.tag)
    return Told((one,), {one.event.stamp.id: maker})


def shown(one: Entry, width: int | None = 80, *, proven: bool = False) -> str:
    """Return it as text."""
    return as_text(told(one, proven=proven), UTC, Screen(width))


@pytest.mark.parametrize(
    ("tale", "line"),
    [
        (Tale.of(1), "churn v1.0.0 registered"),
        (Tale().withdraw(1), "churn v1.0.0 withdrawn"),
        (Tale().promote(1), "churn v1.0.0 assigned to prod"),
        (Tale().back(1), "churn v1.0.0 assigned to prod (rollback)"),
        (Tale().unassign(1), "churn v1.0.0 unassigned from prod"),
        (Tale().deprecate(1), "churn v1.0.0 deprecated"),
        (Tale().deprecate(1, end=START), "churn v1.0.0 deprecated (ends 2023-11-14)"),
    ],
)
def test_the_first_line_says_what_happened_and_when(tale: Tale, line: str) -> None:
    """In the order in which people would say it."""
    assert shown(entry(tale)).splitlines()[0] == f"2023-11-14 22:13:21  {line}"


def test_the_second_line_says_by_whom_and_why() -> None:
    """The tag's name finds it in Git."""
    said = "Promote churn v1.0.0 to prod\n\nReason: better on every segment\n"

    one = entry(Tale().promote(1), said)
    assert shown(one, None).splitlines()[1] == (
        "    churn#prod#1 by Ann <ann@example.org> (unverified): "
        "better on every segment"
    )


def test_whom_a_signature_proves_has_no_mark() -> None:
    """JSON says so in a field of its own."""
    one = entry(Tale().promote(1))

    assert shown(one, proven=True).endswith("by Ann <ann@example.org>\n")
    document = json.loads(as_json(told(one, proven=True), at=None))
    assert document["events"][0]["by"] == {
        "name": "Ann",
        "email": "ann@example.org",
        "verified": True,
        "why": None,
    }


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Assigning stage prod to artifact churn version v1.0.0", ""),
        ("Assigning stage prod to artifact churn commit abc", ""),
        ("Registering artifact churn version v1.0.0", ""),
        ("Deregistering artifact churn version v1.0.0", ""),
        ("Unassigning stage 'prod' to artifact 'churn' version 'v1.0.0'", ""),
        ("Deprecating artifact 'churn'", ""),
        ("Register churn v1.0.0", ""),
        ("churn#prod#1", ""),
        ("", ""),
        ("it won the test", "it won the test"),
        ("it won\nthe test\r\n\r\nand more", "it won the test"),
        ("Promote\n\nReason: better", "better"),
        ("Promote\n\nReason: first\nReason: second", "second"),
    ],
)
def test_the_reason_is_what_somebody_thought_of(said: str, reason: str) -> None:
    """The trailer, else a subject that gto would not have written itself."""
    assert entry(Tale().promote(1), said).reason == reason


def test_a_clock_that_disagrees_with_the_serials_is_shown() -> None:
    """The event counts from a later time than its tagger's clock had."""
    first, *_ = shown(entry(Tale().promote(1), late=3600), None).splitlines()

    assert first == (
        "2023-11-14 23:13:21  churn v1.0.0 assigned to prod "
        "(the tagger's clock said 2023-11-14 22:13:21)"
    )


def test_a_commit_without_a_version_is_shown_by_its_id() -> None:
    """As gto does."""
    one = entry(Tale().assign(1), named=False)

    assert f"churn {commit(1)[:7]} assigned to prod" in shown(one)


def test_nothing_that_somebody_wrote_drives_the_terminal() -> None:
    """Neither the message nor the name."""
    text = shown(entry(Tale().promote(1), "a\x1b[2Jb\u202ec", name="\x1b]0;x\x07"))

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "a\\x1b[2Jb\\u202ec" in text


def test_long_reasons_are_wrapped_and_cut() -> None:
    """Some paste a report of 100 KB."""
    text = shown(entry(Tale().promote(1), "word " * 20_000))

    lines = text.splitlines()
    assert max(map(len, lines)) <= 80
    assert 5 < len(lines) < 10
    assert all(line.startswith("    ") for line in lines[1:])
    assert lines[-1].endswith("…")


def test_json_has_the_same_facts() -> None:
    """The whole reason, and both times."""
    said = "Roll back\n\nReason: " + "word " * 200
    one = entry(Tale().back(1), said, late=60)

    document = json.loads(as_json(told(one), at=START))
    assert document == {
        "format": 1,
        "at": "2023-11-14T22:13:20Z",
        "events": [
            {
                "time": "2023-11-14T22:14:21Z",
                "model": MODEL,
                "event": "assignment",
                "version": "v1.0.0",
                "stage": "prod",
                "commit": commit(1),
                "by": {
                    "name": "Ann",
                    "email": "ann@example.org",
                    "verified": False,
                    "why": "not signed",
                },
                "reason": ("word " * 200).strip(),
                "rollback": True,
                "bypass": None,
                "end_of_life": None,
                "tag": "churn#prod#1",
                "id": "t" + "1".zfill(39),
                "tagged": "2023-11-14T22:13:21Z",
                "in_order": False,
            }
        ],
    }

"""Tests of one model with its versions."""

import json
from dataclasses import replace
from datetime import UTC, timedelta, timezone

from helpers.sandbox import START
from helpers.tales import MODEL, Tale, commit
from lineal.registry.history import replay
from lineal.registry.identities import Identity
from lineal.registry.tagobject import Actor, TagObject
from lineal.reporting.registry_model import Portrait, as_json, as_text, ids
from lineal.reporting.screen import Screen

DAY = 86_400


def portrait(tale: Tale, *, name: str = "Ann", now: int = START) -> Portrait:
    """Return what is shown of a tale."""
    state = replay(MODEL, tale.ordered)
    actor = Actor(name, "ann@example.org")
    tags = {oid: TagObject("", "commit", "", actor, START, 0, "") for oid in ids(state)}
    return Portrait(state, sorted(state.stages), tags, None, now)


def test_stages_come_first_and_then_versions_newest_first() -> None:
    """With who and when, and what is wrong with each."""
    tale = (
        Tale.of(1, 2, 3, 4).promote(1).promote(2, stage="dev").unassign(2, stage="dev")
    )
    tale.withdraw(4).deprecate(2, end=START + DAY).deprecate(1, end=START)

    assert as_text(portrait(tale), UTC, Screen(100)) == (
        "churn\n"
        "\n"
        "stage  holds   since                by\n"
        "dev    -\n"
        "prod   v1.0.0  2023-11-14 22:13:25  Ann (unverified)\n"
        "\n"
        "version  stages  registered  by                commit   state\n"
        "v4.0.0           2023-11-14  Ann (unverified)  0000000  withdrawn\n"
        "v3.0.0           2023-11-14  Ann (unverified)  0000000\n"
        "v2.0.0           2023-11-14  Ann (unverified)  0000000  deprecated, ends "
        "2023-11-15\n"
        "v1.0.0   prod    2023-11-14  Ann (unverified)  0000000  end of life passed "
        "2023-11-14\n"
    )


def test_whom_a_signature_proves_has_no_mark() -> None:
    """A stage's holder may be proven, and the version's maker not."""
    told = portrait(Tale.of(1).promote(1))
    holder = told.state.stages["prod"]
    assert holder is not None
    proven = Identity("ann@example.org", verified=True)
    told = replace(told, makers={holder.assigned.stamp.id: proven})

    text = as_text(told, UTC, Screen(80))
    assert text.splitlines()[3].endswith("  Ann")
    assert "Ann (unverified)" in text.splitlines()[6]


def test_colours_say_what_may_be_used() -> None:
    """Green is what stands, yellow what is deprecated, red what nobody should use."""
    tale = Tale.of(1, 2, 3, 4).promote(1).promote(2, stage="dev")
    tale.deprecate(2, end=START + DAY).deprecate(3, end=START).withdraw(4)

    shown = as_text(portrait(tale), UTC, Screen(100, colour=True))

    assert "\x1b[32mv1.0.0\x1b[0m" in shown
    assert "\x1b[33mv2.0.0\x1b[0m" in shown
    assert "\x1b[33mdeprecated, ends 2023-11-15\x1b[0m" in shown
    assert "\x1b[31mend of life passed 2023-11-14\x1b[0m" in shown
    assert "\x1b[31mwithdrawn\x1b[0m" in shown


def test_times_are_in_the_readers_zone() -> None:
    """Two hours east it was already the next day."""
    shown = as_text(
        portrait(Tale.of(1).promote(1)), timezone(timedelta(hours=2)), Screen()
    )

    assert "2023-11-15 00:13:22" in shown
    assert "v1.0.0   prod    2023-11-15" in shown


def test_a_deprecated_model_says_so_in_its_first_line() -> None:
    """GTO hides it at once; the end of life is ours."""
    soon = Tale.of(1).deprecate(end=START + DAY)
    now = Tale.of(1).deprecate()

    assert as_text(portrait(soon), UTC, Screen()).startswith(
        "churn (deprecated, ends 2023-11-15)\n"
    )
    assert as_text(portrait(now), UTC, Screen()).startswith("churn (deprecated)\n")


def test_names_cannot_drive_the_terminal() -> None:
    """Whoever tags chooses a name."""
    shown = as_text(portrait(Tale.of(1), name="\x1b[2J\nBob"), UTC, Screen(80))

    assert "\\x1b[2J\\nBob" in shown
    assert "\x1b" not in shown


def test_everything_fits_eighty_columns() -> None:
    """Long names are shortened, and numbers are not."""
    tale = Tale.of(1).promote(1, stage="a-very-long-stage-name-that-somebody-chose")
    tale.promote(1, stage="and-another-one").deprecate(1, end=START)

    shown = as_text(portrait(tale, name="Ann " * 30), UTC, Screen(80))

    assert max(map(len, shown.splitlines())) <= 80
    assert "0000000" in shown


def test_json_has_the_same_facts() -> None:
    """Every version and stage with its tag and its people."""
    tale = Tale.of(1, 2).promote(1).withdraw(2).deprecate(1, end=START + DAY)

    document = json.loads(as_json(portrait(tale)))

    stages, versions = document.pop("stages"), document.pop("versions")
    assert document == {
        "format": 1,
        "at": None,
        "model": MODEL,
        "newest": "v1.0.0",
        "deprecated": False,
        "end_of_life": None,
        "ignored": 0,
    }
    person = {
        "name": "Ann",
        "email": "ann@example.org",
        "verified": False,
        "why": "not signed",
    }
    assert stages == [
        {
            "stage": "prod",
            "version": "v1.0.0",
            "commit": commit(1),
            "since": "2023-11-14T22:13:23Z",
            "by": person,
            "tag": "churn#prod#3",
        }
    ]
    assert versions[0]["state"] == "withdrawn"
    assert versions[1] == {
        "version": "v1.0.0",
        "commit": commit(1),
        "stages": ["prod"],
        "state": "deprecated",
        "registered": "2023-11-14T22:13:21Z",
        "by": person,
        "tag": "churn@v1.0.0",
        "withdrawn": None,
        "deprecated": True,
        "end_of_life": "2023-11-15T22:13:20Z",
    }


def test_a_version_that_was_only_withdrawn_has_no_registration() -> None:
    """Somebody deleted the tag that registered it."""
    tale = Tale().withdraw(1)

    version = json.loads(as_json(portrait(tale)))["versions"][0]
    assert (version["registered"], version["by"], version["tag"]) == (None, None, None)
    assert "withdrawn" in as_text(portrait(tale), UTC, Screen())


def test_json_names_an_empty_stage_and_what_it_lacks() -> None:
    """Every stage has the same fields."""
    tale = Tale.of(1).promote(1).unassign(1)

    stage = json.loads(as_json(portrait(tale)))["stages"][0]
    assert stage == {
        "stage": "prod",
        "version": None,
        "commit": None,
        "since": None,
        "by": None,
        "tag": None,
    }

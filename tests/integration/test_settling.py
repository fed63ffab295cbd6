"""Tests of what is found out about writes that were cut off."""

from pathlib import Path

import pytest

from helpers.fleet import MODEL, Fleet, commit, recorder, tags
from lineal.actions.settling import settle
from lineal.doors import pending
from lineal.doors.pending import Intent, announced
from lineal.doors.remote import Remote

FIRST = f"{MODEL}#prod#1"


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    """Make a hub and a clone of it."""
    return Fleet.create(tmp_path)


@pytest.mark.parametrize(
    ("remote", "recorded", "happened"),
    [
        ("", "", False),
        ("", "clone", True),
        ("origin", "", False),
        ("origin", "clone", True),
        ("origin", "hub", True),
        ("origin", "other", False),
        ("nowhere", "", None),
    ],
)
def test_what_was_cut_off_is_settled(
    fleet: Fleet, remote: str, recorded: str, *, happened: bool | None
) -> None:
    """The tag object decides: another one of that name is somebody else's."""
    oid = fleet.clone.tag(FIRST, commit=commit(1))
    fleet.clone.git("push", "--quiet", "origin", f"{oid}:refs/tags/keep")
    fleet.clone.delete(FIRST)
    if recorded == "other":
        fleet.hub.tag(FIRST, commit=commit(2))
    elif recorded:
        where = fleet.clone if recorded == "clone" else fleet.hub
        where.git("update-ref", f"refs/tags/{FIRST}", oid)
    own = fleet.clone.root / ".git/lineal"
    with pytest.raises(KeyboardInterrupt), announced(own, Intent(FIRST, oid, remote)):
        raise KeyboardInterrupt
    reader = recorder(fleet.clone).reader
    (found,) = settle(reader, lambda name: Remote(reader.store.place.git, name))

    assert (found.tag, found.happened) == (FIRST, happened)
    assert bool(found.why) == (happened is None)
    assert len(pending.left(own)) == (happened is None)
    assert (FIRST in tags(fleet.clone)) == bool(happened)

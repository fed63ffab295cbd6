"""Tests of the version that `lineal register` chooses, with real commits and cards."""

from pathlib import Path
from typing import Any

import pytest

from helpers import gto_oracle
from helpers.registering import commit, registered
from helpers.sandbox import Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


def test_auto_reads_the_change_from_the_cards(sandbox: Sandbox) -> None:
    """Every part in turn, each with its reason in the tag."""
    commit(sandbox, "1")
    registered(sandbox, "m")
    changes: tuple[tuple[str, dict[str, Any], str, str], ...] = (
        ("2", {}, "v0.1.1", "patch: nothing was added, removed or better"),
        ("3", {"metrics": {"mae": 1.5}}, "v0.2.0", "minor: mae went from 2 to 1.5"),
        ("4", {"features": ["a"]}, "v1.0.0", "major: feature b removed"),
    )

    for content, card, version, reason in changes:
        commit(sandbox, content, **card)
        assert registered(sandbox, "m") == version
        said = sandbox.git("tag", "-l", "--format=%(contents)", f"m@{version}")
        assert f"\nBump: {reason}" in said
    found = gto_oracle.versions(sandbox.root, "m")
    assert [one.version for one in found] == ["v1.0.0", "v0.2.0", "v0.1.1", "v0.1.0"]
    assert [row.tag for row in gto_oracle.history(sandbox.root)] == [
        "m@v0.1.0",
        "m@v0.1.1",
        "m@v0.2.0",
        "m@v1.0.0",
    ]


def test_calver_is_valid_and_goes_on(sandbox: Sandbox) -> None:
    """Git's own variable stops the clock, as for every tag."""
    at = {"GIT_COMMITTER_DATE": "1795253415 +0000"}
    sandbox.commit()

    first = sandbox.lineal("register", "m", "--scheme", "calver", env=at)
    sandbox.commit()
    second = sandbox.lineal("register", "m", env=at)
    assert first.stdout.startswith(
        "Register m v2026.1121.93015 (calver: first version)"
    )
    assert second.stdout.startswith("Register m v2026.1121.93016 (calver: ")
    assert "v2026.1121.93015 looks like calver" in second.stderr
    assert gto_oracle.show(sandbox.root).newest == {"m": "v2026.1121.93016"}


def test_the_release_of_a_candidate_may_have_its_bytes(sandbox: Sandbox) -> None:
    """On the empty commit that the message offers; it is said."""
    commit(sandbox)
    registered(sandbox, "m", "--version", "v1.0.0-rc.1")
    sandbox.commit()

    done = sandbox.lineal("register", "m")
    assert done.stdout.startswith("Register m v1.0.0 (patch: ")
    assert "out/m.bin has the same bytes as v1.0.0-rc.1" in done.stderr


def test_a_lower_version_is_noted(sandbox: Sandbox) -> None:
    """An old line may be mended."""
    commit(sandbox)
    sandbox.tag("m@v2.0.0")
    commit(sandbox, "2")

    done = sandbox.lineal("register", "m", "--version", "v1.0.1")
    assert "v1.0.1 is lower than v2.0.0" in done.stderr


@pytest.mark.parametrize("card", ["", "[1]", "{", '{"metrics": {"auc": 0.5}}', "\0"])
def test_a_card_of_any_shape_is_read(sandbox: Sandbox, card: str) -> None:
    """What cannot be compared is a patch."""
    commit(sandbox)
    registered(sandbox, "m")
    sandbox.commit(files={"out/card.json": card, "out/m.bin": "2"})

    assert registered(sandbox, "m") == "v0.1.1"


def test_without_cards_auto_is_a_patch(sandbox: Sandbox) -> None:
    """And says why."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0")
    sandbox.commit()

    done = sandbox.lineal("register", "m")
    assert done.stdout.startswith("Register m v1.0.1 (patch: no card.json to compare)")


@pytest.mark.measured
def test_with_all_versions_withdrawn_nothing_is_compared(sandbox: Sandbox) -> None:
    """Their names stay used."""
    commit(sandbox)
    sandbox.tag("m@v1.0.0")
    sandbox.tag("m@v1.0.0!")
    commit(sandbox)

    done = sandbox.lineal("register", "m")
    assert done.stdout.startswith(
        "Register m v1.0.1 (patch: no earlier version stands)"
    )

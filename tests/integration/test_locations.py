"""Tests of finding the registry's remote and the parts of a repository."""

import stat
from pathlib import Path

import pytest

from helpers.sandbox import Sandbox
from lineal.doors import remote
from lineal.doors.git import Git, GitFailedError, NotARepositoryError, scrubbed
from lineal.doors.location import UnsupportedRepositoryError, claim, locate
from lineal.doors.remote import Remote, SeveralRemotesError


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Start a repository."""
    return Sandbox.create(tmp_path / "box")


def chosen(box: Sandbox) -> Remote | None:
    """Return the remote that holds the registry."""
    return remote.of(Git(box.root, scrubbed(box.env)), 5)


def test_without_remotes_there_is_none(box: Sandbox) -> None:
    """Writes then stay in the repository."""
    assert chosen(box) is None


def test_the_only_remote_is_it_whatever_its_name(box: Sandbox) -> None:
    """People may rename it."""
    box.git("remote", "add", "hub", "/hub")
    found = chosen(box)

    assert found is not None
    assert (found.name, found.seconds) == ("hub", 5)


def test_origin_is_it_among_several(box: Sandbox) -> None:
    """As everywhere in Git."""
    for name in ("a", "origin", "z"):
        box.git("remote", "add", name, f"/{name}")
    found = chosen(box)

    assert found is not None
    assert found.name == "origin"


def test_a_setting_wins_over_all(box: Sandbox) -> None:
    """It may name a remote or a URL."""
    for name in ("a", "origin", "z"):
        box.git("remote", "add", name, f"/{name}")
    box.git("config", "lineal.remote", "z")
    found = chosen(box)

    assert found is not None
    assert found.name == "z"


def test_several_without_origin_are_unclear(box: Sandbox) -> None:
    """They are listed, with the setting that decides."""
    for name in ("a", "z"):
        box.git("remote", "add", name, f"/{name}")
    with pytest.raises(SeveralRemotesError, match="none of the remotes a, z"):
        chosen(box)


def test_no_repository_is_told(tmp_path: Path) -> None:
    """With a way out."""
    with pytest.raises(NotARepositoryError, match="is in no Git repository"):
        locate(tmp_path)


def test_a_format_from_the_future_is_told(box: Sandbox) -> None:
    """Only a newer git can read it."""
    box.git("config", "core.repositoryFormatVersion", "1")
    box.git("config", "extensions.tomorrow", "true")
    with pytest.raises(UnsupportedRepositoryError, match="needs a newer git"):
        locate(box.root)


def test_a_damaged_configuration_is_gits_failure(box: Sandbox) -> None:
    """Its own words are shown."""
    (box.root / ".git/config").write_text("[core\n", encoding="utf-8")
    with pytest.raises(GitFailedError, match="bad config line 1"):
        locate(box.root)


def test_a_folder_of_ours_is_as_open_as_the_one_around_it(tmp_path: Path) -> None:
    """However strict the umask of whoever comes first."""
    tmp_path.chmod(0o2775)
    made = claim(claim(tmp_path / "lineal") / "pending")

    assert stat.S_IMODE(made.stat().st_mode) == 0o2775
    assert claim(made) == made

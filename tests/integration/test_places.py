"""Tests of writing in repositories of all kinds, and where writing is impossible."""

import stat
from pathlib import Path

import pytest

from helpers.fleet import (
    MODEL,
    Fleet,
    check_unchanged,
    commit,
    message,
    promotion,
    tag,
    tags,
    version,
)
from helpers.gto_oracle import show
from helpers.sandbox import START, Sandbox

FIRST = f"{MODEL}#prod#1"
SECOND = f"{MODEL}#prod#2"


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    """Make a hub and a clone of it."""
    return Fleet.create(tmp_path)


def promote_in(folder: Path, user: Sandbox, number: int = 1) -> str:
    """Promote in some folder, as some user."""
    words = promotion(number)
    return user.run(words[0], "--repo", str(folder), *words[1:]).stdout


def test_a_folder_that_cannot_be_written_is_named(fleet: Fleet) -> None:
    """Nothing is pushed where nothing can be noted."""
    before = tags(fleet.clone)
    (fleet.clone.root / ".git/lineal").write_text("", encoding="utf-8")
    done = fleet.clone.run(*promotion(1), ok=False)

    assert done.returncode == 3
    assert ".git/lineal (File exists), so nothing was recorded" in done.stderr
    check_unchanged(fleet, before)


def test_notes_that_cannot_be_written_stop_the_write(fleet: Fleet) -> None:
    """A push that is not announced could not be told from none."""
    before = tags(fleet.clone)
    (fleet.clone.root / ".git/lineal").mkdir()
    (fleet.clone.root / ".git/lineal/pending").write_text("", encoding="utf-8")
    done = fleet.clone.run(*promotion(1), ok=False)

    assert done.returncode == 3
    assert "so nothing was recorded" in done.stderr
    assert tags(fleet.hub) == tags(fleet.clone) == before


# With no bytes at all our own file is too large; with a few, the object is. A
# reason that hardly compresses makes it so.
@pytest.mark.parametrize(
    ("blocks", "said"), [(0, "(File too large), so nothing"), (1, "File size limit")]
)
def test_a_full_disk_is_named(fleet: Fleet, blocks: int, said: str) -> None:
    """The file that could not be written is ours or git's."""
    before = tags(fleet.clone)
    reason = " ".join(str(3**n) for n in range(90))
    words = promotion(1)[:-1]
    # What measures coverage would not get its own file on the disk either.
    script = f'unset COVERAGE_PROCESS_CONFIG; ulimit -f {blocks}; exec "$@"'
    done = fleet.clone.run("sh", "-c", script, "-", *words, reason, ok=False)

    assert done.returncode == 3
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    check_unchanged(fleet, before)


def test_somebody_without_a_name_is_told_how_to_get_one(fleet: Fleet) -> None:
    """Nobody may promote anonymously."""
    before = tags(fleet.clone)
    home = fleet.clone.home / ".gitconfig"
    home.write_text("[user]\n\tuseConfigOnly = true\n", encoding="utf-8")
    done = fleet.clone.run(*promotion(1), ok=False)

    assert done.returncode == 3
    assert "git does not know who you are: run `git config user.name" in done.stderr
    check_unchanged(fleet, before)


def test_a_clock_that_is_behind_does_not_matter(fleet: Fleet) -> None:
    """Each tag is dated after all before it, so that gto gives the same answer."""
    late = START + 1_000_000
    fleet.hub.tag(FIRST, commit=commit(1), at=late)
    fleet.hub.tag(SECOND, commit=commit(2), at=late)
    env = {"GIT_COMMITTER_DATE": f"@{START - 1_000_000} +0000"}
    fleet.clone.run(*promotion(1), env=env)

    assert tag(fleet.clone, f"{MODEL}#prod#3").time == late + 1
    assert show(fleet.clone.root).holders[MODEL, "prod"] == version(1)


def test_a_time_zone_is_kept(fleet: Fleet) -> None:
    """Tags say at which hour of their day people promoted."""
    fleet.clone.run(*promotion(1), env={"TZ": "Asia/Kolkata"})

    assert tag(fleet.clone, FIRST).zone == 330


def test_a_sha256_repository_works(tmp_path: Path) -> None:
    """Object ids have 64 digits there."""
    fleet = Fleet.create(tmp_path, object_format="sha256")
    fleet.clone.run(*promotion(1))
    fleet.clone.run(*promotion(2))
    before = tags(fleet.hub)[FIRST]

    assert len(before) == 64
    assert message(fleet.hub, SECOND).get("Previous") == before
    assert tags(fleet.hub) == tags(fleet.clone)


def test_linked_worktrees_share_one_registry(fleet: Fleet, tmp_path: Path) -> None:
    """What is promoted in one is held in the other, with a detached HEAD too."""
    clone = fleet.clone
    clone.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    said = promote_in(tmp_path / "tree", clone)

    assert f"{FIRST} (pushed to origin)" in said
    assert tags(clone) == tags(fleet.hub)
    assert not (clone.root / ".git/worktrees/tree/lineal").exists()


def test_a_bare_repository_works(fleet: Fleet) -> None:
    """A server can promote too, and has nowhere to push to."""
    fleet.hub.git("remote", "remove", "origin")
    said = fleet.hub.run(*promotion(1)).stdout

    assert f"{FIRST} (in this clone only)" in said
    assert FIRST in tags(fleet.hub)
    assert (fleet.hub.root / "lineal").is_dir()


def test_a_submodule_has_a_registry_of_its_own(fleet: Fleet, tmp_path: Path) -> None:
    """The tags go where the models' commits are."""
    outer = Sandbox.create(tmp_path / "outer")
    outer.git("submodule", "--quiet", "add", fleet.hub.root.as_uri(), "inner")
    promote_in(outer.root / "inner", outer)

    assert FIRST in tags(fleet.hub)
    assert tags(outer) == {}
    assert (outer.root / ".git/modules/inner/lineal").is_dir()


@pytest.mark.parametrize("name", ["my models", "Łódź", "a'b\"c$d", "-x", "a\nb"])
def test_the_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Spaces, quotes, accents, dashes and line ends."""
    fleet = Fleet.create(tmp_path / name)
    fleet.clone.run(*promotion(1))

    assert tags(fleet.clone) == tags(fleet.hub)
    assert FIRST in tags(fleet.hub)


def test_an_identity_for_one_folder_is_honoured(fleet: Fleet) -> None:
    """Conditional settings are those of the repository, not of where we work."""
    clone = fleet.clone
    other = clone.home / "other"
    other.write_text("[user]\n\tname = Bo\n\temail = bo@x.org\n", encoding="utf-8")
    with (clone.home / ".gitconfig").open("a", encoding="utf-8") as config:
        config.write(f'[includeIf "gitdir:{clone.root}/.git"]\n\tpath = {other}\n')
    clone.run(*promotion(1))

    assert str(tag(clone, FIRST).actor) == "Bo <bo@x.org>"


def test_the_environments_identity_wins(fleet: Fleet) -> None:
    """As everywhere in Git."""
    env = {"GIT_COMMITTER_NAME": "Cy", "GIT_COMMITTER_EMAIL": "cy@x.org"}
    fleet.clone.run(*promotion(1), env=env)

    assert str(tag(fleet.clone, FIRST).actor) == "Cy <cy@x.org>"


def test_what_a_group_shares_stays_shared(fleet: Fleet) -> None:
    """What one member writes, another can write beside, whatever the umask."""
    clone = fleet.clone
    clone.git("config", "core.sharedRepository", "group")
    (clone.root / ".git").chmod(0o2775)
    clone.run("sh", "-c", 'umask 077; exec "$@"', "-", *promotion(1))
    made = tags(clone)[FIRST]
    places = ("lineal", "lineal/pending", f"objects/{made[:2]}")

    for place in places:
        mode = (clone.root / ".git" / place).stat().st_mode
        assert mode & stat.S_IRWXG == stat.S_IRWXG


def test_hooks_for_refs_see_the_tag_once(fleet: Fleet, tmp_path: Path) -> None:
    """The user's hooks are for the repository, not for where the tag is made."""
    clone, hooks = fleet.clone, tmp_path / "hooks"
    hooks.mkdir()
    log = tmp_path / "log"
    script = f'#!/bin/sh\n[ "$1" = committed ] && cat >> "{log}"\nexit 0\n'
    (hooks / "reference-transaction").write_text(script, encoding="utf-8")
    (hooks / "reference-transaction").chmod(0o755)
    # For all of the user's repositories, so for a hub on the same machine too.
    clone.git("config", "--global", "core.hooksPath", str(hooks))
    clone.run(*promotion(1, "--no-push"))

    assert log.read_text("utf-8").count(FIRST) == 1

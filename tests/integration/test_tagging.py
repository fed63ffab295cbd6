"""Tests of tag objects without a ref, and of refs that are taken only once."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.fleet import place
from helpers.sandbox import START, Sandbox
from lineal.doors import tagging
from lineal.doors.git import Git, GitFailedError, GitHungError, scrubbed
from lineal.doors.location import claim
from lineal.doors.tagging import Draft, NobodyError, UnsignedError, UnwritableError

TEXT = "Promote\n\n# not a comment\n\n\nReason: it is  time \n"


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Start a repository with a commit."""
    made = Sandbox.create(tmp_path / "box")
    made.commit()
    return made


def draft(box: Sandbox, tag: str = "m#prod#1") -> Draft:
    """Return a draft of a tag on the only commit."""
    return Draft(tag, box.id("HEAD"), TEXT, START + 5)


def made(box: Sandbox) -> str:
    """Make a tag object."""
    return tagging.create(place(box), draft(box))


def test_the_object_is_there_and_no_ref(box: Sandbox) -> None:
    """It says what it was told, byte for byte."""
    oid = made(box)
    content = box.run("git", "cat-file", "tag", oid).stdout

    assert box.git("for-each-ref", "refs/tags") == ""
    assert content == (
        f"object {box.id('HEAD')}\ntype commit\ntag m#prod#1\n"
        f"tagger Ann <ann@example.org> {START + 5} +0000\n\n{TEXT}"
    )
    assert list((box.root / ".git/lineal").iterdir()) == []
    box.git("fsck", "--strict")


def test_the_same_draft_is_the_same_object(box: Sandbox) -> None:
    """Nothing else goes into it, such as the time or a folder's name."""
    assert made(box) == made(box)


def test_a_tag_can_follow_one_with_an_absurd_date(box: Sandbox) -> None:
    """Whoever wrote that one must not keep others from writing; there is no zone then."""
    absurd = replace(draft(box), time=10**17)

    oid = tagging.create(place(box), absurd)

    assert f"> {10**17} +0000\n" in box.run("git", "cat-file", "tag", oid).stdout


def test_a_ref_is_taken_once(box: Sandbox) -> None:
    """Whoever is second learns so; the same object again is no second."""
    oid = made(box)
    other = tagging.create(place(box), replace(draft(box), text="another\n"))
    git = place(box).git

    assert tagging.point(git, "m#prod#1", oid)
    assert tagging.point(git, "m#prod#1", oid)
    assert not tagging.point(git, "m#prod#1", other)
    assert box.id("refs/tags/m#prod#1") == oid


def test_a_ref_that_cannot_be_is_a_failure(box: Sandbox) -> None:
    """A name in the way, and an object that is not there, are no races."""
    git = place(box).git
    oid = made(box)
    tagging.point(git, "a", oid)
    with pytest.raises(GitFailedError, match="exists; cannot create"):
        tagging.point(git, "a/b", oid)
    with pytest.raises(GitFailedError, match="nonexistent object"):
        tagging.point(git, "c", "1" * 40)


@pytest.mark.parametrize("setting", ["true", "yes", "ON", "1"])
def test_who_wants_signatures_gets_no_tag_without(box: Sandbox, setting: str) -> None:
    """Git 2.39 writes one, and ends well, where it cannot load an SSH key."""
    box.git("config", "tag.gpgSign", setting)
    box.git("config", "gpg.format", "ssh")
    box.git("config", "user.signingkey", "/nowhere/key")
    with pytest.raises(UnsignedError, match="/nowhere/key"):
        made(box)


def test_a_setting_without_a_value_means_yes(box: Sandbox) -> None:
    """As Git reads `[tag] gpgSign`; the last setting counts."""
    with (box.root / ".git/config").open("a", encoding="utf-8") as config:
        config.write("[tag]\n\tgpgSign\n[gpg]\n\tprogram = /nowhere/gpg\n")
    with pytest.raises(UnsignedError, match="cannot run /nowhere/gpg"):
        made(box)
    box.git("config", "--add", "tag.gpgSign", "false")

    assert made(box)


def test_no_such_commit_is_gits_failure(box: Sandbox) -> None:
    """Its reason is passed on."""
    with pytest.raises(GitFailedError, match="git tag failed"):
        tagging.create(place(box), replace(draft(box), commit="1" * 40))


def test_what_killed_commands_left_is_swept(box: Sandbox) -> None:
    """After an hour nobody can be at work in such a folder."""
    own = claim(place(box).own)
    for name, when in (("write-old", 0), ("write-new", None), ("other", 0)):
        (own / name / "refs").mkdir(parents=True)
        os.utime(own / name, when if when is None else (when, when))
    made(box)

    assert {path.name for path in own.iterdir()} == {"write-new", "other"}


def test_a_folder_in_the_way_is_told(box: Sandbox) -> None:
    """The file that is there instead is named."""
    (box.root / ".git/lineal").write_text("", encoding="utf-8")
    with pytest.raises(UnwritableError, match="nothing was recorded"):
        made(box)


def test_git_that_is_too_slow_may_clear_up(box: Sandbox, tmp_path: Path) -> None:
    """One that was killed at once would leave its lock files."""
    os.mkfifo(tmp_path / "never")
    script = f"trap 'echo > {tmp_path}/cleared; exit' TERM; read x < {tmp_path}/never"
    box.git("config", "alias.slow", f"!{script}")
    git = Git(box.root, scrubbed(box.env))
    with pytest.raises(GitHungError, match=r"did not answer within 0\.2 seconds"):
        git.run("slow", seconds=0.2)

    assert (tmp_path / "cleared").exists()


def test_git_that_a_signal_ends_says_which(box: Sandbox) -> None:
    """It has no last words of its own."""
    box.git("config", "alias.die", "!kill -9 $PPID")
    git = Git(box.root, scrubbed(box.env))
    with pytest.raises(GitFailedError, match="signal 9 ended it"):
        git.run("die")


def test_somebody_without_a_name_is_told_how_to_get_one(box: Sandbox) -> None:
    """Nobody may promote anonymously."""
    (box.home / ".gitconfig").write_text(
        "[user]\n\tuseConfigOnly = true\n", encoding="utf-8"
    )
    with pytest.raises(NobodyError, match=r"git config user\.name NAME"):
        made(box)

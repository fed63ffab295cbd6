"""Who made a version, who agreed to it, and which branch has it."""

from pathlib import Path
from typing import Any

import pytest

from helpers.committing import promoted, registered, stated
from helpers.judging import MODEL, NOW, decided
from helpers.recorders import recorder
from helpers.sandbox import Sandbox
from lineal.actions.governing import Governing
from lineal.actions.judging.gather import gather, reviewed
from lineal.actions.question import Question
from lineal.actions.subject import Subject
from lineal.doors import people
from lineal.doors.git import Git
from lineal.policy.case import Unknown
from lineal.policy.config import Approvals, Policy, StageRules
from lineal.registry.identities import Signers
from lineal.registry.stated import Stated
from lineal.registry.version import Version

BOB, EVE, ZOE = "bob@x.org", "eve@x.org", "zoe@x.org"
STRICT = StageRules(approvals=Approvals(1, (BOB, EVE, ZOE), not_author=True))
ONE = StageRules(approvals=Approvals(1, (BOB, EVE)))
MAIN = StageRules(branch="main")
CUT = StageRules(branch="release")


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Make a registry whose commits are by several people."""
    made = Sandbox.create(tmp_path / "repo")
    by(made, BOB, "v1.0.0")
    promoted(made, MODEL, "v1.0.0", "prod", 1)
    return made


def by(box: Sandbox, who: str, message: str, version: str | None = None) -> None:
    """Commit as somebody; register it if it is named after a version."""
    box.git("config", "user.email", who)
    box.commit(message)
    if version or message.startswith("v"):
        registered(box, MODEL, version or message)


def authors(box: Sandbox, version: str) -> Any:
    """Return who made a version."""
    reader = recorder(box).reader
    force = Governing(Policy(models={MODEL: {"prod": STRICT}}), "f", Signers(), "HEAD")
    asked = Question(Version.parse(version), "prod", NOW)
    return gather(reader, Subject.of(reader, MODEL), force, asked).authors


def test_who_made_what_is_new_is_an_author(box: Sandbox) -> None:
    """And who registered it; who made what was there before is not."""
    by(box, EVE, "a change")
    by(box, "Zoe@X.org", "v2.0.0")

    assert authors(box, "v2.0.0") == {EVE, ZOE, "ann@example.org"}


def test_of_a_first_version_everybody_is_an_author(tmp_path: Path) -> None:
    """From the beginning."""
    box = Sandbox.create(tmp_path / "first")
    by(box, EVE, "a beginning")
    by(box, BOB, "v1.0.0")

    assert authors(box, "v1.0.0") == {EVE, BOB, "ann@example.org"}


def test_what_left_the_stage_still_counts_as_made_before(box: Sandbox) -> None:
    """The last one that rightly held an empty stage."""
    box.tag(f"{MODEL}#prod!#2", commit=f"{MODEL}@v1.0.0^{{commit}}")
    by(box, EVE, "v2.0.0")

    assert authors(box, "v2.0.0") == {EVE, "ann@example.org"}


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Co-authored-by: Zoe <zoe@x.org>", ZOE),
        ("co-authored-by: Zoe <Zoe@X.org>", ZOE),
        ("Co-Authored-By: Zoe\n <zoe@x.org>", ZOE),
        ("Co-authored-by: zoe@x.org", ZOE),
        ("Signed-off-by: A <a@x.org>\nCo-authored-by: Zoe <zoe@x.org>", ZOE),
    ],
)
def test_who_helped_is_an_author(box: Sandbox, line: str, who: str) -> None:
    """As Git's trailers say so."""
    by(box, EVE, f"a change\n\n{line}")
    by(box, EVE, "v2.0.0")

    assert authors(box, "v2.0.0") == {EVE, who, "ann@example.org"}


def test_who_wrote_what_the_incumbent_contains_is_an_author(box: Sandbox) -> None:
    """Going back to an earlier commit is no way to approve one's own."""
    by(box, EVE, "v2.0.0")
    by(box, BOB, "v3.0.0")
    box.tag(f"{MODEL}#prod#2", commit=f"{MODEL}@v3.0.0^{{commit}}")

    assert EVE in authors(box, "v2.0.0")


def test_a_commit_without_a_trailer_has_one_author(box: Sandbox) -> None:
    """Whatever its text says elsewhere."""
    by(box, EVE, "Co-authored-by: Zoe <zoe@x.org>\n\nand more of it\n\nno trailer")
    by(box, EVE, "v2.0.0")

    assert authors(box, "v2.0.0") == {EVE, "ann@example.org"}


def test_a_mailmap_makes_nobody_else_an_author(box: Sandbox) -> None:
    """The promoted commit could bring one."""
    box.git("config", "log.mailmap", "true")
    box.commit("map", {".mailmap": f"Nobody <nobody@x.org> <{EVE}>\n"})
    by(box, EVE, "v2.0.0")

    assert EVE in authors(box, "v2.0.0")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("log.showSignature", "true"),
        ("i18n.logOutputEncoding", "UTF-16"),
        ("format.pretty", "oneline"),
        ("color.ui", "always"),
        ("log.decorate", "full"),
    ],
)
def test_nobodys_configuration_hides_an_author(
    box: Sandbox, key: str, value: str
) -> None:
    """Whoever promotes can set it."""
    by(box, EVE, "v2.0.0")
    box.git("config", key, value)

    assert authors(box, "v2.0.0") == {EVE, "ann@example.org"}


def test_a_history_that_is_not_here_has_unknown_authors(box: Sandbox) -> None:
    """Nobody can approve then."""
    by(box, EVE, "a change that gets lost")
    lost = box.id("HEAD")
    by(box, BOB, "v2.0.0")
    (box.root / ".git/objects" / lost[:2] / lost[2:]).unlink()

    found = authors(box, "v2.0.0")

    assert isinstance(found, Unknown)
    assert found.why.startswith("who made the version is not known: git log failed: ")
    assert decided(box, "v2.0.0", STRICT).judged[-1].verdict == "missing"


def test_a_version_that_was_only_ever_withdrawn_has_the_authors_of_its_commit(
    box: Sandbox,
) -> None:
    """Nobody registered it, and its reviews can still be asked for."""
    by(box, EVE, "a change")
    box.tag(f"{MODEL}@v5.0.0!")
    reader = recorder(box).reader
    force = Governing(Policy(models={MODEL: {"prod": STRICT}}), "f", Signers(), "HEAD")
    asked = Question(Version.parse("v5.0.0"), "prod", NOW)

    found = reviewed(reader, Subject.of(reader, MODEL), force, asked, Stated())

    assert found.authors == frozenset({EVE})
    assert (found.reviews, found.measured) == ((), {})


def test_an_author_cannot_approve(box: Sandbox) -> None:
    """Nobody promotes their own work alone."""
    by(box, EVE, "v2.0.0")
    stated(box, MODEL, "v2.0.0", EVE)
    alone = decided(box, "v2.0.0", STRICT)
    stated(box, MODEL, "v2.0.0", BOB)

    assert not alone.allowed
    assert "made some of what is to be approved" in alone.judged[-1].evidence
    assert decided(box, "v2.0.0", STRICT).allowed


def test_an_approval_is_of_one_version_one_stage_and_its_commit(box: Sandbox) -> None:
    """None of these is an approval of the version for prod."""
    by(box, EVE, "v2.0.0")
    stated(box, MODEL, "v1.0.0", BOB)
    stated(box, MODEL, "v2.0.0", BOB, stage="staging")
    stated(box, MODEL, "v2.0.0", BOB, stage="")
    stated(box, MODEL, "v2.0.0", EVE, commit=f"{MODEL}@v1.0.0^{{commit}}")
    stated(box, MODEL, "v2.0.0", EVE, serial=2, actor="Mallory <mallory@x.org>")

    found = decided(box, "v2.0.0", ONE)

    assert not found.allowed
    assert found.judged[-1].evidence == "nobody has approved"
    assert [note.split(" does not count: ")[1] for note in found.notes] == [
        "its Verdict is none of identical, different",
        f"it is not about the commit of {MODEL} v2.0.0",
        "Mallory <mallory@x.org> made it in the name of eve@x.org",
    ]


def test_an_approval_that_was_withdrawn_does_not_come_back(box: Sandbox) -> None:
    """Its tag may be there once more; the later one counts."""
    by(box, EVE, "v2.0.0")
    stated(box, MODEL, "v2.0.0", BOB, serial=1)
    stated(box, MODEL, "v2.0.0", BOB, "withdraw", serial=2)
    before = decided(box, "v2.0.0", ONE)
    old = box.id(f"refs/tags/review/{MODEL}/v2.0.0/prod/{BOB}/1")
    box.git("update-ref", f"refs/tags/review/{MODEL}/v2.0.0/prod/{BOB}/3", old)

    after = decided(box, "v2.0.0", ONE)

    assert (before.allowed, after.allowed) == (False, False)
    assert "made under another name" in after.notes[0]


def test_a_version_needs_its_branch(box: Sandbox) -> None:
    """Of this repository, where there is no other."""
    box.git("switch", "--quiet", "--create", "side")
    by(box, EVE, "v2.0.0")
    before = decided(box, "v2.0.0", MAIN).judged[-1]
    box.git("branch", "--force", "main", "side")

    assert before.evidence == "main does not contain it: merge it first"
    assert decided(box, "v2.0.0", MAIN).allowed
    assert decided(box, "v2.0.0", CUT).judged[-1].evidence == (
        "there is no branch release here: `git fetch` it"
    )


def test_with_a_remote_its_branch_counts(box: Sandbox, tmp_path: Path) -> None:
    """One's own of that name does not stand in for it."""
    clone = box.clone(tmp_path / "clone")
    by(clone, EVE, "v2.0.0")
    there = "refs/remotes/origin/HEAD"
    before = decided(clone, "v2.0.0", MAIN, branch=there).judged[-1]
    clone.git("push", "--quiet", "origin", "main:release")
    clone.git("fetch", "--quiet")

    assert before.verdict == "fail"
    assert decided(clone, "v2.0.0", CUT, branch=there).allowed
    assert decided(clone, "v1.0.0", MAIN, branch=there).allowed


def test_a_bare_repository_has_branches_of_its_own(
    box: Sandbox, tmp_path: Path
) -> None:
    """There the hook judges."""
    by(box, EVE, "v2.0.0")
    box.git("branch", "release", f"{MODEL}@v1.0.0^{{commit}}")
    bare = box.clone(tmp_path / "bare.git", bare=True)

    assert decided(bare, "v2.0.0", MAIN).allowed
    assert not decided(bare, "v2.0.0", CUT).allowed


def test_who_asks_is_who_git_would_write(box: Sandbox) -> None:
    """Nobody, where git knows no address."""
    git = recorder(box).reader.store.place.git
    known = people.own_address(git)
    box.git("config", "--unset", "user.email")
    (box.home / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n", "utf-8")

    assert known == BOB
    assert people.own_address(git) == ""


@pytest.mark.parametrize(
    ("value", "signs"), [("true", True), ("yes", True), ("false", False), ("1", True)]
)
def test_whether_tags_are_signed_is_the_users_configuration(
    box: Sandbox, value: str, *, signs: bool
) -> None:
    """However it is written."""
    git = Git(box.root, box.env)
    before = people.signs_tags(git)
    box.git("config", "tag.gpgSign", value)

    assert before is False
    assert people.signs_tags(git) is signs

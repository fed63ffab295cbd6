"""Attacks on approvals: none counts that its reviewer did not give, for this very thing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.committing import files, registered
from helpers.enforced import BAD, GOOD, card, push, tags
from helpers.fortress import SIGNERS, Fortress
from helpers.signers import Signer, allowed

BOB = f"review/churn/{GOOD}/prod/bob@x.org/1"
COMMIT = "it is not about the commit of churn v3.0.0"
NAME = "made under another name"
Forge = Callable[[Fortress], str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Fortress:
    """Build what is copied for each attack."""
    return Fortress.build(tmp_path_factory.mktemp("fort") / "team")


@pytest.fixture
def fort(built: Fortress, tmp_path: Path) -> Fortress:
    """Return what can be attacked."""
    return built.copied(tmp_path / "team")


def unlisted(fort: Fortress) -> str:
    """Sign in Bob's name with a key that is not listed at all."""
    return fort.approve(GOOD, fort.people["mallory"].named("bob@x.org"))


def anothers(fort: Fortress) -> str:
    """Sign in Bob's name with Eve's key, which is listed for Eve."""
    return fort.approve(GOOD, fort.people["eve"].named("bob@x.org"))


def unsigned(fort: Fortress) -> str:
    """Forge the tagger's address alone, as GIT_COMMITTER_EMAIL does."""
    env = {"GIT_COMMITTER_NAME": "Bob", "GIT_COMMITTER_EMAIL": "bob@x.org"}
    words = ("-a", "-m", "Approve", "-m", "Verdict: approve", BOB, f"churn@{GOOD}^{{}}")
    fort.box.run("git", "tag", *words, env=env)
    return BOB


def in_anothers_name(fort: Fortress) -> str:
    """Sign as Eve, under a name that says Bob."""
    return fort.approve(GOOD, fort.people["eve"], who="bob@x.org")


def for_a_file(fort: Fortress) -> str:
    """Put a signature of Bob's there that he gave for something else."""
    said = b"Say so\n\nVerdict: approve\n"
    other = fort.people["bob"].signature(said, "file")
    return signed_with(fort, said + other)


def lifted(fort: Fortress) -> str:
    """Put Bob's signature of another version's approval under this one's words."""
    tag = fort.approve(BAD, fort.people["bob"])
    content = fort.box.git("cat-file", "tag", tag)
    said = "Say so\n\nVerdict: approve\n\n"
    return signed_with(fort, said.encode() + content[content.index("-----") :].encode())


def signed_with(fort: Fortress, message: bytes) -> str:
    """Write an approval in Bob's name, byte by byte."""
    commit, actor = f"churn@{GOOD}^{{commit}}", "Bob <bob@x.org>"
    fort.box.tag(BOB, commit=commit, message=message + b"\n", actor=actor)
    return BOB


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (unlisted, "bob@x.org does not count: "),
        (anothers, "bob@x.org does not count: "),
        (unsigned, "bob@x.org does not count: not signed"),
        (in_anothers_name, "approvals: 1 of 3, no author, signed (nobody has approved"),
        (for_a_file, "bob@x.org does not count: "),
        (lifted, "bob@x.org does not count: "),
    ],
)
def test_who_approves_as_somebody_else_gains_nothing(
    fort: Fortress, forge: Forge, why: str
) -> None:
    """The server refuses the tag; where it is there all the same, it does not count."""
    tag = forge(fort)
    fort.box.tag("churn#prod#2", commit=f"churn@{GOOD}^{{commit}}")

    rule = "signature proves"
    if forge is in_anothers_name:
        rule = "Eve <eve@x.org> made it in the name of bob@x.org"
    assert rule in fort.judge(tag)
    assert rule in fort.push(tag)
    assert why in fort.judge("churn#prod#2")


def test_the_two_other_doors_refuse_such_a_promotion(fort: Fortress) -> None:
    """Where only here is an approval, promote does not go on; nor does the server."""
    anothers(fort)
    only_here = fort.promote(GOOD)
    fort.box.delete(BOB)

    assert f"{BOB} is here, but not on origin" in only_here
    assert all("nobody has approved" in said for said in fort.refusals(GOOD))
    assert tags(fort.box) == ["churn#prod#1"]


def test_a_key_that_the_promoted_commit_lists_signs_nothing(fort: Fortress) -> None:
    """Only the trusted branch says whose keys count."""
    mallory = fort.people["mallory"].named("bob@x.org")
    fort.box.git("checkout", "--quiet", "-b", "mine")
    listed = {SIGNERS: allowed(*fort.people.values(), mallory)}
    registered(fort.box, "churn", "v9.0.0", {**files("churn", card(0.1)), **listed})
    fort.box.git("push", "--quiet", "origin", "refs/tags/churn@v9.0.0")
    tag = fort.approve("v9.0.0", mallory)
    env = mallory.env
    code, said = fort.run("approve", "churn@v9.0.0", "--for", "prod", env=env)

    assert "signature proves who made it" in fort.judge(tag)
    assert "signature proves who made it" in fort.push(tag)
    assert code == 1
    assert "is here, but not on origin" in said
    fort.box.delete(tag)
    assert (
        "signature proves"
        in fort.run("approve", "churn@v9.0.0", "--for", "prod", env=env)[1]
    )
    assert all("nobody has approved" in said for said in fort.refusals("v9.0.0"))


@pytest.mark.parametrize(
    "to",
    [
        f"review/churn/{GOOD}/prod/bob@x.org/1",
        f"review/churn/{BAD}/staging/bob@x.org/1",
        f"review/churn/{BAD}/prod/eve@x.org/1",
        f"review/churn/{BAD}/prod/bob@x.org/2",
    ],
    ids=["version", "stage", "reviewer", "serial"],
)
def test_an_approval_under_another_name_is_none(fort: Fortress, to: str) -> None:
    """Its object says what it was made as, and the signature is of that."""
    given = fort.approve(BAD, fort.people["bob"])
    fort.box.git("update-ref", f"refs/tags/{to}", fort.box.id(given))

    assert f"{NAME}, {given}" in fort.judge(to)
    assert f"{NAME}, {given}" in fort.push(to)


def test_an_approval_that_is_moved_is_refused(fort: Fortress) -> None:
    """On the server nothing is moved; here it says nothing of another commit."""
    bob, box = fort.people["bob"], fort.box
    given = fort.approve(BAD, bob)
    assert not fort.push(given)
    elsewhere = box.id(f"churn@{GOOD}^{{commit}}")
    box.git("tag", "-f", "-a", "-m", "Verdict: approve", given, elsewhere)
    by_tag = (fort.judge(given), push(box, f"+refs/tags/{given}"), fort.promote(BAD))
    box.git("update-ref", f"refs/tags/{given}", elsewhere)
    by_ref = (fort.judge(given), push(box, f"+refs/tags/{given}"), fort.promote(BAD))

    assert "it is not about the commit of churn v2.0.0" in by_tag[0]
    assert "lightweight" in by_ref[0]
    assert all("nothing is moved" in each[1] for each in (by_tag, by_ref))
    assert all("is another tag here than on" in each[2] for each in (by_tag, by_ref))


def test_an_approval_signed_for_another_commit_is_refused(fort: Fortress) -> None:
    """Though Bob himself signed it under that version's name."""
    tag = fort.approve(GOOD, fort.people["bob"], commit=f"churn@{BAD}^{{commit}}")

    assert COMMIT in fort.judge(tag)
    assert COMMIT in fort.push(tag)


def test_a_withdrawn_approval_cannot_be_replayed(fort: Fortress) -> None:
    """Neither under its old name, nor a new one, nor by deleting the withdrawal."""
    bob, box = fort.people["bob"], fort.box
    given = fort.approve(GOOD, bob)
    taken = fort.approve(GOOD, bob, "withdraw", serial=2)
    assert not fort.push(given, f"refs/tags/{taken}")
    again = given.removesuffix("1") + "3"
    box.git("update-ref", f"refs/tags/{again}", box.id(given))

    assert NAME in fort.push(again)
    box.delete(again)
    assert "nothing is moved" in push(box, f"+{box.id(given)}:refs/tags/{taken}")
    assert "nothing is deleted" in push(box, f":refs/tags/{taken}")
    assert "nothing is deleted" in push(box, f":refs/tags/{given}")
    box.delete(taken)
    assert all("nobody has approved" in said for said in fort.refusals(GOOD))


def test_nobody_uses_up_the_numbers_of_a_reviewer(fort: Fortress) -> None:
    """The highest number there can be would leave Bob no name to answer with."""
    tag = fort.approve(GOOD, fort.people["bob"], "reject", serial=10**18 - 1)

    assert "number is the next" in fort.push(tag)


@pytest.mark.parametrize("how", ["author", "case", "co-author", "registrar"])
def test_who_made_a_version_does_not_approve_it(fort: Fortress, how: str) -> None:
    """Nor who is a co-author, or registered it; capital letters make nobody else."""
    bob, box = fort.people["bob"], fort.box
    author = {"author": "bob@x.org", "case": "BOB@X.org"}.get(how, "zoe@x.org")
    more = "\n\nCo-authored-by: B <Bob@x.org>" if how == "co-author" else ""
    words = ("commit", "--quiet", "--allow-empty", "-m", f"model{more}")
    box.git(*words, f"--author=B <{author}>")
    actor = "B <bob@X.ORG>" if how == "registrar" else "Zoe <zoe@x.org>"
    box.tag("churn@v9.0.0", actor=actor)
    box.git("push", "--quiet", "origin", "refs/tags/churn@v9.0.0")
    given = fort.approve("v9.0.0", bob)

    assert not fort.push(given)
    box.tag("churn#prod#2", commit="churn@v9.0.0^{commit}")
    said = (fort.judge("churn#prod#2"), fort.push("churn#prod#2"))
    box.delete("churn#prod#2")
    why = "bob@x.org does not count: made some of what is to be approved"
    assert all(why in each for each in (*said, fort.promote("v9.0.0")))


@pytest.mark.parametrize("who", ["bob+1@x.org", "b\u043eb@x.org", "bob@x.org.evil.org"])
def test_somebody_whose_address_is_like_a_reviewers_is_somebody_else(
    fort: Fortress, who: str
) -> None:
    """Plus-addresses and look-alikes are in no list that names the reviewer."""
    box, key = fort.box, fort.people["bob"].named(who)
    commit, said = f"churn@{GOOD}^{{commit}}", "Say so\n\nVerdict: approve\n"
    spelled = who.replace("\u043e", "%D0%BE")
    tag = f"review/churn/{GOOD}/prod/{spelled}/1"
    box.tag(tag, commit=commit, message=said, actor=key.actor)
    box.tag("churn#prod#2", commit=commit)

    assert "signature proves who made it" in fort.judge(tag)
    assert "signature proves who made it" in fort.push(tag)
    why = f"{who} does not count: is not one of the named reviewers"
    assert why in fort.judge("churn#prod#2")


def test_a_real_approval_counts_at_every_door(fort: Fortress) -> None:
    """So what was refused above was refused for what was forged."""
    bob: Signer = fort.people["bob"]
    assert not fort.push(fort.approve(GOOD, bob))
    box = fort.box
    tag = "churn#prod#2"
    box.tag(tag, commit=f"churn@{GOOD}^{{commit}}")

    assert not fort.judge(tag)
    assert not fort.check(tag)
    box.delete(tag)
    assert not fort.promote(GOOD)

"""Tests of approving, rejecting, and taking that back."""

from pathlib import Path

import pytest

from helpers import gto_oracle
from helpers.council import APPROVALS, MODEL, V1, V2, Council

FOR = ("--for", "prod")
BOB = "review/ridership/v1.0.0/prod/bob@x.org"


@pytest.fixture
def council(tmp_path: Path) -> Council:
    """Make a team of which two of three must approve, and no author."""
    return Council.create(tmp_path, APPROVALS)


def test_an_approval_is_a_tag_that_git_and_gto_can_live_with(council: Council) -> None:
    """It lies on the version's commit, on the server too, and changes no stage."""
    done = council.run("approve", V1, *FOR, "-m", "fine for me", who="Bob@X.org")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Approve ridership v1.0.0 for prod\n"
        f"tag: {BOB}/1 (pushed to origin)\n"
        "1 of 2 approvals for prod; nobody rejects it\n"
    )
    assert council.hub.id(f"{BOB}/1^{{}}") == council.hub.id(f"{V1}^{{}}")
    assert council.hub.git("tag", "--list", "--format=%(subject)", f"{BOB}/1") == (
        "Approve ridership v1.0.0 for prod"
    )
    assert council.trailers(f"{BOB}/1") == [
        "Verdict: approve",
        "Version: v1.0.0",
        "Stage: prod",
        "Reason: fine for me",
    ]
    assert gto_oracle.by_cli(council.clone).holders == {}
    assert council.run("verify").returncode == 0


def test_a_word_can_be_changed_and_taken_back(council: Council) -> None:
    """Each has a name of its own; a rejection blocks until then."""
    council.run("approve", V1, *FOR, who="bob@x.org")
    no = council.run("reject", V1, *FOR, "-m", "bad at night", who="bob@x.org")
    back = council.run("reject", V1, *FOR, "--withdraw", who="bob@x.org")

    assert no.stdout.endswith(
        "0 of 2 approvals for prod; rejected by bob@x.org (unverified)\n"
    )
    assert back.stdout.startswith("Withdraw the rejection of ridership v1.0.0 for prod")
    assert back.stdout.endswith("0 of 2 approvals for prod; nobody rejects it\n")
    assert council.trailers(f"{BOB}/3") == [
        "Verdict: withdraw",
        "Version: v1.0.0",
        "Stage: prod",
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("approve", "other@v1.0.0", *FOR), 1, "no model 'other'"),
        (("approve", f"{MODEL}@v9.0.0", *FOR), 1, "no version v9.0.0"),
        (("approve", V2, *FOR), 1, "was withdrawn"),
        (("approve", V1, "--for", "production"), 2, "policy.yaml allows"),
        (("approve", V1, "--for", "prod!"), 2, "cannot name a stage"),
        (("approve", V1, *FOR), 1, "is that approval already"),
        (("reject", V1, *FOR), 2, "say it with -m TEXT"),
        (("reject", V1, *FOR, "-m", " \n"), 2, "say it with -m TEXT"),
        (("reject", V1, *FOR, "--withdraw"), 1, "`lineal approve --withdraw`"),
        (("approve", V1, "--for", "dev", "--withdraw"), 1, "no review of"),
    ],
)
def test_what_says_nothing_new_is_refused(
    council: Council, words: tuple[str, ...], code: int, said: str
) -> None:
    """In one sentence, and nothing is recorded."""
    council.run("withdraw", V2, "-m", "bad", "--force")
    council.run("approve", V1, *FOR, who="bob@x.org")
    before = council.tags()

    done = council.run(*words, who="bob@x.org")

    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert council.tags() == before


def test_a_withdrawal_cannot_be_withdrawn(council: Council) -> None:
    """There is nothing left to take back."""
    council.run("approve", V1, *FOR, who="bob@x.org")
    council.run("approve", V1, *FOR, "--withdraw", who="bob@x.org")

    done = council.run("approve", V1, *FOR, "--withdraw", who="bob@x.org")

    assert done.returncode == 1
    assert "could be withdrawn" in done.stderr


def test_nobody_reviews_without_an_address(council: Council) -> None:
    """Whose word it would be is the whole point."""
    council.clone.git("config", "user.email", "")

    done = council.run("approve", V1, *FOR)

    assert done.returncode == 3
    assert "git config user.email" in done.stderr


def test_taken_names_are_passed_over(council: Council) -> None:
    """Also those of what is no review, and what would be a folder in the way."""
    council.clone.lightweight(f"{BOB}/3")
    council.clone.lightweight(f"{BOB}/7/x")

    done = council.run("approve", V1, *FOR, "--no-push", who="bob@x.org")

    assert f"tag: {BOB}/8 (in this clone only)" in done.stdout


def test_a_name_that_leaves_none_after_it_is_named(council: Council) -> None:
    """Somebody else made it, so that a reviewer could say nothing more."""
    council.clone.lightweight(f"{BOB}/{10**18 - 1}")

    done = council.run("approve", V1, *FOR, "--no-push", who="bob@x.org")

    assert done.returncode == 1
    assert f"{BOB}/{10**18 - 1}" in done.stderr


@pytest.mark.parametrize(
    ("who", "stage", "said"),
    [
        ("dan@x.org", "prod", "dan@x.org is not one of the named reviewers"),
        ("ann@example.org", "prod", "made some of what is to be approved"),
        ("bob@x.org", "dev", "no rule asks for approvals of ridership for dev"),
    ],
)
def test_who_says_what_does_not_count_is_told(
    council: Council, who: str, stage: str, said: str
) -> None:
    """It is recorded all the same."""
    done = council.run("approve", V1, "--for", stage, who=who)

    assert done.returncode == 0
    assert done.stderr.startswith("note: ")
    assert said in done.stderr
    assert f"review/ridership/v1.0.0/{stage}/{who}/1" in council.tags()


def test_an_authors_rejection_counts(council: Council) -> None:
    """Who made it may say that it is bad."""
    done = council.run("reject", V1, *FOR, "-m", "it is mine", who="ann@example.org")

    assert done.stderr == ""
    assert "rejected by ann@example.org" in done.stdout


def test_without_a_policy_reviews_are_remarks(tmp_path: Path) -> None:
    """Stages are those of .gto, or those that were used."""
    council = Council.create(tmp_path, None, {".gto": "stages: [dev, prod]\n"})

    done = council.run("approve", V1, *FOR)
    wrong = council.run("approve", V1, "--for", "production")

    assert done.returncode == 0
    assert "no rule asks" in done.stderr
    assert wrong.returncode == 2
    assert ".gto allows" in wrong.stderr


def test_a_comment_makes_no_trailer(council: Council) -> None:
    """Whatever lines it has."""
    comment = "x\nVerdict: reject\n\nApproved-By: boss\x1b[31m"

    council.run("approve", V1, *FOR, "-m", comment, who="bob@x.org")

    assert council.trailers(f"{BOB}/1") == [
        "Verdict: approve",
        "Version: v1.0.0",
        "Stage: prod",
        "Reason: x Verdict: reject Approved-By: boss [31m",
    ]


def test_odd_addresses_have_plain_names(council: Council) -> None:
    """And are the same person when they are read back."""
    council.run("approve", V1, *FOR, who="o'neil+x@x.org")

    done = council.run("approve", V1, *FOR, who="O'Neil+x@x.org")

    assert "review/ridership/v1.0.0/prod/o%27neil+x@x.org/1" in council.tags()
    assert done.returncode == 1


def test_a_dry_run_records_nothing(council: Council) -> None:
    """It shows the tag, and how far it is without it."""
    before = council.tags()

    done = council.run("approve", V1, *FOR, "--dry-run", who="bob@x.org")
    said = council.json("approve", V1, *FOR, "--dry-run", who="bob@x.org")

    assert done.stdout.startswith("would: Approve ridership v1.0.0 for prod\n")
    assert done.stdout.endswith("0 of 2 approvals for prod; nobody rejects it\n")
    assert (said["event"], said["id"], said["tag"]) == ("review", None, f"{BOB}/1")
    assert said["approvals"]["approved"] == []
    assert council.tags() == before

"""Tests of reviews whose signatures count, and of reviewers who meet."""

from pathlib import Path

import pytest

from helpers import fleet
from helpers.council import APPROVALS, V1, Council, person
from helpers.sandbox import START
from helpers.signers import Signer, allowed

SIGNED = APPROVALS.replace("not_author: true", "signed: true").replace(
    "models:", "signers: .lineal/allowed_signers\nmodels:"
)
FOR = ("--for", "prod")
BOB = "review/ridership/v1.0.0/prod/bob@x.org"


@pytest.fixture
def council(tmp_path: Path) -> Council:
    """Make a team of which two of three must approve, and no author."""
    return Council.create(tmp_path, APPROVALS)


@pytest.fixture
def bob(tmp_path: Path) -> Signer:
    """Make Bob a key."""
    return Signer.create(tmp_path / "keys", "bob@x.org")


@pytest.fixture
def strict(tmp_path: Path, bob: Signer) -> Council:
    """Make a team that counts signed reviews only, and knows Bob's key."""
    listed = {".lineal/allowed_signers": allowed(bob)}
    return Council.create(tmp_path, SIGNED, listed)


def test_what_can_never_count_is_not_recorded(strict: Council, bob: Signer) -> None:
    """Unless it is forced; then a signed one can follow it."""
    refused = strict.run("approve", V1, *FOR, who="bob@x.org")
    forced = strict.run("approve", V1, *FOR, "--force", who="bob@x.org")
    signed = strict.run("approve", V1, *FOR, env=bob.env)
    again = strict.run("approve", V1, *FOR, env=bob.env)

    assert refused.returncode == 1
    assert "`git config tag.gpgSign true`" in refused.stderr
    assert "it is not signed, so it does not count" in forced.stderr
    assert "0 of 2 approvals" in forced.stdout
    assert "1 of 2 approvals for prod; nobody rejects it\n" in signed.stdout
    assert again.returncode == 1


def test_an_unsigned_rejection_blocks_until_a_signed_word(
    strict: Council, bob: Signer
) -> None:
    """A no must not be lost, and nobody else may lift it."""
    no = strict.run("reject", V1, *FOR, "-m", "no", who="bob@x.org")
    forged = strict.run("reject", V1, *FOR, "--withdraw", "--force", who="bob@x.org")
    lifted = strict.run("reject", V1, *FOR, "--withdraw", "--force", env=bob.env)

    assert "only a signed word will lift it" in no.stderr
    assert "rejected by bob@x.org (unverified)" in forged.stdout
    assert "nobody rejects it" in lifted.stdout


def test_the_newest_rules_count_though_nobody_fetched(
    council: Council, bob: Signer
) -> None:
    """Whether a signature is needed is asked of the server."""
    council.decree(SIGNED, {".lineal/allowed_signers": allowed(bob)})

    done = council.run("approve", V1, *FOR, who="bob@x.org")

    assert done.returncode == 1
    assert "counts only signed reviews" in done.stderr


def test_reviewers_never_race(tmp_path: Path) -> None:
    """Six at once in one folder, while the branch with the rules has moved."""
    council = Council.create(tmp_path, APPROVALS)
    council.decree(APPROVALS.replace("count: 2", "count: 3"))
    jobs = [
        fleet.start(
            council.clone,
            *("lineal", "approve", V1, *FOR),
            env={**person(f"p{n}@x.org"), "GIT_COMMITTER_DATE": f"@{START + n} +0000"},
        )
        for n in range(6)
    ]

    done = [fleet.ended(each) for each in jobs]

    assert [one.stderr for one in done if one.returncode] == []
    names = {f"review/ridership/v1.0.0/prod/p{n}@x.org/1" for n in range(6)}
    assert names <= set(council.tags())
    assert not any("planning again" in one.stderr for one in done)


def test_one_reviewer_in_two_clones_says_it_once(council: Council) -> None:
    """The later one finds that it is said."""
    words = ("lineal", "approve", V1, *FOR)
    jobs = [
        fleet.start(clone, *words, env={**person("bob@x.org"), "LC_ALL": lang})
        for clone, lang in ((council.clone, "C"), (council.other, "C.UTF-8"))
    ]

    codes = sorted(fleet.ended(each).returncode for each in jobs)

    # Within one second both may make the very same tag.
    assert codes in ([0, 0], [0, 1])
    assert [tag for tag in council.tags() if tag.startswith(BOB)] == [f"{BOB}/1"]

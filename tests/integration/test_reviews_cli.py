"""Tests of `lineal reviews`, and of reviews from Python."""

from pathlib import Path

import pytest

import lineal
from helpers.council import APPROVALS, V1, V2, Council
from helpers.sandbox import ANN, START
from helpers.signers import Signer, allowed
from lineal.bootstrap.verbs import NoVersionNamedError
from lineal.errors import RefusedError

FOR = ("--for", "prod")
START_OF = "review/ridership/v1.0.0/prod"
BOB = f"{START_OF}/bob@x.org"
BOB_SAYS = "Bob <bob@x.org>"


@pytest.fixture
def council(tmp_path: Path) -> Council:
    """Make a team of which two of three must approve, and no author."""
    return Council.create(tmp_path, APPROVALS)


def approval(council: Council, name: str, **made: str) -> None:
    """Write a tag that looks like an approval of Bob's, byte by byte."""
    how = {"actor": BOB_SAYS, "message": "x\n\nVerdict: approve\n", **made}
    council.clone.tag(name, commit=how.pop("commit", f"{V1}^{{}}"), at=START, **how)


def rows(said: str) -> list[list[str]]:
    """Return the cells of a table's lines."""
    return [line.split("  ") for line in said.splitlines()]


@pytest.mark.measured
def test_everything_that_was_said_is_shown(council: Council) -> None:
    """By stage and reviewer, with what counts, and how far it is."""
    council.run("approve", V1, *FOR, "-m", "fine", who="bob@x.org")
    council.run("reject", V1, *FOR, "-m", "bad at night", who="bob@x.org")
    council.run("approve", V1, *FOR, who="ann@example.org")
    council.run("approve", V1, "--for", "dev", who="dan@x.org")

    done = council.run("reviews", V1)

    assert (done.returncode, done.stderr) == (0, "")
    table = [[cell.strip() for cell in row if cell] for row in rows(done.stdout)]
    when, later = "2023-11-15 22:13:20", "2023-11-15 22:13:21"
    replaced = "no: a later word replaced it"
    total = (
        "0 of 2 approvals for prod; rejected by bob@x.org (unverified); "
        "ann@example.org does not count: made some of what is to be approved"
    )
    unproven = "(unverified) not signed"
    author = "no: made some of what is to be approved"
    assert table == [
        ["stage", "reviewer", "verdict", "when", "identity", "counts", "comment"],
        [
            "dev",
            "dan@x.org",
            "approve",
            when,
            unproven,
            "no: no rule asks for approvals",
        ],
        ["prod", "ann@example.org", "approve", when, unproven, author],
        ["prod", "bob@x.org", "approve", when, unproven, replaced, "fine"],
        ["prod", "bob@x.org", "reject", later, unproven, "yes", "bad at night"],
        [],
        [total],
    ]


def test_one_stage_can_be_asked_about(council: Council) -> None:
    """Then nothing of others is shown."""
    council.run("approve", V1, *FOR, who="bob@x.org")
    council.run("approve", V1, "--for", "dev", who="dan@x.org")

    done = council.run("reviews", V1, "--stage", "dev")

    assert "dan@x.org" in done.stdout
    assert "prod" not in done.stdout


def test_where_nobody_said_anything_the_rules_are_told(council: Council) -> None:
    """Another version's approvals are not this one's."""
    council.run("approve", V1, *FOR, who="bob@x.org")

    done = council.run("reviews", V2)

    assert done.stdout == (
        "nobody has reviewed ridership v2.0.0\n"
        "0 of 2 approvals for prod; nobody rejects it\n"
    )


@pytest.mark.parametrize(
    ("name", "made", "said"),
    [
        (f"{BOB}/1", {"commit": f"{V2}^{{}}"}, "is not about the commit of ridership"),
        (f"{BOB}/1", {"actor": ANN}, "made it in the name of bob@x.org"),
        (f"{BOB}/1", {"message": "x\n\nVerdict: yes\n"}, "its Verdict is none of"),
        (f"{BOB}/01", {}, "its name cannot be read"),
        (f"{START_OF}/Bob@x.org/1", {}, "its name cannot be read"),
    ],
)
def test_what_cannot_be_counted_is_told(
    council: Council, name: str, made: dict[str, str], said: str
) -> None:
    """With the tag's name and why."""
    approval(council, name, **made)

    done = council.run("reviews", V1)

    assert f"note: {name} does not count: " in done.stdout
    assert said in done.stdout
    assert "0 of 2 approvals" in done.stdout


def test_an_approval_cannot_be_moved(council: Council) -> None:
    """To another version, another stage or a higher serial: the object's name stays."""
    council.run("approve", V1, *FOR, who="bob@x.org")
    oid = council.clone.id(f"refs/tags/{BOB}/1")
    for name in (f"{BOB}/9", f"{BOB}/1".replace("v1.0.0", "v2.0.0")):
        council.clone.git("update-ref", f"refs/tags/{name}", oid)

    first, second = council.run("reviews", V1), council.run("reviews", V2)

    assert "1 of 2 approvals" in first.stdout
    assert f"note: {BOB}/9 does not count: its object was made" in first.stdout
    assert "0 of 2 approvals" in second.stdout
    assert f"under another name, {BOB}/1" in second.stdout


def test_a_lightweight_tag_is_no_review(council: Council) -> None:
    """It says neither who nor when."""
    council.clone.lightweight(f"{BOB}/1", commit=f"{V1}^{{}}")

    done = council.run("reviews", V1)

    assert "it is a lightweight tag" in done.stdout


def test_a_withdrawal_counts(council: Council) -> None:
    """And an old approval does not return with it."""
    council.run("approve", V1, *FOR, who="bob@x.org")
    council.run("approve", V1, *FOR, "--withdraw", "-m", "too soon", who="bob@x.org")

    (stage,) = council.json("reviews", V1)["stages"]

    assert [one["verdict"] for one in stage["reviews"]] == ["approve", "withdraw"]
    assert [one["counts"] for one in stage["reviews"]] == [False, True]
    assert stage["approvals"]["approved"] == []


@pytest.mark.measured
def test_comments_do_not_drive_terminals(council: Council) -> None:
    """Whoever wrote the tag chose them."""
    message = "x\n\nVerdict: approve\nReason: \x1b[2J\u202egood\n"
    approval(council, f"{BOB}/1", message=message)
    approval(council, f"{BOB}/2", actor="\x1b[31mEve <eve@x.org>")

    done = council.run("reviews", V1)

    assert "\x1b" not in done.stdout + done.stderr
    assert "\u202e" not in done.stdout
    assert r"\x1b[2J\u202egood" in done.stdout


def test_json_has_the_same_facts(council: Council) -> None:
    """With the tag and its object."""
    council.run("approve", V1, *FOR, "-m", "fine", who="bob@x.org")
    council.clone.lightweight(f"{BOB}/7", commit=f"{V1}^{{}}")

    found = council.json("reviews", V1)

    light = "it is a lightweight tag, which says neither who nor when"
    assert found == {
        "format": 1,
        "model": "ridership",
        "version": "v1.0.0",
        "commit": council.clone.id(f"{V1}^{{}}"),
        "policy": council.clone.id("origin/HEAD:policy.yaml"),
        "stages": [
            {
                "stage": "prod",
                "approvals": {
                    "count": 2,
                    "of": ["ann@example.org", "bob@x.org", "eve@x.org"],
                    "not_author": True,
                    "signed": False,
                    "approved": ["bob@x.org"],
                    "rejected": [],
                    "enough": False,
                },
                "reviews": [
                    {
                        "reviewer": "bob@x.org",
                        "verdict": "approve",
                        "time": "2023-11-15T22:13:20Z",
                        "verified": False,
                        "unverified": "not signed",
                        "counts": True,
                        "not_counted": None,
                        "comment": "fine",
                        "tag": f"{BOB}/1",
                        "id": council.clone.id(f"refs/tags/{BOB}/1"),
                    }
                ],
            }
        ],
        "unclear": [
            f"{BOB}/7 does not count: {light}",
        ],
        "policy_fault": None,
    }


def test_signatures_by_listed_keys_verify(tmp_path: Path) -> None:
    """Others do not, whoever they say they are."""
    bob, eve = (Signer.create(tmp_path / "keys", f"{n}@x.org") for n in ("bob", "eve"))
    rules = APPROVALS.replace("models:", "signers: keys\nmodels:")
    strict = rules.replace("not_author", "signed")
    council = Council.create(tmp_path, strict, {"keys": allowed(bob)})
    council.run("approve", V1, *FOR, env=bob.env)
    council.run("approve", V1, *FOR, env=eve.env)
    council.run("reject", V1, *FOR, "-m", "no", env=eve.named("bob@x.org").env)

    (stage,) = council.json("reviews", V1)["stages"]
    text = council.run("reviews", V1).stdout

    says = {one["tag"].split("/", 4)[4]: one for one in stage["reviews"]}
    assert says["bob@x.org/1"]["verified"]
    assert not says["bob@x.org/2"]["verified"]
    assert not says["eve@x.org/1"]["counts"]
    assert says["bob@x.org/1"]["not_counted"] == "a later word replaced it"
    assert text.count("(unverified) signed with a key") == 2
    assert "no: unverified" in text


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("reviews", "ridership@v9.0.0"), 1, "no version v9.0.0"),
        (("reviews", "other@v1.0.0"), 1, "no model 'other'"),
        (("reviews", "ridership"), 2, "names no version"),
    ],
)
def test_what_is_not_there_has_no_reviews(
    council: Council, words: tuple[str, ...], code: int, said: str
) -> None:
    """It is told in one sentence."""
    done = council.run(*words)

    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


@pytest.mark.measured
def test_a_broken_policy_counts_nothing(council: Council) -> None:
    """It fails closed for reviewers too; what they said is shown all the same."""
    council.run("approve", V1, *FOR, "-m", "fine", who="bob@x.org")
    council.decree("stages: 7\n")
    council.clone.git("fetch", "--quiet")

    done = council.run("reviews", V1)

    found = council.json("reviews", V1)
    (said,) = found["stages"][0]["reviews"]
    assert (done.returncode, done.stderr) == (0, "")
    assert "(unverified) not signed  no: the policy cannot be read  fine" in done.stdout
    assert "note: nobody can be verified, and nothing counted: policy" in done.stdout
    assert "of 2 approvals" not in done.stdout
    assert "policy.yaml:1:9" in found["policy_fault"]
    assert (said["verified"], said["counts"]) == (False, False)
    assert council.run("approve", V1, *FOR, who="eve@x.org").returncode == 2


def test_a_withdrawn_version_keeps_its_reviews(council: Council) -> None:
    """Why it was rejected is worth knowing."""
    council.run("reject", V1, *FOR, "-m", "bad", who="bob@x.org")
    council.run("withdraw", V1, "-m", "it is bad", "--force")

    assert "rejected by bob@x.org" in council.run("reviews", V1).stdout


def test_python_gives_what_the_commands_give(council: Council) -> None:
    """Approve, reject, withdraw, read."""
    for key, value in (("name", "Bob"), ("email", "bob@x.org")):
        council.clone.git("config", f"user.{key}", value)
    registry = lineal.open(council.clone.root)

    first = registry.approve(V1, "prod", reason="fine")
    second = registry.reject(V1, "prod", reason="bad")
    third = registry.withdraw_review(V1, "prod")
    (panel,) = registry.reviews(V1).panels

    tags = [done.plan.tag for done in (first, second, third)]
    assert tags == [f"{BOB}/{serial}" for serial in (1, 2, 3)]
    assert third.plan.summary == "Withdraw the rejection of ridership v1.0.0 for prod"
    assert [word.statement.verdict for word in panel.words] == [
        "approve",
        "reject",
        "withdraw",
    ]
    with pytest.raises(RefusedError, match="could be withdrawn"):
        registry.withdraw_review(V1, "prod")
    with pytest.raises(NoVersionNamedError):
        registry.reviews("ridership")


@pytest.mark.measured
def test_a_terminal_of_80_columns_has_a_table_too(council: Council) -> None:
    """With the day, and who is unverified beside what counts; then the sums."""
    council.run("approve", V1, *FOR, "-m", "fine in each season", who="bob@x.org")
    council.run("approve", V1, *FOR, who="ann@example.org")

    done = council.run("reviews", V1, env={"COLUMNS": "80"})

    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == [
        *("stage", "reviewer", "verdict", "when", "counts", "comment")
    ]
    assert [line.split()[:4] for line in lines if line.startswith("prod")] == [
        ["prod", "ann@example.org", "approve", "2023-11-15"],
        ["prod", "bob@x.org", "approve", "2023-11-15"],
    ]
    assert "yes, (unverified)" in done.stdout
    sums = lines.index("") + 1
    assert " ".join(lines[sums:]).startswith(
        "1 of 2 approvals for prod; nobody rejects"
    )

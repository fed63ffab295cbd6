"""Tests of the commands that take back: rollback, unassign, withdraw, deprecate."""

import json
from pathlib import Path

import pytest

from helpers import gto_oracle
from helpers.sandbox import START, Sandbox
from helpers.verbs import DAY, prod, promoted, run, trailers


@pytest.fixture
def registry(tmp_path: Path) -> Sandbox:
    """Return a repository with versions 1 to 3 of a model, all of them promoted."""
    return promoted(tmp_path / "registry")


def test_rolling_back_twice_goes_two_back_in_gtos_eyes_too(registry: Sandbox) -> None:
    """And the third time there is nothing to go back to."""
    first = run(registry, "rollback", "churn", "--stage", "prod")
    after_first = prod(registry)
    second = run(registry, "rollback", "churn", "--stage", "prod")
    third = run(registry, "rollback", "churn", "--stage", "prod")

    assert (first[0], after_first) == (0, "v2.0.0")
    assert (second[0], prod(registry)) == (0, "v1.0.0")
    assert (third[0], third[1]) == (1, "")
    assert "--to" in third[2]
    assert trailers(registry, "churn#prod#5")[:3] == [
        "Version: v1.0.0",
        "Rollback: v2.0.0",
        "Reason: because",
    ]


def test_a_dry_run_shows_the_tag_and_writes_none(registry: Sandbox) -> None:
    """The JSON of a plan has no object and no remote."""
    before = registry.git("for-each-ref")

    words = ("rollback", "churn", "--stage", "prod", "--to", "v1.0.0", "--dry-run")
    code, said, _ = run(registry, *words, "--json")

    assert code == 0
    assert json.loads(said) == {
        "model": "churn",
        "event": "assignment",
        "version": "v1.0.0",
        "stage": "prod",
        "tag": "churn#prod#4",
        "commit": registry.id("churn@v1.0.0^{commit}"),
        "summary": "Roll prod of churn back to v1.0.0, instead of v3.0.0",
        "notes": [],
        "trailers": [
            ["Version", "v1.0.0"],
            ["Rollback", "v3.0.0"],
            ["Reason", "because"],
        ],
        "id": None,
        "pushed": None,
    }
    assert registry.git("for-each-ref") == before


def test_a_rollback_is_pushed_and_seen_by_others(
    registry: Sandbox, tmp_path: Path
) -> None:
    """The remote has the very tag, and says so in JSON."""
    remote = registry.clone(tmp_path / "remote", bare=True)
    clone = remote.clone(tmp_path / "clone")

    code, said, _ = run(clone, "rollback", "churn", "--stage", "prod", "--json")

    told = json.loads(said)
    assert (code, told["pushed"]) == (0, "origin")
    assert remote.id("refs/tags/churn#prod#4") == told["id"]


def test_a_commit_without_a_version_can_return(tmp_path: Path) -> None:
    """Plain gto can assign one; it has no Version trailer to write."""
    made = Sandbox.create(tmp_path / "registry")
    commit = made.commit()
    made.tag("churn#prod#1")
    made.commit()
    made.tag("churn@v1.0.0")
    made.tag("churn#prod#2")

    code, _, _ = run(made, "rollback", "churn", "--stage", "prod")

    assert (code, prod(made)) == (0, commit)
    assert trailers(made, "churn#prod#3")[0] == "Rollback: v1.0.0"


def test_unassigning_the_holder_asks_for_force(registry: Sandbox) -> None:
    """Then the version before returns, as gto has it."""
    words = ("unassign", "churn", "--stage", "prod")

    refused = run(registry, *words)
    done = run(registry, *words, "--force")

    assert refused[0] == 1
    assert "v2.0.0 again" in refused[2]
    assert (done[0], prod(registry)) == (0, "v2.0.0")
    assert "note: prod will hold v2.0.0 again" in done[2]
    assert trailers(registry, "churn#prod!#4")[:2] == [
        "Version: v3.0.0",
        "Reason: because",
    ]


def test_unassigning_an_earlier_version_needs_no_force(registry: Sandbox) -> None:
    """When the holder leaves too, gto and we agree on what is left."""
    words = ("unassign", "churn", "--stage", "prod")

    earlier = run(registry, *words, "--version", "v2.0.0")
    still = prod(registry)
    again = run(registry, *words, "--version", "v2.0.0")
    last = run(registry, *words, "--force")

    assert (earlier[0], still) == (0, "v3.0.0")
    assert again[0] == 1
    assert (last[0], prod(registry)) == (0, "v1.0.0")


def test_an_emptied_stage_can_be_rolled_back(registry: Sandbox) -> None:
    """It gets back what it held last."""
    for version in ("v1.0.0", "v2.0.0", "v3.0.0"):
        words = ("unassign", "churn", "--stage", "prod", "--version", version)
        run(registry, *words, "--force")
    empty = prod(registry)

    code, _, _ = run(registry, "rollback", "churn", "--stage", "prod")

    assert (empty, code, prod(registry)) == (None, 0, "v3.0.0")
    assert "Rollback: churn#prod!#6" in trailers(registry, "churn#prod#7")


def test_a_withdrawn_version_leaves_its_stages(registry: Sandbox) -> None:
    """With force only; and it is written as gto deregisters."""
    refused = run(registry, "withdraw", "churn@v3.0.0")
    done = run(registry, "withdraw", "churn@v3.0.0", "--force")
    again = run(registry, "withdraw", "churn@v3.0.0", "--force")

    assert (refused[0], done[0], again[0]) == (1, 0, 1)
    assert prod(registry) == "v2.0.0"
    listed = {one.version: one for one in gto_oracle.versions(registry.root, "churn")}
    assert not listed["v3.0.0"].active
    assert listed["v2.0.0"].active
    assert registry.id("churn@v3.0.0!^{commit}") == listed["v3.0.0"].commit
    assert (
        run(registry, "rollback", "churn", "--stage", "prod", "--to", "v3.0.0")[0] == 1
    )


def test_a_version_can_be_withdrawn_twice(registry: Sandbox) -> None:
    """Registered again in between, it needs a tag of another name."""
    run(registry, "withdraw", "churn@v1.0.0")
    registry.tag("churn@v1.0.0#9", commit="churn@v1.0.0^{commit}", at=START + 2 * DAY)

    code, _, _ = run(registry, "withdraw", "churn@v1.0.0")

    assert code == 0
    assert registry.id("refs/tags/churn@v1.0.0!#10")
    listed = gto_oracle.versions(registry.root, "churn")
    assert [one.active for one in listed] == [True, True, False]


def test_a_deprecated_version_has_an_end_in_its_users_zone(registry: Sandbox) -> None:
    """The day ends where the user is, and gto does not notice."""
    words = ("deprecate", "churn@v1.0.0", "--eol", "2026-12-31", "--reason", "old")
    env = {"TZ": "Europe/Berlin"}
    before = gto_oracle.by_cli(registry)

    done = registry.lineal(*words, env=env)
    again = registry.lineal(*words, ok=False, env=env)

    assert trailers(registry, "deprecated/churn/v1.0.0/4")[0] == (
        "End-Of-Life: 1798757999 (2026-12-31 23:59:59 +01:00)"
    )
    assert "2026-12-31 23:59:59 +01:00" in done.stdout
    assert again.returncode == 1
    assert gto_oracle.by_cli(registry) == before


def test_a_deprecated_model_is_hidden_by_gto_until_something_happens(
    registry: Sandbox,
) -> None:
    """The user is told both."""
    done = run(registry, "deprecate", "churn", "--eol", "2030-01-01")
    hidden = gto_oracle.by_cli(registry).deprecated
    back = run(registry, "rollback", "churn", "--stage", "prod")

    assert (done[0], back[0]) == (0, 0)
    assert "no longer see churn" in done[2]
    assert hidden == {"churn"}
    assert "this ends that" in back[2]
    assert gto_oracle.by_cli(registry).deprecated == frozenset()


def test_an_end_that_is_over_or_no_date_is_refused(registry: Sandbox) -> None:
    """The first can be forced, the second cannot be understood."""
    words = ("deprecate", "churn@v1.0.0", "--eol")

    assert run(registry, *words, "yesterday")[0] == 1
    assert run(registry, *words, "soon")[0] == 2
    assert run(registry, *words, "yesterday", "--force")[0] == 0

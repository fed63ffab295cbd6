"""The newest rules count: whoever promotes asks the remote for its branch first."""

from pathlib import Path

import pytest

from helpers.fleet import MODEL, Fleet, promotion, tags
from helpers.recorders import recorder
from helpers.sandbox import Sandbox
from lineal.actions import governing
from lineal.doors.remote import Remote, RemoteFailedError
from lineal.registry.trusted import UnclearBranchError

STRICT = """\
models:
  ridership:
    prod:
      branch: release
"""
MAIN = "refs/remotes/origin/main"


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    """Make a hub and two clones of it."""
    return Fleet.create(tmp_path, clones=2)


def pushed(box: Sandbox, policy: str) -> str:
    """Let a clone write the team's rules; return the commit."""
    made = box.commit("rules", {"policy.yaml": policy})
    box.git("push", "--quiet", "origin", "HEAD:main")
    return made


def remote(box: Sandbox) -> Remote:
    """Return a clone's remote."""
    found = recorder(box, pushes=True).remote
    assert found is not None
    return found


@pytest.mark.parametrize(
    "ref", [MAIN, "origin/main", "refs/remotes/origin/HEAD", "origin"]
)
def test_a_branch_of_the_remote_is_brought_up_to_date(fleet: Fleet, ref: str) -> None:
    """By whatever name; neither tags nor the working tree change."""
    one, two = fleet.clones
    newest = pushed(one, STRICT)
    one.tag("other")
    one.git("push", "--quiet", "origin", "other")
    before = (two.id("HEAD"), two.git("tag"), two.git("status", "--porcelain"))

    remote(two).follow(ref)

    assert two.id(MAIN) == newest
    after = (two.id("HEAD"), two.git("tag"), two.git("status", "--porcelain"))
    assert after == before
    assert not (two.root / ".git/FETCH_HEAD").exists()


def test_a_branch_that_was_rewritten_is_followed(fleet: Fleet) -> None:
    """What the remote has counts."""
    one, two = fleet.clones
    pushed(one, STRICT)
    remote(two).follow(MAIN)
    one.git("reset", "--quiet", "--hard", "HEAD~1")
    one.git("push", "--quiet", "--force", "origin", "HEAD:main")

    remote(two).follow(MAIN)

    assert two.id(MAIN) == one.id("HEAD")


@pytest.mark.parametrize("ref", ["HEAD", "refs/heads/main", "nothing", "other/main"])
def test_what_is_no_branch_of_the_remote_is_left_alone(fleet: Fleet, ref: str) -> None:
    """The remote is not even asked."""
    two = fleet.clones[1]
    two.git("remote", "set-url", "origin", "file:///nowhere")
    before = two.git("for-each-ref")

    remote(two).follow(ref)

    assert two.git("for-each-ref") == before


def test_a_branch_that_the_remote_no_longer_has_is_an_error(fleet: Fleet) -> None:
    """Its last state does not stand in for it."""
    one, two = fleet.clones
    one.git("push", "--quiet", "origin", "main:release")
    two.git("fetch", "--quiet")
    one.git("push", "--quiet", "origin", ":release")

    with pytest.raises(RemoteFailedError, match="fetching from origin failed"):
        remote(two).follow("refs/remotes/origin/release")


def test_settings_that_prune_take_nothing_away(fleet: Fleet) -> None:
    """Tags that are only here stay."""
    two = fleet.clones[1]
    two.tag("mine")
    for key in ("fetch.prune", "fetch.pruneTags"):
        two.git("config", key, "true")
    before = two.git("tag")

    remote(two).follow(MAIN)

    assert two.git("tag") == before


def test_a_promotion_keeps_rules_that_this_clone_never_saw(fleet: Fleet) -> None:
    """Somebody else wrote them a moment ago."""
    one, two = fleet.clones
    pushed(one, STRICT)
    before = tags(two)

    done = two.lineal(*promotion(1)[1:], ok=False)

    assert done.returncode == 1
    assert "the policy refuses ridership@v1.0.0 for prod: commit is on" in done.stderr
    assert tags(two) == before


def test_a_promotion_keeps_no_rules_that_were_taken_back(fleet: Fleet) -> None:
    """Also where this clone still has them."""
    one, two = fleet.clones
    pushed(one, STRICT)
    two.git("fetch", "--quiet")
    pushed(one, "models: {}\n")

    done = two.lineal(*promotion(1)[1:])

    assert "pushed to origin" in done.stdout
    assert governing.load(recorder(two).reader.store).policy.models == {}


def test_rules_of_ones_own_do_not_count(fleet: Fleet) -> None:
    """Neither committed nor in the working tree, not even in the promoted commit."""
    one, two = fleet.clones
    newest = pushed(one, STRICT)
    two.git("pull", "--quiet")
    two.commit("no rules", {"policy.yaml": "models: {}\n"})
    two.tag(f"{MODEL}@v9.0.0")
    two.git("push", "--quiet", "origin", f"{MODEL}@v9.0.0")

    done = two.lineal(*promotion(9)[1:], ok=False)

    assert done.returncode == 1
    assert "the policy refuses ridership@v9.0.0" in done.stderr
    found = governing.load(recorder(two).reader.store)
    assert found.id == two.id(f"{newest}:policy.yaml")
    assert (found.written, found.branch) == (True, "refs/remotes/origin/HEAD")


def test_where_nobody_wrote_rules_there_are_none(fleet: Fleet) -> None:
    """Nothing refuses then."""
    found = governing.load(recorder(fleet.clone).reader.store)

    assert not found.written
    assert found.policy.rules(MODEL, "prod") is None


@pytest.mark.parametrize("path", [".lineal/allowed_signers", "keys/team"])
def test_signers_are_those_of_the_trusted_branch(fleet: Fleet, path: str) -> None:
    """Wherever the policy says that they are listed, and nowhere else."""
    one, two = fleet.clones
    policy = f"signers: {path}\nmodels: {{}}\n"
    one.commit("rules", {path: "ann@x.org ssh-ed25519 AAAA\n", "policy.yaml": policy})
    one.git("push", "--quiet", "origin", "HEAD:main")
    two.git("pull", "--quiet")
    (two.root / path).write_text("mallory@x.org ssh-ed25519 AAAA\n", encoding="utf-8")

    found = governing.load(recorder(two).reader.store).signers

    assert found.content == b"ann@x.org ssh-ed25519 AAAA\n"
    assert found.id == two.id(f"HEAD:{path}")


@pytest.mark.parametrize("policy", ["models: {}\n", "signers: gone\nmodels: {}\n"])
def test_without_a_list_nobodys_signature_counts(fleet: Fleet, policy: str) -> None:
    """A list that the policy does not name is none."""
    one = fleet.clone
    files = {".lineal/allowed_signers": "ann@x.org k\n", "policy.yaml": policy}
    one.commit("rules", files)
    one.git("push", "--quiet", "origin", "HEAD:main")

    found = governing.load(recorder(one).reader.store).signers

    assert (found.content, found.id) == (b"", "")


def test_a_clone_that_does_not_know_asks_for_the_remotes_own_branch(
    fleet: Fleet,
) -> None:
    """So that rules on a branch of one's own are never taken for the team's."""
    box = fleet.clones[0]
    made = pushed(box, STRICT)
    fleet.hub.git("branch", "--move", "main", "trunk")
    box.git("remote", "set-head", "origin", "--delete")
    box.git("fetch", "--quiet", "--prune", "origin")
    with pytest.raises(UnclearBranchError):
        governing.load(recorder(box).reader.store)
    remote(box).adopt()

    assert box.git("symbolic-ref", "refs/remotes/origin/HEAD").endswith("/trunk")
    assert box.git("rev-parse", "refs/remotes/origin/HEAD") == made
    assert governing.load(recorder(box).reader.store).written

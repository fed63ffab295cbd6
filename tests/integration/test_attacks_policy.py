"""Attacks on the rules: none of them changes what judges a promotion."""

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.committing import files, registered
from helpers.enforced import BAD, GOOD, card, put, server, tags
from helpers.fortress import LAX, RULES, SIGNERS, Fortress
from helpers.sandbox import Sandbox
from helpers.signers import allowed

GATE = "wape <= 0.15"
TRUSTED = {
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "lineal.trusted",
    "GIT_CONFIG_VALUE_0": "lax",
}
FORGED = """\
Assign

Version: v2.0.0
Policy: {policy}
Gate: wape <= 0.15 | 0.01 | pass
Gate: approvals: 1 of 3 | bob@x.org approved | pass
Approved-By: bob@x.org
Bypass: boss@x.org: he said so
Rollback: v1.0.0
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Fortress:
    """Build what is copied for each attack."""
    return Fortress.build(tmp_path_factory.mktemp("fort") / "team")


@pytest.fixture
def fort(built: Fortress, tmp_path: Path) -> Fortress:
    """Return what can be attacked."""
    return built.copied(tmp_path / "team")


def rewritten(fort: Fortress, *, wape: float = 0.3) -> None:
    """Commit a version that brings rules and keys of its own, on a branch."""
    fort.box.git("checkout", "--quiet", "-b", "lax")
    mine = {"policy.yaml": LAX, SIGNERS: allowed(fort.people["mallory"])}
    registered(fort.box, "churn", "v9.0.0", {**files("churn", card(wape)), **mine})
    fort.box.git("push", "--quiet", "origin", "lax", "refs/tags/churn@v9.0.0")


@pytest.mark.parametrize("there", [True, False], ids=["checked out", "on a branch"])
def test_rules_that_the_promoted_commit_brings_judge_nothing(
    fort: Fortress, *, there: bool
) -> None:
    """Every door reads policy.yaml of the trusted branch, wherever HEAD is."""
    rewritten(fort)
    fort.box.git("checkout", "--quiet", "lax" if there else "main")

    said = fort.refusals("v9.0.0", "staging")

    assert all(GATE in each and "0.3" in each for each in said)
    assert tags(fort.box) == ["churn#prod#1"]


def test_an_edit_that_is_not_committed_judges_nothing(fort: Fortress) -> None:
    """Neither in the working tree nor in the index, nor in a commit that only we have."""
    (fort.box.root / "policy.yaml").write_text(LAX, encoding="utf-8")
    edited = fort.promote(BAD, to="staging")
    fort.box.git("add", "policy.yaml")
    staged = fort.promote(BAD, to="staging")
    fort.box.commit("mine")

    assert all(GATE in each for each in (edited, staged))
    assert all(GATE in each for each in fort.refusals(BAD, "staging"))


def test_force_overrides_no_rule(fort: Fortress) -> None:
    """It is for stages that hold a version already, and for mistyped ones."""
    assert GATE in fort.promote(BAD, "--force", to="staging")
    assert "nobody bypass" in fort.promote(BAD, "--bypass", to="staging")
    assert tags(fort.box) == ["churn#prod#1"]


def test_what_a_plain_tag_says_of_itself_is_not_believed(fort: Fortress) -> None:
    """Gates are evaluated and approvals counted, whatever trailers are forged."""
    policy = fort.box.id("HEAD:policy.yaml")
    said = FORGED.format(policy=policy)
    fort.box.tag("churn#staging#2", commit=f"churn@{BAD}^{{commit}}", message=said)
    fort.box.tag("churn#prod#3", commit=f"churn@{BAD}^{{commit}}", message=said)

    for tag, rule in (("churn#staging#2", GATE), ("churn#prod#3", "nobody has appr")):
        assert rule in fort.check(tag)
        assert rule in fort.push(tag)


def test_another_trusted_branch_of_ones_own_does_not_bind_the_server(
    fort: Fortress,
) -> None:
    """`lineal.trusted` from the environment or a home fools one's own clone alone."""
    rewritten(fort)
    fort.box.git("branch", "--quiet", "--set-upstream-to", "origin/lax")
    by_variables = fort.promote(BAD, to="staging", env=TRUSTED)
    fort.box.git("config", "--global", "lineal.trusted", "lax")
    by_home = fort.promote(BAD, to="staging")

    assert all("refused: " in each and GATE in each for each in (by_variables, by_home))
    assert tags(fort.box) == ["churn#prod#1"]


@pytest.mark.parametrize(
    "ref", ["refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/heads/HEAD"]
)
def test_a_ref_that_is_called_like_the_trusted_branch_takes_nothing_over(
    fort: Fortress, tmp_path: Path, ref: str
) -> None:
    """Anybody may push one; neither the server nor a new clone of it trusts it."""
    rewritten(fort)
    fort.box.git("push", "--quiet", "origin", f"lax:{ref}")
    hub = replace(fort.box, root=server(fort.box), bare=True)
    clone = hub.clone(tmp_path / "new")
    clone.git("fetch", "--quiet")
    tag = put(fort.box, BAD, "staging")
    done = clone.lineal(
        "promote", f"churn@{BAD}", "--to", "staging", "-m", "x", ok=False
    )

    assert GATE in fort.push(tag)
    assert GATE in done.stderr


def test_a_tag_that_is_called_like_the_trusted_branch_takes_nothing_over(
    fort: Fortress,
) -> None:
    """Git prefers it to the branch; it neither judges nor stops judging, as in CI."""
    rewritten(fort)
    fort.box.git("config", "lineal.trusted", "origin/main")
    fort.box.git("tag", "origin/main", "lax")
    fort.box.git("push", "--quiet", "origin", "refs/tags/origin/main")

    tag = put(fort.box, BAD, "staging")
    fort.unguarded(f"refs/tags/{tag}")
    code, said = fort.run("check-ref", tag, "--enforce")

    assert code == 1
    assert GATE in said
    assert "churn v2.0.0 leaves staging" in said


def test_a_tag_of_a_branchs_full_name_is_not_taken_for_it(
    fort: Fortress, tmp_path: Path
) -> None:
    """Neither where there is no such branch, nor where it is behind the server's."""
    rewritten(fort)
    for name in ("refs/remotes/origin/HEAD", "refs/remotes/origin/main"):
        fort.box.git("tag", name, "lax")
    fort.box.git("update-ref", "--no-deref", "-d", "refs/remotes/origin/HEAD")
    other = replace(fort.box, root=server(fort.box), bare=True).clone(tmp_path / "new")
    other.commit("stricter", {"policy.yaml": RULES.replace("0.15", "0.01")})
    other.git("push", "--quiet", "origin", "main")

    assert "policy refuses churn@v3.0.0 for staging: wape <= 0.01 (0.12)" in (
        fort.promote(GOOD, to="staging")
    )


def test_a_tag_is_not_taken_for_the_branch_that_must_contain_a_version(
    fort: Fortress,
) -> None:
    """Though it is called like it, by its full name, and the branch is not there."""
    rules = "stages: [staging]\nmodels: {churn: {staging: {branch: release}}}\n"
    fort.box.commit("rules", {"policy.yaml": rules})
    fort.box.git("push", "--quiet", "origin", "main")
    for name in ("refs/remotes/origin/release", "refs/heads/release", "release"):
        fort.box.git("tag", name, "main")
        fort.box.git("push", "--quiet", "origin", f"refs/tags/{name}")

    assert all("there is no branch" in said for said in fort.refusals(BAD, "staging"))


def test_variables_that_lead_to_another_repository_are_not_followed(
    fort: Fortress, tmp_path: Path
) -> None:
    """GIT_DIR and the like say nothing to promote, check-ref and hooks."""
    other = Sandbox.create(tmp_path / "other")
    other.commit("lax", {"policy.yaml": LAX})
    git = other.root / ".git"
    env = {
        "GIT_DIR": str(git),
        "GIT_COMMON_DIR": str(git),
        "GIT_OBJECT_DIRECTORY": str(git / "objects"),
        "GIT_NAMESPACE": "mine",
    }
    tag = put(fort.box, BAD, "staging")

    code, said = fort.run("check-ref", tag, env=env)
    fort.box.delete(tag)

    assert code == 1
    assert GATE in said
    assert GATE in fort.promote(BAD, to="staging", env=env)


def test_replaced_objects_are_not_looked_at(fort: Fortress) -> None:
    """`git replace`, here and pushed to the server, rewrites no rule and no card."""
    rewritten(fort, wape=0.1)
    box = fort.box
    box.git("replace", box.id("main:policy.yaml"), box.id("lax:policy.yaml"))
    path = "models/churn/card.json"
    box.git("replace", box.id(f"churn@{BAD}:{path}"), box.id(f"lax:{path}"))
    box.git("push", "--quiet", "origin", "refs/replace/*:refs/replace/*")

    said = fort.refusals(BAD, "staging")

    assert box.git("cat-file", "blob", "main:policy.yaml") == LAX.strip()
    assert all(GATE in each and "0.3" in each for each in said)


def test_no_rewritten_history_hides_who_made_a_version(fort: Fortress) -> None:
    """Neither grafts nor .mailmap make an approval of the author's count."""
    box, ann = fort.box, fort.people["ann"]
    box.commit("hers", files("churn", card(0.05)))
    words = ("commit", "--quiet", "--allow-empty", "--message", "not hers")
    box.git(*words, "--author=Eve <eve@x.org>")
    box.tag("churn@v9.0.0", actor="Eve <eve@x.org>")
    box.git("push", "--quiet", "origin", "refs/tags/churn@v9.0.0")
    assert not fort.push(fort.approve("v9.0.0", ann))
    (box.root / ".git/info").mkdir(exist_ok=True)
    (box.root / ".git/info/grafts").write_text(f"{box.id('HEAD')}\n", encoding="utf-8")
    (box.root / ".mailmap").write_text("E <e@x.org> <ann@example.org>\n", "utf-8")

    said = fort.refusals("v9.0.0")

    assert box.git("log", "--format=%ae", "HEAD") == "eve@x.org"
    assert all("ann@example.org does not count: made some" in each for each in said)


def test_the_same_version_passes_once_the_rules_allow_it(fort: Fortress) -> None:
    """So what was refused above was refused by the rules, and by nothing else."""
    assert not fort.promote(GOOD, to="staging")
    assert not fort.push(fort.approve(GOOD, fort.people["bob"]))
    assert not fort.promote(GOOD)
    assert "0.15" in RULES

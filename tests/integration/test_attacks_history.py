"""Attacks on a stage's past: nothing is gained by what is taken away, or put in front."""

from pathlib import Path

import pytest

from helpers.by_day import errors
from helpers.committing import files, registered
from helpers.enforced import card, push, put, tags
from helpers.fortress import Fortress

RULES = """\
stages: [staging, prod]
on_violation: revert
models:
  churn:
    staging:
      gates: [{metric: wape, max: 0.15}]
    prod:
      gates: [{metric: wape, versus: prod}]
"""
BEATS = "wape better than prod"
V1, V8, V9 = "v1.0.0", "v8.0.0", "v9.0.0"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Fortress:
    """Build what is copied for each attack: v8.0.0 holds prod, v9.0.0 is worse."""
    fort = Fortress.build(tmp_path_factory.mktemp("fort") / "team", RULES)
    fort.box.delete("churn#prod#1")
    for version, wrong in ((V8, 1.0), (V9, 30.0)):
        made = files("churn", card(wrong / 100), errors([wrong] * 40))
        registered(fort.box, "churn", version, made)
    fort.box.tag("churn#prod#2", commit=f"churn@{V8}^{{commit}}")
    fort.unguarded("--tags", "main", ":refs/tags/churn#prod#1")
    return fort


@pytest.fixture
def fort(built: Fortress, tmp_path: Path) -> Fortress:
    """Return what can be attacked."""
    return built.copied(tmp_path / "team")


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("churn#prod!#3", "Unassign"),
        ("churn#prod!#3", "Unassign\n\nViolation: churn#prod#2"),
        (f"churn@{V8}!#3", "Withdraw"),
        ("churn@deprecated#3", "Deprecate"),
    ],
    ids=["unassigned", "reverted", "withdrawn", "deprecated"],
)
def test_an_empty_stage_still_has_something_to_beat(
    fort: Fortress, tag: str, said: str
) -> None:
    """What it held last, though somebody says that this was a violation."""
    fort.box.tag(tag, commit=f"churn@{V8}^{{commit}}", message=f"{said}\n")
    fort.unguarded(f"refs/tags/{tag}")

    assert all(BEATS in each and V8 in each for each in fort.refusals(V9))


@pytest.mark.parametrize(
    ("named", "why"),
    [
        (
            "churn#prod#2",
            "it claims that churn#prod#2 broke the rules, and it does not",
        ),
        ("churn#prod#1", "churn#prod#1 is no assignment of prod here"),
    ],
)
def test_a_right_hold_is_no_violation(fort: Fortress, named: str, why: str) -> None:
    """Who says so falsely would take the way back to it away."""
    tag, said = "churn#prod!#3", f"Unassign\n\nViolation: {named}\n"
    fort.box.tag(tag, commit=f"churn@{V8}^{{commit}}", message=said)

    for each in (fort.push(tag), fort.judge(tag), fort.judge(tag, arriving=True)):
        assert f"{why}: leave the trailer Violation out" in each.replace(" (", ": ")


def test_what_broke_the_rules_is_reverted_through_the_hook(fort: Fortress) -> None:
    """What `check-ref --enforce` writes says so rightly, as anybody may."""
    bad = put(fort.box, V9)
    fort.unguarded(f"refs/tags/{bad}")
    code, said = fort.run("check-ref", bad, "--enforce")

    assert code == 1
    assert "recorded: Put prod of churn back to v8.0.0" in said
    assert not fort.judge("churn#prod!#4")
    assert fort.check("churn#prod!#4") == ""


def test_an_incumbent_that_is_deleted_here_is_fetched_again(fort: Fortress) -> None:
    """And the server neither deletes nor moves it."""
    fort.box.delete("churn#prod#2")

    assert BEATS in fort.promote(V9)
    forced = push(fort.box, f"+{fort.box.id(f'churn@{V9}')}:refs/tags/churn#prod#2")
    assert "nothing is moved" in forced
    assert "nothing is deleted" in push(fort.box, ":refs/tags/churn#prod#2")
    assert "nothing is deleted" in push(fort.box, f":refs/tags/churn@{V8}")


def test_a_version_is_not_moved_to_another_commit(fort: Fortress) -> None:
    """Neither by force, nor by a second registration with a counter."""
    fort.box.git("tag", "-f", "-a", "-m", "better", f"churn@{V9}", f"churn@{V8}^{{}}")
    fort.box.tag(f"churn@{V9}#7", commit=f"churn@{V8}^{{commit}}")

    assert "nothing is moved" in push(fort.box, f"+refs/tags/churn@{V9}")
    assert "is another tag here than on origin" in fort.promote(V9)
    fort.box.git("fetch", "--quiet", "--force", "origin", "refs/tags/*:refs/tags/*")
    assert "version is at no other commit" in fort.judge(f"churn@{V9}#7")
    assert "version is at no other commit" in fort.push(f"churn@{V9}#7")


def test_what_was_reverted_comes_back_by_no_door(fort: Fortress) -> None:
    """Neither by `lineal rollback`, nor by a plain tag that says `Rollback`."""
    bad = put(fort.box, V9)
    fort.unguarded(f"refs/tags/{bad}")
    code, said = fort.run("check-ref", bad, "--enforce")
    assert code == 1, said
    back = ("rollback", "churn", "--stage", "prod", "-m", "back", "--to", V9)

    code, told = fort.run(*back)
    tag = f"churn#prod#{int(bad.rpartition('#')[2]) + 9}"
    forged = f"Roll back\n\nVersion: {V9}\nRollback: {V8}\n"
    fort.box.tag(tag, commit=f"churn@{V9}^{{commit}}", message=forged)

    assert code != 0
    assert V9 in told
    assert BEATS in fort.check(tag)
    assert BEATS in fort.push(tag)
    fort.box.delete(tag)
    assert BEATS in fort.promote(V9)


@pytest.mark.parametrize(
    ("tag", "at", "rule"),
    [
        ("churn#prod#1", None, "serial is the next"),
        ("churn#prod#02", None, "name is plain"),
        ("churn#staging#2", None, "serial is the next"),
        ("churn#prod", 1_600_000_000, "later than what is there"),
        ("churn#prod!", 1_600_000_000, "later than what is there"),
    ],
)
def test_nothing_is_put_before_what_is_there(
    fort: Fortress, tag: str, at: int | None, rule: str
) -> None:
    """A used or lower number, or an old date in a tag that has none, is refused."""
    fort.box.tag(tag, commit=f"churn@{V8}^{{commit}}", at=at)

    assert rule in fort.push(tag)
    assert "churn#prod#1" not in tags(fort.box)


def test_a_high_number_or_a_late_date_passes_no_gate(fort: Fortress) -> None:
    """The latest word is judged like any other."""
    high, late = f"churn#prod#{'9' * 18}", "churn#prod"
    fort.box.tag(late, commit=f"churn@{V9}^{{commit}}", at=4_000_000_000)
    by_date = (fort.judge(late), fort.push(late))
    fort.box.delete(late)
    fort.box.tag(high, commit=f"churn@{V9}^{{commit}}")

    assert all(BEATS in each for each in (*by_date, fort.judge(high), fort.push(high)))

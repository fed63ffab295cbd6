"""Tests of what git tells a pre-push hook."""

from lineal.actions.checking.pushes import Update, ours, read

NONE = "0" * 40
ONE, TWO = "1" * 40, "2" * 40


def test_git_tells_a_line_a_ref() -> None:
    """What is there, and what is to be; the local name may have blanks."""
    lines = (
        f"refs/tags/churn#prod#1 {ONE} refs/tags/churn#prod#1 {NONE}\n"
        f"(delete) {NONE} refs/tags/churn@v1.0.0 {TWO}\n"
        f"HEAD^{{/fix it}} {ONE} refs/heads/main {TWO}\n"
    )
    new, gone, branch = read(lines)

    assert (new, new.creates, new.deletes) == (
        Update("refs/tags/churn#prod#1", NONE, ONE),
        True,
        False,
    )
    assert (gone.tag, gone.deletes) == ("churn@v1.0.0", True)
    assert (branch.ref, branch.tag) == ("refs/heads/main", "")


def test_only_tags_of_the_registry_that_change_concern_it() -> None:
    """Not branches that are called so, other tags, or what is there already."""
    mine = Update("refs/tags/churn#prod#1", NONE, ONE)
    others = (
        Update("refs/heads/churn#prod#1", NONE, ONE),
        Update("refs/tags/v1.0.0", NONE, ONE),
        Update("refs/tags/churn@v1.0.0", ONE, ONE),
    )

    assert ours((mine, *others)) == (mine,)

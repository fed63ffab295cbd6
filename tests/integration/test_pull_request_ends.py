"""Between which commits a report is, and what it says where there are none."""

from pathlib import Path

import pytest

from helpers.proposed import Project, proposed, started
from helpers.sandbox import Sandbox
from lineal.bootstrap.pull_request import (
    NoMergeBaseError,
    NoWorkingTreeError,
    UnknownBaseError,
    gather,
)
from lineal.doors.tree import NoCommitYetError
from lineal.registry.store import ShallowCloneError
from lineal.reporting.pull_request_markdown import as_markdown


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Change a model on a branch, while main moves on."""
    made = started(tmp_path_factory.mktemp("ends") / "r", Project({"m": 9}))
    proposed(made, Project({"m": 9}).but("m", 7))
    made.git("switch", "--quiet", "main")
    made.commit("meanwhile", {"README.md": "new\n"})
    made.git("switch", "--quiet", "change")
    return made


def test_is_against_the_merge_base(box: Sandbox) -> None:
    """What main did meanwhile is not of the pull request."""
    found = gather(box.root, "main")

    assert (found.base, found.head) == (box.id("main~1"), box.id("change"))


def test_knows_the_merge_that_ci_checks_out(box: Sandbox) -> None:
    """GitHub merges both for the test; the comment names what was proposed."""
    tree = box.git("merge-tree", "--write-tree", "main", "change")
    parents = ("-p", "main", "-p", "change")
    when = box.now()
    merge = box.git("commit-tree", tree, *parents, "-m", "Merge", at=when)
    found = gather(box.root, "main", merge)

    assert (found.base, found.proposed) == (box.id("main"), box.id("change"))
    assert f"Commit `{box.id('change')[:7]}`, merged with `main`" in as_markdown(found)


def test_an_unknown_base_is_to_be_fetched(box: Sandbox) -> None:
    """A checkout without the base says how to get it."""
    with pytest.raises(UnknownBaseError, match=r"fetch it first.*fetch-depth: 0"):
        gather(box.root, "develop")


def test_a_shallow_clone_says_how_to_deepen_it(box: Sandbox, tmp_path: Path) -> None:
    """Without history nobody knows what a pull request changes."""
    clone = box.clone(tmp_path / "clone", "--depth=1")

    with pytest.raises(ShallowCloneError, match="fetch-depth: 0"):
        gather(clone.root, "main")


def test_histories_without_a_common_commit_are_refused(box: Sandbox) -> None:
    """There is nothing that both part from."""
    tree = box.git("rev-parse", "main^{tree}")
    alone = box.git("commit-tree", tree, "-m", "alone", at=box.now())

    with pytest.raises(NoMergeBaseError, match="no commit in common"):
        gather(box.root, alone)


def test_the_working_tree_is_for_compare(box: Sandbox) -> None:
    """A report is about a commit; the way out is named."""
    with pytest.raises(NoWorkingTreeError, match="lineal compare"):
        gather(box.root, "main", ".")


def test_what_is_not_committed_is_left_out_aloud(box: Sandbox, tmp_path: Path) -> None:
    """A note says so; the report itself stays the same."""
    clone = box.clone(tmp_path / "clone")
    words = ("report", "pr", "--base", "main")
    before = clone.lineal(*words)
    (clone.root / "dvc.yaml").write_text("stages: {}\n", encoding="utf-8")
    after = clone.lineal(*words)

    assert (before.stdout, before.stderr) == (after.stdout, "")
    assert "what is not committed is not in the report" in after.stderr


def test_an_unborn_branch_has_no_report(tmp_path: Path) -> None:
    """Before the first commit there is nothing to report on."""
    empty = Sandbox.create(tmp_path / "empty")

    with pytest.raises(NoCommitYetError):
        gather(empty.root, "main")


def test_a_repository_without_models_gets_a_report(tmp_path: Path) -> None:
    """It says so, and ends well."""
    plain = Sandbox.create(tmp_path / "plain")
    plain.commit("one", {"a.txt": "a"})
    plain.commit("two", {"a.txt": "b"})
    found = gather(plain.root, "HEAD~1")

    assert "## No models are declared here" in as_markdown(found)
    assert not found.refused


def test_models_of_folders_are_found(tmp_path: Path) -> None:
    """In a monorepo each folder may declare its own; faults are named."""
    mono = Sandbox.create(tmp_path / "mono")
    said = "m:\n  type: model\n  path: m.bin\n"
    mono.commit("one", {"a/artifacts.yaml": said, "a/m.bin": "1"})
    mono.commit("two", {"a/m.bin": "2", "b/artifacts.yaml": "m: [", "b/dvc.yaml": "{}"})
    found = gather(mono.root, "HEAD~1")

    assert [(each.name, each.verdict) for each in found.models] == [("a:m", "unclear")]
    assert "b/artifacts.yaml cannot be read" in as_markdown(found)


def test_hostile_paths_are_paths(tmp_path: Path) -> None:
    """A declared path may have any sign in it, and be nowhere."""
    box = Sandbox.create(tmp_path / "hostile")
    said = 'm: {path: "a\\u2028b"}\nn: {path: "-d\\r|`x`"}\n'
    box.commit("one", {"artifacts.yaml": said, "a\u2028b": "1"})
    box.commit("two", {"a\u2028b": "2"})
    found = gather(box.root, "HEAD~1")

    verdicts = {each.name: each.verdict for each in found.models}
    assert verdicts == {"m": "unclear", "n": "unchanged"}

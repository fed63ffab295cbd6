"""Tests of merging dvc.lock by real git, on what real `dvc repro` wrote."""

from pathlib import Path

import pytest
import yaml

from helpers import diverging
from helpers.diverging import FOLDER, FOREST, LOCK, RIDGE
from helpers.sandbox import Sandbox


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Return a repository whose branches ran different stages.

    `ridge` and `other` ran train@ridge-s, `förest` train@förest-s, and `raw` all.
    """
    box = diverging.create(tmp_path_factory.mktemp("made") / "a b")
    box.lineal("hooks", "install")
    diverging.branch(box, "ridge", {"in ridge.txt": "2\n"})
    diverging.branch(box, "förest", {"in förest.txt": "2\n"})
    diverging.branch(box, "other", {"in ridge.txt": "1\n3\n"})
    diverging.branch(box, "raw", {"raw.txt": "more\n"})
    return box


@pytest.fixture
def box(made: Sandbox, tmp_path: Path) -> Sandbox:
    """Return a copy of it."""
    return diverging.copy(made, tmp_path / "a copy")


def stages(box: Sandbox, name: str | None = None) -> dict[str, object]:
    """Return the records of a branch's lock, or the working tree's."""
    text = box.git("show", f"{name}:{LOCK}") if name else (box.root / LOCK).read_text()
    return dict(yaml.safe_load(text)["stages"])


def start(box: Sandbox, name: str) -> None:
    """Check out a branch."""
    box.git("checkout", "--quiet", name)


@pytest.mark.parametrize(
    ("begin", "words"),
    [
        ("ridge", ("merge", "--no-edit", "förest")),
        ("förest", ("rebase", "ridge")),
        ("ridge", ("cherry-pick", "förest")),
    ],
)
def test_stages_that_different_branches_ran_are_merged(
    box: Sandbox, begin: str, words: tuple[str, ...]
) -> None:
    """By merge, rebase and cherry-pick alike; matrix stages are stages."""
    start(box, begin)
    box.git(*words)
    found = stages(box)

    assert found[RIDGE] == stages(box, "ridge")[RIDGE]
    assert found[FOREST] == stages(box, "förest")[FOREST] != stages(box, "main")[FOREST]
    assert box.git("status", "--porcelain") == ""


def test_dvc_has_nothing_to_do_after_a_merge(box: Sandbox) -> None:
    """The cache has the bytes of both branches."""
    start(box, "ridge")
    box.git("merge", "--quiet", "--no-edit", "förest")
    env = {"LC_ALL": "C.UTF-8"}
    box.run("dvc", "checkout", "--quiet", env=env)
    said = box.run("dvc", "status", env=env).stdout

    assert said == "Data and pipelines are up to date.\n"


@pytest.mark.measured
def test_a_stage_that_both_ran_is_a_conflict_that_dvc_repro_settles(
    box: Sandbox,
) -> None:
    """It is named; the file is one that DVC reads, so it works right away."""
    start(box, "ridge")
    done = box.run("git", "merge", "other", ok=False)
    told = done.stdout + done.stderr
    kept = stages(box)[RIDGE]

    assert done.returncode == 1
    assert f"{LOCK}: stage {RIDGE} was changed on both sides" in told
    assert f"`(cd '{FOLDER}' && dvc repro {RIDGE})`, and `git add '{LOCK}'`" in told
    assert kept == stages(box, "ridge")[RIDGE]
    assert f'UU "{LOCK}"' in box.git("-c", "core.quotePath=0", "status", "--short")
    diverging.write(box, {"in ridge.txt": "5\n"})
    diverging.repro(box, RIDGE)
    assert stages(box)[RIDGE] != kept
    box.git("add", "--all")
    box.git("commit", "--quiet", "--no-edit")
    assert stages(box)[FOREST] == stages(box, "main")[FOREST]


def test_branches_that_were_merged_into_each_other_keep_their_conflict(
    box: Sandbox,
) -> None:
    """Each took its own record then; git merges their two common ancestors first."""
    for mine, other in (("ridge", "other"), ("other", "ridge~")):
        start(box, mine)
        box.run("git", "merge", "--quiet", other, ok=False)
        box.git("checkout", "--quiet", "HEAD", "--", ".")
        box.git("commit", "--quiet", "--no-edit")
    done = box.run("git", "merge", "ridge", ok=False)
    bases = box.git("merge-base", "--all", "ridge", "other").split()

    assert (done.returncode, len(bases)) == (1, 2)
    assert (done.stdout + done.stderr).count(f"stage {RIDGE} was changed on both") == 1
    assert stages(box)[RIDGE] == stages(box, "other")[RIDGE]


@pytest.mark.measured
def test_what_reads_what_the_other_side_made_is_due(box: Sandbox) -> None:
    """That is no conflict, and is said."""
    box.git("checkout", "--quiet", "-b", "clean", "main")
    diverging.write(box, {"raw.txt": "more\n"})
    diverging.repro(box, "clean")
    diverging.save(box, "clean")
    done = box.run("git", "merge", "--no-edit", "förest")
    said = done.stdout + done.stderr

    assert f"`(cd '{FOLDER}' && dvc repro '{FOREST}')` is due" in said
    assert "changed on both sides" not in said


@pytest.mark.measured
def test_what_is_no_lock_is_merged_as_git_does(box: Sandbox) -> None:
    """With markers around what both changed, so that nothing is lost."""
    for name, text in (("one", "a\n"), ("two", "b\n")):
        box.git("checkout", "--quiet", "-B", name, "main")
        box.commit(name, {LOCK: f"{text}stages: [\n"})
    done = box.run("git", "merge", "one", ok=False)

    assert done.returncode == 1
    assert "<<<<<<< ours\nb\n" in (box.root / LOCK).read_text("utf-8")
    assert "was merged line by line" in done.stdout + done.stderr


def test_without_any_lineal_git_merges_by_itself(box: Sandbox) -> None:
    """A clone outlives the environment that it was set up with."""
    command = box.git("config", "merge.lineal-dvc-lock.driver")
    python = command.split("; ")[0].removeprefix("python=")
    box.git("config", "merge.lineal-dvc-lock.driver", command.replace(python, "/no"))
    start(box, "ridge")
    done = box.run("git", "merge", "other", ok=False, env={"PATH": "/usr/bin:/bin"})

    assert done.returncode == 1
    assert "<<<<<<< ours" in (box.root / LOCK).read_text("utf-8")


def test_installing_twice_and_uninstalling_leave_other_settings_alone(
    box: Sandbox,
) -> None:
    """And doctor says what is missing."""
    place = box.root / ".git" / "info" / "attributes"
    ours = place.read_text("utf-8")
    place.write_text(f"*.csv text\n{ours}*.png binary", "utf-8")
    again = box.lineal("hooks", "install").stderr

    assert (again, ours) == ("", "dvc.lock merge=lineal-dvc-lock\n")
    assert place.read_text("utf-8") == f"*.csv text\n{ours}*.png binary"
    assert "[merging]" not in box.lineal("doctor", ok=False).stdout
    box.lineal("hooks", "uninstall")
    assert place.read_text("utf-8") == "*.csv text\n*.png binary\n"
    assert box.git("config", "--get-regexp", "^merge", ok=False) == ""
    assert "[merging]" in box.lineal("doctor", ok=False).stdout
    assert box.lineal("hooks", "uninstall", ok=False).returncode == 1

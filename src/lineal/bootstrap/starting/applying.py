"""Carrying out a plan: everything is made beside, then moved; a failure undoes it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from lineal.bootstrap.starting.merging import Paper
from lineal.bootstrap.starting.planning import Plan
from lineal.doors.dvc.access import DiskError
from lineal.doors.dvc.beginning import begin
from lineal.doors.endings import orderly, scratch
from lineal.doors.git import Git
from lineal.errors import ConflictError, RefusedError

Undo = list[Callable[[], object]]
_IGNORE: Final = ".gitignore"


class ConflictsError(RefusedError):
    """Files of somebody's would be replaced."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        are, them = ("is", "it") if len(paths) == 1 else ("are", "them")
        second = "; docs/data.md of lineal tells how to add a second model"
        super().__init__(
            f"{', '.join(paths)} {are} there already, so nothing was written: move {them} "
            f"away, or replace {them} with --force"
            + (second if "params.yaml" in paths else "")
        )


class OvertakenError(ConflictError):
    """Somebody else set the folder up since it was looked at."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was made meanwhile, perhaps by another `lineal init`, so nothing was "
            "written: look at the folder, and try again"
        )


def apply(plan: Plan, *, force: bool = False) -> None:
    """Make the repository, or leave everything as it was.

    Args:
        plan: What to do.
        force: Replace what somebody wrote.

    Raises:
        ConflictsError: There is something, and it is not to be replaced.
        OvertakenError: Somebody else was faster.
        DiskError: The folder cannot be written.
        ChildFailedError: DVC failed.
    """
    if plan.conflicts and not force:
        raise ConflictsError(plan.conflicts)
    try:
        # Beside, so that a rename brings things to their place.
        with orderly(), scratch(plan.root, ".lineal-") as folder:
            stage, old = folder / "new", folder / "old"
            stage.mkdir()
            old.mkdir()
            _prepare(plan, stage)
            with _undone() as undo:
                _move(plan, stage, old, undo)
                if plan.has_dvc and not plan.is_kept:
                    _add(plan, undo)
    except OSError as error:
        raise DiskError(plan.root, error) from error


def _prepare(plan: Plan, stage: Path) -> None:
    """Make everything that is new in a folder of its own."""
    for paper in plan.papers:
        _write(stage / paper.path, paper)
    if plan.has_dvc:
        if not _is_inside(plan):
            _copy(plan.source, stage / plan.data)
        return
    # DVC wants a Git repository; where there is one, this one is thrown away.
    Git(stage).run("init", "--quiet", "--initial-branch=main")
    beside = (plan.root / plan.data).parent / _IGNORE
    ours = stage / beside.relative_to(plan.root)
    if beside.is_file() and not ours.exists():
        _copy(beside, ours)
    _copy(plan.source, stage / plan.data)
    begin(stage, plan.data)
    (stage / ".git/index").unlink(missing_ok=True)  # what to commit is the user's
    if plan.has_git:
        shutil.rmtree(stage / ".git")
    if _is_inside(plan):
        (stage / plan.data).unlink()


def _write(path: Path, paper: Paper) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(paper.after.encode("utf-8", "surrogateescape"))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _is_inside(plan: Plan) -> bool:
    """Tell whether the data lies in its place already."""
    return (plan.root / plan.data).exists()


@contextmanager
def _undone() -> Iterator[Undo]:
    """Undo what was done, the last first, if the block fails."""
    undo: Undo = []
    try:
        yield undo
    except BaseException:
        for step in reversed(undo):
            step()
        raise


def _move(plan: Plan, stage: Path, old: Path, undo: Undo) -> None:
    """Bring everything to its place; whole folders of Git and DVC at once."""
    for name in (".git", ".dvc"):
        if (stage / name).is_dir():
            if os.path.lexists(plan.root / name):
                raise OvertakenError(plan.root / name)
            _rename(stage / name, plan.root / name, undo)
    for number, made in enumerate(sorted(stage.rglob("*"))):
        if made.is_dir():
            continue
        target = plan.root / made.relative_to(stage)
        _make_folder(target.parent, undo)
        if target.is_file():
            if target.read_bytes() == made.read_bytes():
                continue
            _rename(target, old / str(number), undo)
        _rename(made, target, undo)


def _rename(source: Path, target: Path, undo: Undo) -> None:
    undo.append(lambda: target.rename(source) if not source.exists() else None)
    source.rename(target)


def _make_folder(folder: Path, undo: Undo) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent, undo)
        undo.append(lambda: folder.rmdir() if folder.is_dir() else None)
        folder.mkdir()


def _add(plan: Plan, undo: Undo) -> None:
    """Let the DVC that is there keep the data."""
    ignore = (plan.root / plan.data).parent / _IGNORE
    before = ignore.read_bytes() if ignore.is_file() else None

    def restore() -> None:
        (plan.root / f"{plan.data}.dvc").unlink(missing_ok=True)
        if before is None:
            ignore.unlink(missing_ok=True)
        else:
            ignore.write_bytes(before)

    undo.append(restore)
    begin(plan.root, plan.data)

"""The merge of dvc.lock, stage by stage, that git asks for."""

import shlex
import sys
from collections.abc import Container
from pathlib import Path

from lineal.doors import mergedriver
from lineal.doors.git import Git
from lineal.errors import OutsideError

RUN, INNER = "merge-lock", "--ancestors"
PATTERN = "dvc.lock"  # in every folder
_NAME = "lineal-dvc-lock"
_TITLE = "dvc.lock, stage by stage (lineal)"
# Where no Python has lineal any more, git merges as it would without us.
_COMMAND = """\
python=%s; if [ -x "$python" ] && "$python" -P -c 'import lineal.cli.main' \
2>/dev/null; then "$python" -P -m lineal.cli.main hooks run %s -- %%O %%A %%B %%P; \
elif command -v lineal >/dev/null 2>&1; then lineal hooks run %s -- %%O %%A %%B %%P; \
else git merge-file -L ours -L base -L theirs %%A %%O %%B; fi"""

Files = tuple[Path, Path, Path]


class UnreadableSideError(OutsideError):
    """What git wants merged cannot be read or written."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"cannot merge {path}: {error.strerror or error}")


def install(git: Git) -> bool:
    """Let git merge dvc.lock by us; tell whether that is new.

    Raises:
        OutsideError: The clone's configuration cannot be written.
    """
    # Git reads `%%` as a plain one.
    python = shlex.quote(sys.executable).replace("%", "%%")
    inner = f"{RUN} {INNER}"
    commands = _COMMAND % (python, RUN, RUN), _COMMAND % (python, inner, inner)
    return mergedriver.install(git, _NAME, _TITLE, commands, PATTERN)


def uninstall(git: Git) -> bool:
    """Let git merge dvc.lock as any text again; tell whether we did.

    Raises:
        OutsideError: The clone's configuration cannot be written.
    """
    return mergedriver.uninstall(git, _NAME, PATTERN)


def is_installed(git: Git) -> bool:
    """Tell whether git lets us merge dvc.lock."""
    return mergedriver.is_installed(git, _NAME, PATTERN)


def merge(git: Git, files: Files, path: str, *, inner: bool = False) -> list[str]:
    """Merge, as git asks its drivers to: into the file that has our side.

    Args:
        git: The clone.
        files: The files that have what both sides began with, our side, which gets the
            result, and their side.
        path: What is merged, from the top of the working tree.
        inner: Whether git only makes one of several common ancestors, of which nobody
            is told.

    Returns:
        What stands in the way, and is for people to settle; then what else they should
        know, each line of which begins with `note:`.

    Raises:
        OutsideError: The files cannot be read or written.
    """
    from lineal.lineage import merging  # noqa: PLC0415 - the hooks of pushes need no YAML

    base, ours, theirs = files
    try:
        texts = [each.read_bytes().decode("utf-8") for each in files]
        done = merging.merge(*texts, inner=inner)
        ours.write_bytes(done.text.encode("utf-8"))
    except (UnicodeDecodeError, merging.UnmergeableError) as error:
        said = _by_lines(git, (ours, base, theirs), path, error)
        return [] if inner else said
    except OSError as error:
        raise UnreadableSideError(ours, error) from error
    return [
        *(_conflict(path, each, done.deleted) for each in done.conflicts),
        *(_due(path, name) for name in done.due),
    ]


def _by_lines(git: Git, files: Files, path: str, error: Exception) -> list[str]:
    why = "it is no UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
    conflicts = mergedriver.merge_file(git, *files)
    said = f"{path} was merged line by line, as any text, because {why}"
    return [said] if conflicts else [f"note: {said}"]


def _conflict(path: str, stage: str, deleted: Container[str]) -> str:
    what, when = "on both sides; the file has the record of ours", ""
    if stage in deleted:
        what = "on one side and deleted on the other; the file has its record"
        when = "if dvc.yaml has it still, "
    return (
        f"{path}: stage {stage} was changed {what}: settle what else is in conflict, "
        f"then {when}`{_repro(path, stage)}`, and `git add {shlex.quote(path)}`"
    )


def _due(path: str, stage: str) -> str:
    return (
        f"note: {path}: stage {stage} comes from one side and reads what the other "
        f"made anew: `{_repro(path, stage)}` is due"
    )


def _repro(path: str, stage: str) -> str:
    """Return what runs a stage, from the top; its DVC repository may begin below."""
    folder = path.removesuffix(PATTERN).rstrip("/")
    command = f"dvc repro {shlex.quote(stage)}"
    return f"(cd {shlex.quote(folder)} && {command})" if folder else command

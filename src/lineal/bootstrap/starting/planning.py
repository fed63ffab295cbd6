"""What `lineal init` would do with a folder, before it does anything."""

import filecmp
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml

from lineal import __version__
from lineal.bootstrap import ci, inspecting
from lineal.bootstrap.starting.asked import Asked, UnfitError, check
from lineal.bootstrap.starting.forecasts import forecast
from lineal.bootstrap.starting.merging import ADDED, Paper, paper
from lineal.bootstrap.starting.papers import Papers
from lineal.bootstrap.starting.tables import table
from lineal.bootstrap.starting.yamltext import Noted
from lineal.bootstrap.templates import workflows
from lineal.doors import installed, tree
from lineal.doors.git import Git, NotARepositoryError
from lineal.doors.location import locate
from lineal.errors import RefusedError
from lineal.modeling.inspection.result import Inspection
from lineal.modeling.parsing import TAKEN, parse
from lineal.modeling.sections import Csv

FOLDER: Final = "data/raw"
_SETUP: Final = ("python -m pip install -r requirements.txt",)


class NotTopError(RefusedError):
    """The folder is inside of a repository, not its top."""

    def __init__(self, folder: Path, top: Path) -> None:
        super().__init__(
            f"{folder} is inside of the Git repository {top}: run this at its top, or in "
            "a folder outside of it"
        )


class InGitError(RefusedError):
    """Git keeps the data already."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"Git keeps {path}, and DVC cannot keep it too: `git rm --cached '{path}'` "
            "takes it out of Git and leaves the file"
        )


class DataExistsError(RefusedError):
    """Another file is where the data would be copied to."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} exists already and is another file: move it away, or put the data "
            "there yourself and name it with --data"
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that would be done.

    Attributes:
        root: The top of the repository to be.
        found: The data as it is.
        model: Name of the model.
        part: Its part of params.yaml.
        source: The file of the data.
        data: Its path from the top.
        papers: The files.
        has_git: Whether there is a Git repository.
        has_dvc: Whether DVC is set up.
        notes: What the user should know.
    """

    root: Path
    found: Inspection
    model: str
    part: Mapping[str, Any]
    source: Path
    data: str
    papers: tuple[Paper, ...]
    has_git: bool
    has_dvc: bool
    notes: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[Paper, ...]:
        """The files that change."""
        return tuple(each for each in self.papers if not each.same)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Files of somebody's that would be replaced."""
        return tuple(
            each.path
            for each in self.written
            if each.before is not None and each.path not in ADDED
        )

    @property
    def is_kept(self) -> bool:
        """Whether DVC keeps the data already."""
        return (self.root / f"{self.data}.dvc").is_file()


def look(asked: Asked, said: Callable[[str], None] = lambda _: None) -> Inspection:
    """Inspect the data, as it was asked for.

    Raises:
        LinealError: It cannot be read, a column is not there, or options disagree.
    """
    asked.agree()
    return inspecting.inspect(
        asked.data,
        target=asked.target,
        time=asked.time,
        segments=asked.segments,
        task=asked.question,
        frequency=asked.frequency,
        aggregate=asked.aggregate,
        csv=asked.csv,
        said=said,
    )


def written(asked: Asked, said: Mapping[str, str]) -> Csv:
    """Return how a file is written, where some of it was said.

    Raises:
        LinealError: It cannot be read.
    """
    return msgspec.structs.replace(look(asked).csv, **said)


def plan(folder: Path, asked: Asked, found: Inspection) -> Plan:
    """Work out what would be done; nothing is changed.

    Args:
        folder: The top of a repository, or any folder outside of one.
        asked: What was said.
        found: The data as it is.

    Raises:
        LinealError: The table, the folder or a name do not allow it.
    """
    check(found, asked)
    root = folder.resolve()
    has_git = _is_top(root)
    source = asked.data.parent.resolve() / asked.data.name  # a link keeps its place
    data = _place(root, source, has_git=has_git)
    make = forecast if found.task == "forecast" else table
    papers = Papers(asked.name, make(found, asked, data), data, __version__)
    texts = papers.texts()
    parse(yaml.safe_load(texts["params.yaml"]))
    choices = replace(ci.choose(root, ci.Wanted()), setup=_SETUP)
    texts |= {str(path): text for path, text in workflows(choices).items()}
    return Plan(
        root=root,
        found=found,
        model=asked.name,
        part=papers.plain,
        source=source,
        data=data,
        papers=tuple(paper(root, *each, papers.pin) for each in texts.items()),
        has_git=has_git,
        has_dvc=(root / ".dvc").is_dir(),
        notes=tuple(_notes(papers)),
    )


def _notes(papers: Papers) -> Iterator[str]:
    if papers.plain["task"] == "forecast":
        if isinstance(folds := papers.part["split"].value["folds"], Noted):
            yield (
                f"split.folds: {folds.note}; a longer history or a smaller --horizon helps"
            )
        for name in sorted(TAKEN & {*papers.plain["data"]["exclude"]}):
            yield (
                f"{name!r} is what lineal calls a column of its own, so nothing is made "
                "of yours: give it another name to use it"
            )
    if not installed.is_released():
        yield _unreleased(papers.pin)


def _is_top(root: Path) -> bool:
    try:
        top = tree.top(locate(root).git)
    except NotARepositoryError:
        return False
    if top is None:
        raise ci.BareError(root)
    if top.resolve() != root:
        raise NotTopError(root, top)
    return True


def _place(root: Path, source: Path, *, has_git: bool) -> str:
    """Return where the data lies in the repository: where it is, if that is inside."""
    inside = source.is_relative_to(root)
    path = source.relative_to(root).as_posix() if inside else f"{FOLDER}/{source.name}"
    if not inside and os.path.lexists(root / path) and not _same(source, root / path):
        raise DataExistsError(root / path)
    if "${" in path:
        msg = f"DVC cannot read the path {path!r}: rename what has '${{'"
        raise UnfitError(msg)
    if has_git and not _is_free(root, path):
        raise InGitError(path)
    return path


def _same(source: Path, there: Path) -> bool:
    """Tell whether a file is the data already, as after an earlier run."""
    try:
        return filecmp.cmp(source, there, shallow=False)
    except OSError:
        return False


def _is_free(root: Path, path: str) -> bool:
    listed = Git(root).attempt("ls-files", "--error-unmatch", "--", path)
    return listed.returncode != 0


def _unreleased(pin: str) -> str:
    return (
        f"this lineal was installed from a folder or a file, so pip may not find {pin} "
        "of requirements.txt in an index: build and upload it, or write there where it is"
    )

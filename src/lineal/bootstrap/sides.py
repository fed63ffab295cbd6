"""Gather what is compared: card, errors, pedigree and measurements of one side."""

import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lineal.actions import measured
from lineal.actions.judging.committed import Committed
from lineal.bootstrap import freshness, pedigrees
from lineal.bootstrap.beside import Beside
from lineal.bootstrap.pedigrees import Library
from lineal.doors import tree
from lineal.doors.dvc.names import Files, UnreadableFileError
from lineal.doors.git import Git
from lineal.errors import BadInputError
from lineal.lineage.comparison import Side
from lineal.lineage.pedigree import Pedigree
from lineal.policy.case import Unknown
from lineal.registry.events import Registered
from lineal.registry.reader import Reader

if TYPE_CHECKING:
    from lineal.modeling.errors_by_day import Errors


@dataclass(frozen=True, slots=True)
class Named:
    """What is to be compared.

    Attributes:
        label: What to call it.
        model: Its model.
        commit: Its commit; None: the working tree.
        version: Its version, None where it has none.
        stage: The stage that it was asked for by.
        given: The event that gave the version its name.
        notes: What whoever reads about it should know.
    """

    label: str
    model: str
    commit: str | None
    version: str | None = None
    stage: str | None = None
    given: Registered | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Here(Committed):
    """A model's files in the working tree.

    Attributes:
        root: Its top.
    """

    root: Path = Path()

    @cached_property
    def _files(self) -> Files:
        return tree.working(self.root)


def gather(reader: Reader, named: tuple[Named, Named]) -> tuple[Side, Side]:
    """Gather both sides; Git is asked for both pedigrees at once.

    Raises:
        OutsideError: Git failed.
    """
    commits = [each.commit for each in named if each.commit]
    library = Library.open(reader.store.place.git, commits)
    before, after = (_side(reader, each, library) for each in named)
    return before, after


def working(git: Git) -> Files:
    """Return the files of the working tree, listed: those that Git does not ignore.

    Raises:
        NoWorkingTreeError: The repository is bare.
    """
    top = tree.top(git)
    if top is None:
        raise NoWorkingTreeError

    def names() -> list[str]:
        words = ("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        return os.fsdecode(Git(top).run(*words)).split("\0")[:-1]

    return Files(tree.working(top).read, names)


class NoWorkingTreeError(BadInputError):
    """There is nothing to compare but what is committed."""

    def __init__(self) -> None:
        super().__init__(
            "there is no working tree here, so `.` means nothing: name a branch, a "
            "commit or a version"
        )


def _side(reader: Reader, named: Named, library: Library) -> Side:
    git = reader.store.place.git
    if named.commit is None:
        here = working(git)
        root = tree.top(git) or Path()
        files: Files = tree.working(root)
        held: Committed = _Here(git, named.model, "", named.label, root)
        made = _made_here(here, named.model)
    else:
        files = tree.files(git, named.commit)
        held = Committed(git, named.model, named.commit, named.label)
        made = _Made(library.pedigree(named.model, named.commit))
    beside = Beside.read(named.model, files)
    errors, lacks = _errors(held, named)
    card = held.card
    faults = (_why(card, named),) if isinstance(card, Unknown) else ()
    return Side(
        label=named.label,
        model=named.model,
        version=named.version,
        stage=named.stage,
        commit=named.commit,
        facts=beside.facts if isinstance(card, Unknown) else card,
        pedigree=made.pedigree,
        errors=errors,
        measured=_measured(reader, named.given) | _size(made.pedigree),
        libraries=beside.libraries,
        features=beside.features,
        rows=beside.rows,
        lacks=lacks,
        notes=(*named.notes, *faults, *made.faults),
        stale=made.stale,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """What made the model of a side.

    Attributes:
        pedigree: By its dvc.lock; None where nobody says where it lies.
        stale: What changed since that was written.
        faults: What could not be read.
    """

    pedigree: Pedigree | None
    stale: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def _made_here(files: Files, model: str) -> _Made:
    """Read dvc.lock of the working tree, and look whether it is still so."""
    try:
        found = pedigrees.of_working_tree(files, model)
        fresh = freshness.check(files)
    except UnreadableFileError as error:
        return _Made(None, stale=(str(error),))
    ours = {stage.name for stage in found.stages} if found else set()
    stale = (each for each in fresh.stale if each.stage in ours)
    reasons = dict.fromkeys(why for each in stale for why in each.reasons)
    bare = (f"{path} has no dvc.lock beside it" for path in fresh.lockless)
    return _Made(found, (*reasons, *fresh.faults), tuple(bare))


def _why(unknown: Unknown, named: Named) -> str:
    """Say what is missing; the working tree is no commit."""
    return unknown.why if named.commit else unknown.why.replace(" at its commit", "")


def _errors(held: Committed, named: Named) -> "tuple[Errors | None, str]":
    """Return errors by day, or why there are none that count."""
    text = held.errors
    if isinstance(text, Unknown):
        return None, _why(text, named)
    from lineal.modeling.errors_by_day import Errors  # noqa: PLC0415 - brings numpy

    try:
        return Errors.parse(text), ""
    except BadInputError as error:
        return None, f"{held.name}: {error}"


def _measured(reader: Reader, given: Registered | None) -> dict[str, float]:
    """Read the measured facts of a registration."""
    if given is None:
        return {}
    found: dict[str, float] = {}
    tag = reader.store.objects([given.stamp.id])[given.stamp.id]
    for name, value in tag.message.trailers:
        with suppress(BadInputError):
            trailer, number = measured.parse(f"{name}={value}")
            found[trailer] = float(number)
    return found


def _size(pedigree: Pedigree | None) -> dict[str, float]:
    made = pedigree.made if pedigree else None
    return {measured.SIZE: float(made.size)} if made and made.size is not None else {}

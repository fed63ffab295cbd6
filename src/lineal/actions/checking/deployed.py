"""What somebody needs to know who deploys an assignment."""

import hashlib
from dataclasses import dataclass
from itertools import takewhile

from lineal.actions.artifact import Artifact
from lineal.actions.checking.checked import Checked
from lineal.doors import objects
from lineal.doors.dvc.names import UnreadableFileError
from lineal.doors.dvc.outputs import InGit
from lineal.doors.dvc.records import Tracked
from lineal.doors.git import Git
from lineal.doors.tree import pointed
from lineal.registry.history import replay
from lineal.registry.reader import Reader


@dataclass(frozen=True, slots=True)
class Deployed:
    """What enters a stage.

    Attributes:
        model: The model.
        version: The version.
        stage: The stage.
        previous: What the stage held before: a version, or the id of a commit that has
            none; None: nothing.
        md5: Of the model's file, or what DVC records of its folder; None: nobody
            records one.
        commit: What the version names.
    """

    model: str
    version: str
    stage: str
    previous: str | None
    md5: str | None
    commit: str


def find(reader: Reader, checked: Checked) -> Deployed | None:
    """Return what an assignment puts where; None for what is none, or may not be.

    Args:
        reader: The registry, which has the tag.
        checked: What came of judging it.
    """
    if checked.kind != "assignment" or not checked.allowed or checked.version is None:
        return None
    events = reader.ordered(checked.model)
    earlier = tuple(takewhile(lambda e: e.event.stamp.tag != checked.tag, events))
    before = replay(checked.model, earlier).stages.get(checked.stage)
    commit = events[len(earlier)].event.stamp.commit
    return Deployed(
        model=checked.model,
        version=str(checked.version),
        stage=checked.stage,
        previous=before.name if before else None,
        md5=_md5(reader.store.place.git, checked.model, commit),
        commit=commit,
    )


def _md5(git: Git, model: str, commit: str) -> str | None:
    try:
        where = Artifact.of(git, model, commit).place
    except UnreadableFileError:
        return None  # what the commit says of its own bytes cannot be read
    if isinstance(where, Tracked):
        return None if where.member else where.md5
    if not isinstance(where, InGit) or where.folder:
        return None
    (found,) = objects.read(git, [f"{commit}:{where.path}"])
    if found is None or pointed(found.content):
        return None
    return hashlib.md5(found.content, usedforsecurity=False).hexdigest()

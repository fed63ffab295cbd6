"""Where a repository's parts lie, in work trees, bare ones and submodules alike."""

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lineal.doors import whereabouts
from lineal.doors.git import Git, GitFailedError, NotARepositoryError
from lineal.errors import OutsideError


class UnsupportedRepositoryError(OutsideError):
    """This git cannot read the repository's format."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f"this git cannot read the repository ({said}): its format needs a newer "
            "git (reftable: 2.45)"
        )


@dataclass(frozen=True, slots=True)
class Location:
    """A repository on this machine.

    Attributes:
        git: The program, at the folder that was asked about.
        common: The folder with refs and objects, shared by all work trees.
        shallow: Whether history was cut off.
        object_format: sha1 or sha256.
        bare: Whether the folder that was asked about is in no working tree.
    """

    git: Git
    common: Path
    shallow: bool
    object_format: str
    bare: bool

    @property
    def own(self) -> Path:
        """The folder for what is ours and can be deleted at any time."""
        return self.common / "lineal"


def locate(path: Path) -> Location:
    """Find the repository that a folder is in.

    Raises:
        NotARepositoryError: It is in none.
        UnsupportedRepositoryError: git is too old for it.
        GitFailedError: git could not tell.
    """
    git = Git(path)
    done = git.attempt(*whereabouts.QUESTION)
    if done.returncode:
        raise _why(path, os.fsdecode(done.stderr))
    common, shallow, form, inside = whereabouts.read(done.stdout)
    return Location(
        git=git,
        common=(path / common).resolve(),
        shallow=shallow == "true",
        object_format=form,
        bare=inside == "false",
    )


def claim(folder: Path) -> Path:
    """Make a folder, as open to others as the one that it is in.

    In a repository that a group shares, all of its members write in ours too.

    Raises:
        OSError: It cannot be made.
    """
    folder.mkdir(exist_ok=True)
    with suppress(PermissionError):  # somebody else made it
        folder.chmod(stat.S_IMODE(folder.parent.stat().st_mode))
    return folder


def _why(path: Path, said: str) -> Exception:
    if "not a git repository" in said:
        return NotARepositoryError(path, "")
    if "unknown repository extension" in said or "repo version" in said:
        return UnsupportedRepositoryError(" ".join(said.split()).strip())
    return GitFailedError(said, "rev-parse")

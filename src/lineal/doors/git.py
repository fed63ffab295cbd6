"""The door to the git program: plumbing in, bytes out, one reason when it fails."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from lineal.errors import BadInputError, OutsideError


class GitFailedError(OutsideError):
    """git could not be run, or gave up."""

    def __init__(self, said: str, command: str) -> None:
        lines = said.strip().splitlines() or ["it gave no reason"]
        reason = lines[0].removeprefix("fatal: ").removeprefix("error: ")
        super().__init__(f"git {command} failed: {reason}")


class NotARepositoryError(BadInputError):
    """The folder is in no Git repository with a working tree."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is in no Git repository with a working tree: go to one, or name "
            "it with --repo"
        )


def scrubbed(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return an environment whose GIT_* variables point to no other repository.

    Git sets some of them for its hooks, where they would win over the folder we ask
    about; and its messages are read here, so they must be in English.
    """
    kept = {k: v for k, v in environment.items() if not k.startswith("GIT_")}
    return {**kept, "LC_ALL": "C"}


@dataclass(frozen=True, slots=True)
class Git:
    """One repository.

    Attributes:
        root: A folder of its working tree; paths are relative to it.
        env: The whole environment that git gets.
    """

    root: Path
    env: Mapping[str, str] = field(default_factory=scrubbed, repr=False)

    @classmethod
    def at(cls, path: Path) -> Self:
        """Find the top of the working tree that a folder is in.

        Raises:
            NotARepositoryError: There is none.
            GitFailedError: git could not tell.
        """
        done = cls(path).attempt("rev-parse", "--show-toplevel")
        if done.returncode == 0:
            return cls(Path(os.fsdecode(done.stdout.removesuffix(b"\n"))))
        said = os.fsdecode(done.stderr)
        if "not a git repository" in said or "must be run in a work tree" in said:
            raise NotARepositoryError(path)
        raise GitFailedError(said, "rev-parse")

    def committed(self, path: Path) -> bytes | None:
        """Return what a file holds at HEAD.

        Args:
            path: Relative to the root, or absolute and inside it.

        Returns:
            Its bytes; None before the first commit, or where HEAD has no such file.

        Raises:
            GitFailedError: The repository is damaged, or git cannot run.
        """
        inside = (self.root / path).relative_to(self.root).as_posix()
        done = self.attempt("cat-file", "blob", f"HEAD:{inside}")
        if done.returncode == 0:
            return done.stdout
        if self.is_unborn() or not self._is_file(inside):
            return None
        raise GitFailedError(os.fsdecode(done.stderr), "cat-file")

    def is_unborn(self) -> bool:
        """Tell whether the branch has no commit yet."""
        head = self.attempt("rev-parse", "--verify", "--quiet", "HEAD")
        if head.returncode == 0:
            return False
        # A damaged HEAD fails both; an unborn branch is a name without a commit.
        self.run("symbolic-ref", "HEAD")
        return True

    def run(self, *words: str) -> bytes:
        """Run git and return what it printed.

        Raises:
            GitFailedError: It gave up.
        """
        done = self.attempt(*words)
        if done.returncode:
            raise GitFailedError(os.fsdecode(done.stderr), words[0])
        return done.stdout

    def attempt(self, *words: str) -> "subprocess.CompletedProcess[bytes]":
        """Run git, whatever comes of it.

        Raises:
            GitFailedError: There is no git to run.
        """
        try:
            return subprocess.run(
                ["git", "--literal-pathspecs", "-C", self.root, *words],
                env=self.env,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except OSError as error:
            reason = f"{error.strerror}; install git and put it on PATH"
            raise GitFailedError(reason, words[0]) from error

    def _is_file(self, inside: str) -> bool:
        """Tell whether HEAD's tree has a file, not a folder or submodule, there."""
        listed = self.run("ls-tree", "-z", "--full-tree", "HEAD", "--", inside)
        return b" blob " in listed.partition(b"\t")[0]

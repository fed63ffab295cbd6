"""The door to the git program: plumbing in, bytes out, one reason when it fails."""

import os
import signal
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from lineal.doors.environment import scrubbed as scrubbed
from lineal.errors import BadInputError, OutsideError

_GRACE = 2.0  # seconds in which git, told to end, takes its lock files away


class GitFailedError(OutsideError):
    """git could not be run, or gave up."""

    def __init__(self, said: str, command: str) -> None:
        lines = said.strip().splitlines() or ["it gave no reason"]
        reason = lines[0].removeprefix("fatal: ").removeprefix("error: ")
        super().__init__(f"git {command} failed: {reason}")


class GitHungError(OutsideError):
    """git did not end in time."""

    def __init__(self, command: str, seconds: float) -> None:
        super().__init__(
            f"git {command} did not answer within {seconds:g} seconds: look after the "
            "network and the remote, or allow more with LINEAL_TIMEOUT (seconds)"
        )


class NotARepositoryError(BadInputError):
    """The folder is in no Git repository, or in one without a working tree."""

    def __init__(self, path: Path, lacks: str = " with a working tree") -> None:
        super().__init__(
            f"{path} is in no Git repository{lacks}: go to one, or name it with --repo"
        )


@dataclass(frozen=True, slots=True)
class Git:
    """One repository.

    Attributes:
        root: A folder of it; paths are relative to it.
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

    def with_env(self, pairs: Iterable[tuple[str, str]]) -> Self:
        """Return the same repository with more in git's environment."""
        return replace(self, env={**self.env, **dict(pairs)})

    def run(
        self, *words: str, stdin: bytes | None = None, seconds: float | None = None
    ) -> bytes:
        """Run git and return what it printed.

        Args:
            words: Its arguments.
            stdin: What it reads.
            seconds: How long it may take; None: as long as it wants.

        Raises:
            GitFailedError: It gave up.
            GitHungError: It took too long.
        """
        done = self.attempt(*words, stdin=stdin, seconds=seconds)
        if done.returncode:
            raise GitFailedError(os.fsdecode(done.stderr), words[0])
        return done.stdout

    def attempt(
        self,
        *words: str,
        stdin: bytes | None = None,
        seconds: float | None = None,
        keep: tuple[int, ...] = (),
    ) -> "subprocess.CompletedProcess[bytes]":
        """Run git, whatever comes of it.

        Args:
            words: Its arguments.
            stdin: What it reads.
            seconds: How long it may take; None: as long as it wants.
            keep: File descriptors that it holds open as long as it runs.

        Raises:
            GitFailedError: There is no git to run.
            GitHungError: It took too long.
        """
        try:
            running = subprocess.Popen(
                ["git", "--literal-pathspecs", "-C", self.root, *words],
                env=self.env,
                stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=keep,
            )
        except OSError as error:
            reason = f"{error.strerror}; install git and put it on PATH"
            raise GitFailedError(reason, words[0]) from error
        with running:
            try:
                return _awaited(running, stdin, seconds)
            except subprocess.TimeoutExpired as error:
                raise GitHungError(words[0], error.timeout) from error

    def _is_file(self, inside: str) -> bool:
        """Tell whether HEAD's tree has a file, not a folder or submodule, there."""
        listed = self.run("ls-tree", "-z", "--full-tree", "HEAD", "--", inside)
        return b" blob " in listed.partition(b"\t")[0]


def _awaited(
    running: "subprocess.Popen[bytes]", stdin: bytes | None, seconds: float | None
) -> "subprocess.CompletedProcess[bytes]":
    """Wait for a program; do not leave it behind, nor its lock files."""
    try:
        out, said = running.communicate(stdin, seconds)
    except BaseException:
        running.terminate()  # SIGKILL would leave git's lock files
        with suppress(subprocess.TimeoutExpired):
            running.wait(_GRACE)
        running.kill()
        raise
    code = running.returncode
    if code < 0 and not said:
        said = f"signal {-code} ended it ({signal.strsignal(-code)})".encode()
    return subprocess.CompletedProcess(running.args, code, out, said)

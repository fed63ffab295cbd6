"""Whose SSH key signed something, as ssh-keygen decides it, many at a time."""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from lineal.doors.signatures import Answer, Signed

_LIMIT = 20.0  # seconds that one answer may take; 5 ms is usual
_LIST = "allowed_signers"
_NAMED = 3  # principals that a reason lists
_MISSING = "ssh-keygen cannot be run: install openssh-client and put it on PATH"
_HUNG = "ssh-keygen did not answer in time: try again"
_OLD = "ssh-keygen cannot check signatures: install OpenSSH 8.9 or newer"
_KILLED = "ssh-keygen was ended by a signal: try again"
_FULL = "ssh-keygen could not be given its files: make room in the temporary folder"
# Blanks, then words up to a blank, of which quotes may hold some.
_PRINCIPALS = re.compile(
    rb'^[ \t\r]*(?:[^ \t\r\n"]*"[^"\n]*"|[^ \t\r\n"]+)', re.MULTILINE
)
_Done = subprocess.CompletedProcess[str]


class _NoAnswerError(Exception):
    """ssh-keygen did not decide."""


@dataclass(frozen=True, slots=True)
class Keygen:
    """ssh-keygen, with the list of whose signatures count.

    Attributes:
        folder: Where its files lie for a while.
        env: The environment that it gets.
        stopped: Set once it is clear that it answers nobody.
        limit: Seconds that one answer may take.
    """

    folder: Path
    env: Mapping[str, str]
    stopped: Event
    limit: float = _LIMIT

    @property
    def allowed(self) -> Path:
        """The allowed_signers file."""
        return self.folder / _LIST

    def judge(self, name: str, signed: Signed) -> Answer:
        """Tell whether a signature is that of its maker, and else why not."""
        if self.stopped.is_set():
            return Answer("broken", _HUNG)
        try:
            file = self.folder / name
            file.write_bytes(signed.signature)
            return self._judge(file, signed)
        except OSError:
            return Answer("broken", _FULL)
        except subprocess.TimeoutExpired:
            self.stopped.set()
            return Answer("broken", _HUNG)
        except _NoAnswerError as error:
            return Answer("broken", str(error))

    def _judge(self, file: Path, signed: Signed) -> Answer:
        who = ("-f", str(self.allowed), "-I", signed.who)
        then = ("-O", f"verify-time={_spelled(signed.time)}")
        done = self._run("verify", file, *who, *then, stdin=signed.payload)
        if done.returncode == 0:
            return Answer()
        if "Unable to open" in done.stderr:
            raise _NoAnswerError(_FULL)
        if "Could not verify" not in done.stdout:
            raise _NoAnswerError(_OLD)
        plain = self._run("check-novalidate", file, stdin=signed.payload)
        if plain.returncode:
            return _bad(plain.stderr)
        listed = ("-f", str(self.allowed), *then)
        found = self._run("find-principals", file, *listed, stdin=b"")
        return _why(signed.who, done.stderr, found)

    def _run(self, what: str, file: Path, *more: str, stdin: bytes) -> _Done:
        """Ask it something about a signature."""
        space = () if what == "find-principals" else ("-n", "git")
        words = ("ssh-keygen", "-Y", what, *more, *space, "-s", str(file))
        try:
            done = subprocess.run(
                words,
                env=self.env,
                input=stdin,
                capture_output=True,
                timeout=self.limit,
                check=False,
            )
        except OSError as error:
            raise _NoAnswerError(_MISSING) from error
        if done.returncode < 0:
            raise _NoAnswerError(_KILLED)
        said = (os.fsdecode(done.stdout), os.fsdecode(done.stderr))
        return _Done(words, done.returncode, *said)


def judge(
    env: Mapping[str, str],
    listed: bytes,
    asked: Mapping[str, Signed],
    said: Callable[[int], None],
) -> dict[str, Answer]:
    """Judge signatures by a list of whose count.

    Principals are compared without regard to the case of ASCII letters, which
    ssh-keygen would heed. Times in the list that name no zone are UTC, so that the
    answer is the same on every machine.

    Args:
        env: The environment to find ssh-keygen in.
        listed: An allowed_signers file.
        asked: By names that files can have.
        said: Told how many are done.

    Returns:
        Answers by name.
    """
    try:
        folder = _furnished(listed)
    except OSError:
        return dict.fromkeys(asked, Answer("broken", _FULL))
    with folder as path:
        keygen = Keygen(Path(path), {**env, "LC_ALL": "C", "TZ": "UTC"}, Event())
        return _all(keygen, asked, said)


def _furnished(listed: bytes) -> "tempfile.TemporaryDirectory[str]":
    """Make a folder with the list in it."""
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    try:
        (Path(folder.name) / _LIST).write_bytes(same_case(listed))
    except OSError:
        folder.cleanup()
        raise
    return folder


def _all(
    keygen: Keygen, asked: Mapping[str, Signed], said: Callable[[int], None]
) -> dict[str, Answer]:
    """Judge some at a time."""
    found: dict[str, Answer] = {}
    with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        tasks = {
            pool.submit(keygen.judge, name, signed): name
            for name, signed in asked.items()
        }
        try:
            for task in as_completed(tasks):
                found[tasks[task]] = task.result()
                said(len(found))
        except BaseException:
            keygen.stopped.set()  # the pool would first finish all that is left
            raise
    return found


def same_case(listed: bytes) -> bytes:
    r"""Write the principals of an allowed_signers file in lower case, and no more.

    >>> same_case(b"# Team\nAnn@X.org,*@Y.org ssh-ed25519 AAAA Ann")
    b'# Team\nann@x.org,*@y.org ssh-ed25519 AAAA Ann'
    """
    return _PRINCIPALS.sub(lambda match: match[0].lower(), listed)


def _bad(said: str) -> Answer:
    if "namespace" in said:
        return Answer("bad", "the signature was made for something else than Git")
    return Answer("bad", "the signature is bad: the tag was changed")


def _why(who: str, said: str, found: _Done) -> Answer:
    """Say why a signature that is whole does not prove who made it."""
    if "not permitted for use in signature namespace" in said:
        return Answer("bad", f"the allowed signers let no key of {who} sign for Git")
    principals = found.stdout.split() if found.returncode == 0 else []
    if any(words in said + found.stderr for words in ("has expired", "not yet valid")):
        return Answer("bad", "the key was not valid then")
    if not principals:
        why = "signed with a key that is not in the allowed signers"
        return Answer("unknown", why)
    theirs = " or ".join(principals[:_NAMED])
    return Answer("other", f"signed with a key of {theirs}, not of {who}")


def _spelled(seconds: int) -> str:
    return time.strftime("%Y%m%d%H%M%S", time.gmtime(seconds))

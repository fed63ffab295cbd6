"""Programs in a session of their own, which end with whoever waits for them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any


class DiedError(Exception):
    """A program of ours ended without an answer; the text is its last words."""


def ours(module: str, *words: str) -> tuple[str, ...]:
    """Return the command that runs a module beside us.

    -P: the current folder holds no modules of ours; utf8: DVC reads its files in the
    encoding of the locale, which can be ASCII.
    """
    return (sys.executable, "-P", "-X", "utf8", "-m", module, *words)


@contextmanager
def started(words: Sequence[str], **how: Any) -> Iterator["subprocess.Popen[Any]"]:
    """Run a program; whatever ends the block ends it, and all that it started.

    It has no terminal to ask passwords on.

    Args:
        words: The command.
        how: What subprocess.Popen takes; by default, standard output is a pipe.
    """
    piped = {"stdout": subprocess.PIPE}
    with subprocess.Popen(words, start_new_session=True, **(piped | how)) as child:
        try:
            yield child
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)


def output(child: "subprocess.Popen[bytes]") -> IO[bytes]:
    """Return what a program's standard output can be read from."""
    assert child.stdout is not None  # noqa: S101 - for mypy
    return child.stdout


def ask(module: str, question: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    """Ask a module of ours one question as JSON, and return its answer.

    Args:
        module: Its name.
        question: What it reads from standard input.
        seconds: How long it may take.

    Raises:
        TimeoutError: It was not done in time.
        DiedError: It ended without an answer.
    """
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    with started(ours(module), **pipes) as child:
        try:
            out, err = child.communicate(json.dumps(question).encode(), timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError from error
    try:
        return dict(json.loads(out))
    except ValueError as error:
        last = os.fsdecode(err).strip().splitlines()[-1:] or ["it gave no reason"]
        raise DiedError(last[0]) from error

"""A terminal of its own for a program that tests run."""

import os
import pty
import select
import subprocess
import sys
import termios
from collections.abc import Mapping

_PATIENCE = 30.0  # seconds without a sign, on a busy machine
_OURS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "LINEAL_PAGER", "PAGER", "LESS")


def python_on_terminal(
    *words: str,
    size: tuple[int, int] = (24, 80),
    keys: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Run Python on a pseudo-terminal.

    Args:
        words: Python's arguments.
        size: Lines and columns of the terminal.
        keys: What somebody types.
        environment: Variables on top of the test's own, of which those about pagers,
            colours and sizes are left out.

    Returns:
        The exit code, and what the screen was sent.
    """
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, size)
    left_out = (*_OURS, "COLUMNS", "LINES")
    inherited = {k: v for k, v in os.environ.items() if k not in left_out}
    with subprocess.Popen(
        [sys.executable, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**inherited, "TERM": "xterm", **(environment or {})},
        start_new_session=True,
    ) as running:
        os.close(theirs)
        os.write(ours, keys)
        shown = _screen(ours, running)
    os.close(ours)
    return running.returncode, shown.replace("\r\n", "\n")


def _screen(terminal: int, running: "subprocess.Popen[bytes]") -> str:
    """Read until everybody has closed the terminal."""
    seen = b""
    while select.select([terminal], [], [], _PATIENCE)[0]:
        try:
            piece = os.read(terminal, 1 << 16)
        except OSError:  # what Linux says instead of an end of file
            piece = b""
        if not piece:
            return seen.decode()
        seen += piece
    running.kill()
    return seen.decode() + "\n(the test lost its patience)"

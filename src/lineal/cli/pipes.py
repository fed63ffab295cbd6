"""What to do when nobody reads our output any more."""

import os

_BROKEN_PIPE = 141  # what a shell reports of a program that SIGPIPE ended


def leave() -> int:
    """Let Python's last flush go nowhere; return the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return _BROKEN_PIPE

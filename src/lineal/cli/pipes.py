"""What to do when our output goes nowhere any more."""

import os

_BROKEN_PIPE = 141  # what a shell reports of a program that SIGPIPE ended
_UNWRITTEN = 3


def leave() -> int:
    """Nobody reads on: let Python's last flush go nowhere; return the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return _BROKEN_PIPE


def give_up(error: OSError) -> int:
    """The disk is full or the like: say so, and leave; return the exit code."""
    said = f"error: standard output cannot be written: {error.strerror}\n"
    os.write(2, said.encode())
    leave()
    return _UNWRITTEN

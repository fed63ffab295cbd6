"""What a running stage tells whoever waits for it."""

import sys


def say(text: str) -> None:
    """Write one line to standard error at once; standard output is for results."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()

"""A module of ours in a process of its own, for what must not weigh on this one."""

import os
import subprocess
import sys

from lineal.errors import OutsideError


class ChildFailedError(OutsideError):
    """The process gave up, or was not done in time.

    Attributes:
        reason: Its last words.
    """

    def __init__(self, module: str, reason: str) -> None:
        super().__init__(f"python -m {module} failed: {reason}")
        self.reason = reason


def run(module: str, *words: str, seconds: float) -> bytes:
    """Run a module and return what it printed.

    Args:
        module: Its name.
        words: Its arguments.
        seconds: How long it may take.

    Raises:
        ChildFailedError: It gave up, or was not done in time.
    """
    try:
        # -P: the current folder holds no modules of ours.
        done = subprocess.run(
            [sys.executable, "-P", "-m", module, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as error:
        reason = f"it was not done within {seconds:g} seconds"
        raise ChildFailedError(module, reason) from error
    if done.returncode:
        last = os.fsdecode(done.stderr).strip().splitlines()[-1:]
        raise ChildFailedError(module, (last or ["it gave no reason"])[0])
    return done.stdout

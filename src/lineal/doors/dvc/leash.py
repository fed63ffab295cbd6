"""What ties a process of ours to the one that started it."""

import os
import signal
import threading


def hold() -> None:
    """End this process and all that it started when the other end of stdin is gone."""
    line = os.dup(0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)  # what it starts has nothing to read
    os.close(null)

    def wait() -> None:
        os.read(line, 1)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()

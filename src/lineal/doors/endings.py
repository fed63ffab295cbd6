"""Signals that would end this process at once, so that nothing could be cleared up."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDINGS = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def orderly() -> Iterator[None]:
    """Turn signals that end the process into SystemExit, for as long as the block lasts.

    Those that somebody else handles or ignores are left alone.
    """
    ours = []
    if threading.current_thread() is threading.main_thread():
        ours = [s for s in _ENDINGS if signal.getsignal(s) == signal.SIG_DFL]
    for each in ours:
        signal.signal(each, _leave)
    try:
        yield
    finally:
        for each in ours:
            signal.signal(each, signal.SIG_DFL)


def _leave(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)

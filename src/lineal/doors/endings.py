"""Signals that would end this process at once, so that nothing could be cleared up."""

import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from types import FrameType

_ENDINGS = (signal.SIGTERM, signal.SIGHUP)
_TRIES = 50
_PAUSE = 0.02  # seconds


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


@contextmanager
def scratch(root: Path, prefix: str) -> Iterator[Path]:
    """Make a folder for as long as the block lasts.

    A program that was interrupted with us may still write there for a moment.
    """
    folder = Path(mkdtemp(prefix=prefix, dir=root))
    try:
        yield folder
    finally:
        for _ in range(_TRIES):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
            time.sleep(_PAUSE)


def _leave(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)

"""The programs that make an environment: venv, pip and the compiler."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from lineal.doors.environment import scrubbed
from lineal.errors import OutsideError

_SECONDS = 3600.0  # in all; pip gives up on a silent server long before
_STEP = 25  # packages between two lines of progress
_PIP = (22, 3)  # the first that installs into another environment
# What would lead pip out of the environment, or Python to other modules.
_FOREIGN = (
    *("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN", "PIP_PYTHON"),
    *("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"),
)
_OURS = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


class UnavailableError(OutsideError):
    """An environment cannot be had."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"the environment that {name} pins cannot be had ({reason}): let pip reach an "
            "index that has its packages, or say --environment here"
        )


@dataclass(slots=True)
class Installer:
    """Makes one environment.

    Attributes:
        prefix: Its folder.
        name: The file that pins its packages, for messages.
        lock: File descriptor of its lock: what outlives us still holds it.
        said: Told how far it is.
        seconds: How long all of it may take.
    """

    prefix: Path
    name: str
    lock: int
    said: Callable[[str], None]
    seconds: float = _SECONDS
    _begun: float = field(default_factory=time.monotonic)
    _found: int = 0

    @property
    def python(self) -> str:
        """Its interpreter."""
        return str(self.prefix / "bin" / "python")

    def start(self) -> None:
        """Make it without packages.

        Raises:
            UnavailableError: It cannot be made.
        """
        # Installing pip into it would take seconds.
        without = ("--without-pip",) if _has_pip() else ()
        self._run(sys.executable, "-P", "-m", "venv", *without, str(self.prefix))

    def install(self, *words: str) -> None:
        """Install packages.

        Args:
            words: Which, as pip is told.

        Raises:
            UnavailableError: pip gave up, or was not done in time.
        """
        pip: tuple[str, ...] = (self.python, "-m", "pip")
        if _has_pip():
            pip = (sys.executable, "-P", "-m", "pip", "--python", self.python)
        self._run(*pip, "install", "--progress-bar=off", "--no-compile", *words)

    def compile(self) -> None:
        """Compile the packages on every core; some carry files of other Pythons.

        Raises:
            UnavailableError: It was not done in time.
        """
        library = str(self.prefix / "lib")
        words = (self.python, "-P", "-m", "compileall", "-q", "-j", "0", library)
        self._run(*words, must=False)

    def _run(self, *words: str, must: bool = True) -> None:
        last: deque[str] = deque(maxlen=40)
        left = self._begun + self.seconds - time.monotonic()
        with _started(words, self.prefix.parent, self.lock) as child:
            assert child.stdout is not None  # noqa: S101 - for mypy
            late = threading.Timer(left, _end, [child])
            late.start()
            try:
                for line in child.stdout:
                    last.append(line.strip())
                    self._hear(line)
                code = child.wait()
            finally:
                late.cancel()
        if time.monotonic() - self._begun >= self.seconds:
            reason = f"it was not made within {self.seconds:g} seconds"
            raise UnavailableError(self.name, reason)
        if code and must:
            raise UnavailableError(self.name, _reason(last))

    def _hear(self, line: str) -> None:
        if line.startswith(("Collecting ", "Processing ")):
            self._found += 1
            if self._found % _STEP == 0:
                self.said(f"{self._found} packages are fetched")
        elif line.startswith("Installing collected packages:"):
            count = line.count(",") + 1
            self.said(f"installing {count} package{'' if count == 1 else 's'}")


def _has_pip() -> bool:
    """Tell whether this Python has a pip that installs into other environments."""
    try:
        parts = metadata.version("pip").split(".")
    except metadata.PackageNotFoundError:
        return False
    return tuple(int(each) for each in parts[:2] if each.isdigit()) >= _PIP


@contextmanager
def _started(
    words: tuple[str, ...], folder: Path, lock: int
) -> Iterator["subprocess.Popen[str]"]:
    """Run a program; whatever ends the block ends it, and all that it started."""
    known = {k: v for k, v in scrubbed().items() if k not in _FOREIGN}
    child = subprocess.Popen(
        words,
        cwd=folder,
        env={**known, **_OURS},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
        pass_fds=(lock,),
    )
    with child:
        try:
            yield child
        finally:
            _end(child)


def _end(child: "subprocess.Popen[str]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _reason(lines: deque[str]) -> str:
    """Return why pip gave up, in one line and without passwords."""
    said = [line for line in lines if line]
    errors = [
        line.removeprefix("ERROR: ") for line in said if line.startswith("ERROR:")
    ]
    last = (errors or said or ["it gave no reason"])[-1]
    if any("connection broken" in line for line in said):
        last = f"pip could not connect to an index: {last}"
    return plain(" ".join(last.split()))[:300]


def plain(text: str) -> str:
    """Return a text without the passwords of its addresses."""
    return re.sub(r"//[^/@\s]*@", "//", text)

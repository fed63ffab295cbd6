"""A repository at a URL, read through a temporary one that gets only what is asked for.

It gets tags and the commits that they name, without parents and files: history is not
cloned. Trees and blobs of a commit come from the server when somebody reads them. A
server that cannot leave out files sends those of the commits that are named.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

from lineal.doors import urls
from lineal.doors.git import Git, scrubbed
from lineal.doors.location import Location
from lineal.doors.remote import RemoteFailedError

_NAME = "source"
_TAGS = "refs/tags/"
_SMALL = "100k"  # cards, locks and parameters; not what somebody put into Git
_OTHER_FORMAT = b"mismatched algorithms"


@dataclass(frozen=True, slots=True)
class Foreign(Git):
    """The temporary repository; every command may have to ask the server.

    Attributes:
        url: Where the repository is.
        seconds: How long a command may take that was given no time of its own.
    """

    url: str = field(default="", repr=False)
    seconds: float = 60.0

    def attempt(
        self,
        *words: str,
        stdin: bytes | None = None,
        seconds: float | None = None,
        keep: tuple[int, ...] = (),
    ) -> CompletedProcess[bytes]:
        """Run git within the time, and take secrets out of what it says."""
        limit = self.seconds if seconds is None else seconds
        # Dataclasses with slots are made twice, which super() without words misses.
        done = Git.attempt(self, *words, stdin=stdin, seconds=limit, keep=keep)
        done.stderr = os.fsencode(urls.shown(os.fsdecode(done.stderr)))
        return done

    def fetch(self, prefixes: Iterable[str] = ("",)) -> None:
        """Get the tags whose names start in one of some ways.

        Raises:
            RemoteFailedError: The server cannot be reached, or said no.
            GitHungError: It does not answer.
        """
        self._check(self._fetch(prefixes))

    def fill(self) -> None:
        """Get the small files of all commits in one go, if git and the server can.

        What does not come now comes when it is read, at the price of a request a file.
        """
        self._fetch(("",), "--refetch", f"--filter=blob:limit={_SMALL}")

    def start(self, prefixes: Iterable[str]) -> str:
        """Make the repository and get its first tags; return the kind of its ids.

        Raises:
            RemoteFailedError: The server cannot be reached, or said no.
            GitHungError: It does not answer.
        """
        wanted = tuple(prefixes)
        self._init("sha1")
        done = self._fetch(wanted)
        if _OTHER_FORMAT not in done.stderr:
            self._check(done)
            return "sha1"
        self._init("sha256")
        self.fetch(wanted)
        return "sha256"

    def _check(self, done: CompletedProcess[bytes]) -> None:
        # With 1 and no word, git says that the server has no such tag.
        if done.returncode > 1 or (done.returncode and done.stderr):
            said = os.fsdecode(done.stderr)
            raise RemoteFailedError(urls.shown(self.url), "reading", said)

    def _init(self, form: str) -> None:
        # A template of the user's could bring hooks.
        words = ("--bare", "--quiet", "--template=", f"--object-format={form}")
        for part in ("HEAD", "config"):
            (self.root / part).unlink(missing_ok=True)
        self.run("init", *words)

    def _fetch(self, prefixes: Iterable[str], *less: str) -> CompletedProcess[bytes]:
        specs = (f"+{_TAGS}{each}*:{_TAGS}{each}*\n" for each in prefixes)
        words = ("--quiet", "--no-tags", "--no-write-fetch-head", "--stdin")
        options = ("--no-recurse-submodules", "--no-auto-maintenance")
        less = ("--depth=1", *(less or ("--filter=tree:0",)))
        stdin = os.fsencode("".join(specs))
        return self.attempt("fetch", *words, *options, *less, "--", _NAME, stdin=stdin)


@contextmanager
def opened(
    url: str, prefixes: Iterable[str] = ("",), *, seconds: float = 60.0
) -> Iterator[Location]:
    """Read a repository at a URL, as long as the block lasts.

    Args:
        url: Where it is.
        prefixes: What the names of the tags start with that are wanted.
        seconds: How long each command may take.

    Raises:
        UnsupportedUrlError: Nothing is read from such a URL.
        RemoteFailedError: The server cannot be reached, or said no.
        GitHungError: It does not answer.
    """
    urls.check(url)
    with TemporaryDirectory(prefix="lineal-", ignore_cleanup_errors=True) as folder:
        root = Path(folder).resolve()
        git = Foreign(root, _environment(url, seconds), url, seconds)
        form = git.start(prefixes)
        yield Location(git, root, shallow=True, object_format=form, bare=True)


def _environment(url: str, seconds: float) -> Mapping[str, str]:
    """Return git's environment; what the user set in theirs wins.

    The URL may hold a password, so it does not go into a file.
    """
    ours = {
        "GIT_TERMINAL_PROMPT": "0",  # a prompt would come back with every file
        "GIT_ALLOW_PROTOCOL": ":".join(urls.SCHEMES),
    }
    env = {**ours, **scrubbed()}
    settings = {
        f"remote.{_NAME}.url": url,
        # What git leaves behind when it is told to end gives up by itself.
        "http.lowSpeedLimit": "1",
        "http.lowSpeedTime": str(max(1, round(seconds))),
        "core.fsync": "none",
        "core.hooksPath": os.devnull,
        "gc.auto": "0",
    }
    text = env.get("GIT_CONFIG_COUNT", "")
    start = int(text) if text.isdecimal() else 0
    for number, (key, value) in enumerate(settings.items(), start):
        env |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return {**env, "GIT_CONFIG_COUNT": str(start + len(settings))}

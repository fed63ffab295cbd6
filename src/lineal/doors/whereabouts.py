"""Where a repository's parts lie: what git is asked, and how its answer reads.

`lineal which` waits for what is imported here, so that is almost nothing.
"""

import os

from lineal.doors.environment import scrubbed

_PROGRAM = ("git", "--literal-pathspecs", "-C")
QUESTION = (
    "rev-parse",
    "--git-common-dir",
    "--is-shallow-repository",
    "--show-object-format",
    "--is-inside-work-tree",
)


def read(said: bytes) -> list[str]:
    """Return what git answered to `QUESTION`, an item an option."""
    return os.fsdecode(said).rsplit("\n", 4)[:4]


def common(folder: str) -> str | None:
    """Return the folder with refs and objects, None where only more work can tell.

    That is where git fails, and where the clone is shallow.
    """
    said = _asked([*_PROGRAM, folder, *QUESTION])
    if not said:
        return None
    found, shallow, _, _ = read(said)
    absolute = found if found.startswith("/") else f"{folder}/{found}"
    return absolute if shallow == "false" else None


def _asked(words: list[str]) -> bytes:
    """Run git and return what it printed, nothing if it failed.

    The module subprocess takes twice as long to import as git takes to answer.
    """
    ours, theirs = os.pipe()
    null = (os.devnull, os.O_RDWR, 0)
    actions = (
        (os.POSIX_SPAWN_OPEN, 0, *null),
        (os.POSIX_SPAWN_DUP2, theirs, 1),
        (os.POSIX_SPAWN_OPEN, 2, *null),
    )
    try:
        child = os.posix_spawnp(words[0], words, scrubbed(), file_actions=actions)
    except OSError:
        os.close(ours)
        return b""
    finally:
        os.close(theirs)
    with open(ours, "rb") as pipe:  # noqa: PTH123 - it is no path
        said = pipe.read()
    return b"" if os.waitpid(child, 0)[1] else said

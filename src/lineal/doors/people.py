"""Who is asking, and who wrote which commits, as Git records it."""

import os
import re

from lineal.doors.git import Git

_IDENT = re.compile(r".*<([^<>]*)>(?: [0-9]+ [+-][0-9]{4})?")
# Whatever the user's configuration adds to a log.
_AS_RECORDED = ("--no-mailmap", "--no-show-signature", "--encoding=UTF-8")
_NUL = "%x00"
_FORMAT = f"%ae{_NUL}%(trailers:key=Co-authored-by,valueonly,unfold){_NUL}"


def own_address(git: Git) -> str:
    """Return the address that the user's tags will carry, empty if git has none."""
    said = os.fsdecode(git.attempt("var", "GIT_COMMITTER_IDENT").stdout).strip()
    found = _IDENT.fullmatch(said)
    return found[1] if found else ""


def signs_tags(git: Git) -> bool:
    """Tell whether the user's configuration signs every tag."""
    done = git.attempt("config", "--type=bool", "--get", "tag.gpgSign")
    return done.stdout.strip() == b"true"


def authors(git: Git, commit: str, since: str | None) -> frozenset[str]:
    """Return the addresses of those who wrote commits, co-authors included.

    Args:
        git: The repository.
        commit: The newest commit; who wrote it is always named.
        since: A commit; what it contains is left out. None: nothing is.

    Raises:
        GitFailedError: A commit is not there.
    """
    fields = _told(git, commit, *([f"^{since}"] if since else []))
    if since and len(fields) == 1:
        fields = _told(git, commit, "--max-count=1")
    found = {field.strip() for field in fields[::2]}
    for lines in fields[1::2]:
        for line in lines.splitlines():
            match = _IDENT.fullmatch(line.strip())
            found.add((match[1] if match else line).strip())
    return frozenset(found - {""})


def _told(git: Git, *words: str) -> list[str]:
    """Return author and co-authors of each commit, in turns; nothing is one empty text."""
    said = git.run("log", *_AS_RECORDED, f"--format={_FORMAT}", *words, "--")
    return os.fsdecode(said).split("\0")

"""What git says of tags' signatures, many in a process."""

import os
from collections.abc import Sequence
from typing import Literal

from lineal.doors.git import Git

Verdict = Literal["good", "bad", "unknown", "unchecked"]
_MANY = 500  # ids that fit on any command line
# No tag can be called so; what git says of it parts what it says of the others.
_BETWEEN = "."
_PARTS = f"error: tag '{_BETWEEN}' not found.\n"
_UNKNOWN = ("No principal matched", "No public key", "NO_PUBKEY", "unavailable")
_UNCHECKED = ("allowedSignersFile", "cannot run", "No such file", "could not run")


def verdicts(git: Git, ids: Sequence[str]) -> dict[str, Verdict]:
    """Return what git thinks of the signature of each tag object."""
    found: dict[str, Verdict] = {}
    for start in range(0, len(ids), _MANY):
        some = ids[start : start + _MANY]
        # With a format, git prints the tags whose signature is good, and those only.
        done = git.attempt("verify-tag", "--format=%(objectname)", *some)
        good = frozenset(done.stdout.decode("ascii").split())
        found |= dict.fromkeys(good, "good")
        found |= _reasons(git, [oid for oid in some if oid not in good])
    return found


def _reasons(git: Git, ids: Sequence[str]) -> dict[str, Verdict]:
    """Ask once more, for what git says of each."""
    if not ids:
        return {}
    words = [word for oid in ids for word in (oid, _BETWEEN)]
    said = os.fsdecode(git.attempt("verify-tag", "--raw", *words).stderr)
    parts = said.split(_PARTS)[: len(ids)]
    return dict(zip(ids, map(_verdict, parts), strict=False))


def _verdict(said: str) -> Verdict:
    if any(words in said for words in _UNCHECKED):
        return "unchecked"
    return "unknown" if any(words in said for words in _UNKNOWN) else "bad"

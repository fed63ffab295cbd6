"""What git says of tags' signatures, many in a process."""

import os
from collections.abc import Sequence
from typing import Literal

from lineal.doors.git import Git
from lineal.doors.signatures import Answer

Verdict = Literal["good", "bad", "unknown", "unchecked"]
_MANY = 500  # ids that fit on any command line
# No tag can be called so; what git says of it parts what it says of the others.
_BETWEEN = "."
_PARTS = f"error: tag '{_BETWEEN}' not found.\n"
_STATUS = "[GNUPG:] "
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


def openpgp(
    git: Git, ids: Sequence[str], keys: Sequence[Sequence[str]]
) -> dict[str, Answer]:
    """Judge OpenPGP signatures of tag objects by gpg's keyring.

    Args:
        git: The repository.
        ids: The tag objects.
        keys: Fingerprints of the keys that may have signed each.
    """
    listed = dict(zip(ids, keys, strict=True))
    found: dict[str, Answer] = {}
    for start in range(0, len(ids), _MANY):
        said = _said(git, ids[start : start + _MANY])
        found |= {oid: _proof(words, listed[oid]) for oid, words in said.items()}
    return found


def _reasons(git: Git, ids: Sequence[str]) -> dict[str, Verdict]:
    """Ask once more, for what git says of each."""
    return {oid: _verdict(said) for oid, said in _said(git, ids).items()}


def _said(git: Git, ids: Sequence[str]) -> dict[str, str]:
    """Return what git says of each."""
    if not ids:
        return {}
    words = [word for oid in ids for word in (oid, _BETWEEN)]
    said = os.fsdecode(git.attempt("verify-tag", "--raw", *words).stderr)
    return dict(zip(ids, said.split(_PARTS)[: len(ids)], strict=False))


def _proof(said: str, keys: Sequence[str]) -> Answer:
    """Read what gpg told git in its lines for programs."""
    lines = [
        line[len(_STATUS) :] for line in said.splitlines() if line.startswith(_STATUS)
    ]
    words = [line.split() for line in lines]
    flaw = _flaw([each[0] for each in words if each])
    if flaw is not None:
        return flaw
    valid = next(each for each in words if each[:1] == ["VALIDSIG"])
    # The key that signed comes first, the one that it belongs to last.
    if {valid[1], valid[-1]} & {_fingerprint(key) for key in keys}:
        return Answer()
    return Answer("other", "signed with an OpenPGP key that is not the tagger's")


def _flaw(heads: Sequence[str]) -> Answer | None:
    """Return what is wrong whoever the key belongs to, None if nothing is."""
    if not heads:
        why = "gpg cannot be run: install gnupg and put it on PATH"
        return Answer("broken", why)
    if "BADSIG" in heads:
        return Answer("bad", "the signature is bad: the tag was changed")
    if "NO_PUBKEY" in heads or "ERRSIG" in heads:
        return Answer("unknown", "the OpenPGP key is not in the keyring here")
    if heads.count("GOODSIG") != 1 or heads.count("VALIDSIG") != 1:
        return Answer("bad", "its OpenPGP key or signature has expired or was revoked")
    return None


def _fingerprint(text: str) -> str:
    """Return a fingerprint as gpg prints it."""
    return "".join(text.split()).removeprefix("0x").upper()


def _verdict(said: str) -> Verdict:
    if any(words in said for words in _UNCHECKED):
        return "unchecked"
    return "unknown" if any(words in said for words in _UNKNOWN) else "bad"

"""How a clone is set up: git's version and configuration, hooks, what was left over."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from lineal.doors.git import Git
from lineal.doors.location import Location

_VERSION = re.compile(rb"git version ([0-9]+)\.([0-9]+)")
_STALE = 3600  # seconds after which nobody is at work on what is ours any more
_SECONDS = 10.0
_PROGRAMS = {"openpgp": "gpg", "x509": "gpgsm", "ssh": "ssh-keygen"}


def version(git: Git) -> tuple[int, int]:
    """Return the version of git; nought where it does not say."""
    match = _VERSION.match(git.run("version"))
    return (int(match[1]), int(match[2])) if match else (0, 0)


def settings(git: Git) -> dict[str, str]:
    """Return git's configuration; of what is set twice, what counts."""
    found: dict[str, str] = {}
    listed = os.fsdecode(git.run("config", "--list", "--includes", "-z"))
    for pair in listed.split("\0")[:-1]:
        key, is_set, value = pair.partition("\n")
        found[key] = value if is_set else "true"
    return found


def knows_who(git: Git) -> bool:
    """Tell whether git could say who makes a tag."""
    return git.attempt("var", "GIT_COMMITTER_IDENT").returncode == 0


def lacks_key(git: Git, settings: Mapping[str, str]) -> str:
    """Return what is missing to sign a tag; empty if nothing is."""
    form = settings.get("gpg.format", "openpgp")
    named = settings.get(f"gpg.{form}.program") or settings.get("gpg.program")
    program = (named if form != "ssh" else settings.get("gpg.ssh.program")) or (
        _PROGRAMS.get(form, "gpg")
    )
    if shutil.which(os.path.expanduser(program)) is None:  # noqa: PTH111 - Path raises for unknown users
        return f"{program} is not on PATH"
    key = settings.get("user.signingkey", "")
    if form != "ssh":
        return "" if _has_secret(git, program, key) else "gpg has no secret key for it"
    if not key and not settings.get("gpg.ssh.defaultkeycommand"):
        return "user.signingKey is not set"
    literal = key.startswith(("key::", "ssh-", "ecdsa-", "sk-"))
    path = os.path.expanduser(key)  # noqa: PTH111 - Path raises for unknown users
    if key and not literal and not (git.root / path).is_file():
        return f"there is no file {key}"
    return ""


def hooks(place: Location, settings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the hooks that git runs here."""
    folder = Path(settings.get("core.hookspath", "")).expanduser()
    if not settings.get("core.hookspath"):
        folder = place.common / "hooks"
    try:
        entries = sorted(
            os.scandir(place.git.root / folder), key=lambda each: each.name
        )
    except OSError:
        return ()
    return tuple(
        each.name
        for each in entries
        if each.is_file()
        and not each.name.endswith(".sample")
        and os.access(each.path, os.X_OK)
    )


def leftovers(own: Path, now: int) -> tuple[str, ...]:
    """Return what killed commands left in our folder."""
    found = [*own.glob("write-*"), *own.glob("*.part")]
    return tuple(sorted(path.name for path in found if _is_stale(path, now)))


def _is_stale(path: Path, now: int) -> bool:
    try:
        return now - path.stat().st_mtime > _STALE
    except OSError:
        return False  # gone meanwhile


def _has_secret(git: Git, program: str, key: str) -> bool:
    """Ask gpg whether it could sign; what it does not answer in time counts as yes."""
    who = key or os.fsdecode(git.attempt("var", "GIT_COMMITTER_IDENT").stdout)
    address = re.search(r"<([^>]+)>", who)
    words = ("--batch", "--list-secret-keys", "--", address[1] if address else who)
    try:
        done = subprocess.run(
            [program, *words],
            env=dict(git.env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    return done.returncode == 0

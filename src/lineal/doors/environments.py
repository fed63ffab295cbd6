"""Environments of pinned packages, in a folder of ours in the repository.

Paths are written all over an environment, so it is made where it stays, and a file that
comes last says that it is whole. Whoever makes one has its lock for themselves; those
who use it share the lock. Where packages come from is what the user told pip.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import site
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from lineal.doors import installing
from lineal.doors.installing import UnavailableError
from lineal.doors.location import Location, claim

_MARK = "whole"
_UNUSED = 30 * 86_400  # seconds after which one that nobody used goes
# The project's own code comes from the checkout, whose folder will be gone.
_LOCAL = re.compile(r"\s*(?:(?:-e|--editable)[\s=]+)?(?:\.|/|file:)")
Said = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an environment is made of.

    Attributes:
        name: The requirements file, by its path in the commit.
        texts: It, and the files that it names, by their paths.
        complete: Whether it lists all packages, with hashes. Else what it leaves out
            comes from the packages of this Python.
        count: How many packages it pins.
        sources: Options by which it tells pip where else packages are.
        foreign: Files that it names and that are not in the commit.
    """

    name: str
    texts: Mapping[str, bytes]
    complete: bool
    count: int
    sources: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


@contextmanager
def ready(place: Location, recipe: Recipe, said: Said) -> Iterator[Path]:
    """Hold an environment, for as long as the block lasts; one is made if need be.

    Args:
        place: The repository.
        recipe: What is in it.
        said: Told what is done.

    Raises:
        UnavailableError: It cannot be had.
    """
    if recipe.foreign:  # nobody could tell later what was in it
        reason = f"it names {installing.plain(recipe.foreign[0])}, not in the commit"
        raise UnavailableError(recipe.name, reason)
    try:
        folder = claim(claim(place.own) / "environments")
        prefix = folder / _key(recipe, folder)
        lock = _opened(Path(f"{prefix}.lock"))
    except OSError as error:
        raise UnavailableError(recipe.name, str(error)) from error
    try:
        _hold(lock, fcntl.LOCK_SH, said)
        while not _is_whole(prefix):
            _hold(lock, fcntl.LOCK_EX, said)
            if not _is_whole(prefix):
                _make(prefix, recipe, lock, said)
            fcntl.flock(lock, fcntl.LOCK_SH)
        with suppress(OSError):  # of somebody else; it was used today
            (prefix / _MARK).touch()
        yield prefix
    finally:
        os.close(lock)


def _key(recipe: Recipe, folder: Path) -> str:
    """Name an environment by all that it depends on."""
    facts = [
        *(str(folder), recipe.name, recipe.complete),
        *(sys.version, sys.base_prefix, sysconfig.get_platform()),
        {name: text.decode("latin-1") for name, text in recipe.texts.items()},
    ]
    if not recipe.complete:
        found = {f"{each.name}=={each.version}" for each in metadata.distributions()}
        facts += [sys.prefix, sorted(found)]
    told = json.dumps(facts, sort_keys=True).encode()
    return hashlib.sha256(told).hexdigest()[:20]


def _is_whole(prefix: Path) -> bool:
    # The Python that it points to may be gone.
    return (prefix / _MARK).is_file() and (prefix / "bin" / "python").exists()


def _opened(lock: Path) -> int:
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:  # somebody else's, which is enough to lock it
        return os.open(lock, os.O_RDONLY)


def _hold(lock: int, how: int, said: Said) -> None:
    fcntl.flock(lock, fcntl.LOCK_UN)  # two that share it and both want more would wait
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        said("waiting for another lineal that is at work on the same environment")
        fcntl.flock(lock, how)


def _make(prefix: Path, recipe: Recipe, lock: int, said: Said) -> None:
    packages = f"{recipe.count} package{'' if recipe.count == 1 else 's'}"
    said(f"making an environment with the {packages} that {recipe.name} pins")
    for source in dict.fromkeys(" ".join(each.split()) for each in recipe.sources):
        said(f"note: {recipe.name} has pip use {installing.plain(source)}")
    try:
        _sweep(prefix.parent)
        shutil.rmtree(prefix, ignore_errors=True)
        _fill(prefix, recipe, installing.Installer(prefix, recipe.name, lock, said))
        (prefix / _MARK).touch()
    except OSError as error:
        raise UnavailableError(recipe.name, str(error)) from error
    finally:
        if not _is_whole(prefix):
            shutil.rmtree(prefix, ignore_errors=True)


def _fill(prefix: Path, recipe: Recipe, installer: installing.Installer) -> None:
    installer.start()
    for name, text in recipe.texts.items():
        file = prefix / "pins" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = text.decode("utf-8", "surrogateescape").splitlines(keepends=True)
        kept = "".join(line for line in lines if not _LOCAL.match(line))
        file.write_text(kept, encoding="utf-8", errors="surrogateescape")
    if not recipe.complete:
        _layer(prefix)
    # A complete list needs no more, also where packages ask for what it leaves out.
    strict = ("--require-hashes", "--no-deps") if recipe.complete else ()
    installer.install(*strict, "-r", str(prefix / "pins" / recipe.name))
    installer.compile()


def _layer(prefix: Path) -> None:
    """Let an environment have the packages of this Python, after its own."""
    base = {"base": str(prefix), "platbase": str(prefix)}
    own = Path(sysconfig.get_path("purelib", "venv", base))
    folders = list(site.getsitepackages())
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    calls = "; ".join(f"site.addsitedir({each!a})" for each in folders)
    (own / "_running.pth").write_text(f"import site; {calls}\n", encoding="ascii")
    first = f"#!{sys.executable}\n".encode()
    for program in Path(sys.executable).parent.iterdir():
        copy = prefix / "bin" / program.name
        if copy.exists() or not program.is_file():
            continue
        content = program.read_bytes()
        if content.startswith(first):
            python = os.fsencode(prefix / "bin" / "python")
            copy.write_bytes(b"#!" + python + b"\n" + content.removeprefix(first))
            copy.chmod(0o755)


def _sweep(folder: Path) -> None:
    """Remove what nobody used for long, and what killed runs left."""
    for lock in folder.glob("*.lock"):
        prefix = lock.with_suffix("")
        with suppress(OSError):  # it is being made or used, or is somebody else's
            if prefix.is_dir() and _is_old(prefix):
                handle = _opened(lock)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(prefix)
                finally:
                    os.close(handle)


def _is_old(prefix: Path) -> bool:
    mark = prefix / _MARK
    return not mark.exists() or time.time() - mark.stat().st_mtime > _UNUSED

"""Tags that are files of their own: how many there are, and which Git refuses."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
# What `git check-ref-format` refuses in a name.
_NO_NAME = re.compile(
    r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|(?:^|/)\.|\.(?:/|$)|\.lock(?:/|$)"
)


def count(common: Path) -> int:
    """Return how many tags are loose."""
    return sum(1 for _ in _files(common / "refs/tags"))


def odd(common: Path) -> dict[str, str]:
    """Return what is wrong with files that are no plain refs, by the tag's name."""
    found = ((name, _why(path, name)) for name, path in _files(common / "refs/tags"))
    return {name: why for name, why in found if why}


def _files(folder: Path, name: str = "") -> Iterator[tuple[str, Path]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            yield from _files(folder / entry.name, f"{name}{entry.name}/")
        elif not entry.name.endswith(".lock"):
            yield f"{name}{entry.name}", folder / entry.name


def _why(path: Path, name: str) -> str:
    try:
        content = path.read_text("ascii", "replace").strip()
    except OSError:
        return ""  # deleted or packed meanwhile
    if content.startswith("ref:"):
        return f"is a symbolic ref to {content[4:].strip()}, so it moves with that"
    if not _ID.fullmatch(content):
        return "holds no object id, so Git refuses it"
    return "has a name that Git refuses" if _NO_NAME.search(name) else ""

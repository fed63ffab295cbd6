"""The MD5 of what is too large to be held at once."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

_PIECE = 1 << 20


def md5_of(path: Path, seen: Callable[[int], None] = lambda _: None) -> str:
    """Return the MD5 of a file.

    Args:
        path: Where it is.
        seen: Told of each piece how many bytes it has.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return md5_of_stream(file, seen)


def md5_of_stream(file: IO[bytes], seen: Callable[[int], None]) -> str:
    """Return the MD5 of what is read to the end."""
    found = hashlib.md5(usedforsecurity=False)
    while piece := file.read(_PIECE):
        found.update(piece)
        seen(len(piece))
    return found.hexdigest()

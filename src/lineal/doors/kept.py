"""Files that are only there to save time."""

import os
from contextlib import suppress
from pathlib import Path

from lineal.doors.location import claim


def keep(file: Path, content: bytes) -> None:
    """Replace a file, if it can be written; it is whole or not there.

    It is written beside and then renamed, so two processes at once cost one of them
    what it knew, and nothing else.
    """
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        claim(file.parent)
        part.write_bytes(content)
        part.replace(file)
    except OSError:
        with suppress(OSError):
            part.unlink()

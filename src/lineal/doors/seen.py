"""The tags that an earlier look saw: a file that can be deleted at any time."""

import os
from collections.abc import Mapping
from pathlib import Path

from lineal.doors.kept import keep

_FILE = "seen"
_HEADER = "lineal seen 1"
_END = "."


def load(own: Path) -> dict[str, str]:
    """Return object ids by name; none where there is no whole file."""
    try:
        text = os.fsdecode((own / _FILE).read_bytes())
    except OSError:
        return {}
    header, _, rest = text.partition("\n")
    # The last line tells whether the file is whole.
    if header != _HEADER or not f"\n{rest}".endswith(f"\n{_END}\n"):
        return {}
    pairs = (row.split(" ", 1) for row in rest.split("\n"))
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}  # noqa: PLR2004


def save(own: Path, tags: Mapping[str, str]) -> None:
    """Replace the file; a read-only place remembers nothing."""
    rows = "".join(f"{oid} {name}\n" for name, oid in sorted(tags.items()))
    keep(own / _FILE, os.fsencode(f"{_HEADER}\n{rows}{_END}\n"))

"""YAML that somebody else wrote, which a few lines can make without end."""

from collections.abc import Mapping
from typing import Any

from lineal.doors.dvc.names import UnreadableFileError, mapping

_MOST = 1_000_000  # values in a file; aliases of aliases make more of a few lines


def bounded(text: bytes, name: str) -> Mapping[str, Any]:
    """Read YAML whose top is a mapping and whose values, aliases followed, have an end.

    Raises:
        UnreadableFileError: It is something else.
    """
    document = mapping(text, name)
    waiting: list[object] = [document]
    seen = 0
    while waiting:
        value = waiting.pop()
        inner = list(value.values()) if isinstance(value, Mapping) else value
        if isinstance(inner, list):
            waiting += inner
            seen += len(inner)
        if seen > _MOST:
            raise UnreadableFileError(name, "its aliases have no end")
    return document

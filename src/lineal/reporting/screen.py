"""What all views of the registry have in common."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = 1  # of all JSON of reading commands; raised when a field changes its meaning
_SHORT = 7  # digits of a commit's id
_LONG = 40


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a text is shown.

    Attributes:
        width: Its columns; None: as many as it takes.
        colour: Whether it shows colours.
    """

    width: int | None = None
    colour: bool = False


def dump(document: Mapping[str, Any]) -> str:
    """Write JSON that people can read too."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def short(name: str) -> str:
    """Return a version as it is, and of a commit's id the start."""
    return name[:_SHORT] if len(name) >= _LONG and name.isalnum() else name

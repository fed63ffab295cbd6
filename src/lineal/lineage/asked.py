"""What somebody asks about: a file, hash, feature, parameter or library."""

import math
import re
from dataclasses import dataclass
from typing import Literal

from lineal.errors import BadInputError
from lineal.registry.requirements import canonical

Kind = Literal["file", "hash", "feature", "param", "library"]
KINDS: tuple[Kind, ...] = ("file", "hash", "feature", "param", "library")

_HASH = re.compile(r"[0-9a-f]{32}(\.dir)?")
_BEGUN = re.compile(r"[0-9a-f]{7,31}")


class NothingNamedError(BadInputError):
    """The text leaves out what is asked about."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} names nothing: write a path, a hash, a feature, NAME=VALUE of a "
            "parameter or NAME==VERSION of a library"
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about.

    Attributes:
        kind: What it is.
        name: Its path, hash or name.
        value: Of a parameter or library, which value; None for any.
    """

    kind: Kind
    name: str
    value: str | None = None

    def __str__(self) -> str:
        if self.value is None:
            return f"{self.kind} {self.name}"
        mark = "==" if self.kind == "library" else "="
        return f"{self.kind} {self.name}{mark}{self.value}"

    def means(self, name: str, value: str) -> bool:
        """Tell whether a name and its value are what is asked about.

        >>> Asked("param", "ridge").means("ridge.alpha", "1.0")
        True

        Args:
            name: A path, or the name of a parameter or library.
            value: Its hash, value or version.
        """
        match self.kind:
            case "file":
                # Most paths are not it, and are told apart by this alone.
                inside = self.name in name or self.name.startswith(name)
                return inside and _overlaps(self.name, name)
            case "hash":
                return value.startswith(self.name.removesuffix(".dir"))
            case "param":
                named = name == self.name or name.startswith(f"{self.name}.")
                return named and (self.value is None or equal(self.value, value))
            case _:
                return name == self.name and self.value in {None, value}


def readings(text: str, kind: Kind | None = None) -> tuple[Asked, ...]:
    """Return what a text may ask about, what is likelier first.

    >>> [each.kind for each in readings("ridge.alpha=1.0")]
    ['param', 'file']
    >>> [each.kind for each in readings("lag_7")]
    ['file', 'feature', 'param', 'library']

    Args:
        text: As somebody typed it.
        kind: What it is; by default it may be anything.

    Raises:
        NothingNamedError: It is empty, or has no name before its value.
    """
    if kind is None and _HASH.fullmatch(text):
        return (Asked("hash", text),)
    kinds: tuple[Kind, ...] = (kind,) if kind else _likely(text)
    return tuple(_asked(text, each) for each in kinds)


def equal(asked: str, value: str) -> bool:
    """Tell whether two spellings are one value.

    >>> equal("1.0", "1"), equal("1e-3", "0.001"), equal("True", "true"), equal("a", "b")
    (True, True, True, False)
    """
    if asked == value or asked.strip("'\"") == value:
        return True
    one, other = _number(asked), _number(value)
    if one is not None and other is not None:
        return one == other
    return asked.lower() == value.lower() and value.lower() in {"true", "false", "null"}


def _likely(text: str) -> tuple[Kind, ...]:
    if "==" in text:
        return ("library",)
    if _BEGUN.fullmatch(text):
        return ("file", "hash", "feature", "param", "library")
    return ("param", "file") if "=" in text else ("file", "feature", "param", "library")


def _asked(text: str, kind: Kind) -> Asked:
    if kind == "file":
        plain = text.removeprefix("./")
        name, value = (plain if plain == "/" else plain.rstrip("/")), None
    elif kind in {"param", "library"}:
        mark = "==" if kind == "library" else "="
        name, found, after = (each.strip() for each in text.partition(mark))
        value = after if found else None
    else:
        name, value = text, None
    if kind == "library":
        name = canonical(name)
    if not name:
        raise NothingNamedError(text)
    return Asked(kind, name, value)


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _overlaps(path: str, other: str) -> bool:
    return path == other or path.startswith(f"{other}/") or other.startswith(f"{path}/")

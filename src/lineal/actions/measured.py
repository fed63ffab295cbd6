"""Measured facts of a version: what running it again would not reproduce."""

import math
import re
from collections.abc import Iterable

from lineal.errors import BadInputError

SIZE = "Model-Size"
TRAINING = "Training-Seconds"
P50, P95 = "Latency-P50-Ms", "Latency-P95-Ms"
MEMORY = "Peak-Memory-Mb"
_KNOWN = (SIZE, TRAINING, P50, P95, MEMORY)
# Trailers that tell of the event itself; a fact of that name would pass for one.
_RESERVED = frozenset(
    {
        *("approved-by", "bump", "bypass", "end-of-life", "gate", "model-md5"),
        *("model-path", "policy", "previous", "reason", "rollback", "verdict"),
        "version",
    }
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_LONGEST = 60  # characters of a name or number

Measured = tuple[tuple[str, str], ...]


class InvalidFactError(BadInputError):
    """The text tells no measured fact."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(
            f"{text!r} tells no measured fact ({reason}): write NAME=NUMBER, such as "
            "Training-Seconds=840"
        )


class RepeatedFactError(BadInputError):
    """A fact was told twice."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is told twice: leave out one of them")


def parse(text: str) -> tuple[str, str]:
    """Read a fact; `latency_p95_ms` is the trailer Latency-P95-Ms.

    >>> parse("training_seconds=840")
    ('Training-Seconds', '840')

    Raises:
        InvalidFactError: It tells none.
    """
    name, equals, value = text.partition("=")
    if not equals:
        raise InvalidFactError(text, "there is no =")
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise InvalidFactError(text, "the name must be of letters, digits and -")
    trailer = "-".join(word.capitalize() for word in re.split("[-_]", name))
    if trailer.lower() in _RESERVED:
        raise InvalidFactError(text, f"{trailer} is written by lineal itself")
    if not _NUMBER.fullmatch(value) or len(value) > _LONGEST:
        raise InvalidFactError(text, "the value must be a number")
    number = float(value)
    if not math.isfinite(number) or (number < 0 and trailer in _KNOWN):
        raise InvalidFactError(text, "no such thing can be measured")
    return (trailer, value)


def joined(*sources: Iterable[tuple[str, str]]) -> Measured:
    """Put facts from several sources together.

    Raises:
        RepeatedFactError: Two of them tell the same.
    """
    found: dict[str, str] = {}
    for name, value in (pair for source in sources for pair in source):
        if name in found:
            raise RepeatedFactError(name)
        found[name] = value
    return tuple(found.items())

"""Annotated tags, as Git stores them."""

import re
from dataclasses import dataclass

from lineal.registry.trailers import Message, parse

# Git keeps any number of digits; of more than these, no year comes that anybody means.
_TAGGER = re.compile(
    r"(.*?) ?<([^>]*)>"
    r"(?: (-?[0-9]{1,18})(?![0-9]))?(?: ([+-][0-9]{1,6})(?![0-9]))?.*"
)
_SIGNED = ("-----BEGIN PGP ", "-----BEGIN SSH ", "-----BEGIN SIGNED ")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who made a tag, as they called themselves."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


@dataclass(frozen=True, slots=True)
class TagObject:
    """What the object of an annotated tag says.

    Attributes:
        target: Object id of what was tagged.
        kind: What that is; a registry's tags name a commit.
        name: The name it was made with; a renamed ref still has it.
        actor: Who tagged.
        time: When, in seconds since 1970, by the tagger's clock; 0 if it is not said.
        zone: The tagger's offset from UTC, in minutes.
        text: The whole message, the signature included.
    """

    target: str
    kind: str
    name: str
    actor: Actor
    time: int
    zone: int
    text: str

    @property
    def message(self) -> Message:
        """The message, read."""
        return parse(self.text)

    @property
    def signed(self) -> bool:
        """Whether a signature follows the message; it says nothing of its worth."""
        return any(mark in self.text for mark in _SIGNED)

    @classmethod
    def read(cls, payload: bytes) -> "TagObject":
        """Read an object; bytes that are no UTF-8 become replacement characters."""
        head, _, text = payload.decode("utf-8", "replace").partition("\n\n")
        fields = dict(line.partition(" ")[::2] for line in head.split("\n"))
        who = _TAGGER.fullmatch(fields.get("tagger", ""))
        name, email, time, zone = who.groups() if who else ("", "", None, None)
        return cls(
            target=fields.get("object", ""),
            kind=fields.get("type", ""),
            name=fields.get("tag", ""),
            actor=Actor(name, email),
            time=int(time or 0),
            zone=_minutes(zone or "+0000"),
            text=text,
        )


def _minutes(zone: str) -> int:
    """Read an offset such as -0330.

    >>> _minutes("-0330")
    -210
    """
    sign = -1 if zone[0] == "-" else 1
    number = int(zone[1:])
    return sign * (number // 100 * 60 + number % 100)

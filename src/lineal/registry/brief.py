"""The little of a tag object that replay needs, and its row in the index."""

import re
from dataclasses import dataclass

from lineal.doors.objects import Found
from lineal.registry.tagobject import TagObject
from lineal.registry.version import InvalidVersionError, Version

VERSION, ROLLBACK, END = "Version", "Rollback", "End-Of-Life"
VIOLATION = "Violation"  # the assignment that is reverted
PREVIOUS = "Previous"  # which tag it follows, by object id
_PLAIN = re.compile(r"[\"-~][!-~]*")  # "!" begins the row of a problem
_SECONDS = re.compile(r"[0-9]{1,18}")
# What is wrong with a tag that is no event; a row holds the word.
PROBLEMS = {
    "missing": "its object is missing: the repository is damaged",
    "lightweight": "it is a lightweight tag: it says neither who nor when",
    "nested": "it is a tag of a tag",
    "no-commit": "it names no commit",
    "renamed": "its object was made under another name",
}


@dataclass(frozen=True, slots=True)
class Brief:
    """What replay needs of a tag.

    Attributes:
        problem: A key of `PROBLEMS`; the rest then says nothing.
        name: The name that the object was made with.
        commit: What was tagged.
        time: When, in seconds since 1970.
        named: The `Version` trailer.
        rollback: Whether there is a `Rollback` trailer.
        end: The `End-Of-Life` trailer, in seconds since 1970.
        violation: The `Violation` trailer.
    """

    problem: str = ""
    name: str = ""
    commit: str = ""
    time: int = 0
    named: Version | None = None
    rollback: bool = False
    end: int | None = None
    violation: str | None = None

    @classmethod
    def of(cls, found: Found | None) -> "Brief":
        """Read an object."""
        if found is None:
            return cls("missing")
        if found.kind != "tag":
            return cls("lightweight")
        tag = TagObject.read(found.content)
        if tag.kind != "commit":
            return cls("nested" if tag.kind == "tag" else "no-commit")
        if not _PLAIN.fullmatch(tag.name):
            return cls("renamed")  # no name that a registry's tag can have
        message = tag.message
        return cls(
            name=tag.name,
            commit=tag.target,
            time=tag.time,
            named=_version(message.get(VERSION)),
            rollback=message.get(ROLLBACK) is not None,
            end=_seconds(message.get(END)),
            violation=_plain(message.get(VIOLATION)),
        )

    @property
    def row(self) -> str:
        """What the index keeps; `parse` reads it back."""
        if self.problem:
            return f"!{self.problem}"
        row = f"{self.name} {self.commit} {self.time}"
        told = (self.named, self.rollback or None, self.end, self.violation)
        if all(one is None for one in told):
            return row
        end = "" if self.end is None else str(self.end)
        more = f"{self.named or ''} {int(self.rollback)} {end} {self.violation or ''}"
        return f"{row} {more}"

    @classmethod
    def parse(cls, row: str) -> "Brief":
        """Read a row."""
        if row[0] == "!":
            return cls(row[1:])
        name, commit, time, *more = row.split(" ")
        if not more:
            return cls("", name, commit, int(time))
        named, rollback, end, violation = more
        return cls(
            name=name,
            commit=commit,
            time=int(time),
            named=_version(named),
            rollback=rollback == "1",
            end=_seconds(end),
            violation=_plain(violation),
        )


def _version(text: str | None) -> Version | None:
    """Read a version, taking what is none for nothing said."""
    try:
        return Version.parse(text) if text else None
    except InvalidVersionError:
        return None


def _plain(text: str | None) -> str | None:
    """Return a tag's name, None for what can be none."""
    return text if text and _PLAIN.fullmatch(text) else None


def _seconds(text: str | None) -> int | None:
    """Read the seconds at the start of `1798761600 (2027-01-01)`."""
    digits = (text or "").split(" ")[0]
    return int(digits) if _SECONDS.fullmatch(digits) else None

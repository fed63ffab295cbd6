"""Versions of models: semver 2.0 with GTO's leading `v`, and calendar versions."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import total_ordering
from typing import Literal, Self

from lineal.errors import BadInputError

Part = Literal["major", "minor", "patch"]

# The expression of semver.org, without \d: Python's \d takes digits of any script.
SEMVER = (
    r"v(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)"
    r"(?:-(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)"
    r"(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
    r"(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?"
)
_SEMVER = re.compile(SEMVER)
_LONGEST = 250  # no tag could be named after more


class InvalidVersionError(BadInputError):
    """The text is not a version."""

    def __init__(self, text: str) -> None:
        near = f"v{text.removeprefix('V')}"
        hint = f"; did you mean {near}?" if _SEMVER.fullmatch(near) else ""
        said = f"{text!r} is not a version such as v1.2.3 or v1.2.3-rc.1{hint}"
        super().__init__(said)
        self.text = text


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    """A version, ordered as semver 2.0 orders them (section 11).

    Build metadata has no rank in semver; here it breaks ties, so that the order is
    total and no answer depends on the order in which Git lists tags.

    >>> Version.parse("v1.9.0") < Version.parse("v1.10.0")
    True
    >>> Version.parse("v1.0.0-rc.1") < Version.parse("v1.0.0")
    True
    """

    major: int
    minor: int
    patch: int
    prerelease: str = ""
    build: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a version, refusing anything that would not print back the same.

        Raises:
            InvalidVersionError: It is no semver with a leading `v`.
        """
        if len(text) > _LONGEST or not _SEMVER.fullmatch(text):
            raise InvalidVersionError(text)
        return cls.trusted(text)

    @classmethod
    def trusted(cls, text: str) -> Self:
        """Read a version that is known to match `SEMVER`."""
        release, _, build = text[1:].partition("+")
        numbers, _, prerelease = release.partition("-")
        major, minor, patch = map(int, numbers.split("."))
        return cls(major, minor, patch, prerelease, build)

    @classmethod
    def calendar(cls, at: datetime) -> Self:
        """Return the calendar version of an instant: it sorts by time, as semver.

        >>> str(Version.calendar(datetime(2026, 11, 21, 9, 30, 15)))
        'v2026.1121.93015'
        """
        clock = at.hour * 10_000 + at.minute * 100 + at.second
        return cls(at.year, at.month * 100 + at.day, clock)

    def bump(self, part: Part) -> Self:
        """Return the next version; a prerelease becomes the release it announces.

        >>> str(Version.parse("v1.2.3").bump("minor"))
        'v1.3.0'
        >>> str(Version.parse("v2.0.0-rc.1").bump("major"))
        'v2.0.0'
        """
        announced = bool(self.prerelease)
        match part:
            case "major":
                done = announced and self.minor == self.patch == 0
                return type(self)(self.major + (not done), 0, 0)
            case "minor":
                done = announced and self.patch == 0
                return type(self)(self.major, self.minor + (not done), 0)
            case _:
                return type(self)(self.major, self.minor, self.patch + (not announced))

    def __str__(self) -> str:
        text = f"v{self.major}.{self.minor}.{self.patch}"
        text += f"-{self.prerelease}" if self.prerelease else ""
        return text + (f"+{self.build}" if self.build else "")

    def __lt__(self, other: Self) -> bool:
        mine, theirs = self.precedence, other.precedence
        return mine < theirs or (mine == theirs and self.build < other.build)

    @property
    def precedence(self) -> tuple[object, ...]:
        """What semver compares: numbers before words, a release after all."""
        if not self.prerelease:
            words: tuple[tuple[int, int, str], ...] = ((2, 0, ""),)
        else:
            words = tuple(
                (0, int(word), "") if word.isdecimal() else (1, 0, word)
                for word in self.prerelease.split(".")
            )
        return (self.major, self.minor, self.patch, words)

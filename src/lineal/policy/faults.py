"""What is wrong with a text that people wrote, and where."""

from dataclasses import dataclass, field
from typing import Protocol

_LONGEST = 40  # signs of an offending text that are shown
_HINTS = 100  # faults after which nothing is searched for what was meant
_SHOWN = 12  # known words that are listed


class Placed(Protocol):
    """Something that stands in a text."""

    @property
    def line(self) -> int:
        """Its line, counted from 1."""

    @property
    def column(self) -> int:
        """Its column, counted from 1."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something that is wrong.

    Attributes:
        line: In which line it is, counted from 1.
        column: In which column, counted from 1.
        text: What is wrong, as a sentence without its end.
    """

    line: int
    column: int
    text: str

    def at(self, name: str) -> str:
        """Return it with its place, as editors and compilers write it.

        >>> Fault(12, 9, "unknown key 'gate'").at("policy.yaml")
        "policy.yaml:12:9: unknown key 'gate'"
        """
        return f"{name}:{self.line}:{self.column}: {self.text}"


@dataclass(slots=True)
class Faults:
    """The faults of a text, as they are found.

    Attributes:
        found: All so far, in no order.
    """

    found: list[Fault] = field(default_factory=list)

    def add(self, where: Placed, text: str) -> None:
        """Keep one."""
        self.found.append(Fault(where.line, where.column, text))

    def meant(self, said: str, known: tuple[str, ...]) -> str:
        """Return which known word was likely meant, or which there are.

        Whoever sends thousands of wrong words does not get thousands of answers.
        """
        if len(self.found) <= _HINTS and len(said) <= _LONGEST:
            import difflib  # noqa: PLC0415 - mostly there is no fault

            if near := difflib.get_close_matches(said, known[:_HINTS], 1):
                return f"did you mean {near[0]!r}?"
        more = ", ..." if len(known) > _SHOWN else ""
        return f"there are: {', '.join(known[:_SHOWN])}{more}"


def quoted(text: str) -> str:
    r"""Return a text that others wrote, so that it is short and moves no terminal.

    >>> quoted("a\x1b[31m")
    "'a\\x1b[31m'"
    """
    return repr(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")

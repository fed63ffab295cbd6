"""Text that cannot drive a terminal, and the columns that it takes there."""

from collections.abc import Iterator
from typing import Final
from unicodedata import category, east_asian_width

CUT: Final = "…"
_MARKS: Final = frozenset({"Mn", "Me"})
_MARKS_A_SIGN: Final = 4  # more than any script writes; endless ones blot out lines
# Control and format characters, halves of characters, line and paragraph ends.
_DRIVERS: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_EMOJI: Final = "\ufe0f"  # the one mark that makes what it marks wider


def visible(text: str) -> str:
    r"""Write what could drive a terminal as its escape sequence.

    Others wrote the tags, and what they wrote must not move the cursor, change colours,
    reverse the reading order, or draw over other lines.

    >>> print(visible("two\nlines, \x1b[31mred"))
    two\nlines, \x1b[31mred
    """
    if text.isascii() and text.isprintable():
        return text
    shown, marks = [], _MARKS_A_SIGN  # a mark before all signs has none to be on
    for sign in text:
        kind = category(sign)
        marks = marks + 1 if kind in _MARKS else 0
        drives = kind in _DRIVERS or marks > _MARKS_A_SIGN
        shown.append(_escape(sign) if drives else sign)
    return "".join(shown)


def measure(text: str) -> int:
    """Return how many columns a visible text takes on a terminal.

    >>> measure("prod"), measure("本番"), measure("e\N{COMBINING ACUTE ACCENT}")
    (4, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def shorten(text: str, width: int) -> str:
    """Cut a visible text to a number of columns, and show that it was cut.

    >>> shorten("ridership", 6)
    'rider…'
    """
    if measure(text) <= width:
        return text
    return text[: _reach(text, 0, width - 1)] + CUT


def wrap(text: str, width: int) -> Iterator[str]:
    """Break a visible text between words where it can.

    >>> list(wrap("better on every segment", 9))
    ['better on', 'every', 'segment']
    """
    start = 0
    while start < len(text):
        if text[start] == " ":
            start += 1
            continue
        stop = _reach(text, start, width)
        if stop == start:  # a wide sign where there is one column
            yield CUT
            start += 1
            continue
        if stop < len(text) and text[stop] != " ":
            space = text.rfind(" ", start, stop)
            stop = stop if space < 0 else space
        yield text[start:stop].rstrip(" ")
        start = stop


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")


def _columns(sign: str) -> int:
    if sign.isascii():
        return 1
    if category(sign) in _MARKS:
        return int(sign == _EMOJI)
    return 2 if east_asian_width(sign) in "WF" else 1


def _reach(text: str, start: int, width: int) -> int:
    """Return where the part that fits ends."""
    used = 0
    for place in range(start, len(text)):
        used += _columns(text[place])
        if used > width:
            return place
    return len(text)

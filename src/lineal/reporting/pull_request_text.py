"""Text that others wrote, made safe for a comment on GitHub.

Names of branches, segments and parameters come from whoever opens a pull request. They
must not end a cell, become markup, call people, link elsewhere or refer to issues.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from lineal.reporting.markdown import table as plain_table
from lineal.reporting.signs import CUT, visible

LONGEST: Final = 80  # characters of a name
LISTED: Final = 40  # characters of one name of many
SENTENCE: Final = 300  # characters of a reason
ROWS: Final = 40  # of a table
# Nothing here ends a span of code or a cell; inside of code nothing else means anything.
_INERT = re.compile(r"[\w .,:;/=+@#%!?()\[\]{}*~^$'\"…-]+")
_MARKUP = re.compile(r"[\\`*{}\[\]<>|~&$]|(?<!\w)_|_(?!\w)")
# Broken by a space of no width, as Dependabot and Renovate do.
_CALLS = re.compile(
    r"(?<=@)(?=\w)|(?<=#)(?=\d)|(?<=:)(?=//)|(?i:(?<=www)(?=\.))|(?<=GH-)"
)
_ZERO = "\u200b"  # none of theirs is left: it would be written as its escape


def code(text: str, longest: int = LONGEST) -> str:
    """Show a name as it is typed, in a cell too.

    >>> code("lag_7"), code("a|b")
    ('`lag_7`', '<code>a&#124;b</code>')
    """
    shown = cut(text, longest)
    if not shown:
        return "(empty)"
    if _INERT.fullmatch(shown):
        return f"`{shown}`"
    coded = (s if s.isalnum() or s in " ./-" else f"&#{ord(s)};" for s in shown)
    return f"<code>{''.join(coded)}</code>"


def prose(text: str, longest: int = SENTENCE) -> str:
    """Show a sentence that quotes names.

    >>> prose("*a|b* of @ann")
    '&#42;a&#124;b&#42; of @&#8203;ann'
    """
    apart = _CALLS.sub(_ZERO, cut(text, longest))
    shown = _MARKUP.sub(lambda found: f"&#{ord(found[0])};", apart)
    return shown.replace(_ZERO, "&#8203;")


def cut(text: str, longest: int) -> str:
    """Return a text on one line, of some length at most."""
    shown = visible(" ".join(text.split()))
    return shown if len(shown) <= longest else shown[: longest - 1] + CUT


def codes(names: Sequence[str], most: int = 20) -> str:
    """List names, and count those beyond a number."""
    rest = len(names) - most
    more = f" and {rest} more" if rest > 0 else ""
    return ", ".join(code(each, LISTED) for each in names[:most]) + more


def table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    text: int = 1,
    most: int = ROWS,
) -> str:
    """Lay out a table of finished cells, and count the rows beyond a number."""
    every = list(rows)
    shown = plain_table(header, every[:most], text=text)
    rest = len(every) - most
    return f"{shown}\n\nand {rest:,} more." if rest > 0 else shown


def folded(summary: str, text: str) -> str:
    """Fold a text under a line; the line is finished markup."""
    return f"<details>\n<summary>{summary}</summary>\n\n{text}\n\n</details>"


def counted(number: int, word: str, plural: str = "") -> str:
    """Write a number of things.

    >>> counted(1, "model"), counted(2, "library", "libraries")
    ('1 model', '2 libraries')
    """
    return f"{number:,} {word if number == 1 else plural or f'{word}s'}"

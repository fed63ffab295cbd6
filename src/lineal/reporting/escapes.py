r"""Texts that others wrote, in Markdown that GitHub renders.

What could drive a terminal is shown as its escape, what could end a cell or become
markup gets a backslash, and what GitHub would turn into a link or a mention is cut.
"""

from collections.abc import Iterable

from lineal.reporting import markdown
from lineal.reporting.signs import visible

_SIGNS = "\\`*_[]<>|~&$"
_STARTS = "#+-="  # what makes a line a heading or an item
_NOTHING = "<!-- -->"  # what the reader does not see
# GitHub makes links of these without being asked.
_LINKS = ("@", "://", "www.")


def plain(text: str) -> str:
    r"""Return a text that is nothing but text.

    >>> plain("a|b *c* <i>")
    'a\\|b \\*c\\* \\<i\\>'
    >>> plain("@ann")
    '@<!-- -->ann'
    """
    shown = " ".join(visible(text).split())
    shown = "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in shown)
    shown = f"\\{shown}" if shown.startswith(tuple(_STARTS)) else shown
    for link in _LINKS:
        shown = shown.replace(link, f"{link[0]}{_NOTHING}{link[1:]}")
    return shown


def code(text: str) -> str:
    """Return a name as it is typed; nothing in it is a link, a mention or markup.

    >>> code("ridership#prod#7")
    '`ridership#prod#7`'
    """
    shown = visible(text)
    return markdown.code(shown) if shown.strip() else ""


def lines(texts: Iterable[str]) -> str:
    """Put finished texts under each other in a cell."""
    return "<br>".join(texts)

"""Markdown that renders on GitHub: tables, cells, numbers for people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

_LARGE: Final = 100
UNKNOWN: Final = "n/a"


def table(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, text: int = 1
) -> str:
    """Lay out a table of finished cells: the first columns are text, then numbers.

    >>> print(table(("who", "how many"), [("a", "1")]))
    | who | how many |
    | --- | ---: |
    | a | 1 |
    """
    rule = ["---" if place < text else "---:" for place in range(len(header))]
    return "\n".join(f"| {' | '.join(line)} |" for line in (header, rule, *rows))


def bullets(lines: Iterable[str]) -> str:
    """Make a list, one item a line."""
    return "\n".join(f"- {line}" for line in lines)


def plain(text: str) -> str:
    r"""Keep a name from ending its cell, its line, or becoming markup.

    >>> plain("a|b_c")
    'a\\|b\\_c'
    """
    for sign in "\\|_*`<[":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def code(text: str) -> str:
    r"""Show a name as it is typed, in a cell too.

    >>> code("lag_7"), code("a|b")
    ('`lag_7`', '`a\\|b`')
    """
    shown = text.replace("`", "'").replace("|", "\\|")
    return f"`{' '.join(shown.split())}`"


def codes(names: Iterable[str]) -> str:
    """Show names as they are typed, with commas between."""
    return ", ".join(map(code, names))


def percent(share: float | None) -> str:
    """Write a share of one.

    >>> percent(0.05523), percent(None)
    ('5.52 %', 'n/a')
    """
    return UNKNOWN if share is None else f"{100 * share:.2f} %"


def points(share: float | None) -> str:
    """Write a difference of shares, with its sign.

    >>> points(-0.0123), points(0.0), points(-1e-9), points(None)
    ('-1.23', '0.00', '0.00', 'n/a')
    """
    return UNKNOWN if share is None else _signed(100 * share)


def number(value: float | None) -> str:
    """Write an amount with the digits that say something.

    >>> number(3338.8271), number(188.52), number(51.613), number(27058.0)
    ('3,339', '189', '51.6', '27,058')
    """
    if value is None:
        return UNKNOWN
    return f"{value:.3g}" if abs(value) < _LARGE else f"{value:,.0f}"


def ratio(value: float | None) -> str:
    """Write a number around one, such as R2, always as long.

    >>> ratio(0.994), ratio(None)
    ('0.9940', 'n/a')
    """
    return UNKNOWN if value is None else f"{value:.4f}"


def setting(value: Any) -> str:
    """Write a parameter's value as params.yaml would, but short.

    >>> setting(0.0522236612586), setting(True), setting(None), setting("hist")
    ('0.0522237', 'true', 'null', 'hist')
    """
    match value:
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case float():
            return f"{value:.6g}"
        case Mapping():
            return ", ".join(f"{key}: {setting(value[key])}" for key in sorted(value))
        case list() | tuple():
            return ", ".join(map(setting, value))
        case other:
            return str(other)


def _signed(value: float) -> str:
    text = f"{value:+.2f}"
    return text[1:] if float(text) == 0 else text

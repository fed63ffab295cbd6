"""The terminal: how wide it is, whether it takes colours, and a pager for it."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

from lineal.reporting.signs import measure

_PAGER = "less -FRX"


def is_terminal() -> bool:
    """Tell whether somebody reads standard output as it is written."""
    # None where the caller closed it.
    return bool(sys.stdout) and sys.stdout.isatty()


def columns() -> int | None:
    """Return how wide results may be; None where nothing needs to be shortened.

    What goes to a file or a program is whole, unless COLUMNS asks for a width.
    """
    asked = os.environ.get("COLUMNS", "")
    if not is_terminal() and not (asked.isdecimal() and int(asked)):
        return None
    return shutil.get_terminal_size().columns


def wants_colour(
    environment: Mapping[str, str] = os.environ, *, terminal: bool | None = None
) -> bool:
    """Tell whether results are coloured.

    NO_COLOR wins, as no-color.org asks; then FORCE_COLOR and CLICOLOR_FORCE, of which 0
    forces nothing.

    Args:
        environment: Where people say what they want.
        terminal: Whether a terminal shows it; by default asks standard output.

    >>> wants_colour({"TERM": "xterm"}, terminal=True)
    True
    >>> wants_colour({"NO_COLOR": "1", "FORCE_COLOR": "1"}, terminal=True)
    False
    """
    if environment.get("NO_COLOR"):
        return False
    forces = ("FORCE_COLOR", "CLICOLOR_FORCE")
    if any(environment.get(name, "0") not in {"", "0"} for name in forces):
        return True
    if environment.get("TERM") == "dumb":
        return False
    return is_terminal() if terminal is None else terminal


def page(text: str) -> None:
    """Print finished lines, through a pager where they are more than a screen.

    The pager is $LINEAL_PAGER, or $PAGER, or less; set to nothing or `cat`, none. One
    that is not there or does not start leaves the text on the screen. As with Git, less
    gets the options FRX where the environment has none for it.

    Args:
        text: Coloured where `wants_colour` says so; its colours are left as they are.
    """
    pager = _pager() if is_terminal() and _overflows(text) else None
    if pager:
        with _variables(PAGER=pager, LESS=os.environ.get("LESS", "FRX")):
            try:
                click.echo_via_pager(text.removesuffix("\n"), color=True)
            except OSError:  # such as a script without its first line
                pager = None
    if not pager:
        click.echo(text, nl=False, color=True)


def _pager() -> str | None:
    """Return the pager's words, if it can be found."""
    names = ("LINEAL_PAGER", "PAGER")
    said = next((os.environ[name] for name in names if name in os.environ), _PAGER)
    try:
        program, *_ = shlex.split(said)
    except ValueError:  # no words, or a quote that does not end
        return None
    return said if program != "cat" and shutil.which(program) else None


def _overflows(text: str) -> bool:
    """Tell whether the prompt would push the first line off the screen."""
    width, height = shutil.get_terminal_size()
    lines = click.unstyle(text).splitlines()
    if len(lines) >= height:
        return True
    return sum(max(1, -(-measure(line) // width)) for line in lines) >= height


@contextmanager
def _variables(**values: str) -> Iterator[None]:
    """Change the environment for a while, since click asks it for the pager."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

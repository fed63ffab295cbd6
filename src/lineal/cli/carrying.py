"""What `push` and `pull` have in common: their options, and what they print."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from lineal.reporting.signs import visible

if TYPE_CHECKING:
    from lineal.bootstrap.storage import Moved
    from lineal.doors.dvc.errands import Progress

LIMIT = 120.0
_CLEAR = "\r\x1b[K"
_MB = 1_000_000

REMOTE = click.option(
    "--remote",
    metavar="NAME",
    help="The DVC remote, instead of those that the outputs ask for.",
)
LIMITED = click.option(
    "--limit",
    type=click.FloatRange(min=1),
    default=LIMIT,
    show_default=True,
    metavar="SECONDS",
    help="Give up when nothing moved for so long; all of DVC's processes end then. "
    "Whether a remote answers at all is known after 15 seconds.",
)


def limited(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options."""
    return REMOTE(LIMITED(command))


@contextmanager
def shown(verb: str) -> "Iterator[Callable[[Progress], None]]":
    """Tell on standard error how far it is: one line that changes, or the first one."""
    watched = bool(sys.stderr) and sys.stderr.isatty()
    begun: set[tuple[str, int]] = set()

    def said(far: "Progress") -> None:
        amount = f"{far.every} objects, {far.every_byte / _MB:.1f} MB"
        if watched:
            done = f"{far.done} of {amount}; {far.bytes / _MB:.1f} MB done"
            click.echo(
                f"{_CLEAR}{verb} {visible(far.remote)}: {done}", err=True, nl=False
            )
        elif (far.remote, far.every) not in begun:
            click.echo(f"{verb} {visible(far.remote)}: {amount}", err=True)
        begun.add((far.remote, far.every))

    try:
        yield said
    finally:
        if watched and begun:
            click.echo(_CLEAR, err=True, nl=False)


@contextmanager
def steps() -> Iterator[Callable[[str, int, int], None]]:
    """Tell on standard error what is being done: a line that changes, or one a step."""
    watched = bool(sys.stderr) and sys.stderr.isatty()
    begun: set[str] = set()

    def said(what: str, done: int, every: int) -> None:
        if watched:
            line = f"{_CLEAR}{visible(what)}: {done} of {every}"
            click.echo(line, err=True, nl=False)
        elif what not in begun:
            click.echo(f"{visible(what)}: {every}", err=True)
        begun.add(what)

    try:
        yield said
    finally:
        if watched and begun:
            click.echo(_CLEAR, err=True, nl=False)


def told(done: "tuple[Moved, ...]", verb: str, end: str) -> None:
    """Print what was done with each remote."""
    if not done:
        click.echo("DVC keeps nothing here that a remote must have")
    for each in done:
        if each.lost:
            end = f"{each.lost} are in neither the cache nor the remote"
        where = visible(str(each.address).removeprefix("the DVC remote "))
        click.echo(f"{where}: {each.moved} of {each.every} objects {verb}; {end}")

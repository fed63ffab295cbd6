"""A line on the terminal that tells how far something is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_FEW = 50  # what takes no longer than to read the line
_STEPS = 100
_CLEAR = "\r\x1b[K"


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Tell how many of how many are done, where somebody watches standard error.

    The line is gone at the end: files and programs get none of it.
    """
    watched = bool(sys.stderr) and sys.stderr.isatty()
    shown = False

    def said(done: int, every: int) -> None:
        nonlocal shown
        if watched and every > _FEW and done % max(1, every // _STEPS) == 0:
            shown = True
            told = f"{_CLEAR}{what}: {done} of {every}"
            click.echo(told, err=True, nl=False, color=True)

    try:
        yield said
    finally:
        if shown:
            click.echo(_CLEAR, err=True, nl=False, color=True)

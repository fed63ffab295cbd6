"""The reference of every command, for docs/cli.md.

`python -m lineal.cli.reference > docs/cli.md` writes it; a test compares them.
"""

import sys
from collections.abc import Iterator

import click

from lineal.cli.main import COMMANDS, cli

_INTRO = """\
# Command line

Made from the commands' own help: `python -m lineal.cli.reference > docs/cli.md`.

Results go to standard output, errors and notes to standard error. Exit codes: 0 done
or yes; 1 no (refused, nothing there); 2 wrong words; 3 the outside failed; 4 lost a
race; 130 interrupted.
"""


def reference() -> str:
    """Return the help of all commands as Markdown."""
    top = _context(cli, "lineal", None)
    parts = [_INTRO, _section(top)]
    for name in sorted(COMMANDS):
        command = cli.get_command(top, name)
        if command is not None:
            parts += _sections(_context(command, name, top))
    return "\n".join(parts)


def _sections(ctx: click.Context) -> Iterator[str]:
    """Yield the section of a command, and those of what it groups."""
    yield _section(ctx)
    if isinstance(ctx.command, click.Group):
        for name, command in sorted(ctx.command.commands.items()):
            if not command.hidden:
                yield from _sections(_context(command, name, ctx))


def _context(
    command: click.Command, name: str, parent: click.Context | None
) -> click.Context:
    """Return a context that wraps help at the same width everywhere."""
    return click.Context(
        command,
        parent=parent,
        info_name=name,
        terminal_width=80,
        max_content_width=80,
        help_option_names=["-h", "--help"],
    )


def _section(ctx: click.Context) -> str:
    return f"## {ctx.command_path}\n\n```text\n{ctx.get_help()}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(reference())

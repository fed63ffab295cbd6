"""The command `lineal`: finds the command asked for, and words every failure.

Only click is imported here, and a command's module only when it is needed.
"""

import importlib
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from lineal import __version__
from lineal.cli.app import App
from lineal.errors import LinealError

# Each module has a click command of the same name.
COMMANDS: Mapping[str, str] = {
    "forecast": "lineal.cli.forecast",
    "summary": "lineal.cli.summary",
}
_UNEXPECTED = 3
_INTERRUPTED = 130
_BROKEN_PIPE = 141  # what a shell reports of a program that SIGPIPE ended


class LazyGroup(click.Group):
    """A group that imports a command's module when somebody asks for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command's name."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name])
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--repo",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    help="A folder in the repository; its params.yaml is looked for upwards.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of a failure.")
@click.version_option(__version__, prog_name="lineal", message="%(prog)s %(version)s")
@click.pass_obj
def cli(app: App, repo: Path, *, debug: bool) -> None:
    """Train, compare and serve models whose only database is Git."""
    app.repo, app.debug = repo, debug


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code; the console script's entry."""
    app, out = App(), sys.stdout
    try:
        code = cli.main(words, "lineal", standalone_mode=False, obj=app)
        if sys.stdout:  # None where the caller closed it
            sys.stdout.flush()
    except BrokenPipeError:
        return _leave()
    except SystemExit:
        # Click ends with 1 when nobody reads any more, having replaced the stream;
        # but 1 would be an answer here.
        if sys.stdout is out:
            raise
        return _leave()
    except Exception as error:  # noqa: BLE001 - the last place that can word it
        if app.debug:
            traceback.print_exception(error)
        sentence, failed = explain(error)
        click.echo(sentence, err=True)
        return failed
    return code if isinstance(code, int) else 0


def explain(error: Exception) -> tuple[str, int]:
    """Return the sentence and the exit code of a failure."""
    match error:
        case LinealError():
            return f"error: {error}", error.exit_code
        case click.UsageError():
            command = error.ctx.command_path if error.ctx else "lineal"
            said = error.format_message().rstrip(".")
            return f"error: {said} (see `{command} --help`)", error.exit_code
        case click.ClickException():
            return f"error: {error.format_message()}", error.exit_code
        case click.Abort():
            return "error: interrupted", _INTERRUPTED
        case _:
            kind = type(error).__name__
            return (
                f"error: unexpected {kind}: {error}; run again with --debug and "
                "report what it shows"
            ), _UNEXPECTED


def _leave() -> int:
    """Let Python's last flush go nowhere, since whoever read our output has left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return _BROKEN_PIPE


if __name__ == "__main__":
    raise SystemExit(main())

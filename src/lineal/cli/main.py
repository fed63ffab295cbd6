"""The command `lineal`: finds the command asked for, and words every failure.

Only click is imported here, and a command's module only when it is needed.
"""

import errno
import importlib
import sys
import traceback
from collections.abc import Mapping, Sequence

import click
from click.exceptions import NoArgsIsHelpError

from lineal import __version__
from lineal.cli.app import App
from lineal.cli.everywhere import accept
from lineal.cli.pipes import give_up, leave
from lineal.cli.sentences import SENTENCES
from lineal.errors import LinealError

# Each module has a click command of the same name, with `_` for `-`.
COMMANDS: Mapping[str, str] = {
    "check-ref": "lineal.cli.check_ref",
    "compare": "lineal.cli.compare",
    "audit": "lineal.cli.audit",
    "approve": "lineal.cli.approve",
    "deprecate": "lineal.cli.deprecate",
    "doctor": "lineal.cli.doctor",
    "forecast": "lineal.cli.forecast",
    "gc": "lineal.cli.gc",
    "get": "lineal.cli.get",
    "history": "lineal.cli.history",
    "hooks": "lineal.cli.hooks",
    "lineage": "lineal.cli.lineage",
    "init": "lineal.cli.init",
    "policy": "lineal.cli.policy",
    "predict": "lineal.cli.predict",
    "promote": "lineal.cli.promote",
    "pull": "lineal.cli.pull",
    "push": "lineal.cli.push",
    "register": "lineal.cli.register",
    "report": "lineal.cli.report",
    "reject": "lineal.cli.reject",
    "reproduce": "lineal.cli.reproduce",
    "reviews": "lineal.cli.reviews",
    "rollback": "lineal.cli.rollback",
    "show": "lineal.cli.show",
    "sql": "lineal.cli.sql",
    "summary": "lineal.cli.summary",
    "trend": "lineal.cli.trend",
    "unassign": "lineal.cli.unassign",
    "used-by": "lineal.cli.used_by",
    "verify": "lineal.cli.verify",
    "which": "lineal.cli.which",
    "withdraw": "lineal.cli.withdraw",
}
_UNEXPECTED = 3
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_INTERRUPTED = 130


class UnknownCommandError(click.UsageError):
    """There is no such command."""

    def __init__(self, name: str, ctx: click.Context) -> None:
        import difflib  # noqa: PLC0415 - mostly there is the command

        near = difflib.get_close_matches(name, COMMANDS)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"No such command {name!r}{hint}", ctx)


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
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        accept(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or suggest those that are spelled like it."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise UnknownCommandError(name, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the list of commands without importing those that are known."""
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        listed = [
            (name, command.get_short_help_str(limit))
            for name in names
            if (command := self._stub(name) or self.get_command(ctx, name))
        ]
        with formatter.section("Commands"):
            formatter.write_dl(listed)

    def _stub(self, name: str) -> click.Command | None:
        """Return a command that only has a sentence of help."""
        said = SENTENCES.get(name)
        return click.Command(name, help=said) if said else None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--repo",
    default=".",
    show_default=True,
    metavar="FOLDER|URL",
    help="A folder in the repository; commands that only read the registry also take "
    "the URL of one.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of a failure.")
@click.version_option(__version__, prog_name="lineal", message="%(prog)s %(version)s")
@click.pass_obj
def cli(app: App, repo: str, *, debug: bool) -> None:
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
        return leave()
    except SystemExit:
        # Click ends with 1 when nobody reads any more, having replaced the stream;
        # but 1 would be an answer here.
        if sys.stdout is out:
            raise
        return leave()
    except Exception as error:  # noqa: BLE001 - the last place that can word it
        return _fail(error, app)
    return code if isinstance(code, int) else 0


def _fail(error: Exception, app: App) -> int:
    if app.debug:
        traceback.print_exception(error)
    if isinstance(error, OSError) and error.filename is None and error.errno in _FULL:
        return give_up(error)
    from lineal.reporting.signs import visible  # noqa: PLC0415 - mostly nothing fails

    sentence, failed = explain(error)
    for line in sentence.split("\n"):
        click.echo(visible(line), err=True)
    return failed


def explain(error: Exception) -> tuple[str, int]:
    """Return the sentence and the exit code of a failure."""
    match error:
        case LinealError():
            return f"error: {error}", error.exit_code
        case click.UsageError() if not isinstance(error, NoArgsIsHelpError):
            command = error.ctx.command_path if error.ctx else "lineal"
            said = error.format_message().rstrip(".")
            return f"error: {said} (see `{command} --help`)", error.exit_code
        case click.ClickException():
            said = error.format_message()
            lead = "" if isinstance(error, NoArgsIsHelpError) else "error: "
            return f"{lead}{said}", error.exit_code
        case click.Abort():
            return "error: interrupted", _INTERRUPTED
        case _:
            kind = type(error).__name__
            return (
                f"error: unexpected {kind}: {error}; run again with --debug and "
                "report what it shows"
            ), _UNEXPECTED


if __name__ == "__main__":
    raise SystemExit(main())

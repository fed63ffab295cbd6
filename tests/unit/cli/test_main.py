"""Tests of how the command line finds commands and words failures."""

import click
import pytest

from helpers.programs import python
from lineal import __version__
from lineal.cli.main import COMMANDS, cli, explain, main
from lineal.errors import BadInputError, ConflictError, OutsideError, RefusedError

HEAVY = ("numpy", "pandas", "msgspec", "yaml", "sklearn", "xgboost", "dvc", "gto")


@pytest.mark.parametrize("word", ["--help", "-h", "--version"])
def test_help_imports_almost_nothing(word: str) -> None:
    """Who asks for help must not wait for libraries."""
    script = (
        "import sys; from lineal.cli.main import main; main(sys.argv[1:2]); "
        "print(*sys.modules)"
    )

    done = python("-c", script, word)

    loaded = set(done.stdout.splitlines()[-1].split())
    assert (done.returncode, done.stderr) == (0, "")
    assert "click" in loaded
    assert not loaded.intersection(HEAVY)


def test_the_help_of_a_command_imports_almost_nothing() -> None:
    """The libraries come with the command's work, not with its options."""
    script = (
        "import sys; from lineal.cli.main import main\n"
        f"for name in {tuple(COMMANDS)}: main([name, '--help'])\n"
        "print(*sys.modules)"
    )

    loaded = set(python("-c", script).stdout.splitlines()[-1].split())

    assert "lineal.cli.forecast" in loaded
    assert not loaded.intersection(HEAVY)


def test_summary_does_not_wait_for_pandas() -> None:
    """What `make repro` ends with reads JSON only."""
    script = (
        "import sys, lineal.cli.summary, lineal.reporting.summary; print(*sys.modules)"
    )

    loaded = set(python("-c", script).stdout.split())

    assert "msgspec" in loaded
    assert not loaded.intersection({"numpy", "pandas", "sklearn"})


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    """One line, for people and scripts."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"lineal {__version__}\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nothing"], "error: No such command 'nothing' (see `lineal --help`)\n"),
        (["summary", "--x"], "No such option '--x' (see `lineal summary --help`)"),
        (["--repo", "/nowhere", "summary"], "'/nowhere' does not exist"),
        (["--repo", "/", "summary"], "error: / is in no lineal repository"),
    ],
)
def test_wrong_words_exit_2(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence on standard error, and nothing on standard output."""
    code = main(words)

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1


def test_errors_drive_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """They quote names that others wrote."""
    main(["--repo", "no\x1b[31m\x07\rwhere", "which", "m", "prod"])

    assert "no\\x1b[31m\\x07\\rwhere" in capsys.readouterr().err


def test_no_words_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """All of it, as it is; nothing was answered, so it goes to standard error."""
    assert main([]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Usage: ")
    assert "  withdraw" in said.err


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence and the exit code stay."""
    code = main(["--debug", "--repo", "/", "summary"])

    said = capsys.readouterr().err
    assert code == 2
    assert said.startswith("Traceback")
    assert said.splitlines()[-1].startswith("error: / is in no lineal repository")


@pytest.mark.parametrize(
    ("error", "sentence", "code"),
    [
        (RefusedError("no"), "error: no", 1),
        (BadInputError("what?"), "error: what?", 2),
        (OutsideError("git failed"), "error: git failed", 3),
        (ConflictError("too late"), "error: too late", 4),
        (click.UsageError("odd."), "error: odd (see `lineal --help`)", 2),
        (click.ClickException("odd"), "error: odd", 1),
        (click.Abort(), "error: interrupted", 130),
    ],
)
def test_a_family_of_errors_is_an_exit_code(
    error: Exception, sentence: str, code: int
) -> None:
    """What is explained is said in its own words."""
    assert explain(error) == (sentence, code)


def test_an_unexpected_error_asks_for_a_report() -> None:
    """It names its type, and says how to see more."""
    sentence, code = explain(KeyError("x"))

    assert sentence.startswith(
        "error: unexpected KeyError: 'x'; run again with --debug"
    )
    assert code == 3


def test_a_command_that_is_not_there_is_none() -> None:
    """Click then says so in its own words."""
    assert cli.get_command(click.Context(cli), "nothing") is None


def test_output_that_nobody_can_take_is_no_failure() -> None:
    """The caller closed standard output."""
    script = "import sys; sys.stdout = None; from lineal.cli.main import main\n"
    words = "raise SystemExit(main(['--version']))"

    done = python("-c", script + words)

    assert (done.returncode, done.stderr) == (0, "")

"""Tests of the terminal, on a terminal."""

import shlex
import shutil
import sys
from pathlib import Path

import pytest

from helpers.programs import python
from helpers.terminals import python_on_terminal

SEEN = "from lineal.cli import terminal as t; print(t.columns(), t.wants_colour())"
# Prints as many lines as it is told to, numbered, the first of them red.
PAGED = (
    "import sys; from lineal.cli.terminal import page; count = int(sys.argv[1])\n"
    "lines = [f'line {place}' for place in range(count)]\n"
    r"page('\x1b[31mred\x1b[0m\n' + '\n'.join(lines[1:]) + '\n')" + "\n"
    "print('done')"
)


def lines(count: int) -> str:
    """Return what PAGED prints."""
    return "\x1b[31mred\x1b[0m\n" + "".join(
        f"line {place}\n" for place in range(1, count)
    )


def pager(script: str) -> str:
    """Return the words that make Python a pager."""
    return shlex.join([sys.executable, "-c", script])


PAGER = pager("import sys; print('<', sys.stdin.read(), '>', sep='')")


def test_a_terminal_says_how_wide_it_is() -> None:
    """And a terminal takes colours."""
    assert python_on_terminal("-c", SEEN, size=(24, 93)) == (0, "93 True\n")


def test_a_terminal_that_does_not_know_has_80_columns() -> None:
    """Serial lines and some runners report nothing."""
    assert python_on_terminal("-c", SEEN, size=(0, 0)) == (0, "80 True\n")


def test_no_colours_where_somebody_says_so() -> None:
    """NO_COLOR, as no-color.org has it."""
    code, shown = python_on_terminal("-c", SEEN, environment={"NO_COLOR": "1"})

    assert (code, shown) == (0, "80 False\n")


@pytest.mark.parametrize(
    ("asked", "told"), [("", "None"), ("0", "None"), ("wide", "None"), ("50", "50")]
)
def test_a_pipe_has_no_width_of_its_own(asked: str, told: str) -> None:
    """What other programs read is never shortened, unless they ask."""
    done = python("-c", SEEN, COLUMNS=asked, FORCE_COLOR="")

    assert done.stdout == f"{told} False\n"


def test_forced_colours_pass_a_pipe() -> None:
    """A runner's log shows colours without being a terminal; no pager starts."""
    seen = python("-c", SEEN, FORCE_COLOR="1", NO_COLOR="")
    paged = python("-c", PAGED, "50", LINEAL_PAGER=PAGER)

    assert seen.stdout.endswith(" True\n")
    assert paged.stdout == lines(50) + "done\n"


def test_results_on_a_closed_output_are_no_failure() -> None:
    """Nobody asked for them."""
    done = python("-c", "import sys; sys.stdout = None\n" + PAGED, "50")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("count", "paged"), [(9, False), (10, True)])
def test_a_pager_comes_with_more_than_a_screen(count: int, *, paged: bool) -> None:
    """The prompt needs a line as well."""
    code, shown = python_on_terminal(
        "-c", PAGED, str(count), size=(10, 80), environment={"LINEAL_PAGER": PAGER}
    )

    assert code == 0
    assert shown == (f"<{lines(count)}>\n" if paged else lines(count)) + "done\n"


def test_lines_that_wrap_fill_the_screen() -> None:
    """Colours take no columns, and what is too long takes several lines."""
    _, shown = python_on_terminal(
        "-c", PAGED, "6", size=(10, 5), environment={"LINEAL_PAGER": PAGER}
    )

    assert shown == f"<{lines(6)}>\ndone\n"


def test_our_pager_wins_over_everybodys() -> None:
    """$PAGER is next, and its options are kept."""
    other = pager("print('other')")

    _, ours = python_on_terminal(
        "-c", PAGED, "50", environment={"LINEAL_PAGER": PAGER, "PAGER": other}
    )
    _, theirs = python_on_terminal("-c", PAGED, "50", environment={"PAGER": PAGER})

    assert ours == theirs == f"<{lines(50)}>\ndone\n"


@pytest.mark.parametrize(
    "word", ["", " ", "cat", "no-such-pager --please", "'a quote without an end"]
)
def test_without_a_pager_the_text_is_printed(word: str) -> None:
    """Whether there is to be none, or it cannot be found."""
    code, shown = python_on_terminal(
        "-c", PAGED, "50", environment={"LINEAL_PAGER": word}
    )

    assert (code, shown) == (0, lines(50) + "done\n")


def test_a_pager_that_does_not_start_is_done_without(tmp_path: Path) -> None:
    """The file may be run, but is no program."""
    broken = tmp_path / "pager"
    broken.write_bytes(b"\x7fELF")
    broken.chmod(0o755)

    code, shown = python_on_terminal(
        "-c", PAGED, "50", environment={"PAGER": str(broken)}
    )

    assert (code, shown) == (0, lines(50) + "done\n")


def test_a_pager_that_leaves_early_is_no_failure() -> None:
    """Who has seen enough presses q, however much is to come."""
    code, shown = python_on_terminal(
        "-c", PAGED, "100000", environment={"PAGER": pager("print('enough')")}
    )

    assert (code, shown) == (0, "enough\ndone\n")


def test_the_environment_is_as_before() -> None:
    """A program that is started later gets its own pager."""
    script = (
        "import os; from lineal.cli.terminal import page\n"
        "page('x\\n' * 50); print(os.environ.get('PAGER'), os.environ.get('LESS'))"
    )

    _, shown = python_on_terminal(
        "-c", script, environment={"LINEAL_PAGER": PAGER, "LESS": "-M"}
    )
    _, unset = python_on_terminal("-c", script, environment={"LINEAL_PAGER": PAGER})

    assert shown.splitlines()[-1] == "None -M"
    assert unset.splitlines()[-1] == "None None"


@pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")
@pytest.mark.parametrize("environment", [{}, {"PAGER": "less"}])
def test_less_shows_colours_and_leaves_on_q(environment: dict[str, str]) -> None:
    """Whoever names less without options gets Git's."""
    code, shown = python_on_terminal(
        "-c", PAGED, "500", size=(10, 40), keys=b"q", environment=environment
    )

    assert code == 0
    assert "\x1b[31mred" in shown
    assert "line 5" in shown
    assert "line 100" not in shown
    assert "done" in shown

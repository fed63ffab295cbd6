"""Tests that the command line is documented."""

from pathlib import Path

import click
import pytest

from lineal.cli.main import COMMANDS, cli
from lineal.cli.reference import reference
from lineal.cli.sentences import SENTENCES

DOCS = Path(__file__).parents[3] / "docs" / "cli.md"


def command(name: str) -> click.Command:
    """Return a command by its name; the group itself by none."""
    found = cli.get_command(click.Context(cli), name) if name else cli
    assert found is not None
    return found


def test_the_reference_is_the_commands_own_help() -> None:
    """After a change, `python -m lineal.cli.reference > docs/cli.md` makes it again."""
    assert DOCS.read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_and_option_has_help(name: str) -> None:
    """A word without help is a riddle."""
    found = command(name)

    options = [each for each in found.params if isinstance(each, click.Option)]
    assert found.help
    assert [each.name for each in options if not each.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_called_what_its_module_is(name: str) -> None:
    """The list of commands finds each by its name."""
    assert command(name).name == name
    assert COMMANDS[name] == f"lineal.cli.{name.replace('-', '_')}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    """The sentences are written down twice, so that `lineal --help` is quick."""
    listed = click.Command(name, help=SENTENCES[name])

    for limit in (40, 60, 100):
        assert listed.get_short_help_str(limit) == command(name).get_short_help_str(
            limit
        )


@pytest.mark.parametrize("name", COMMANDS)
def test_no_sentence_is_cut_on_eighty_columns(name: str) -> None:
    """Whoever lists the commands reads each to its end."""
    assert len(SENTENCES[name]) <= 60

"""Type the commands of docs/tour.md in a sandbox, and compare what they print.

The text is the tour: its headings set the clock, its prose says why, and what it shows
below a command is what that must print, with `...` for anything.

    PYTHONPATH=tests python -m helpers.touring [FOLDER] [--budget short|tiny]
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
import yaml

from helpers.tour_place import TOP, Place, build, signs

TEXT = TOP / "docs/tour.md"
BUDGETS = Path(__file__).with_name("tour.yaml")
_HEADING = re.compile(r"## (\d{1,2} [A-Z][a-z]+ \d{4}): .+")
_STATUS = "echo $?"


class StoppedError(Exception):
    """The tour cannot go on."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the text.

    Attributes:
        line: Where it stands, from 1.
        words: What is typed, over one line or several.
        answer: What the text says is printed; empty: it does not say.
    """

    line: int
    words: str
    answer: str


def read(text: str) -> list[str | Command]:
    """Split a text into lines of prose and the commands of its console blocks."""
    parts: list[str | Command] = []
    lines = iter(enumerate(text.splitlines(), 1))
    for number, line in lines:
        if line != "```console":
            parts.append(line)
            continue
        block = []
        for _, inner in lines:
            if inner == "```":
                break
            block.append(inner)
        parts.extend(_commands(number + 1, block))
    return parts


def _commands(first: int, block: list[str]) -> Iterator[Command]:
    """Read one block: `$ ` begins a command, `> ` goes on, the rest is printed."""
    starts = [at for at, line in enumerate(block) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts, len(block)][1:], strict=True):
        rest = block[start + 1 : end]
        more = [line[2:] for line in rest if line.startswith("> ")]
        answer = [line for line in rest if not line.startswith("> ")]
        words = "\n".join((block[start][2:], *more))
        yield Command(first + start, words, "\n".join(answer))


def agrees(said: str, printed: str) -> bool:
    """Tell whether an answer is what the text says; `...` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in said.strip().split("..."))
    tidy = "\n".join(line.rstrip() for line in printed.strip().splitlines())
    return re.fullmatch(pattern, tidy, re.DOTALL) is not None


def walk(place: Place, parts: list[str | Command]) -> tuple[int, int]:
    """Type all commands; return how many answers the text has, and how many differ."""
    said = wrong = 0
    for part, after in zip(parts, [*parts[1:], ""], strict=True):
        if isinstance(part, str):
            click.echo(part)
            place.now = _instant(part) or place.now
            continue
        asked = isinstance(after, Command) and after.words == _STATUS
        printed = _type(place, part, may_fail=asked)
        if part.answer and signs():
            said += 1
            wrong += not _compared(part, printed)
    return said, wrong


def _type(place: Place, command: Command, *, may_fail: bool) -> str:
    """Type a command, and return what it printed."""
    click.echo("$ " + command.words.replace("\n", "\n> "))
    printed = place.type(command.words if signs() else _unsigned(command.words))
    if place.status and not may_fail:
        msg = f"docs/tour.md:{command.line}: the command ended with {place.status}"
        raise StoppedError(msg)
    return printed


def _compared(command: Command, printed: str) -> bool:
    """Tell whether a command printed its answer, and show that where it did not."""
    same = agrees(command.answer, printed)
    if not same:
        click.echo(f"^^^ differs; docs/tour.md:{command.line} says:\n{command.answer}")
    return same


def _unsigned(words: str) -> str:
    """Ask nobody for a signature where none can be made."""
    return words.replace(", signed: true", "")


def _instant(line: str) -> int | None:
    """Return nine o'clock of the day that a heading names."""
    found = _HEADING.fullmatch(line)
    if not found:
        return None
    day = datetime.strptime(f"{found[1]} 09:00 +0000", "%d %B %Y %H:%M %z")
    return int(day.timestamp())


def main() -> int:
    """Run the tour, and end with a summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", help="where; else a temporary folder")
    parser.add_argument(
        "--budget", default="short", help="one of tests/helpers/tour.yaml"
    )
    given = parser.parse_args()
    try:
        return tour(folder_for(given.folder), given.budget)
    except (StoppedError, subprocess.CalledProcessError) as error:
        click.echo(f"tour: {error}", err=True)
        return 1
    except KeyboardInterrupt:
        return 130


def folder_for(asked: str | None) -> Path:
    """Return an empty folder outside this repository, which stays as it is."""
    if not asked:
        return Path(tempfile.mkdtemp(prefix="lineal-tour-")).resolve()
    folder = Path(asked).expanduser().resolve()
    if folder.is_relative_to(TOP):
        msg = f"{folder} lies in this repository: name a folder outside it"
        raise StoppedError(msg)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        msg = f"{folder} is there already: name a new folder, or an empty one"
        raise StoppedError(msg)
    return folder


def tour(root: Path, budget: str) -> int:
    """Build the sandbox, walk, and say what there is now."""
    click.echo(f"tour: the sandbox is {root}")
    place = build(root, yaml.safe_load(BUDGETS.read_text("utf-8"))[budget])
    said, wrong = walk(place, read(TEXT.read_text("utf-8")))
    if not signs():
        click.echo(
            "tour: no ssh-keygen here, so nothing is signed and answers may differ"
        )
    click.echo(f"tour: {said - wrong} of {said} answers are those of docs/tour.md")
    click.echo(f"tour: look around in {root / 'ann'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

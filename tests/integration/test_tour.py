"""The tour: docs/tour.md is typed in a sandbox of its own, and says what is printed."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers.programs import git, python
from helpers.tour_place import TOP, Place
from helpers.touring import TEXT, Command, StoppedError, agrees, folder_for, read, walk

# All that the tour could write, were it not in a folder of its own.
TOUCHED = ("data", "models", "reports", ".dvc", "dvc.lock", "dvc.yaml", "params.yaml")


@dataclass(frozen=True, slots=True)
class Toured:
    """A tour that was made.

    Attributes:
        root: Its folder.
        code: How it ended.
        printed: All that it said.
        before: What this repository was before it.
        after: And after it.
    """

    root: Path
    code: int
    printed: str
    before: tuple[str, str]
    after: tuple[str, str]


def here() -> tuple[str, str]:
    """Return what is changed in this repository, and its tags."""
    status = git(TOP, "status", "--porcelain", "--", *TOUCHED)
    return status, git(TOP, "tag", "--list")


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> Toured:
    """Make the tour with the smallest budget, as somebody whom Git does not know."""
    root = tmp_path_factory.mktemp("tour") / "five yéars"
    before = here()
    words = ("-m", "helpers.touring", str(root), "--budget", "tiny")
    tests = str(TOP / "tests")
    done = python(
        *words, PYTHONPATH=tests, HOME="/nowhere", GIT_DIR="/nowhere", TZ="Asia/Tokyo"
    )
    return Toured(root, done.returncode, done.stdout + done.stderr, before, here())


@pytest.mark.slow
def test_every_answer_of_the_tour_is_what_the_page_says(toured: Toured) -> None:
    """Versions, stages, dates, verdicts; what depends on the budget is left open."""
    said = [part for part in read(TEXT.read_text("utf-8")) if isinstance(part, Command)]
    answers = sum(bool(command.answer) for command in said)

    assert toured.code == 0, toured.printed
    assert answers >= 30
    assert f"tour: {answers} of {answers} answers are those of" in toured.printed
    assert f"tour: look around in {toured.root / 'ann'}" in toured.printed


@pytest.mark.slow
def test_the_tour_happens_in_its_folder_and_its_years(toured: Toured) -> None:
    """Neither this repository nor the machine's home learns of it."""
    dates = git(toured.root / "ann", "log", "--branches", "--format=%cs %as").split()
    clean = git(toured.root / "ann", "status", "--porcelain")

    assert toured.before == toured.after
    assert {date[:4] for date in dates} == {"2012", "2013", "2014", "2015", "2016"}
    assert clean == ""


def test_the_readmes_five_minutes_are_part_of_the_tour() -> None:
    """So what the README shows is run as well, with the same answers."""
    text = (TOP / "README.md").read_text("utf-8").partition("## Five minutes")[2]
    shown = [
        (part.words, part.answer)
        for part in read(text.partition("\n## ")[0])
        if isinstance(part, Command)
    ]
    page = read(TEXT.read_text("utf-8"))
    toured = {(part.words, part.answer) for part in page if isinstance(part, Command)}

    assert len(shown) >= 8
    assert set(shown) <= toured


def test_every_block_of_the_tour_has_a_reason() -> None:
    """A sentence stands between a heading and the first command below it."""
    text = TEXT.read_text("utf-8")

    assert not re.search(r"^## .*\n+```console", text, re.MULTILINE)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Make a place in which nothing has been built."""
    for name in ("ann", "home", "bin"):
        (tmp_path / name).mkdir()
    return Place(tmp_path)


def test_an_answer_that_differs_is_told(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page's own answer stands below what was printed."""
    text = "```console\n$ echo one\none\n$ echo two\n2 ...\n```\n"
    counted = walk(place, read(text))

    assert counted == (2, 1)
    assert "two\n^^^ differs; docs/tour.md:4 says:\n2 ...\n" in capsys.readouterr().out


def test_a_command_may_fail_only_where_the_page_asks_how(place: Place) -> None:
    """`echo $?` says that a refusal is meant; any other one ends the tour."""
    counted = walk(place, read("```console\n$ exit 3\n$ echo $?\n3\n```"))
    with pytest.raises(StoppedError, match=r"tour\.md:2: the command ended with 3"):
        walk(place, read("```console\n$ exit 3\n$ echo 3\n```"))

    assert counted == (1, 0)


def test_a_heading_sets_the_clock_and_commands_take_a_minute(place: Place) -> None:
    """All programs of the sandbox have it from Git's variables."""
    text = "## 2 July 2012: a day\n```console\n$ true\n$ echo $GIT_COMMITTER_DATE\n```"
    walk(place, read(text))

    assert place.env["GIT_COMMITTER_DATE"] == "@1341219720 +0000"  # 09:02


def test_lines_of_one_command_are_typed_together(place: Place) -> None:
    """As the shell asks for more with its second prompt."""
    walk(place, read("```console\n$ cat > a.txt <<'END'\n> one\n>  two\n> END\n```"))

    assert (place.root / "ann/a.txt").read_text() == "one\n two\n"


@pytest.mark.parametrize(
    ("said", "printed", "verdict"),
    [
        ("v1.2.0", "v1.2.0\n", True),
        ("v1.2.0", "v1.2.0\nnote: more\n", False),
        ("a ... c\n...", "a b  \n b c\nd\n", True),
        ("... (b.d)", "a (bcd)", False),
    ],
)
def test_dots_stand_for_anything_and_nothing_else_does(
    said: str, printed: str, *, verdict: bool
) -> None:
    """Blanks at the ends of lines do not count."""
    assert agrees(said, printed) is verdict


def test_the_tour_never_writes_where_something_is(tmp_path: Path) -> None:
    """Not into this repository, and not into a folder that is not empty."""
    (tmp_path / "file").touch()
    found = folder_for(os.fspath(tmp_path / "new"))

    assert found == (tmp_path / "new").resolve()
    for refused in (tmp_path, tmp_path / "file", TOP / "tour"):
        with pytest.raises(StoppedError, match="name a"):
            folder_for(os.fspath(refused))

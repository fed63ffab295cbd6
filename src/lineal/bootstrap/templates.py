"""The workflows for GitHub, from what is the same for all and what a team chooses."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import PurePosixPath

from lineal.errors import BadInputError

FOLDER = PurePosixPath(".github/workflows")
NAMES = ("pull-request.yml", "registry.yml", "train.yml")
_LINE = re.compile(r"(?P<indent> *)@@(?P<name>[a-z]+)@@\n")
_WORD = re.compile(r"@@([a-z]+)@@")
_TESTS = re.compile(r" *# <tests>\n(.*?) *# </tests>\n", re.DOTALL)
_WORDS = {
    "schedule": (
        re.compile(r"[0-9A-Za-z*/,-]+(?: [0-9A-Za-z*/,-]+){4}"),
        "five fields of cron, such as '17 4 * * 1'",
    ),
    "python": (re.compile(r"3\.[0-9]{1,2}"), "a version of Python, such as 3.11"),
}
_SECRET = re.compile(r"(?!GITHUB_)[A-Z_][A-Z0-9_]*", re.IGNORECASE)


class InvalidChoiceError(BadInputError):
    """A word would make a workflow that GitHub cannot read."""

    def __init__(self, option: str, text: str, meant: str) -> None:
        super().__init__(f"--{option}: {text!r} is not {meant}")


@dataclass(frozen=True, slots=True)
class Choices:
    """What differs between teams.

    Attributes:
        setup: The lines of shell that install lineal and what the pipeline needs.
        tests: Those that test; empty: there is no such job.
        python: The version of Python.
        schedule: When to train, as cron has it.
        remote: Names of the secrets that DVC needs for its remote.
        deploy: Names of those that only deploying needs.
        partly: Whether the remote may lack what stages made.
    """

    setup: Sequence[str]
    tests: Sequence[str] = ()
    python: str = "3.11"
    schedule: str = "17 4 * * 1"
    remote: Sequence[str] = ()
    deploy: Sequence[str] = ()
    partly: bool = False

    def check(self) -> None:
        """Refuse what would make a workflow that GitHub cannot read.

        Raises:
            InvalidChoiceError: Something would.
        """
        for option, word in (("schedule", self.schedule), ("python", self.python)):
            pattern, meant = _WORDS[option]
            if not pattern.fullmatch(word):
                raise InvalidChoiceError(option, word, meant)
        named = {"remote-secret": self.remote, "deploy-secret": self.deploy}
        for option, name in _each(named):
            if not _SECRET.fullmatch(name):
                meant = "the name of a secret, such as AWS_ACCESS_KEY_ID"
                raise InvalidChoiceError(option, name, meant)
        for option, line in _each({"setup": self.setup, "tests": self.tests}):
            if not line.isprintable() or not line.strip():
                meant = "a line of shell: it is empty, or has what cannot be seen"
                raise InvalidChoiceError(option, line, meant)


def workflows(choices: Choices) -> Mapping[PurePosixPath, str]:
    """Return the text of each workflow, by its path from the top of the repository.

    Raises:
        InvalidChoiceError: A choice would make one that GitHub cannot read.
    """
    choices.check()
    folder = resources.files("lineal.bootstrap") / "workflows"
    texts = {name: (folder / name).read_text("utf-8") for name in NAMES}
    return {FOLDER / name: render(text, choices) for name, text in texts.items()}


def render(template: str, choices: Choices) -> str:
    r"""Fill in what a team chose.

    >>> render("run: |\n  @@setup@@\n", Choices(["make", "date"]))
    'run: |\n  make\n  date\n'
    """
    kept = _TESTS.sub(r"\1" if choices.tests else "", template)
    pull = "lineal pull --allow-missing" if choices.partly else "lineal pull"
    words = {"python": choices.python, "schedule": choices.schedule, "pull": pull}
    blocks = _blocks(choices)

    def block(found: re.Match[str]) -> str:
        return "".join(f"{found['indent']}{line}\n" for line in blocks[found["name"]])

    # The blocks come last: what a team wrote is not looked at again.
    kept = _WORD.sub(lambda found: words.get(found[1], found[0]), kept)
    return _LINE.sub(block, kept)


def _blocks(choices: Choices) -> Mapping[str, Sequence[str]]:
    """Return the lines of each part that may have several, or none."""
    remote = [f"  {line}" for line in _secrets(choices.remote)]
    every = dict.fromkeys((*choices.remote, *choices.deploy))
    return {
        "setup": choices.setup,
        "tests": choices.tests,
        "remote": ["env:", *remote] if remote else [],
        "deploy": list(_secrets(every)),
    }


def _secrets(names: Iterable[str]) -> Iterator[str]:
    """Yield a line of `env` for each."""
    for name in names:
        yield f"{name}: ${{{{ secrets.{name} }}}}"


def _each(options: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for option, values in options.items():
        for value in values:
            yield option, value

"""What went into each version, kept between runs: each fact once, by number.

Commits never change, so what went into one is the same for ever: a row can be missing or
the file deleted, but never wrong.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lineal import __version__
from lineal.lineage.asked import Asked
from lineal.lineage.trail import Step
from lineal.lineage.usage import Match

# Raise the number when the same commits come to something else, or rows look otherwise.
_HEADER = f"lineal {__version__} used 1"
_SEVERAL = "\x1f"  # between parts of a list; escaped where it is in one
_SETS: Mapping[str, str] = {"feature": "features", "library": "libraries"}

Key = tuple[str, str]
"""A model and a commit."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Facts, and which of them each version has.

    Attributes:
        facts: A line each: kind, name, value, stages.
        rows: The numbers of the facts of each model and commit.
    """

    facts: list[str] = field(default_factory=list)
    rows: dict[Key, str] = field(default_factory=dict)
    _numbers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> "Ledger":
        """Read a file's text; nothing where this version did not write it."""
        head, _, body = text.partition("\n")
        # The last line tells whether the file is whole.
        if head != _HEADER or not body.endswith("\n.\n"):
            return cls()
        facts, _, rows = body[:-3].partition("\n\n")
        lines = (line.split(" ", 2) for line in rows.split("\n") if line)
        return cls(
            facts.split("\n") if facts else [],
            {(model, commit): numbers for model, commit, numbers in lines},
        )

    def __str__(self) -> str:
        """Write the file's text; `read` reads it back."""
        lines = (f"{model} {commit} {n}\n" for (model, commit), n in self.rows.items())
        facts = "\n".join(self.facts)
        return f"{_HEADER}\n{facts}\n\n{''.join(lines)}.\n"

    def put(self, key: Key, lines: Iterable[str]) -> None:
        """Write down what went into a version.

        Args:
            key: Which.
            lines: Facts as `line` and `line_of_set` write them.
        """
        if not self._numbers:
            known = ((fact, str(n)) for n, fact in enumerate(self.facts))
            self._numbers.update(known)
        self.rows[key] = " ".join(map(self._number, lines))

    def _number(self, fact: str) -> str:
        number = self._numbers.get(fact)
        if number is None:
            number = self._numbers[fact] = str(len(self.facts))
            self.facts.append(fact)
        return number

    def find(self, asked: Asked) -> dict[Key, tuple[Match, ...]]:
        """Return how something went into versions, without those it did not."""
        hits = self._hits(asked)
        if not hits:
            return {}
        known: dict[tuple[str, ...], tuple[Match, ...]] = {}
        found: dict[Key, tuple[Match, ...]] = {}
        for key, numbers in self.rows.items():
            ours = tuple([n for n in numbers.split(" ") if n in hits])
            if ours:
                if ours not in known:
                    known[ours] = tuple(sorted((hits[n] for n in ours), key=_by_name))
                found[key] = known[ours]
        return found

    def names(self, kind: str) -> frozenset[str]:
        """Return the names of all that there is of a kind."""
        start = f"{_SETS.get(kind, kind)}\t"
        parts = (fact.split("\t")[1] for fact in self.facts if fact.startswith(start))
        if kind not in _SETS:
            return frozenset(map(_read, parts))
        said = (_read(each) for part in parts for each in part.split(_SEVERAL))
        if kind == "library":
            return frozenset(each.partition("==")[0] for each in said if each)
        return frozenset(each for each in said if each)

    def _hits(self, asked: Asked) -> dict[str, Match]:
        """Return the facts that are asked about, by number."""
        kind = _SETS.get(asked.kind, "param" if asked.kind == "param" else "file")
        start = f"{kind}\t"
        read = _in_set if asked.kind in _SETS else _in_line
        hits = (
            (str(number), read(fact, asked))
            for number, fact in enumerate(self.facts)
            if fact.startswith(start)
        )
        return {number: match for number, match in hits if match}


def line(step: Step) -> str:
    """Write a fact."""
    name, value = _plain(step.name), _plain(step.value)
    return f"{step.kind}\t{name}\t{value}\t{_SEVERAL.join(map(_plain, step.through))}"


def features(names: Iterable[str]) -> str:
    """Write what a model was trained on."""
    return f"features\t{_SEVERAL.join(map(_plain, names))}"


def libraries(versions: Mapping[str, str]) -> str:
    """Write what a model was made with."""
    said = (_plain(f"{name}=={version}") for name, version in versions.items())
    return f"libraries\t{_SEVERAL.join(said)}"


def _in_line(fact: str, asked: Asked) -> Match | None:
    _, name, value, through = fact.split("\t")
    name, value = _read(name), _read(value)
    if not asked.means(name, value):
        return None
    stages = through.split(_SEVERAL) if through else []
    return Match(name, value, tuple(map(_read, stages)))


def _in_set(fact: str, asked: Asked) -> Match | None:
    for each in fact.split("\t")[1].split(_SEVERAL):
        said = _read(each)
        name, _, value = (
            said.partition("==") if asked.kind == "library" else (said, "", "")
        )
        if asked.means(name, value):
            return Match(name, value)
    return None


def _by_name(match: Match) -> tuple[str, str]:
    return (match.name, match.value)


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text
    return json.dumps(text)[1:-1]


def _read(text: str) -> str:
    return str(json.loads(f'"{text}"')) if "\\" in text else text

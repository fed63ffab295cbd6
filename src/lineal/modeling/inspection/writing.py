"""One way of writing for the whole file, chosen by what most of its columns allow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from lineal.modeling.inspection.guess import PAIRS, Guess, Pair
from lineal.modeling.inspection.result import Kind, Remark
from lineal.modeling.sections import Csv


@dataclass(frozen=True, slots=True)
class Writing:
    """How a file is written.

    Attributes:
        csv: All of it.
        kinds: What each text column holds; a date may yet turn out to be a moment.
        remarks: What was not sure.
    """

    csv: Csv
    kinds: Mapping[str, Kind]
    remarks: tuple[Remark, ...]


def choose(
    csv: Csv, guesses: Mapping[str, Guess], forms: Sequence[str], *, given: bool
) -> Writing:
    """Choose signs of numbers and words for missing values.

    Args:
        csv: The rest of it.
        guesses: What the texts of each column may mean.
        forms: Of the dates that are to be read.
        given: Whether `csv` was said by the user, so that nothing of it is guessed.
    """
    asked: tuple[Remark, ...] = ()
    if not given:
        pair, asked = _pair(csv, guesses)
        csv = msgspec.structs.replace(csv, decimal=pair[0], thousands=pair[1])
    kinds = {
        # A word that the user did not list is one.
        name: "string" if given and each.words else _kind(each, csv, forms)
        for name, each in guesses.items()
    }
    typed = [each for name, each in guesses.items() if kinds[name] != "string"]
    words = {word for each in typed for word in each.words}
    if not given:
        csv = msgspec.structs.replace(csv, missing=tuple(sorted(words)))
    rest = [name for name, kind in kinds.items() if kind == "string"]
    doubts = [doubt for name in rest for doubt in _doubts(name, guesses[name], words)]
    said = [_words(words)] if words else []
    return Writing(csv, kinds, (*asked, *said, *doubts))


def _pair(csv: Csv, guesses: Mapping[str, Guess]) -> tuple[Pair, tuple[Remark, ...]]:
    telling = {
        name: each.pairs
        for name, each in guesses.items()
        if each.pairs and each.seen and not each.integers
    }
    european = csv.delimiter == ";"
    order = [*PAIRS[4:], *PAIRS[:4]] if european else PAIRS
    # The first of equals; without any column that tells, the plain default.
    counts = {pair: sum(pair in each for each in telling.values()) for pair in order}
    best = max(order, key=counts.__getitem__) if telling else PAIRS[0]
    open_ = [name for name, each in telling.items() if len({d for d, _ in each}) > 1]
    if len(open_) < len(telling) or not open_ or (best == PAIRS[0] and not european):
        return best, ()
    return best, (_either(open_[0], guesses[open_[0]], best[0]),)


def _either(name: str, guess: Guess, decimal: str) -> Remark:
    text = f"{guess.sample[0]!r} may be a fraction or have thousands: {decimal!r} is"
    text = f"{text} taken as the sign before the fraction"
    other = next(each for each, _ in guess.pairs if each != decimal)
    return Remark(
        "question", "numbers", name, text, f"say --decimal '{other}' if that one is"
    )


def _kind(guess: Guess, csv: Csv, forms: Sequence[str]) -> Kind:
    if not guess.seen:
        return "string" if guess.words else "number"
    if guess.booleans:
        return "boolean"
    if (csv.decimal, csv.thousands) in guess.pairs:
        return "integer" if guess.integers else "number"
    return "date" if {*(guess.forms or ())} & {*forms} else "string"


def _words(words: set[str]) -> Remark:
    listed = ", ".join(repr(word) for word in sorted(words))
    return Remark(
        "note", "missing words", "", f"read as missing, in every column: {listed}"
    )


def _doubts(name: str, guess: Guess, missing: set[str]) -> list[Remark]:
    """Say what a column of words may have been meant to be."""
    found = []
    out = "write all of the file in one way"
    if guess.pairs and guess.seen:
        text = f"holds numbers written as {guess.sample[0]!r}, unlike the other columns"
        found.append(Remark("warning", "numbers", name, f"{text}: kept as words", out))
    elif guess.forms:
        text = f"holds dates written as {guess.sample[0]!r}, unlike the time column"
        found.append(Remark("warning", "dates", name, f"{text}: kept as words", out))
    elif guess.odd:
        listed = ", ".join(repr(each) for each in guess.odd)
        text = f"nearly all values are numbers or dates, but not {listed}"
        out = "correct them, or list them as words for missing values"
        found.append(Remark("warning", "numbers", name, f"{text}: kept as words", out))
    if both := guess.words & missing:
        listed = ", ".join(repr(each) for each in sorted(both))
        text = f"{listed} is read as missing here, too, though it may be a word"
        found.append(Remark("warning", "missing words", name, text))
    return found

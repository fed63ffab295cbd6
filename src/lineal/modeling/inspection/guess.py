"""What the texts of a column may mean, narrowed down batch by batch."""

from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from lineal.modeling import texts
from lineal.modeling.inspection import dates

WORDS: Final = (
    *("NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "None", "none"),
    *("-", "--", "?", ".", " ", "missing", "(null)", "\\N"),
)
"""Words that often stand for a missing value."""
PAIRS: Final = (
    *((".", None), (".", ","), (".", " "), (".", "'")),
    *((",", None), (",", "."), (",", " "), (",", "'")),
)
"""Signs before the fraction and between thousands."""
Pair = tuple[str, str | None]

_NEARLY: Final = 0.9
_SHOWN: Final = 3
_SAMPLE: Final = 1000
_WORDS: Final = pa.array(WORDS)


@dataclass(slots=True)
class Guess:
    """What is still possible after the batches so far.

    Attributes:
        pairs: In which ways of writing all values are numbers.
        forms: In which all are dates; None before the first value.
        booleans: Whether all are true or false.
        integers: Whether all are plain whole numbers.
        unit: Sign that all numbers have.
        words: Those for missing values that were met, and left out of account.
        sample: Some of the different values.
        odd: Some values because of which most others are no numbers or dates.
    """

    pairs: tuple[Pair, ...] = PAIRS
    forms: tuple[str, ...] | None = None
    booleans: bool = True
    integers: bool = True
    unit: str | None = None
    words: set[str] = field(default_factory=set)
    sample: list[str] = field(default_factory=list)
    odd: tuple[str, ...] = ()

    @property
    def seen(self) -> bool:
        """Whether there was any value but words for missing ones."""
        return bool(self.sample)

    def add(self, values: Any) -> None:
        """Take a batch of texts into account."""
        unique = pc.unique(values).drop_null()
        is_word = pc.is_in(unique, _WORDS)
        self.words.update(unique.filter(is_word).to_pylist())
        rest = unique.filter(pc.invert(is_word))
        if not len(rest):
            return
        if len(self.sample) < _SAMPLE:
            self.sample += rest[: _SAMPLE - len(self.sample)].to_pylist()
        self.booleans = self.booleans and texts.are_booleans(rest)
        self._add_numbers(rest)
        self._add_dates(rest)

    def _add_numbers(self, values: Any) -> None:
        if self.unit is None:
            self.unit = texts.unit_of(values[0].as_py())
        trimmed = texts.bare(values, self.unit) if self.pairs else None
        if trimmed is None:
            self.pairs, self.integers = (), False
            return
        rest = trimmed.filter(pc.invert(texts.integers(trimmed)))
        self.integers = self.integers and not len(rest)
        before = self.pairs
        self.pairs = _alive(rest, before)
        if before and not self.pairs:
            self._remember(trimmed, before)

    def _add_dates(self, values: Any) -> None:
        if self.forms is None:
            few = values[:_SAMPLE].to_pylist()
            self.forms = () if self.pairs else dates.candidates(few)
            if not self.forms and not self.pairs and not self.odd:
                self._nearly_dates(few)
        self.forms = dates.still(values, self.forms)

    def _remember(self, values: Any, pairs: tuple[Pair, ...]) -> None:
        """Keep what is no number, where most values are."""
        masks = [texts.numbers(values, *pair) for pair in pairs]
        best = max(masks, key=lambda mask: pc.sum(mask).as_py())
        if pc.mean(best).as_py() >= _NEARLY:
            self.odd = tuple(values.filter(pc.invert(best))[:_SHOWN].to_pylist())

    def _nearly_dates(self, values: list[str]) -> None:
        for form in dates.candidates(values[:1]):
            wrong = dates.odd(values, form)
            if len(wrong) <= len(values) * (1 - _NEARLY):
                self.odd = tuple(wrong[:_SHOWN])
                return


def _alive(values: Any, pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """Return the ways in which all values are numbers.

    What is a number without signs between thousands is one where they are allowed.
    """
    plain = {
        decimal: texts.are_numbers(values, decimal, None)
        for decimal in dict.fromkeys(decimal for decimal, _ in pairs)
    }
    return tuple(
        (decimal, thousands)
        for decimal, thousands in pairs
        if plain[decimal]
        or (thousands and texts.are_numbers(values, decimal, thousands))
    )

"""What `make repro` ends with: the candidates, the champion and its test.

It reads card.json on its own terms, because the card's own type imports NumPy and
pandas, and a summary must not wait for them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from lineal.errors import BadInputError, RefusedError

_SHARES: Final = ("wape", "mape", "bias")
_METRICS: Final = ("wape", "mape", "mae", "rmse", "r2", "bias", "mase")


class NothingToSumUpError(RefusedError):
    """No model, or not the one asked for, has been evaluated."""

    def __init__(self, model: str | None, known: Sequence[str]) -> None:
        what = (
            f"models/ holds no model {model!r}" if model else "models/ holds no model"
        )
        there = f"; it holds: {', '.join(known)}" if known else ""
        super().__init__(f"{what}{there}; run `make repro` to make it")


class UnreadableCardError(BadInputError):
    """A card.json is not one."""


class _Candidate(msgspec.Struct, frozen=True):
    mean: float
    standard_error: float


class _Choice(msgspec.Struct, frozen=True):
    reason: str


class _Comparison(msgspec.Struct, frozen=True):
    difference: float
    low: float | None
    high: float | None


class _Compared(msgspec.Struct, frozen=True):
    other: str
    comparison: _Comparison
    meaning: str


class _Period(msgspec.Struct, frozen=True):
    first: str
    last: str


class _Splits(msgspec.Struct, frozen=True):
    test: _Period


class Facts(msgspec.Struct, frozen=True):
    """The part of a card that a summary shows; the rest is not read."""

    model: str
    description: str
    champion: str
    metric: str
    selection: _Choice
    candidates: dict[str, _Candidate]
    test: dict[str, dict[str, float | None]]
    coverage: dict[str, float | None]
    compared: tuple[_Compared, ...]
    splits: _Splits

    @property
    def files(self) -> Mapping[str, str]:
        """Where to read on."""
        return {
            "card": f"models/{self.model}/README.md",
            "plots": f"models/{self.model}/plots",
        }

    @property
    def ranked(self) -> Sequence[str]:
        """The candidates, best cross-validated first."""
        return sorted(self.candidates, key=lambda name: self.candidates[name].mean)


def read(content: bytes, name: str) -> Facts:
    """Read a card.

    Raises:
        UnreadableCardError: It is not a card.
    """
    try:
        return msgspec.json.decode(content, type=Facts)
    except msgspec.DecodeError as error:
        msg = f"{name} is not what this version writes ({error}): run `make repro`"
        raise UnreadableCardError(msg) from error


def as_text(models: Iterable[Facts]) -> str:
    """Lay out a section a model."""
    return "\n".join("\n".join(_section(facts)) + "\n" for facts in models)


def as_json(models: Iterable[Facts]) -> str:
    """Write the same facts for programs."""
    document = {"models": [_document(facts) for facts in models]}
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _section(facts: Facts) -> Iterator[str]:
    yield f"{facts.model}: {facts.description}"
    yield ""
    metric = facts.metric.upper()
    titles = ("  candidate", f"cross-validated {metric}", f"test {metric}")
    yield from _table(titles, _ranking(facts))
    yield ""
    yield f"champion: {facts.champion} (*). {facts.selection.reason}"
    yield ""
    period = facts.splits.test
    yield f"test period, forecasts made from {period.first} to {period.last}:"
    shown = [facts.champion, *(each.other for each in facts.compared)]
    yield from _table(("  metric", *shown), _metrics(facts, shown))
    yield ""
    for level, share in facts.coverage.items():
        yield f"{level} % intervals held {_share(share)} of what happened"
    yield from (each.meaning for each in facts.compared)
    yield ""
    yield f"model card: {facts.files['card']}"
    yield f"plots:      {facts.files['plots']} (or `dvc plots show`)"


def _ranking(facts: Facts) -> Iterator[tuple[str, ...]]:
    word = _word(facts.metric)
    for name in facts.ranked:
        cell = facts.candidates[name]
        mark = "*" if name == facts.champion else " "
        spread = f"{word(cell.mean)} ± {word(cell.standard_error)}"
        yield f"{mark} {name}", spread, word(facts.test.get(name, {}).get(facts.metric))


def _metrics(facts: Facts, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for metric in _METRICS:
        word = _word(metric)
        cells = (word(facts.test.get(name, {}).get(metric)) for name in names)
        yield f"  {metric.upper() if metric != 'bias' else metric}", *cells


def _table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Align names to the left and numbers to the right."""
    cells = [titles, *rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for name, *numbers in cells:
        right = (
            f"{each:>{width}}" for each, width in zip(numbers, widths[1:], strict=True)
        )
        yield "  ".join((f"{name:<{widths[0]}}", *right))


def _word(metric: str) -> Callable[[float | None], str]:
    """Return how a metric is written."""
    return _share if metric in _SHARES else _number


def _share(value: float | None) -> str:
    """Write a share.

    >>> _share(0.05612), _share(None)
    ('5.61 %', '-')
    """
    return "-" if value is None else f"{100 * value:.2f} %"


def _number(value: float | None) -> str:
    """Write a number short enough for a table.

    >>> _number(0.98765), _number(1234.5), _number(None)
    ('0.9877', '1,234', '-')
    """
    if value is None:
        return "-"
    return f"{value:.4f}" if abs(value) < 100 else f"{value:,.0f}"  # noqa: PLR2004 - as wide as a table wants


def _document(facts: Facts) -> dict[str, Any]:
    """Return a model's facts as JSON holds them."""
    return {
        "model": facts.model,
        "description": facts.description,
        "champion": facts.champion,
        "metric": facts.metric,
        "reason": facts.selection.reason,
        "candidates": {
            name: {
                "cross_validated": each.mean,
                "standard_error": each.standard_error,
                "test": facts.test.get(name, {}).get(facts.metric),
            }
            for name, each in facts.candidates.items()
        },
        "test_period": msgspec.to_builtins(facts.splits.test),
        "test": facts.test,
        "coverage": facts.coverage,
        "compared": msgspec.to_builtins(facts.compared),
        "files": facts.files,
    }

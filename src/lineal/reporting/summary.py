"""What `make repro` ends with: the candidates, the champion and its test."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from lineal.reporting.summary_facts import Classing, Facts

_SHARES: Final = ("wape", "mape", "bias")
_WORDS: Final = ("auc", "f1", "mae", "mape", "mase", "r2", "rmse", "roc", "wape")


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
    metric = _title(facts.metric)
    titles = ("  candidate", f"cross-validated {metric}", f"test {metric}")
    yield from _table(titles, _ranking(facts))
    yield ""
    yield f"champion: {facts.champion} (*). {facts.selection.reason}"
    yield ""
    yield _tested(facts)
    shown = [facts.champion, *(each.other for each in facts.compared)]
    yield from _table(("  metric", *shown), _metrics(facts, shown))
    yield ""
    yield from _classing(facts.classing)
    for level, share in facts.coverage.items():
        yield f"{level} % intervals held {_share(share)} of what happened"
    yield from (each.meaning for each in facts.compared)
    yield ""
    yield f"model card: {facts.files['card']}"
    yield f"plots:      {facts.files['plots']} (or `dvc plots show`)"


def _tested(facts: Facts) -> str:
    """Say what the scores of the test are of."""
    period = facts.splits.test
    if facts.task == "forecast":
        return f"test period, forecasts made from {period.first} to {period.last}:"
    if period.first is None:
        return f"test, {period.rows or 0:,} rows drawn at random:"
    return (
        f"test period, {period.rows or 0:,} rows from {period.first} to {period.last}:"
    )


def _classing(found: Classing | None) -> Iterator[str]:
    """Say what became of a classifier's probabilities."""
    if found is None:
        return
    yield f"calibration: {found.calibration}. {found.calibration_reason}"
    if found.choice is not None:
        yield f"threshold: {found.choice.reason}"


def _ranking(facts: Facts) -> Iterator[tuple[str, ...]]:
    word = _word(facts.metric)
    for name in facts.ranked:
        cell = facts.candidates[name]
        mark = "*" if name == facts.champion else " "
        spread = f"{word(cell.mean)} ± {word(cell.standard_error)}"
        yield f"{mark} {name}", spread, word(facts.test.get(name, {}).get(facts.metric))


def _metrics(facts: Facts, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for metric in facts.metrics:
        word = _word(metric)
        cells = (word(facts.test.get(name, {}).get(metric)) for name in names)
        yield f"  {_title(metric)}", *cells


def _table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Align names to the left and numbers to the right."""
    cells = [titles, *rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for name, *numbers in cells:
        right = (
            f"{each:>{width}}" for each, width in zip(numbers, widths[1:], strict=True)
        )
        yield "  ".join((f"{name:<{widths[0]}}", *right))


def _title(metric: str) -> str:
    """Write a metric's name as people do.

    >>> _title("roc_auc"), _title("log_loss"), _title("macro_f1"), _title("bias")
    ('ROC AUC', 'log loss', 'macro F1', 'bias')
    """
    words = metric.split("_")
    return " ".join(each.upper() if each in _WORDS else each for each in words)


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
        "task": facts.task,
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
        "classing": msgspec.to_builtins(facts.classing),
        "compared": msgspec.to_builtins(facts.compared),
        "files": facts.files,
    }

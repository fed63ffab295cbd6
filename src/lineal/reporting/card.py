"""A model card as Markdown that renders on GitHub."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from lineal.modeling.card import Card
from lineal.reporting import card_tables as tables
from lineal.reporting.card_limits import handling, limits, target_span
from lineal.reporting.card_tables import Weight
from lineal.reporting.markdown import bullets, code, codes, percent, plain
from lineal.reporting.table_card_data import guarded, origin

_UP: Final = "../.."  # from models/<model>/README.md to the repository's top


def model_card(  # noqa: PLR0913 - what is not the card is named at the call
    card: Card,
    *,
    quality: Mapping[str, Any],
    importance: Sequence[Weight],
    pruning: Mapping[str, Any],
    leaks: Sequence[Mapping[str, Any]],
    about: str | None = None,
) -> str:
    """Word what is known of a model; links are relative to `models/<model>/`.

    Args:
        card: Its facts.
        quality: What quality.json says of its data.
        importance: Its features, most important first.
        pruning: What pruning.json says of its features.
        leaks: What leaks.json says of them.
        about: Path of the file that tells where the data is from, if there is one.
    """
    parts = (
        *_purpose(card),
        *_data(card, quality, pruning, leaks, about),
        *_champion(card),
        *_accuracy(card),
        *_intervals(card),
        *_importance(card, importance),
        *handling(card),
        *limits(card),
        *_use(card),
        *_details(card),
    )
    return "\n\n".join(parts) + "\n"


def _purpose(card: Card) -> Iterator[str]:
    unit, wape = code(card.target), card.test[card.champion].wape
    step, steps, span = card.rhythm.step, card.rhythm.steps, card.horizon
    levels = " and ".join(f"{level} %" for level in sorted(card.coverage, key=float))
    yield f"# {plain(card.model)}: model card"
    yield card.description.strip()
    yield (
        f"One {code(card.champion)} model forecasts {unit} of {len(card.segments):,} "
        f"series for each of the {span} {steps} after the {step} on which the "
        f"forecast is made (the origin), with {levels} prediction intervals. Its WAPE "
        f"on a later test period, from which nothing was fitted, tuned or selected, is "
        f"**{percent(wape)}**."
    )
    yield _image("test_period", "actual and forecast values of the test period")
    meant = (
        f"**Meant for** plans that need {card.rhythm.manner} number up to {span} {steps} "
        "ahead for the series below, with an honest range around it."
    )
    not_meant = (
        f"**Not meant for** more than {span} {steps} ahead, for parts of "
        f"{card.rhythm.one}, "
        "for series that it never saw, for judging why a number changed, or for "
        "decisions about the safety of people."
    )
    yield "## Use"
    yield bullets((meant, not_meant))


def _data(
    card: Card,
    quality: Mapping[str, Any],
    pruning: Mapping[str, Any],
    leaks: Sequence[Mapping[str, Any]],
    about: str | None,
) -> Iterator[str]:
    source, reports = card.data, f"{_UP}/reports/{card.model}"
    by = f" by {codes(card.segment_columns)}" if card.segment_columns else ""
    table = (
        f"{code(source['path'])}: {source['rows']:,} rows, {source['first']} to "
        f"{source['last']}, {len(card.segments):,} series{by}.{origin(about)}"
    )
    checked = (
        f"Quality: {quality['zero_targets']:,} targets of zero, "
        f"{quality['gaps']:,} {card.rhythm.steps} without a row, {quality['missing_targets']:,} "
        f"targets missing ([data-quality report]({reports}/quality.md))."
    )
    known = f"Known ahead, for the {card.rhythm.step} itself: {codes(card.known) or 'nothing'}."
    observed = f"Observed, up to the origin only: {codes(card.observed) or 'nothing'}."
    yield "## Data"
    guard = guarded(leaks, reports, "a covariate or own feature")
    features = _features(pruning, reports)
    yield bullets((table, checked, known, observed, features, guard))


def _features(pruning: Mapping[str, Any], reports: str) -> str:
    dropped = Counter(each["reason"] for each in pruning["dropped"])
    reasons = ", ".join(f"{dropped[reason]} {reason}" for reason in sorted(dropped))
    return (
        f"Features: {pruning['kept']:,} of {pruning['candidates']:,} made "
        f"([features.json](features.json)). Left out, judged on the training period "
        f"alone: {reasons or 'none'} ([pruning.json]({reports}/pruning.json))."
    )


def _champion(card: Card) -> Iterator[str]:
    yield "## Champion"
    yield f"**{plain(card.champion)}**. {plain(card.selection.reason)}"
    yield tables.candidates(card, card.metric)
    yield _image("candidates", "cross-validated and test error of each candidate")
    if card.compared:
        yield (
            "Is it better than the baseline and the runner-up, or was it luck? A "
            "paired block bootstrap over the origins of the test period says:"
        )
        yield bullets(plain(compared.meaning) for compared in card.compared)


def _accuracy(card: Card) -> Iterator[str]:
    first, last = target_span(card, card.splits.test)
    steps = card.rhythm.steps
    yield "## Accuracy on the test period"
    yield (
        f"{steps.capitalize()} from {first} to {last}, forecast 1 to {card.horizon} "
        f"{steps} before, every "
        "series and horizon together. A run reads the period once, after the choice."
    )
    yield tables.accuracy(card)
    yield f"### By {steps} ahead"
    yield tables.horizons(card)
    yield _image("horizons", f"WAPE by {steps} ahead")
    yield "### By segment"
    more = len(card.segments) - tables.SHOWN
    yield "The worst first." + (f" {more:,} others are left out." if more > 0 else "")
    yield tables.segments(card)
    yield _image("segments", "WAPE by segment")


def _intervals(card: Card) -> Iterator[str]:
    first, last = target_span(card, card.splits.validation)
    steps = card.rhythm.steps
    yield "## Intervals"
    yield (
        f"Split conformal, for each number of {steps} ahead: quantiles of the errors that "
        "a copy of the model, which had learned from the training period alone, made "
        f"on {first} to {last}, in units of each series' size and spread. They promise "
        f"something about all {steps} and series together, not about each one."
    )
    yield tables.intervals(card)
    yield _image("coverage", f"coverage by {steps} ahead")


def _importance(card: Card, importance: Sequence[Weight]) -> Iterator[str]:
    yield "## What the forecasts rest on"
    yield (
        "Permutation importance (of a copy that learned from the training period "
        "alone) and SHAP values, both on rows of the validation period. "
        "Features that repeat each other share their importance, and none of this "
        "says what *causes* the target."
    )
    yield tables.importance(importance, card.target)
    yield _image("importance", "permutation importance of the top features")
    yield _image("shap", "mean absolute SHAP value of the top features")


def _use(card: Card) -> Iterator[str]:
    yield "## How to reproduce"
    yield (
        "In a clone, `dvc repro` makes this model, this page and its plots again, bit "
        "for bit, with the libraries below."
    )
    yield "## How to forecast"
    yield f"```console\n$ lineal forecast {card.model} --horizon {card.horizon}\n```"
    yield (
        f"The bundle has the history that this needs; the raw data is not read. "
        f"{code(card.stored.file)} ({card.stored.size:,} bytes, MD5 "
        f"{code(card.stored.md5)}) is checked before it is loaded."
    )


def _details(card: Card) -> Iterator[str]:
    yield "## Parameters"
    if card.params:
        yield tables.pairs(("parameter", "value"), sorted(card.params.items()))
    yield (
        f"Seed {card.seed}, {card.threads} OpenMP threads, one for BLAS. "
        f"{card.rows['learn']:,} rows to learn from, {card.rows['test']:,} to test."
    )
    steps = card.rhythm.steps
    yield "## Periods"
    yield (
        f"{steps.capitalize()} on which forecasts are made. Each looks {card.horizon} "
        f"{steps} ahead, so as many {steps} lie between one period's last origin and the next one's first."
    )
    yield tables.periods(card)
    yield "## Libraries"
    yield tables.pairs(("library", "version"), sorted(card.libraries.items()))


def _image(name: str, about: str) -> str:
    return f"![{about[0].upper()}{about[1:]}](plots/{name}.svg)"

"""A model card of classification or regression, as Markdown that renders on GitHub."""

from collections.abc import Iterator

from lineal.modeling.spoken import spoken
from lineal.modeling.tables.card import TableCard
from lineal.reporting import table_card_tables as tables
from lineal.reporting.card_tables import pairs
from lineal.reporting.markdown import bullets, code, codes, percent, plain, table
from lineal.reporting.table_card_data import Beside, data
from lineal.reporting.table_card_limits import limits, use


def model_card(card: TableCard, beside: Beside) -> str:
    """Word what is known of a model; links are relative to `models/<model>/`."""
    parts = (
        *_purpose(card),
        *data(card, beside),
        *_champion(card),
        *_accuracy(card),
        *_probabilities(card),
        *_intervals(card),
        *_importance(card, beside),
        *limits(card),
        *use(card),
        *_details(card),
    )
    return "\n\n".join(parts) + "\n"


def _purpose(card: TableCard) -> Iterator[str]:
    yield f"# {plain(card.model)}: model card"
    yield card.description.strip()
    yield f"{_what(card)} {_how_good(card)}"
    first = "residuals" if card.classing is None else "confusion"
    about = "predicted and actual values" if card.classing is None else "the confusion"
    yield _image(first, f"{about} of the test period")
    meant = (
        "**Meant for** rows like those that it learned from, each answered by itself, "
        "from what is known by then."
    )
    not_meant = (
        "**Not meant for** rows of another kind or from elsewhere, for saying why "
        "something happened, or for decisions about people that nobody looks at."
    )
    yield "## Use"
    yield bullets((meant, not_meant))


def _what(card: TableCard) -> str:
    """Say what is answered from what."""
    made_of = f"{len(card.signature.inputs):,} columns"
    classing = card.classing
    if classing is None:
        levels = " and ".join(
            f"{level} %" for level in sorted(card.coverage, key=float)
        )
        ranges = f", with {levels} prediction intervals" if levels else ""
        return (
            f"One {code(card.champion)} model predicts {code(card.target)} of a row "
            f"from its {made_of}{ranges}."
        )
    event = code(card.event) if card.event else code(card.target)
    if classing.positive is None:
        return (
            f"One {code(card.champion)} model gives a probability to each of the "
            f"{len(classing.classes)} classes of {event}, from a row's {made_of}."
        )
    return (
        f"One {code(card.champion)} model gives the probability of "
        f"{code(classing.positive)} ({event}), from a row's {made_of}."
    )


def _how_good(card: TableCard) -> str:
    """Say the score that it was chosen by, and the best-known one beside it."""
    scores = card.test[card.champion]
    usual = ("mae", "r2") if card.classing is None else ("roc_auc", "average_precision")
    shown = dict.fromkeys((card.metric, *usual))
    said = ", ".join(
        f"{spoken(metric)} **{tables.write(metric, scores[metric])}**"
        for metric in shown
    )
    later = "later test period" if card.splits.by == "time" else "test sample"
    return f"On a {later}, from which nothing was fitted, tuned or selected, it has: {said}."


def _champion(card: TableCard) -> Iterator[str]:
    yield "## Champion"
    yield f"**{plain(card.champion)}**. {plain(card.selection.reason)}"
    yield tables.candidates(card)
    yield _image("candidates", "cross-validated and test score of each candidate")
    if card.compared:
        yield (
            "Is it better than the baseline and the runner-up, or was it luck? A "
            "paired block bootstrap over the test period says:"
        )
        yield bullets(plain(compared.meaning) for compared in card.compared)


def _accuracy(card: TableCard) -> Iterator[str]:
    test = card.splits.test
    span = f", {test.first} to {test.last}" if test.first else ", drawn at random"
    yield "## Accuracy on the test period"
    yield (f"{test.rows:,} rows{span}. A run reads them once, after the choice.")
    yield tables.accuracy(card)
    if card.classing is None:
        yield _image("errors", "spread of the errors")
    else:
        yield "### By class"
        yield tables.classes(card.classing)
        yield tables.confusion(card.classing)
        yield _image("roc", "ROC curve")
        yield _image("precision_recall", "precision against recall")
    if card.segment_columns:
        yield "### By segment"
        yield f"By {codes(card.segment_columns)}, the worst first."
        yield tables.segments(card)
        yield _image("segments", f"{spoken(card.metric)} by segment")


def _probabilities(card: TableCard) -> Iterator[str]:
    classing = card.classing
    if classing is None:
        return
    yield "## Probabilities and answers" if classing.choice else "## Probabilities"
    learned = (
        " It was learned on validation, from a copy of the model that had learned from "
        "the training period alone."
    )
    how, reason = classing.calibration, plain(classing.calibration_reason)
    yield f"Calibration: **{how}**. {reason}{'' if how == 'none' else learned}"
    yield tables.calibration(card)
    yield _image("calibration", "how often it happened against the probability")
    if classing.choice is not None:
        yield (
            f"Threshold, for the objective {code(classing.choice.objective)}: "
            f"**{classing.choice.threshold:.4f}**. {plain(classing.choice.reason)}"
        )


def _intervals(card: TableCard) -> Iterator[str]:
    if card.coverage:
        rows = [
            (f"{level} %", percent(share))
            for level, share in sorted(card.coverage.items(), key=lambda i: float(i[0]))
        ]
        yield "## Intervals"
        yield (
            "Split conformal: quantiles of the errors that a copy of the model, which had "
            "learned from the training period alone, made on validation. They promise "
            "something about all rows together, not about each one."
        )
        yield table(("promised", "measured on test"), rows)


def _importance(card: TableCard, beside: Beside) -> Iterator[str]:
    yield "## What the answers rest on"
    yield (
        "Permutation importance (of a copy that learned from the training period "
        "alone) and SHAP values, both on rows of the validation period. "
        "Features that repeat each other share their importance, and none of this "
        "says what *causes* the target."
    )
    yield tables.importance(beside.importance, card, beside.unit)
    yield _image("importance", "permutation importance of the top features")
    yield _image("shap", "mean absolute SHAP value of the top features")


def _details(card: TableCard) -> Iterator[str]:
    yield "## Parameters"
    if card.params:
        yield pairs(("parameter", "value"), sorted(card.params.items()))
    yield (
        f"Seed {card.seed}, {card.threads} OpenMP threads, one for BLAS. "
        f"{card.rows['learn']:,} rows to learn from, {card.rows['test']:,} to test."
    )
    yield "## Periods"
    how = "in order of time" if card.splits.by == "time" else "at random"
    yield (
        f"Rows are cut {how}; {card.splits.without_target:,} without a target are in no "
        "period."
    )
    yield tables.periods(card)
    yield "## Libraries"
    yield pairs(("library", "version"), sorted(card.libraries.items()))


def _image(name: str, about: str) -> str:
    return f"![{about[0].upper()}{about[1:]}](plots/{name}.svg)"

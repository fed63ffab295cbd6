"""What a model card says of zeros, gaps and limits."""

from collections.abc import Iterator
from typing import Final

from lineal.modeling.card import Card
from lineal.modeling.splits import Period
from lineal.reporting.markdown import bullets, codes

_CLOSURES: Final = """\
- **Closures** (a target of zero) are decided by people, not by demand. They are left \
out of training, so that they do not pull every other {step} down; lags and windows skip \
them, and how often a series was closed is a feature of its own.
- **The evaluation keeps them**: a closed {step} counts with its full error in every \
metric but MAPE, which is not defined there."""
_ZEROS: Final = """\
- **A target of zero** is a value like any other: it is learned from and scored. MAPE is \
not defined there and leaves it out.
- **A series of nothing but zeros** keeps the size that it last had."""
_GAPS: Final = """\
- **Gaps** ({steps} without a row) and missing targets are unknown, not zero: features \
skip them, and such {one} is neither learned from nor scored.
- **Missing covariates** stay missing in the features. What is a fact of the {step} \
(known ahead) is filled in where all the series that have it agree."""


def handling(card: Card) -> Iterator[str]:
    """Say how zeros and missing values are treated."""
    rhythm, closed = card.rhythm, card.sign == "open"
    zeros = "Closures" if closed else "Zeros"
    yield f"## {zeros}, gaps and missing values"
    text = f"{_CLOSURES if closed else _ZEROS}\n{_GAPS}"
    yield text.format(step=rhythm.step, steps=rhythm.steps, one=rhythm.one)


def limits(card: Card) -> Iterator[str]:
    """Say what the model does not know, and when not to trust it."""
    last, steps = target_span(card, card.splits.learn)[1], card.rhythm.steps
    closed = card.sign == "open"
    never = "open for long" if closed else "other than zero for long"
    yield "## Limits"
    yield bullets(
        (
            *(_CLOSED if closed else ()),
            *_covariates(card),
            (
                f"It learned from {steps} up to {last}; what changed later reaches it "
                f"only through recent values. The data ends on {card.data['last']}."
            ),
            (
                f"It refuses series other than the {len(card.segments):,} above, and "
                f"{steps} more than {card.horizon} ahead."
            ),
            f"It gives no forecast for a series that has never been {never}.",
            "Its intervals hold as long as the future resembles the validation period.",
        )
    )


_CLOSED: Final = ("It does not foresee a closure: each series is taken to be open.",)


def _covariates(card: Card) -> Iterator[str]:
    if card.observed:
        yield (
            f"It uses no forecast of {codes(card.observed)}: what is measured after "
            "the origin is unknown to it."
        )
    if card.known:
        yield (
            f"It wants {codes(card.known)} of the {card.rhythm.steps} ahead. Where they "
            "are missing they count as unknown, and the forecast is less exact."
        )


def target_span(card: Card, origins: Period) -> tuple[str, str]:
    """Return the first and the last time that a period's forecasts are about."""
    first = card.rhythm.later(origins.first, 1)
    return first, card.rhythm.later(origins.last, card.horizon)

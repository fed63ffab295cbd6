"""What a model card says of closures, gaps and limits."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from lineal.modeling.card import Card
from lineal.modeling.splits import Period
from lineal.reporting.markdown import bullets, codes

_HANDLING: Final = """\
- **Closures** (a target of zero) are decided by people, not by demand. They are left \
out of training, so that they do not pull every other day down; lags and windows skip \
them, and how often a series was closed is a feature of its own.
- **The evaluation keeps them**: a closed day counts with its full error in every \
metric but MAPE, which is not defined there.
- **Gaps** (days without a row) and missing targets are unknown, not zero: features \
skip them, and such a day is neither learned from nor scored.
- **Missing covariates** stay missing in the features. What is a fact of the day \
(known ahead) is filled in where all the series that have it agree."""


def handling() -> Iterator[str]:
    """Say how zeros and missing values are treated."""
    yield "## Closures, gaps and missing values"
    yield _HANDLING


def limits(card: Card) -> Iterator[str]:
    """Say what the model does not know, and when not to trust it."""
    last = target_days(card.splits.learn, card.horizon)[1]
    yield "## Limits"
    yield bullets(
        (
            "It does not foresee a closure: each series is taken to be open.",
            *_covariates(card),
            (
                f"It learned from days up to {last}; what changed later reaches it only "
                f"through recent values. The data ends on {card.data['last']}."
            ),
            (
                f"It refuses series other than the {len(card.segments):,} above, and "
                f"days more than {card.horizon} ahead."
            ),
            "It gives no forecast for a series that has never been open for long.",
            "Its intervals hold as long as the future resembles the validation period.",
        )
    )


def _covariates(card: Card) -> Iterator[str]:
    if card.observed:
        yield (
            f"It uses no forecast of {codes(card.observed)}: what is measured after "
            "the origin is unknown to it."
        )
    if card.known:
        yield (
            f"It wants {codes(card.known)} of the days ahead. Where they are missing "
            "they count as unknown, and the forecast is less exact."
        )


def target_days(origins: Period, horizon: int) -> tuple[date, date]:
    """Return the first and the last day that a period's forecasts are about."""
    return origins.first + timedelta(days=1), origins.last + timedelta(days=horizon)

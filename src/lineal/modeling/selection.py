"""Which candidate becomes the champion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from lineal.modeling.spoken import spoken


class Validated(msgspec.Struct, frozen=True, kw_only=True):
    """A candidate's cross-validated metric, as it is: it may be better when higher."""

    mean: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class Selection:
    """The choice and its reason.

    Attributes:
        champion: The chosen candidate.
        best: The candidate with the best mean.
        runner_up: The best mean among the others than the champion.
        threshold: Best mean plus its standard error; minus it, where higher is better.
        reason: Why, in one sentence.
    """

    champion: str
    best: str
    runner_up: str | None
    threshold: float
    reason: str


def select(
    candidates: Mapping[str, Validated],
    order: Sequence[str],
    metric: str,
    *,
    higher: bool = False,
) -> Selection:
    """Choose the simplest candidate within one standard error of the best mean.

    The one-standard-error rule of Breiman, Friedman, Olshen & Stone (1984),
    "Classification and Regression Trees", section 3.4.3: means that the folds cannot
    tell apart are no reason for a more complex model.

    Args:
        candidates: What cross-validation measured.
        order: Candidates from the simplest to the most complex.
        metric: Name of the metric, for the reason.
        higher: Whether a higher mean is better.
    """
    sign = -1 if higher else 1
    loss = {name: sign * found.mean for name, found in candidates.items()}
    simple = {name: place for place, name in enumerate(order)}
    ranked = sorted(candidates, key=lambda name: (loss[name], simple.get(name, 0)))
    best = ranked[0]
    worst = loss[best] + candidates[best].standard_error
    near = [n for n in order if n in candidates and loss[n] <= worst]
    champion = near[0] if near else best
    others = [name for name in ranked if name != champion]
    threshold = sign * worst
    reason = _reason(candidates, champion, best, metric, threshold)
    return Selection(champion, best, others[0] if others else None, threshold, reason)


def _reason(
    candidates: Mapping[str, Validated],
    champion: str,
    best: str,
    metric: str,
    threshold: float,
) -> str:
    """Say why it is the champion, with the numbers that it stands on."""
    name = spoken(metric)
    if champion == best:
        return (
            f"{champion} has the best cross-validated {name} "
            f"({candidates[best].mean:.4f}), and no simpler candidate comes within "
            f"one standard error of it ({threshold:.4f})."
        )
    return (
        f"{champion} is the simplest candidate whose cross-validated "
        f"{name} ({candidates[champion].mean:.4f}) lies within one "
        f"standard error ({threshold:.4f}) of the best, {best} "
        f"({candidates[best].mean:.4f})."
    )

"""A version against what a stage holds, on the same rows."""

from typing import TYPE_CHECKING

from lineal.actions.judging.committed import Committed
from lineal.actions.question import Rematch
from lineal.errors import LinealError
from lineal.policy.case import Match, Unknown
from lineal.policy.config import VersusGate
from lineal.registry.direction import is_higher_better

if TYPE_CHECKING:
    from lineal.modeling.errors_by_day import Errors


def match(
    gate: VersusGate, ours: Committed, theirs: Committed, rematch: Rematch | None
) -> Match | Unknown:
    """Compare a version with an incumbent.

    Args:
        gate: By which metric, and by how much it should be better.
        ours: The version.
        theirs: The incumbent.
        rematch: What to do where they were tested on different rows; None: nothing.
    """
    for text in (ours.errors, theirs.errors):
        if isinstance(text, Unknown) and not (text.absent and rematch):
            return Unknown(f"{text.why}, so there are no rows to compare them on")
    try:
        return _played(gate, ours, theirs, rematch)
    except LinealError as error:
        return Unknown(str(error))


def _played(
    gate: VersusGate, ours: Committed, theirs: Committed, rematch: Rematch | None
) -> Match | Unknown:
    from lineal.modeling import pairing  # noqa: PLC0415 - brings numpy

    both, rows = _recorded(ours, theirs), "the same test rows"
    if both is None:
        if rematch is None:
            return Unknown("they were tested on different rows, and not again")
        both = rematch(ours.model, ours.commit, theirs.commit)
        rows = "both forecast the newest rows again"
    elif gate.confidence is None and not _is_told(gate.metric, both[0]):
        return _stored(gate, ours, theirs)
    if is_higher_better(gate.metric):
        return Unknown(f"errors by day tell of errors, and {gate.metric} is none")
    found = pairing.improvement(
        *both,
        gate.metric,
        margin=gate.improve.amount,
        relative=gate.improve.relative,
        confidence=gate.confidence,
    )
    rows = f"{rows}, {found.days} days"
    return Match(found.candidate, found.incumbent, found.gain, found.share, rows)


def _recorded(ours: Committed, theirs: Committed) -> "tuple[Errors, Errors] | None":
    """Return what both recorded, None unless that is of the same rows."""
    from lineal.modeling.errors_by_day import Errors  # noqa: PLC0415 - brings numpy

    if isinstance(ours.errors, Unknown) or isinstance(theirs.errors, Unknown):
        return None
    new, old = Errors.parse(ours.errors), Errors.parse(theirs.errors)
    return (new, old) if new.rows == old.rows else None


def _is_told(metric: str, errors: "Errors") -> bool:
    """Tell whether errors by day say which version is better by a metric."""
    return metric in errors.metrics and not is_higher_better(metric)


def _stored(gate: VersusGate, ours: Committed, theirs: Committed) -> Match | Unknown:
    """Compare what two cards say of the same rows."""
    values = []
    for side in (ours, theirs):
        card = side.card
        if isinstance(card, Unknown):
            return card
        if gate.metric not in card.metrics:
            return Unknown(f"the card of {side.name} has no finite {gate.metric}")
        values.append(card.metrics[gate.metric])
    new, old = values
    gain = new - old if is_higher_better(gate.metric) else old - new
    if gate.improve.relative:
        if not old:
            return Unknown(
                f"{gate.metric} of {theirs.name} is 0: nothing is a share of it"
            )
        gain /= abs(old)
    return Match(new, old, gain, None, "the same test rows, as both cards have it")

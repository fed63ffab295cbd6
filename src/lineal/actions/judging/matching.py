"""A version against what a stage holds, on the same rows."""

from typing import TYPE_CHECKING

from lineal.actions.judging.committed import ERRORS, Committed
from lineal.actions.question import Rematch
from lineal.errors import LinealError
from lineal.policy.case import Match, Unknown
from lineal.policy.config import VersusGate
from lineal.registry.direction import is_higher_better

if TYPE_CHECKING:
    from lineal.modeling.errors_by_day import Errors

NOT_AGAIN = "they were tested on different rows, and not again"
NO_ROWS = "so there are no rows to compare them on"
_SEE = "see 'Comparing versions' in docs/pipeline.md"


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
    for side in (ours, theirs):
        text = side.errors
        if isinstance(text, Unknown) and text.absent and not side.is_ours:
            return Unknown(
                f"{side.name} has no {ERRORS}, and is no model of lineal's pipeline, so "
                f"the two cannot be compared: {_SEE}"
            )
        if isinstance(text, Unknown) and not (text.absent and rematch):
            # Of the version itself nothing may be lacking: else that refuses it.
            unplayed = side is theirs and text.absent and _is_whole(ours)
            return Unknown(f"{text.why}, {NO_ROWS}", unplayed=unplayed)
    try:
        return _played(gate, ours, theirs, rematch)
    except LinealError as error:
        return Unknown(str(error))


def _played(
    gate: VersusGate, ours: Committed, theirs: Committed, rematch: Rematch | None
) -> Match | Unknown:
    from lineal.modeling import pairing  # noqa: PLC0415 - brings numpy

    kept, rows = _recorded(ours, theirs), "the same test rows"
    both = kept or _replayed(ours, theirs, rematch)
    if isinstance(both, Unknown):
        return both
    if kept is None:
        rows = "both forecast the newest rows again"
    elif gate.confidence is None and not _is_told(gate.metric, both[0]):
        return _stored(gate, ours, theirs)
    if is_higher_better(gate.metric):
        return Unknown(_no_error(gate.metric, both[0]))
    found = pairing.improvement(
        *both,
        gate.metric,
        margin=gate.improve.amount,
        relative=gate.improve.relative,
        confidence=gate.confidence,
    )
    rows = f"{rows}, {found.days} {found.unit}"
    return Match(found.candidate, found.incumbent, found.gain, found.share, rows)


def _replayed(
    ours: Committed, theirs: Committed, rematch: Rematch | None
) -> "tuple[Errors, Errors] | Unknown":
    """Let both forecast the same rows."""
    foreign = next((each for each in (ours, theirs) if not each.is_ours), None)
    if foreign is not None:
        return Unknown(
            f"the two have no {ERRORS} of the same rows, and {foreign.name} is no "
            f"model of lineal's pipeline, so they cannot be compared: {_SEE}"
        )
    if rematch is None:
        return Unknown(NOT_AGAIN, unplayed=_is_whole(ours))
    try:
        return rematch(ours.model, ours.commit, theirs.commit)
    except LinealError as error:
        return Unknown(str(error), unplayed=_is_whole(ours))


def _is_whole(ours: Committed) -> bool:
    """Tell whether a version has what it was tested with, unchanged."""
    from lineal.modeling.errors_by_day import Errors  # noqa: PLC0415 - brings numpy

    if isinstance(ours.card, Unknown) or isinstance(ours.errors, Unknown):
        return False
    try:
        Errors.parse(ours.errors)
    except LinealError:
        return False
    return True


def _recorded(ours: Committed, theirs: Committed) -> "tuple[Errors, Errors] | None":
    """Return what both recorded, None unless that is of the same rows."""
    from lineal.modeling.errors_by_day import Errors  # noqa: PLC0415 - brings numpy

    if isinstance(ours.errors, Unknown) or isinstance(theirs.errors, Unknown):
        return None
    new, old = Errors.parse(ours.errors), Errors.parse(theirs.errors)
    return (new, old) if new.rows == old.rows else None


def _no_error(metric: str, errors: "Errors") -> str:
    """Say why errors by day tell nothing, and by what they would."""
    others = sorted(name for name in errors.metrics if _is_told(name, errors))
    way = f": compare by {' or '.join(others)}" if others else ""
    return f"errors by day tell of errors, and {metric} is none{way}"


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

"""What stages would hold after an assignment or a version was taken back."""

from collections.abc import Iterable

from lineal.actions.subject import Subject
from lineal.registry.events import Event, Stamp
from lineal.registry.periods import periods
from lineal.registry.rollback import earlier
from lineal.registry.state import Holder


def stamp(subject: Subject, commit: str) -> Stamp:
    """Return the stamp of an event that has not happened."""
    return Stamp("", "", commit, subject.line.time + 1, None)


def left(subject: Subject, event: Event, stages: Iterable[str]) -> str:
    """Say what some stages would hold if something happened next.

    Args:
        subject: The model.
        event: What would happen.
        stages: Which stages to speak of.
    """
    after = subject.after(event).stages
    return " and ".join(_holds(subject, stage, after[stage]) for stage in stages)


def _holds(subject: Subject, stage: str, after: Holder | None) -> str:
    if after == subject.state.stages[stage]:
        return f"{stage} holds {after.name if after else 'nothing'}, as before"
    if after is None:
        return f"{stage} will hold nothing"
    # GTO knows no rollback: to it, what was rolled back is only superseded.
    found = periods(subject.state.model, subject.line.events, stage)
    before = earlier(subject.state, found)
    known = any(
        (one.version, one.commit) == (after.version, after.commit) for one in before
    )
    taken_back = "" if known else ", which was rolled back"
    return f"{stage} will hold {after.name} again{taken_back}"

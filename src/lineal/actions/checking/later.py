"""What came after an assignment in its stage, and would be held against it wrongly."""

from collections.abc import Iterator, Sequence

from lineal.actions.checking.checked import Checked
from lineal.actions.checking.terms import Terms
from lineal.actions.line import stage_of
from lineal.registry.brief import PREVIOUS
from lineal.registry.events import Assigned, Event, Stamp, Unassigned
from lineal.registry.order import Dated


def superseding(terms: Terms, told: Checked) -> frozenset[str]:
    """Return the later events of an assignment's stage.

    What was reverted as a violation never counted, so what says that stays. Where the
    next event says that it follows another tag, the assignment was slipped in before
    it: then nothing is left out.

    Args:
        terms: On what terms it is judged.
        told: What came of that.
    """
    events = (dated.event for dated in terms.reader.ordered(told.model))
    staged = [event for event in events if stage_of(event) == told.stage]
    places = {event.stamp.tag: place for place, event in enumerate(staged)}
    later = staged[places.get(told.tag, len(staged)) + 1 :]
    if not later or not _follows(terms, later[0], told.id):
        return frozenset()
    return frozenset(each.stamp.tag for each in later if not _is_reversal(each))


def repeated(terms: Terms, model: str, tag: str) -> frozenset[str]:
    """Return what assigned the version of an assignment to its stage once more.

    That must not be what it has to beat: it would be as good as itself.
    """
    found = again(terms.reader.ordered(model), tag)
    return frozenset(stamp.tag for stamp in found if stamp.tag != tag)


def again(events: Sequence[Dated], tag: str) -> Iterator[Stamp]:
    """Yield an assignment, and what assigned the same commit to its stage later."""
    first: Assigned | None = None
    for dated in events:
        event = dated.event
        if not isinstance(event, Assigned):
            continue
        if event.stamp.tag == tag:
            first = event
        alike = (event.stage, event.stamp.commit)
        if first and alike == (first.stage, first.stamp.commit):
            yield event.stamp


def _follows(terms: Terms, event: Event, oid: str) -> bool:
    """Tell whether an event came right after a tag, as far as it says."""
    tag = terms.store.objects([event.stamp.id]).get(event.stamp.id)
    return tag is None or tag.message.get(PREVIOUS) in {None, oid}


def _is_reversal(event: Event) -> bool:
    return isinstance(event, Unassigned) and event.violation is not None

"""What a new tag follows: the serial, the predecessor, the time."""

from collections.abc import Sequence
from dataclasses import dataclass

from lineal.registry.events import Assigned, Event, Unassigned
from lineal.registry.order import Dated


@dataclass(frozen=True, slots=True)
class Line:
    """The end of a model's history.

    Attributes:
        events: All of the model's, in the order they happened.
        serial: The next one, counted over all stages of the model.
    """

    events: Sequence[Dated]
    serial: int

    @property
    def time(self) -> int:
        """The latest time of any event, in seconds since 1970; 0 if there is none."""
        return max((e.since for e in self.events), default=0)

    def last(self, stage: str | None) -> Event | None:
        """Return the newest event of a stage; None asks for those of no stage."""
        for dated in reversed(self.events):
            if stage_of(dated.event) == stage:
                return dated.event
        return None


def stage_of(event: Event) -> str | None:
    """Return the stage that an event is about, None for versions and models."""
    return event.stage if isinstance(event, Assigned | Unassigned) else None

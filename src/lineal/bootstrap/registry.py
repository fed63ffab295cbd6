"""A registry that can be asked and written to, in a repository on this machine."""

import os
from collections.abc import Callable

from lineal.actions.recorder import Recorder
from lineal.actions.settling import Settled, settle
from lineal.bootstrap.reading import open_reader as open_reader
from lineal.doors import pending, remote
from lineal.doors.clock import Clock
from lineal.doors.remote import Remote
from lineal.errors import BadInputError
from lineal.registry.reader import Reader

_SECONDS = 60.0
_IN_PASSING = 3.0  # for what nobody asked about


class InvalidTimeoutError(BadInputError):
    """The environment allows no number of seconds."""

    def __init__(self, text: str) -> None:
        super().__init__(f"LINEAL_TIMEOUT is {text!r}, which is no number of seconds")


def open_recorder(
    reader: Reader, *, push: bool = True, said: Callable[[str], None] = lambda _: None
) -> Recorder:
    """Make a registry that can be written to.

    Args:
        reader: Where to write.
        push: Whether to push to the remote, if there is one.
        said: Told of what takes longer than expected.
    """
    git = reader.store.place.git
    target = remote.of(git, time_limit()) if push else None
    return Recorder(reader, Clock.of_environment(), target, said)


def settled(reader: Reader) -> tuple[Settled, ...]:
    """Find out what became of writes whose process was killed."""
    place = reader.store.place
    if not pending.left(place.own):
        return ()
    seconds = min(time_limit(), _IN_PASSING)
    return settle(reader, lambda name: Remote(place.git, name, seconds))


def time_limit() -> float:
    """Return how many seconds the outside may take.

    Raises:
        InvalidTimeoutError: LINEAL_TIMEOUT is no number of seconds.
    """
    text = os.environ.get("LINEAL_TIMEOUT", "")  # noqa: TID251 - the wiring may
    try:
        found = float(text or _SECONDS)
    except ValueError as error:
        raise InvalidTimeoutError(text) from error
    if not 0 < found < float("inf"):
        raise InvalidTimeoutError(text)
    return found

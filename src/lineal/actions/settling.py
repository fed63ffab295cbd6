"""What became of writes whose process was killed, or whose remote fell silent."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from lineal.doors import pending, tagging
from lineal.doors.git import GitFailedError
from lineal.doors.pending import Intent
from lineal.doors.remote import Remote
from lineal.errors import LinealError
from lineal.registry.reader import Reader


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a write that was cut off.

    Attributes:
        tag: Its name.
        happened: Whether it is recorded; None: it cannot be known now.
        why: What stood in the way of knowing.
    """

    tag: str
    happened: bool | None
    why: str = ""


def settle(reader: Reader, remote: Callable[[str], Remote]) -> tuple[Settled, ...]:
    """Find out what became of writes whose process was killed, and finish them.

    Args:
        reader: The registry.
        remote: Makes a remote of its name.
    """
    place = reader.store.place
    found: list[Settled] = []
    for path, intent in pending.left(place.own):
        try:
            happened = _happened(reader, intent, remote)
        except LinealError as error:
            found.append(Settled(intent.tag, None, str(error)))
            continue
        pending.forget(path)
        found.append(Settled(intent.tag, happened))
    return tuple(found)


def _happened(reader: Reader, intent: Intent, remote: Callable[[str], Remote]) -> bool:
    here = reader.store.tags((intent.tag,)).get(intent.tag)
    if here == intent.id or not intent.remote:
        return here == intent.id
    there = remote(intent.remote).tags((intent.tag,)).get(intent.tag)
    if there != intent.id:
        return False
    with suppress(GitFailedError):  # then the next write fetches it, or says why not
        tagging.point(reader.store.place.git, intent.tag, intent.id)
    return True

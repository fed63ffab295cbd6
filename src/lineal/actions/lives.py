"""What is said of a version that should no longer be used, where it enters a stage."""

from lineal.errors import RefusedError
from lineal.registry import instants
from lineal.registry.events import Deprecated
from lineal.registry.journal import REASON
from lineal.registry.reader import Reader
from lineal.registry.state import VersionState
from lineal.registry.trailers import parse
from lineal.registry.version import Version

_END_OF_DAY = " 23:59:59 "


class EndedVersionError(RefusedError):
    """The version is past its end of life, so nobody could get it."""

    def __init__(self, model: str, version: Version) -> None:
        super().__init__(
            f"{model} {version} is past its end of life, so nobody could get it from "
            "the stage: choose another, or pass --force"
        )


class EndedModelError(RefusedError):
    """The whole model is past its end of life, and this would begin another."""

    def __init__(self, model: str) -> None:
        super().__init__(
            f"{model} is past its end of life, and entering a stage would bring it "
            "back for everybody: pass --force if that is meant"
        )


def is_over(event: Deprecated | None, now: int) -> bool:
    """Tell whether a life that an event ends, if there is one, is over."""
    return event is not None and event.end is not None and event.end <= now


def noted(reader: Reader, found: VersionState, now: int) -> tuple[str, ...]:
    """Say that a version is deprecated, why, and until when it can be had.

    Args:
        reader: The registry.
        found: The version.
        now: Seconds since 1970.
    """
    event = found.deprecated
    if event is None:
        return ()
    why, zone = _told(reader, event)
    name = f"{found.version} is deprecated" + (f" ({why})" if why else "")
    if event.end is None:
        return (name,)
    end = _shown(event.end, zone)
    if event.end > now:
        return (f"{name}: its life ends on {end}",)
    way = "`lineal deprecate` with a later --eol changes that"
    return (f"{name}: its life ended on {end}, so `lineal get` refuses it; {way}",)


def _told(reader: Reader, event: Deprecated) -> tuple[str, int]:
    """Return why, and the offset of the clock of who said it."""
    tag = reader.store.objects([event.stamp.id]).get(event.stamp.id)
    if tag is None:
        return "", 0
    return parse(tag.text).get(REASON) or "", tag.zone


def _shown(end: int, zone: int) -> str:
    """Name the day, where the end is that of a day."""
    text = instants.show(end, zone)
    return text.partition(" ")[0] if _END_OF_DAY in text else text

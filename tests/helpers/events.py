"""Events of one model, made without Git."""

from hypothesis import strategies as st

from lineal.registry.events import (
    Assigned,
    Deprecated,
    Event,
    Registered,
    Stamp,
    Unassigned,
    Withdrawn,
)
from lineal.registry.history import replay
from lineal.registry.order import order
from lineal.registry.state import ModelState
from lineal.registry.version import Version

V1, V2, RC = (Version.parse(text) for text in ("v1.0.0", "v2.0.0", "v1.0.0-rc.1"))
ONE, OTHER, BARE = "1" * 40, "2" * 40, "3" * 40  # commits


def stamp(
    number: int, commit: str = ONE, *, at: int | None = None, simple: bool = False
) -> Stamp:
    """Stamp the event of some number, by default a second after the one before."""
    when = 1000 + number if at is None else at
    return Stamp(
        f"t{number}", f"{number:040x}", commit, when, None if simple else number
    )


def registered(number: int, version: Version = V1, commit: str = ONE) -> Registered:
    """Give a commit a version."""
    return Registered(stamp(number, commit), "m", version)


def withdrawn(number: int, version: Version = V1, commit: str = ONE) -> Withdrawn:
    """Take a version back."""
    return Withdrawn(stamp(number, commit), "m", version)


def assigned(
    number: int, commit: str = ONE, *, named: Version | None = None, stage: str = "prod"
) -> Assigned:
    """Put a commit's version into a stage."""
    return Assigned(stamp(number, commit), "m", stage, named)


def unassigned(
    number: int, commit: str = ONE, *, named: Version | None = None, stage: str = "prod"
) -> Unassigned:
    """Take a commit's version out of a stage."""
    return Unassigned(stamp(number, commit), "m", stage, named)


def deprecated(
    number: int, version: Version | None = None, end: int | None = None
) -> Deprecated:
    """End the life of a model, or of one version."""
    return Deprecated(stamp(number), "m", version, end)


def state(*events: Event) -> ModelState:
    """Replay events, in the order in which they happened."""
    return replay("m", order(events))


_SERIALS = (None, None, *range(9))
_VERSIONS = (V1, V2, RC)
_NAMED = (None, *_VERSIONS)
_KINDS = (Registered, Withdrawn, Assigned, Unassigned, Deprecated)
_Drawn = tuple[type[Event], str, int, int | None, int]
_drawn = st.tuples(
    st.sampled_from(_KINDS),
    st.sampled_from((ONE, OTHER, BARE)),
    st.integers(0, 12),
    st.sampled_from(_SERIALS),
    st.integers(0, 7),
)


def many() -> st.SearchStrategy[list[Event]]:
    """Draw events that nobody's clock or counter has put in order.

    Seconds and serials repeat, as they do where two clones lose a race.
    """
    return st.lists(_drawn, max_size=12).map(
        lambda drawn: [_event(number, one) for number, one in enumerate(drawn)]
    )


def _event(number: int, drawn: _Drawn) -> Event:
    """Make an event; the last number draws all that only some kinds have."""
    kind, commit, time, serial, choice = drawn
    where = Stamp(f"t{number}", f"{number:040x}", commit, time, serial)
    stage, named = ("dev", "prod")[choice % 2], _NAMED[choice // 2]
    if kind is Registered or kind is Withdrawn:
        return kind(where, "m", _VERSIONS[choice % 3])
    if kind is Deprecated:
        return Deprecated(where, "m", named)
    if kind is Assigned:
        return Assigned(where, "m", stage, named)
    return Unassigned(where, "m", stage, named)

"""What went into every version of a registry, from what was kept where it was."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from lineal.bootstrap.trails import gather
from lineal.doors.foreign import Foreign
from lineal.doors.kept import keep
from lineal.lineage.ledger import Key, Ledger
from lineal.registry.events import Event
from lineal.registry.store import Store

_LARGEST = 1 << 27  # bytes of a file that is worth reading


def filled(
    store: Store, keys: AbstractSet[Key], events: Mapping[str, Iterable[Event]]
) -> Ledger:
    """Return what went into versions, and keep what was not known yet.

    Args:
        store: The registry.
        keys: Models and commits.
        events: All of these models.

    Raises:
        GitFailedError: git failed.
    """
    file = store.place.own / "used" if store.indexed else None
    ledger = Ledger.read("" if file is None else _text(file))
    missing = keys - ledger.rows.keys()
    if missing:
        git = store.place.git
        if isinstance(git, Foreign):
            git.fill()  # one request instead of some for each version
        for key, lines in gather(git, _by_time(missing, events)):
            ledger.put(key, lines)
        text = str(ledger)
        if file is not None and len(text) <= _LARGEST:
            keep(file, text.encode("ascii"))
    return ledger


def _text(file: Path) -> str:
    try:
        return file.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _by_time(
    keys: AbstractSet[Key], events: Mapping[str, Iterable[Event]]
) -> Iterator[Key]:
    """Sort versions as they came, so that neighbours differ little."""
    every = (event for model in events.values() for event in model)
    for event in sorted(every, key=lambda event: event.stamp.time):
        key = (event.model, event.stamp.commit)
        if key in keys:
            yield key

"""A registry that can only be asked: what every reading command waits for."""

from pathlib import Path

from lineal.doors.location import locate
from lineal.registry.reader import Reader
from lineal.registry.store import Store


def open_reader(folder: Path) -> Reader:
    """Open the registry of the repository that a folder is in."""
    return Reader(Store(locate(folder)))


def is_cut_off(reader: Reader) -> bool:
    """Tell whether a write is being made, or was cut off."""
    try:
        notes = tuple((reader.store.place.own / "pending").iterdir())
    except OSError:
        return False
    return any(not note.name.startswith(".") for note in notes)

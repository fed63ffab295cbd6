"""What shall be carried between a cache and a remote, and what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lineal.doors.dvc.unreachable import Address


@dataclass(frozen=True, slots=True)
class Parcel:
    """An object to carry.

    Attributes:
        md5: Its hash; of a folder's list it ends in `.dir`.
        path: Its file on this side; empty if there is none, or none is wanted.
        legacy: Whether DVC 2 made the hash.
    """

    md5: str
    path: str = ""
    legacy: bool = False


@dataclass(frozen=True, slots=True)
class Errand:
    """What to carry.

    Attributes:
        verb: send: what the remote lacks. bring: what this side lacks; every object is
            hashed, and what has no path is only hashed. look: which the remote lacks.
        parcels: The objects.
        remote: The remote's name, None for the default one.
        to: Where what arrives lies while it is hashed.
        repair: Whether to hash what the remote has, and to replace what is wrong.
    """

    verb: str
    parcels: Sequence[Parcel]
    remote: str | None = None
    to: Path = Path()
    repair: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is.

    Attributes:
        remote: The remote's name.
        done: How many objects were carried.
        every: How many shall be.
        bytes: How many bytes were carried.
        every_byte: How many shall be.
    """

    remote: str
    done: int = 0
    every: int = 0
    bytes: int = 0
    every_byte: int = 0


Said = Callable[[Progress], None]


@dataclass(slots=True)
class Carried:
    """What became of an errand.

    Attributes:
        address: The remote.
        moved: Hashes that were carried, or only hashed, and are right.
        lost: Hashes that are not where they were looked for.
        bad: Hashes under which there are other bytes.
    """

    address: Address = field(default_factory=lambda: Address("", ""))
    moved: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    bad: set[str] = field(default_factory=set)

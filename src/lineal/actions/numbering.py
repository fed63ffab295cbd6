"""The next name that somebody has for a statement."""

import re
from dataclasses import replace

from lineal.doors import people
from lineal.doors.tagging import NobodyError
from lineal.errors import RefusedError
from lineal.registry import statements
from lineal.registry.statements import Kind, Words
from lineal.registry.store import Store
from lineal.registry.version import Version

_LAST = 10**18 - 1  # of the serials that a name can hold
_SERIAL = re.compile(r"([0-9]{1,18})(?:/.*)?", re.DOTALL)


class NoSerialError(RefusedError):
    """A tag has the highest name that there can be."""

    def __init__(self, start: str) -> None:
        super().__init__(
            f"there can be no name after {start}{_LAST}, which nobody reached by "
            "counting: delete that tag here and on the remote"
        )


def following(
    store: Store, kind: Kind, model: str, version: Version, stage: str = ""
) -> Words:
    """Return what the next tag of whoever is asking will say in its name.

    Raises:
        NobodyError: Git does not know who is asking.
        InvalidAddressError: Their address can be part of no tag's name.
        NoSerialError: There is no name left.
    """
    who = statements.same(people.own_address(store.place.git))
    if not who:
        raise NobodyError
    words = Words(kind, model, version, stage, who, 1)
    start = statements.write(words).removesuffix("1")
    # Names are taken by what is no good statement, and by what lies below them.
    rest = (tag.removeprefix(start) for tag in store.tags((start,)))
    found = (_SERIAL.fullmatch(each) for each in rest)
    taken = max((int(match[1]) for match in found if match), default=0)
    if taken >= _LAST:
        raise NoSerialError(start)
    return replace(words, serial=taken + 1)

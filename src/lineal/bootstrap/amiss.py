"""What can be amiss with the objects that are pushed and pulled."""

from collections.abc import Iterable

from lineal.doors.dvc.unreachable import Address
from lineal.errors import BadInputError, OutsideError, RefusedError

_SHOWN = 3


class LostBytesError(OutsideError):
    """Objects are in neither the cache nor the remote."""

    def __init__(
        self, address: Address, paths: Iterable[str], *, pulls: bool = False
    ) -> None:
        rest = "; `lineal pull --allow-missing` brings all others" if pulls else ""
        super().__init__(
            f"{_some(paths)} in neither the DVC cache nor {address}: run `lineal push` in "
            f"a clone whose cache has them, or make them again with `dvc repro`{rest}"
        )


class SpoiledCacheError(RefusedError):
    """The cache holds other bytes than were committed."""

    def __init__(self, address: Address, paths: Iterable[str]) -> None:
        super().__init__(
            f"{_some(paths)} not as committed in the DVC cache and did not go to "
            f"{address}: `lineal pull` brings the right ones if the remote has them, "
            "`dvc repro` makes them again"
        )


class SpoiledRemoteError(RefusedError):
    """The remote holds other bytes than were committed."""

    def __init__(self, address: Address, paths: Iterable[str]) -> None:
        super().__init__(
            f"{_some(paths)} not as committed on {address} and came into neither the "
            "cache nor the working tree: run `lineal push --repair` in a clone whose "
            "cache has the right ones"
        )


class NothingToCarryError(BadInputError):
    """There is no DVC repository."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"{title} has no DVC repository, so there is nothing to carry: run `dvc "
            "init`, and commit its files"
        )


def _some(paths: Iterable[str]) -> str:
    """Name some of many.

    >>> _some("abcde")
    'a, b, c and 2 more are'
    """
    listed = list(paths)
    more = len(listed) - _SHOWN
    named = ", ".join(listed[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
    return f"{named} {'is' if len(listed) == 1 else 'are'}"

"""The registry as the source of SQL tables, read once and only as far as asked."""

from collections.abc import Iterator
from functools import cache

from lineal.doors.foreign import Foreign
from lineal.registry.evidence import Evidence, Key, gather
from lineal.registry.order import order
from lineal.registry.periods import Period, periods
from lineal.registry.reader import Reader
from lineal.registry.tables import Source


def source(reader: Reader) -> Source:
    """Return what tables are made of."""
    states = cache(reader.models)

    def held() -> Iterator[tuple[str, Period]]:
        """Go through what the stages of every model held."""
        for model, events in sorted(reader.store.read().events.items()):
            for period in periods(model, order(events)):
                yield model, period

    def evidence() -> dict[Key, Evidence]:
        git = reader.store.place.git
        if isinstance(git, Foreign):
            git.fill()  # one request instead of some for each version
        keys = ((s.model, version.commit) for s in states() for version in s.versions)
        return gather(reader.store, keys)

    return Source(
        states=states,
        entries=cache(reader.journal),
        periods=held,
        evidence=cache(evidence),
    )

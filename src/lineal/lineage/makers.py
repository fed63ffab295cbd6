"""Which stages make a path: as an output, in one, or around some."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lineal.lineage.records import Stage


@dataclass(frozen=True, slots=True)
class Makers:
    """Which stages make a path.

    Attributes:
        outs: By path.
        folders: By each folder around an output.
    """

    outs: dict[str, list[Stage]]
    folders: dict[str, list[Stage]]

    @classmethod
    def of(cls, stages: Iterable[Stage]) -> "Makers":
        """Index stages by their outputs."""
        made = cls({}, {})
        for stage in stages:
            for out in stage.outs:
                made.outs.setdefault(out.path, []).append(stage)
                for folder in around(out.path):
                    made.folders.setdefault(folder, []).append(stage)
        return made

    def of_path(self, path: str) -> list[Stage]:
        """Return the stages that make a path, a folder around it, or a part of it."""
        for place in (path, *around(path)):
            if place in self.outs:
                return self.outs[place]
        return self.folders.get(path, [])


def around(path: str) -> Iterator[str]:
    """Return the folders around a path, the nearest first."""
    while (end := path.rfind("/")) > 0:
        path = path[:end]
        yield path

"""A model over time, in as little as a table of all models shows of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lineal.registry.events import Assigned, Registered, Unassigned, Withdrawn
from lineal.registry.history import Fold
from lineal.registry.order import Dated
from lineal.registry.version import Version

_NONE, _AT_ONCE = "-", "!"


@dataclass(frozen=True, slots=True)
class Ended:
    """Something was deprecated.

    Attributes:
        end: Until when it is served, in seconds since 1970; None: nobody said.
    """

    end: int | None


@dataclass(frozen=True, slots=True)
class Moment:
    """What there was from an instant on.

    Attributes:
        since: The instant, in seconds since 1970.
        newest: The highest version that stands.
        stages: What each stage holds that ever held something: a version, or a commit
            that has none; None if nothing now.
        deprecated: Whether the model is.
        ended: Which of the versions above are.
    """

    since: int
    newest: str | None
    stages: Mapping[str, str | None]
    deprecated: Ended | None = None
    ended: Mapping[str, Ended] | None = None

    @property
    def row(self) -> str:
        """What a memo keeps; `parse` reads it back, and `memo.holder` a part of it."""
        ended = (f"{name}:{_write(end)}" for name, end in (self.ended or {}).items())
        return " ".join(
            (
                str(self.since),
                self.newest or _NONE,
                _write(self.deprecated),
                ",".join(ended) or _NONE,
                *(f"{stage}={held or ''}" for stage, held in self.stages.items()),
            )
        )

    @classmethod
    def parse(cls, row: str) -> "Moment":
        """Read a row."""
        since, newest, deprecated, ended, *stages = row.split(" ")
        pairs = (pair.split("=") for pair in stages)
        return cls(
            int(since),
            None if newest == _NONE else newest,
            {stage: held or None for stage, held in pairs},
            _read(deprecated),
            _ends(ended),
        )


def moments(model: str, ordered: Iterable[Dated]) -> tuple[Moment, ...]:
    """Return what there was from each instant on at which something changed."""
    found: list[Moment] = []
    for moment in _after_each(model, ordered):
        if found and found[-1].since == moment.since:
            found.pop()
        if not found or found[-1].row.split(" ")[1:] != moment.row.split(" ")[1:]:
            found.append(moment)
    return tuple(found)


def _after_each(model: str, ordered: Iterable[Dated]) -> Iterator[Moment]:
    fold = Fold(model)
    newest: Version | None = None
    stages: dict[str, str | None] = {}
    for dated in ordered:
        fold.add(dated)
        match dated.event:
            case Registered(version=version):
                newest = _higher(newest, version, fold)
                stages = _held(fold)
            case Withdrawn():
                newest = fold.newest
                stages = _held(fold)
            case Assigned(stage=stage) | Unassigned(stage=stage):
                holder = fold.holder(stage)
                stages = {**stages, stage: holder.name if holder else None}
            case _:
                pass  # a deprecation moves nothing
        named = str(newest) if newest else None
        deprecated = Ended(fold.deprecated.end) if fold.deprecated else None
        ended = _relevant(fold, (named, *stages.values()))
        yield Moment(dated.since, named, stages, deprecated, ended)


def _higher(newest: Version | None, version: Version, fold: Fold) -> Version | None:
    """Return the newest after a registration, looking at all only where it must."""
    if newest is None or version.precedence > newest.precedence:
        return version
    return newest if version.precedence < newest.precedence else fold.newest


def _held(fold: Fold) -> dict[str, str | None]:
    holders = ((stage, fold.holder(stage)) for stage in fold.stages)
    return {stage: holder.name if holder else None for stage, holder in holders}


def _relevant(fold: Fold, names: Iterable[str | None]) -> dict[str, Ended] | None:
    """Return which of some versions are deprecated."""
    if not fold.ends:
        return None
    ends = {str(version): Ended(said.end) for version, said in fold.ends.items()}
    return {name: ends[name] for name in names if name in ends} or None


def _write(ended: Ended | None) -> str:
    if ended is None:
        return _NONE
    return _AT_ONCE if ended.end is None else str(ended.end)


def _read(text: str) -> Ended | None:
    if text == _NONE:
        return None
    return Ended(None if text == _AT_ONCE else int(text))


def _ends(text: str) -> dict[str, Ended] | None:
    if text == _NONE:
        return None
    pairs = (pair.split(":") for pair in text.split(","))
    return {name: ended for name, end in pairs if (ended := _read(end))}

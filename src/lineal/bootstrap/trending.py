"""One metric over the versions of a model, read from their cards all at once."""

import json
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lineal.actions.judging.committed import ERRORS
from lineal.bootstrap.pedigrees import Library
from lineal.doors import objects
from lineal.errors import BadInputError
from lineal.lineage import trend as trending
from lineal.lineage.trend import Point, Trend
from lineal.registry import facts
from lineal.registry.direction import is_higher_better
from lineal.registry.facts import Facts
from lineal.registry.periods import Period, periods
from lineal.registry.reader import Reader
from lineal.registry.retrieval import NoVersionError
from lineal.registry.selection import UnknownStageError
from lineal.registry.state import ModelState, VersionState

_SHOWN = 8  # names that an error lists


class NoSuchMetricError(BadInputError):
    """No card of the model tells it."""

    def __init__(self, model: str, metric: str, known: Iterable[str]) -> None:
        if names := ", ".join(sorted(known)):
            said = f"no card of {model} tells the metric {metric!r}; they tell: {names}"
        else:
            said = (
                f"no version of {model} has a card.json beside the model that tells a "
                "metric (docs/registry.md of lineal has its form), so nothing can be "
                "shown"
            )
        super().__init__(said)


class NoSuchSegmentError(BadInputError):
    """No card of the model tells of it."""

    def __init__(self, model: str, segment: str, known: Iterable[str]) -> None:
        names = sorted(known)
        more = ", ..." if len(names) > _SHOWN else ""
        there = f"{', '.join(names[:_SHOWN])}{more}" if names else "none"
        super().__init__(
            f"no card of {model} tells of the segment {segment!r}; there are: {there}"
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """What a version's commit says.

    Attributes:
        facts: Its card; all empty where there is none.
        rows: A fingerprint of its test rows; empty where there is none.
    """

    facts: Facts = field(default_factory=Facts)
    rows: str = ""

    def scores(self, segment: str | None) -> Mapping[str, float]:
        """Return the scores of a segment, or of all."""
        if segment is None:
            return self.facts.metrics
        return self.facts.by_segment.get(segment, {})


def trend(
    reader: Reader,
    model: str,
    metric: str | None = None,
    *,
    segment: str | None = None,
    stage: str | None = None,
) -> Trend:
    """Follow a metric over the versions of a model, in semver order.

    Args:
        reader: The registry.
        model: Whose versions.
        metric: Which; by default what the newest card says that it was chosen by.
        segment: Of this segment only.
        stage: Only versions that this stage holds or held.

    Raises:
        UnknownModelError: There is no such model.
        NoVersionError: It has no version.
        UnknownStageError: It has no such stage.
        NoSuchSegmentError: No card tells of the segment.
        NoSuchMetricError: No card tells the metric.
        OutsideError: Git failed.
    """
    state = reader.model(model)
    if not state.versions:
        raise NoVersionError(model)
    if stage is not None and stage not in state.stages:
        raise UnknownStageError(stage, sorted(state.stages), model)
    told = _read(reader, model, [version.commit for version in state.versions])
    _check_segment(model, segment, told)
    name = _metric(state, metric, segment, told)
    held = periods(model, reader.ordered(model))
    points = (
        _point(state, version, held, told[version.commit], (name, segment))
        for version in state.versions
    )
    wanted = (p for p in points if stage is None or stage in {*p.holds, *p.held})
    found = Trend(model, name, is_higher_better(name), tuple(wanted), segment, stage)
    return trending.finish(found)


def _read(reader: Reader, model: str, commits: Sequence[str]) -> dict[str, _Told]:
    """Read cards and errors of all versions, in a few processes."""
    git = reader.store.place.git
    library = Library.open(git, commits)
    library.load(declaring=True)
    names: list[str] = []
    for commit in commits:
        path = library.card(model, commit)
        beside = posixpath.join(posixpath.dirname(path), ERRORS)
        names += [f"{commit}:{path}", f"{commit}:{beside}"]
    found = [one.content if one else b"" for one in objects.read(git, names)]
    return {
        commit: _Told(facts.parse(card) or Facts(), _fingerprint(errors))
        for commit, card, errors in zip(commits, found[::2], found[1::2], strict=True)
    }


def _fingerprint(content: bytes) -> str:
    """Tell on which rows a version was tested."""
    try:
        return str(json.loads(content)["rows"]["sha256"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""


def _check_segment(model: str, segment: str | None, told: Mapping[str, _Told]) -> None:
    known = {name for one in told.values() for name in one.facts.by_segment}
    if segment is not None and segment not in known:
        raise NoSuchSegmentError(model, segment, known)


def _metric(
    state: ModelState,
    metric: str | None,
    segment: str | None,
    told: Mapping[str, _Told],
) -> str:
    """Return the metric that was asked for, or the one that the newest card names."""
    newest = [told[version.commit] for version in reversed(state.versions)]
    known = dict.fromkeys(name for one in newest for name in one.scores(segment))
    said = next((one.facts.metric for one in newest if one.facts.metric in known), "")
    name = metric or said or next(iter(known), "")
    if name not in known:
        raise NoSuchMetricError(state.model, name, known)
    return name


def _point(
    state: ModelState,
    version: VersionState,
    held: Iterable[Period],
    told: _Told,
    which: tuple[str, str | None],
) -> Point:
    metric, segment = which
    ours = (version.version, version.commit)
    ever = {
        period.holder.assigned.stage
        for period in held
        if (period.holder.version, period.holder.commit) == ours
    }
    holds = state.held_by(version.version)
    return Point(
        version=str(version.version),
        commit=version.commit,
        time=version.registered.stamp.time if version.registered else None,
        value=told.scores(segment).get(metric),
        holds=holds,
        held=tuple(sorted(ever.difference(holds))),
        withdrawn=version.withdrawn is not None,
        rows=told.rows,
    )

"""The model card of CycloneDX 1.6, as JSON has it.

Everything comes from the committed card; what that does not say is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any

from lineal.registry.dossier import Dossier
from lineal.registry.facts import Facts, Field
from lineal.reporting.dossier_words import classing
from lineal.reporting.times import day

_SUPERVISED = ("forecast", "regression", "classification")
_Scores = Mapping[str, float]


def model_card(dossier: Dossier, data: Iterable[str]) -> dict[str, Any]:
    """Return the card.

    Args:
        dossier: The version.
        data: References to the components that are its data.
    """
    facts, card = dossier.papers.facts, dossier.papers.card or {}
    limits = list(_limits(facts, card))
    scores = list(_scores(facts))
    properties = [
        {"name": f"lineal:param:{name}", "value": str(value)}
        for name, value in facts.params.items()
    ]
    parts: dict[str, Any] = {
        "bom-ref": f"card:{dossier.name}",
        "modelParameters": _parameters(facts, card, data),
        "quantitativeAnalysis": {"performanceMetrics": scores} if scores else {},
        "considerations": {"technicalLimitations": limits} if limits else {},
        "properties": properties,
    }
    return {name: part for name, part in parts.items() if part}


def _parameters(
    facts: Facts, card: Mapping[str, Any], data: Iterable[str]
) -> dict[str, Any]:
    champion = card.get("champion")
    is_known = facts.task in _SUPERVISED
    parts: dict[str, Any] = {
        "approach": {"type": "supervised"} if is_known else {},
        "task": facts.task,
        "modelArchitecture": champion if isinstance(champion, str) else "",
        "datasets": [{"ref": reference} for reference in data],
        "inputs": _fields(facts.inputs),
        "outputs": _fields(facts.outputs),
    }
    return {name: part for name, part in parts.items() if part}


def _fields(said: Mapping[str, Field] | None) -> list[dict[str, str]]:
    """List columns; CycloneDX has one text for each, so it holds name and type."""
    found = said or {}
    return [{"format": f"{name}: {f.type or 'any'}"} for name, f in found.items()]


def _scores(facts: Facts) -> Iterator[dict[str, str]]:
    """Go through all scores: of all rows, of each segment, of each horizon."""
    yield from _sliced(facts, facts.metrics, "")
    for name, scores in facts.by_segment.items():
        yield from _sliced(facts, scores, f"segment: {name}")
    for name, scores in facts.by_horizon.items():
        yield from _sliced(facts, scores, f"horizon: {name}")


def _sliced(facts: Facts, scores: _Scores, part: str) -> Iterator[dict[str, str]]:
    for name in sorted(scores, key=lambda name: name != facts.metric):
        score = {"type": name, "value": repr(scores[name])}
        yield {**score, "slice": part} if part else score


def _limits(facts: Facts, card: Mapping[str, Any]) -> Iterator[str]:
    """Say what the card says of where the model ends."""
    horizon, segments = card.get("horizon"), card.get("segments")
    if isinstance(horizon, int) and not isinstance(horizon, bool):
        steps = "1 step" if horizon == 1 else f"{horizon} steps"
        yield f"It looks {steps} ahead at most."
    if isinstance(segments, list) and segments:
        names = ", ".join(map(str, segments))
        yield f"It was made for these segments only: {names}."
    yield from (f"{said}." for said in classing(card))
    if facts.data_last is not None:
        last = day(facts.data_last - 1, UTC)
        yield f"The data that it learned from and was tested on ends on {last}."

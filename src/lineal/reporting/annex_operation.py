"""Parts 3 to 9 of Annex IV: the system at work, its life, and its papers."""

from collections.abc import Iterator, Mapping
from datetime import UTC

from lineal.registry.dossier import Dossier
from lineal.reporting import audit_words
from lineal.reporting.annex_item import Item, named, of_card
from lineal.reporting.times import local


def control(dossier: Dossier) -> Iterator[Item]:
    """Part 3: say how well it works for whom, and on what input."""
    facts = dossier.papers.facts
    parts = [
        *_parts(dossier, "For segment", facts.by_segment),
        *_parts(dossier, "At horizon", facts.by_horizon),
    ]
    yield from parts
    if not parts:
        yield Item("degrees of accuracy for specific persons or groups of persons")
    yield Item(
        "the overall expected level of accuracy in relation to the intended purpose"
    )
    yield Item(
        "foreseeable unintended outcomes and sources of risks to health and safety, "
        "fundamental rights and discrimination"
    )
    yield Item("the human oversight measures needed in accordance with Article 14")
    yield from _inputs(dossier)


def _parts(
    dossier: Dossier, word: str, parts: Mapping[str, Mapping[str, float]]
) -> Iterator[Item]:
    """Give the score by which the model was chosen, of each part."""
    metric = dossier.papers.facts.metric
    for name, scores in parts.items():
        if metric in scores:
            said = f"{word} {name}, {metric} is {scores[metric]:.6g}"
            yield Item(said, of_card(dossier))


def _inputs(dossier: Dossier) -> Iterator[Item]:
    found = dossier.papers.facts.inputs or {}
    for name, one in found.items():
        need = "required" if one.required else "optional"
        said = f"Input {name} is of type {one.type or 'any'} and {need}"
        yield Item(said, of_card(dossier))
    if not found:
        yield Item("specifications on input data")


def metrics(dossier: Dossier) -> Iterator[Item]:
    """Part 4: say which metrics there are."""
    facts = dossier.papers.facts
    if facts.metric:
        said = f"The model was chosen by the metric {facts.metric}"
        yield Item(said, of_card(dossier))
    yield Item("why the metrics are appropriate for this system")


def risks(_: Dossier) -> Iterator[Item]:
    """Part 5."""
    yield Item("the risk management system in accordance with Article 9")


def changes(dossier: Dossier) -> Iterator[Item]:
    """Part 6: list what happened to the model, oldest first."""
    for one in dossier.audit.events:
        entry = one.entry
        when = local(entry.since, UTC)
        what = audit_words.happened(entry, UTC)
        who = audit_words.person(entry.tag.actor)
        proof = audit_words.proof(one.by)
        why = f", for the reason “{entry.reason}”" if entry.reason else ""
        said = f"On {when} UTC: {what}, by {who} ({proof}){why}"
        yield Item(said, named(entry.event.stamp.tag))
    yield Item("changes to the system beside those of the model")


def standards(_: Dossier) -> Iterator[Item]:
    """Part 7."""
    yield Item("the harmonised standards and other specifications applied")


def declaration(_: Dossier) -> Iterator[Item]:
    """Part 8."""
    yield Item("the EU declaration of conformity")


def monitoring(_: Dossier) -> Iterator[Item]:
    """Part 9."""
    yield Item("the system to evaluate performance in the post-market phase")
    yield Item("the post-market monitoring plan")

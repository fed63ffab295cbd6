"""What all views of a version's dossier say in the same words."""

from collections.abc import Iterator, Mapping
from typing import Any

from lineal.doors.dvc.outputs import InGit
from lineal.registry.dossier import Dossier
from lineal.reporting.signs import visible

SHORT = 12  # digits of a commit's id in a source


def source(dossier: Dossier, path: str) -> str:
    """Name a file of the version's commit.

    It is as `git show COMMIT:PATH` takes it, turned round.
    """
    return f"{visible(path)} @ {dossier.commit[:SHORT]}"


def stored(dossier: Dossier) -> str:
    """Say where the model's bytes are."""
    found = dossier.papers.stored
    if found is None:
        return f"unknown: {visible(dossier.papers.nowhere)}"
    if isinstance(found, InGit):
        return f"{visible(found.path)}, kept in Git"
    size = "" if found.size is None else f", {found.size:,} bytes"
    whole = f", in a folder with md5 {found.md5}" if found.member else ""
    return f"{visible(found.path)}{whole or f', md5 {found.md5}'}{size}"


def missing(dossier: Dossier) -> Iterator[str]:
    """Say what nobody committed, or what cannot be read."""
    papers = dossier.papers
    if papers.card is None:
        yield f"no card that can be read at {source(dossier, papers.card_path)}"
    elif not papers.facts.metrics:
        yield f"no metrics in {source(dossier, papers.card_path)}"
    if papers.readme is None:
        yield f"no model card for people at {source(dossier, papers.readme_path)}"
    if papers.libraries is None:
        yield f"no list of libraries at {source(dossier, papers.libraries_path)}"
    if papers.nowhere:
        yield f"no bytes of the model: {visible(papers.nowhere)}"
    if not papers.lock_path:
        yield "no dvc.lock that says what made the model"
    if dossier.registration is None:
        yield "no tag that registers the version"


def classing(card: Mapping[str, Any]) -> Iterator[str]:
    """Say how a classifier answers, in sentences without a full stop.

    >>> list(classing({"classing": {"classes": ["no", "yes"]}}))
    ['It tells these classes only: no, yes']
    """
    found = card.get("classing")
    if not isinstance(found, Mapping):
        return
    classes, choice = found.get("classes"), found.get("choice")
    if isinstance(classes, list) and classes:
        yield f"It tells these classes only: {', '.join(map(str, classes))}"
    if isinstance(method := found.get("calibration"), str):
        yield f"The calibration of its probabilities is {method}"
    if isinstance(choice, Mapping) and isinstance(choice.get("threshold"), int | float):
        share, objective = choice["threshold"], choice.get("objective")
        said = f"It answers {found.get('positive')} from a probability of {share:g} on"
        yield f"{said} (objective {objective})"
